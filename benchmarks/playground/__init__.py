"""Chapter 9's playground: the price of a training step, a slider dragged by a pointer, and the film as it plays.

- step: plain SGD on 300 points, 2-16-16-1, tanh, mini-batches of 10 (contiguous pieces of an order drawn anew for
  every epoch) or all points; beside it what TensorFlow Playground's own engine takes for the same on such a machine.
- ours: from the input event in the page to the painted answer, the run of 1,000 steps made again. bare: the same run
  and what is seen of it (the plane, and every unit's map, at 51 moments) into host arrays, without views, in the same
  kernel. Drags and bare runs alternate.
- playing: the film as the player shows it, and how many training steps lie between two pictures.
- changes: a hundred movements of all that is no shape, and how often something was compiled for them.
"""

import time
from pathlib import Path

import jax

from benchmarks.live import MEDIAN_MS, P95_MS, kernel
from benchmarks.live.desk import open_chapter
from benchmarks.live.hand import Hand
from benchmarks.report import Goal, Report
from benchmarks.timing import Summary, share_below, summary
from nnlib.data import circles
from nnlib.layers import mlp
from nnlib.losses import binary_cross_entropy
from nnlib.optim import sgd
from nnlib.train import fit

CHAPTER, PIECE, CONTROL = "09_multilayer_perceptrons.ipynb", "playground", "rate"
PLAY = (Path(__file__).parent / "play.js").read_text(encoding="utf-8")
THEIRS_US = {10: 68.0, 300: 2040.0}  # TensorFlow Playground's engine in Node, two cores, in microseconds a step
SHARES = {10: 0.1, 300: 1 / 40}  # goals
STEPS, TIMES = {10: 30_000, 300: 3_000}, 9
FRAMES, STEPS_A_FRAME, CHANGES = 30.0, 20, 100
BARE = """
def _bare(rate):
    from time import perf_counter
    settings = playground._values.arguments({"rate": rate})
    del settings["history"]
    began = perf_counter()
    figures.whole_run(settings)
    return perf_counter() - began
"""
CHANGE = """
def _change():
    before = playground.stats["recompiles"]
    settings = [{"rate": 10 ** (-k / 10)} for k in range(25)] + [{"l2": v} for v in (0.0, 0.01, 0.1)]
    settings += [{"optimizer": name} for name in ("sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam")]
    settings += [{"batch": size} for size in (1, 10, 100, 300)] + [{"dropout": k / 10} for k in range(9)]
    settings += [{"l1": v} for v in (0.001, 0.1, 0.0)] + [{"noise": k / 50} for k in range(20)]
    settings += [{"loss": name} for name in ("squared error", "cross-entropy")]
    settings += [{"rate": 10 ** (-k / 10), "on_the_way": True} for k in range(40)]
    for setting in settings[:%d]:
        playground.set(**setting)
    recompiles = playground.stats["recompiles"] - before
    playground.reset()
    return len(settings[:%d]), recompiles
"""


def run() -> Report:
    """Time the steps, open the chapter, drag, play, change, and report.  Raises Trouble where there is no browser."""
    steps = {f"step, {size} of 300": _step(size) for size in STEPS}
    with open_chapter(CHAPTER) as notebook:
        notebook.run_all()
        hand = Hand(notebook, PIECE, CONTROL)
        before = kernel.stats(notebook, PIECE)
        moves, inner, bare = hand.drags_beside_bare(BARE)
        after = kernel.stats(notebook, PIECE)
        hand.piece.root.scroll_into_view_if_needed()
        played = hand.piece.root.evaluate(f"root => ({PLAY})(root)")
        kernel.bare(notebook, [0.03], BARE)
        count, recompiles = kernel.ask(notebook, "_change()", first=CHANGE % (CHANGES, CHANGES))
        figures = {
            "recompiles": after["recompiles"] - before["recompiles"],
            "drags": hand.drags,
            "final_frames_right": hand.right,
            "changes": count,
            "recompiles_over_changes": recompiles,
            "kernel_mb": kernel.megabytes(notebook),
        }
    return _report(moves, {"inner": summary(inner), "bare": summary(bare)} | steps, played, figures)


def _step(size: int) -> Summary:
    """Seconds of one training step, as the share of a long run."""
    key = jax.random.key(0)
    data, model = circles(key, 300), mlp(key, 2, 16, 16, 1)
    batch = None if size == 300 else size
    seconds = []
    for number in range(TIMES + 1):  # the first compiles
        began = time.perf_counter()
        run = fit(model, data, binary_cross_entropy, sgd(0.01 + number / 1000), STEPS[size], batch=batch, key=key)
        jax.block_until_ready(run.losses)
        seconds.append((time.perf_counter() - began) / STEPS[size])
    return summary(seconds[1:])


def _report(moves: list[dict], results: dict, played: dict, figures: dict) -> Report:
    painted = [(move["painted"] - move["input"]) / 1000 for move in moves]
    results = {"ours": summary(painted)} | results
    middle = results["bare"].median_s
    figures = figures | {
        "over_bare_median_ms": 1000 * (results["ours"].median_s - middle),
        "over_bare_p95_ms": 1000 * (share_below(painted, 0.95) - middle),
        "played_frames_per_second": played["pictures"] / played["seconds"],
        "steps_a_frame": played["steps"] / played["pictures"],
    }
    return Report(results, figures, _goals(figures, results))


def _goals(figures: dict, results: dict) -> list[Goal]:
    shares = [
        Goal(f"a step with {size} of 300 points, share of TensorFlow Playground's {THEIRS_US[size]:g} us",
             1e6 * results[f"step, {size} of 300"].median_s / THEIRS_US[size], share)
        for size, share in SHARES.items()
    ]  # fmt: skip
    return [
        *shares,
        Goal("slider to pixels, median over the bare runs, ms", figures["over_bare_median_ms"], MEDIAN_MS),
        Goal("slider to pixels, 95th percentile over the bare median, ms", figures["over_bare_p95_ms"], P95_MS),
        Goal("ms a picture while it plays", 1000 / figures["played_frames_per_second"], 1000 / FRAMES),
        Goal("pictures for 20 steps while it plays", STEPS_A_FRAME / figures["steps_a_frame"], 1),
        Goal("recompilations over 100 changes", figures["recompiles_over_changes"], 0),
        Goal("drags that did not end with their own frame", figures["drags"] - figures["final_frames_right"], 0),
    ]
