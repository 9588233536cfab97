"""Is everything here that the course needs?  One plain line for each thing."""

from __future__ import annotations

import sys
import time
from importlib import metadata

__all__ = ["Report", "check_setup"]

NEEDS = ("jax", "jaxlib", "numpy", "matplotlib", "ipywidgets", "anywidget", "scikit-learn", "jupyterlab")
SLOW_MS = 500


def check_setup() -> Report:
    """Versions, the device, and the time of one training run (1000 steps of a 2-16-16-1 network)."""
    lines = [("Python", sys.version.split()[0], "" if sys.version_info >= (3, 11) else "3.11 or newer is needed")]
    lines += [_package(name) for name in NEEDS]
    if not any(trouble for name, _, trouble in lines if name in ("jax", "jaxlib")):
        lines += [_device(), _training()]
    return Report(tuple(lines))


def _package(name: str) -> tuple[str, str, str]:
    try:
        return name, metadata.version(name), ""
    except metadata.PackageNotFoundError:
        return name, "missing", "run the set-up again: make lab, or python course.py lab"


def _device() -> tuple[str, str, str]:
    import jax

    return "device", ", ".join(sorted({d.device_kind for d in jax.devices()})), ""


def _training() -> tuple[str, str, str]:
    import jax

    from nnlib.data import spirals
    from nnlib.layers import mlp
    from nnlib.losses import binary_cross_entropy
    from nnlib.optim import adam
    from nnlib.train import fit

    key = jax.random.key(0)
    # One point more than anywhere else in the course, so that the first run compiles, also when others came before.
    model, data, optimizer = mlp(key, 2, 16, 16, 1), spirals(key, 301), adam(0.03)
    times = []
    for _ in range(4):  # the first one compiles
        began = time.perf_counter()
        fit(model, data, binary_cross_entropy, optimizer, 1000).losses.block_until_ready()
        times.append(1000 * (time.perf_counter() - began))
    best = min(times[1:])
    trouble = "slow: close other programs, or use fewer steps" if best > SLOW_MS else ""
    return (
        "training run",
        f"{best:.0f} ms for 1000 steps (and {times[0] / 1000:.1f} s to compile, once)",
        trouble,
    )


class Report:
    """Lines of (what, found, trouble); prints as a short list that ends in a verdict."""

    def __init__(self, lines: tuple[tuple[str, str, str], ...]):
        self.lines = lines

    @property
    def good(self) -> bool:
        return not any(trouble for *_, trouble in self.lines)

    def __repr__(self) -> str:
        rows = [
            f"{'ok ' if not trouble else '!! '} {what:14} {found}  {trouble}".rstrip()
            for what, found, trouble in self.lines
        ]
        verdict = "Everything is here." if self.good else "Something is missing: see the lines that begin with !!"
        return "\n".join([*rows, "", verdict])
