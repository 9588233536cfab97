"""The benchmarks' own arithmetic and command line, with contenders that only pretend; no peer is needed."""

import json
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import benchmarks
from benchmarks import peers, report, timing
from benchmarks.__main__ import main
from benchmarks.report import Goal, Report
from benchmarks.small_mlp import check_trained, ours, raw_scan
from benchmarks.small_mlp.problem import two_spirals
from benchmarks.timing import Contender, Summary, share_below, summary, take_turns
from tools.console import Trouble

TIMES = {
    "ours": Summary(0.02, 0.01, 0.04, 9),
    "slow": Summary(0.1, 0.09, 0.2, 3),
    "quick": Summary(0.01, 0.01, 0.02, 9),
}


class Clock:
    """A clock that only working moves."""

    def __init__(self):
        self.now, self.ran = 0.0, []

    def __call__(self):
        return self.now

    def contender(self, name, seconds, value=1.0):
        def train(state):
            assert state == "ready"
            self.now += seconds
            self.ran.append(name)
            return value

        def prepare():
            self.now += 100.0  # not to be counted
            return "ready"

        return Contender(name, train, prepare)


@pytest.fixture
def named(monkeypatch):
    """Makes the given functions the only benchmarks there are."""

    def install(**runs):
        monkeypatch.setattr(benchmarks, "NAMES", tuple(runs))
        for name, run in runs.items():
            monkeypatch.setitem(sys.modules, f"benchmarks.{name}", SimpleNamespace(run=run))

    return install


def refuse():
    raise Trouble("there is no browser: install one")


# --- timing ------------------------------------------------------------------------------------------------


def test_a_summary_is_median_least_and_most():
    assert summary([0.3, 0.1, 0.2, 0.9]) == Summary(0.25, 0.1, 0.9, 4)
    with pytest.raises(ValueError, match="at least one time, got none"):
        summary([])


def test_a_share_lies_below():
    assert share_below(range(101), 0.95) == 95 and share_below([3.0], 0.95) == 3.0


def test_only_the_training_is_timed_and_slow_ones_run_less_often():
    clock = Clock()
    taken = take_turns([clock.contender("fast", 0.01), clock.contender("slow", 0.5)], budget_s=0, clock=clock)
    fast, slow = taken["fast"].summary(), taken["slow"].summary()
    assert fast.median_s == pytest.approx(0.01) and slow.max_s == pytest.approx(0.5)
    assert slow.runs == timing.ROUNDS and fast.runs == 5 * slow.runs  # every fifth round
    assert set(taken["fast"].values) == {1.0} and len(taken["fast"].values) == fast.runs


def test_the_budget_is_used_and_the_order_changes():
    clock = Clock()
    made = [Contender(name, clock.contender(name, 0.05).train, lambda: "ready") for name in "abc"]
    taken = take_turns(made, budget_s=1.5, clock=clock)
    rounds = ["".join(clock.ran[i : i + 3]) for i in range(6, len(clock.ran), 3)]
    assert all(len(t.seconds) == 10 for t in taken.values())
    assert all(sorted(order) == ["a", "b", "c"] for order in rounds) and len(set(rounds)) == 6


# --- report ------------------------------------------------------------------------------------------------


def test_a_ratio_is_ours_by_the_peers():
    assert Report(TIMES).ratios() == {"slow": pytest.approx(0.2), "quick": pytest.approx(2.0)}


def test_json_has_what_is_promised():
    found = report.as_json("fake", Report(TIMES, {"moves": 3}, [Goal("latency", 2.0, 1.0)]))
    assert found["name"] == "fake" and found["results"]["ours"] == TIMES["ours"]._asdict()
    assert found["figures"] == {"moves": 3} and found["goals"][0]["met"] is False
    assert "CPUs" in found["machine"] and "jax" in found["machine"] and "/" not in found["machine"]


def test_a_table_shows_times_ratios_figures_and_missed_goals():
    text = report.as_table("fake", Report(TIMES, {"loss": {"ours": 0.5}}, [Goal("latency", 2.0, 1.0), Goal("a", 0, 0)]))
    lines = text.splitlines()
    assert [line.split()[0] for line in lines[3:6]] == ["quick", "ours", "slow"]
    assert "100.0 ms" in lines[5] and "90.0 ms .. 200.0 ms" in lines[5] and lines[5].endswith("0.200")
    assert "loss: ours 0.5" in lines and lines[-2].startswith("NOT MET") and lines[-1].startswith("met")


# --- the command line --------------------------------------------------------------------------------------


def test_json_is_one_object_and_all_else_goes_to_stderr(named, capsys):
    def run():
        print("chatter")
        return Report(TIMES)

    named(fake=run)
    assert main(["fake", "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["ratio"]["slow"] == pytest.approx(0.2) and "chatter" in err


def test_an_unknown_name_is_told_the_known_ones(named, capsys):
    named(fake=refuse, other=refuse)
    assert main(["fake", "nonsense"]) == 2
    out, err = capsys.readouterr()
    assert not out and "'nonsense'" in err and "fake, other" in err and err.count("\n") == 1


def test_one_that_cannot_run_is_named_and_the_rest_runs(named, capsys):
    named(browser=refuse, fake=lambda: Report(TIMES))
    assert main([]) == 1
    out, err = capsys.readouterr()
    assert out.startswith("fake") and err == "browser: there is no browser: install one\n"


def test_every_benchmark_in_the_list_exists():
    for name in benchmarks.NAMES:
        assert callable(__import__(f"benchmarks.{name}", fromlist=["run"]).run)


# --- peers -------------------------------------------------------------------------------------------------


def test_a_missing_peer_is_named_and_the_rest_is_there(tmp_path, monkeypatch, capsys):
    package = tmp_path / "rivals"
    package.mkdir()
    for name, text in {
        "__init__": "",
        "absent": "import no_such_library",
        "here": "",
        "broken": "import rivals.x",
    }.items():
        (package / f"{name}.py").write_text(text)
    monkeypatch.syspath_prepend(tmp_path)
    assert [module.__name__ for module in peers.present("rivals", ["absent", "here"])] == ["rivals.here"]
    assert "absent is left out: no_such_library is not installed" in capsys.readouterr().err
    with pytest.raises(ModuleNotFoundError):
        list(peers.present("rivals", ["broken"]))


# --- the small network -------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", [1, 20])
def test_ours_and_the_raw_scan_do_the_same(steps):
    problem = two_spirals(steps)
    one, other = (module.contender(problem).train(None) for module in (ours, raw_scan))
    np.testing.assert_allclose(one, other, rtol=1e-5)


def test_nobody_wins_by_not_working():
    check_trained("fine", [0.001, 0.002], most=0.01)
    for losses in ([0.001, 0.7], [float("nan"), 0.001]):
        with pytest.raises(ValueError, match="idle: expected every run to end with a loss of at most"):
            check_trained("idle", losses, most=0.01)
