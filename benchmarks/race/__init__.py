"""Chapter 8's race with seven optimizers, 500 steps each: a slider dragged by a pointer, time scrubbed; and the maps.

- ours: from the input event in the page to the painted answer, as in the benchmark `live`.
- inner: what of it the piece's function takes in the kernel. bare: the seven runs into host arrays, without views, in
  the same kernel. Drags and bare runs alternate.
- scrubbing: time is moved at every animation frame, with nothing sent to the kernel.
- map: 1,024 runs of 200 steps in one call.
"""

from pathlib import Path

from benchmarks.live import MEDIAN_MS, P95_MS, kernel
from benchmarks.live.desk import open_chapter
from benchmarks.live.hand import Hand
from benchmarks.race.maps import maps
from benchmarks.report import Goal, Report
from benchmarks.timing import Summary, share_below, summary

CHAPTER, PIECE, CONTROL = "08_optimizers.ipynb", "race", "momentum.rate"
SCRUB = (Path(__file__).parent / "scrub.js").read_text(encoding="utf-8")
SCRUB_S = 4.0
FRAMES, SURFACE_S, NETWORK_S = 50.0, 0.1, 1.0  # goals: frames a second while scrubbing; the maps
BARE = """
def _bare(rate):
    from time import perf_counter
    from nnlib.course.common.optimizers import KINDS
    values = race.value | {"momentum.rate": rate}
    runners = {name: {part: values[f"{name}.{part}"] for part in kind.numbers} for name, kind in KINDS.items()}
    began = perf_counter()
    figures.run_race(values["surface"].f, values["start"], runners)
    return perf_counter() - began
"""


def run() -> Report:
    """Open the chapter, race, scrub, and report.  Raises Trouble where there is no browser."""
    with open_chapter(CHAPTER) as notebook:
        notebook.run_all()
        hand = Hand(notebook, PIECE, CONTROL)
        _all_run(hand.piece)
        hand = Hand(notebook, PIECE, CONTROL)  # the page may have moved
        before = kernel.stats(notebook, PIECE)
        moves, inner, bare = hand.drags_beside_bare(BARE)
        scrubbed = hand.piece.root.evaluate(f"root => ({SCRUB})([root, {SCRUB_S}])")
        after = kernel.stats(notebook, PIECE)
        figures = {
            "recompiles": after["recompiles"] - before["recompiles"],
            "drags": hand.drags,
            "final_frames_right": hand.right,
            "kernel_mb": kernel.megabytes(notebook),
        }
    return _report(moves, {"inner": summary(inner), "bare": summary(bare)}, scrubbed, figures, maps())


def _all_run(piece) -> None:
    """Every optimizer switched on, by its switch."""
    for name in (control.name for control in piece.controls if control.spec.get("row") == control.name):
        if not piece.values()[name]:
            piece.root.locator(f'[data-control="{name}"] input').click()
            piece.settled()


def _report(moves: list[dict], results: dict, scrubbed: dict, figures: dict, mapped: dict[str, Summary]) -> Report:
    painted = [(move["painted"] - move["input"]) / 1000 for move in moves]
    results = {"ours": summary(painted)} | results | mapped
    middle = results["bare"].median_s
    figures = figures | {
        "over_bare_median_ms": 1000 * (results["ours"].median_s - middle),
        "over_bare_p95_ms": 1000 * (share_below(painted, 0.95) - middle),
        "scrubbing_frames_per_second": scrubbed["frames"] / scrubbed["seconds"],
        "scrubbing_pictures_seen": scrubbed["pictures"],
        "scrubbing_messages": scrubbed["sent"],
    }
    return Report(results, figures, _goals(figures, mapped))


def _goals(figures: dict, mapped: dict[str, Summary]) -> list[Goal]:
    return [
        Goal("slider to pixels, median over the bare runs, ms", figures["over_bare_median_ms"], MEDIAN_MS),
        Goal("slider to pixels, 95th percentile over the bare median, ms", figures["over_bare_p95_ms"], P95_MS),
        Goal("ms a frame while time is scrubbed", 1000 / figures["scrubbing_frames_per_second"], 1000 / FRAMES),
        Goal("messages to the kernel while time is scrubbed", figures["scrubbing_messages"], 0),
        Goal("map of 1,024 runs on a surface, s", mapped["map, surface"].median_s, SURFACE_S),
        Goal("map of 1,024 trainings of a 2-8-1 network, s", mapped["map, network"].median_s, NETWORK_S),
        Goal("recompilations", figures["recompiles"], 0),
        Goal("drags that did not end with their own frame", figures["drags"] - figures["final_frames_right"], 0),
    ]
