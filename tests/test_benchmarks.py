"""The benchmarks' own arithmetic and command line, with contenders that only pretend; no peer is needed."""

import json
import sys
from types import SimpleNamespace

import numpy as np
import pytest

import benchmarks
from benchmarks import contest, digits_cnn, digits_mlp, loops, peers, recurrent, report, scale, small_mlp, sweep, timing
from benchmarks.__main__ import main
from benchmarks.contest import Rules, check_trained
from benchmarks.digits_cnn.problem import digits_task as images_task
from benchmarks.digits_mlp.problem import digits_task
from benchmarks.loops.raw_jax import shuffled
from benchmarks.recurrent.problem import adding
from benchmarks.report import Goal, Report
from benchmarks.scale.curves import Point
from benchmarks.scale.imports import import_seconds
from benchmarks.small_mlp.problem import two_spirals
from benchmarks.sweep.problem import rates_and_seeds
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


# --- contests ----------------------------------------------------------------------------------------------


def test_a_contest_checks_divides_and_holds_to_its_goals(tmp_path, monkeypatch):
    package = tmp_path / "track"
    package.mkdir()
    (package / "__init__.py").write_text("")
    for name, contenders in {"ours": "'ours'", "raw": "'raw', 'raw_many'"}.items():
        (package / f"{name}.py").write_text(
            "from benchmarks.timing import Contender\nimport time\ndef contenders(task):\n"
            f"    return [Contender(name, lambda _: time.sleep(0.01) or task) for name in ({contenders},)]\n"
            f"def figures():\n    return {{'{name} says': 1}}\n"
        )
    monkeypatch.syspath_prepend(tmp_path)
    rules = Rules(trained=0.5, most={"raw_many": 1.0, "absent": 1.0}, peers=(), budget_s=0, runs={"raw_many": 10})
    found = contest.contest("track", 0.3, "raw", rules)
    assert found.ratios()["raw"] == pytest.approx(1, rel=0.5) and found.ratios()["raw_many"] > 5
    assert found.figures["final_loss"] == {"ours": 0.3, "raw": 0.3, "raw_many": 0.3} and found.figures["ours says"] == 1
    missed, first = found.goals
    assert missed.says == "ours / raw_many" and not missed.met and first.met
    with pytest.raises(ValueError, match=r"ours: expected every run to end with a loss of at most 0\.5"):
        contest.contest("track", 0.7, "raw", rules)


def test_nobody_wins_by_not_working():
    check_trained("fine", [0.001, 0.002], most=0.01)
    for losses in ([0.001, 0.7], [float("nan"), 0.001]):
        with pytest.raises(ValueError, match="idle: expected every run to end with a loss of at most"):
            check_trained("idle", losses, most=0.01)


# --- ours and JAX by hand do the same ----------------------------------------------------------------------

CELLS = ("lstm", "gru")
IN_BATCHES = {
    "digits_mlp": (digits_mlp, digits_task, "raw_jax"),
    "digits_cnn": (digits_cnn, images_task, "raw_jax"),
    **{cell: (recurrent, lambda cell=cell: adding(cell), "raw_scan") for cell in CELLS},
}


def by_name(package, *names):
    return [__import__(f"{package.__name__}.{name}", fromlist=["contender"]) for name in names]


def only(problem, **changes):
    """A problem with the task in it changed."""
    if isinstance(problem, loops.Task):
        return problem._replace(**changes)
    return problem._replace(task=problem.task._replace(**changes))


@pytest.mark.parametrize("steps", [1, 20])
def test_the_small_network(steps):
    problem = two_spirals(steps)
    one, other = (module.contender(problem).train(None) for module in by_name(small_mlp, "ours", "raw_scan"))
    np.testing.assert_allclose(one, other, rtol=1e-5)


@pytest.mark.parametrize("name", IN_BATCHES)
def test_in_one_batch(name):
    package, make, raw = IN_BATCHES[name]
    task = getattr(make(), "task", make())
    problem = only(make(), X=task.X[:60], y=task.y[:60], batch=60, epochs=4)
    one, other = (module.contender(problem).train(None) for module in by_name(package, "ours", raw))
    np.testing.assert_allclose(one, other, rtol=1e-4)


def test_in_batches_of_which_the_last_is_short():
    task = only(digits_task(), epochs=2)
    one, other = (module.contender(task).train(None) for module in by_name(digits_mlp, "ours", "raw_jax"))
    np.testing.assert_allclose(one, other, rtol=0.1)  # each has its own order


def test_a_sweep():
    task = rates_and_seeds(steps=20)
    task = task._replace(rates=task.rates[::16])
    one, other = (module.contender(task).train(None) for module in by_name(sweep, "ours", "raw_vmap"))
    np.testing.assert_allclose(one, other, rtol=1e-5)


def test_every_example_comes_once_an_epoch():
    task = loops.Task(np.arange(10.0), np.arange(10), None, "squared_error", epochs=2, batch=4)
    rng = np.random.default_rng(0)
    assert [len(X) for X, _ in loops.batches(task, rng)] == [4, 4, 2, 4, 4, 2]
    assert sorted(np.concatenate([y for _, y in loops.batches(task, rng)])) == sorted([*range(10), *range(10)])
    rows, shares = shuffled(task, rng)
    assert rows.shape == (2, 3, 4) and all(sorted(epoch[shares > 0]) == list(range(10)) for epoch in rows)
    np.testing.assert_allclose(shares.sum(1), 1)
    assert (shares[-1] == [0.5, 0.5, 0, 0]).all()


# --- scale -------------------------------------------------------------------------------------------------


def test_a_cost_that_grows_is_found(monkeypatch):
    steady, growing = ([Point(n, n**power, n, 0.0) for n in (1, 10, 100)] for power in (1, 2))
    monkeypatch.setattr(scale, "CURVES", {"steady": lambda: steady, "growing": lambda: growing})
    monkeypatch.setattr(scale, "import_seconds", lambda: {"jax": 1.0, "nnlib": 0.1})
    found = scale.run()
    assert [goal.met for goal in found.goals] == [True, False, True] and found.goals[1].got == 100
    assert found.figures["growing: us each"] == {"1": 1e6, "10": 1e7, "100": 1e8}
    assert "growing: ms: 1 1000" in report.as_table("scale", found)


def test_a_point_is_measured():
    point = scale.curves._point(4, 8, lambda x: x @ x.T, np.ones((4, 2), np.float32))
    assert point.size == 4 and 0 < point.each_s == point.seconds / 8 and point.megabytes >= 0


def test_the_import_is_timed_in_a_fresh_interpreter():
    seconds = import_seconds(repeats=1)
    assert seconds["jax"] > 0 and seconds["nnlib"] > 0
