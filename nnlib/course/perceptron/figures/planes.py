"""How this chapter's planes look: nearly two plain colours, with a clean edge."""

from __future__ import annotations

import numpy as np

from nnlib.perceptron import Perceptron
from nnlib.probe import on_grid

__all__ = ["INPUTS", "PLANE", "SHARP", "answers"]

PLANE = (-3.0, 3.0, -3.0, 3.0)
SHARP = {"range": (-0.008, 0.008), "contours": (0.0,)}  # of `answers`: two plain colours with a clean edge
INPUTS = {"xlabel": "x₁", "ylabel": "x₂"}


def answers(machine: Perceptron, bounds: tuple = PLANE) -> np.ndarray:
    """The distance from the boundary everywhere on the plane, in widths of the plane, (160, 160).

    Show it with `range=(-0.008, 0.008), contours=(0,)`.  Where all weights are 0, the one answer that there is.
    """
    z = np.asarray(on_grid(machine.weighted_sum, bounds, 160))
    steepness = float(np.linalg.norm(machine.w)) * (bounds[1] - bounds[0])
    return z / steepness if steepness > 0 else np.where(z >= 0, 1.0, -1.0)
