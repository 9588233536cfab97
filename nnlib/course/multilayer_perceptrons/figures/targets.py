"""Functions on the interval from -1 to 1, to be approximated."""

from __future__ import annotations

import numpy as np

__all__ = ["JUMP", "TARGETS", "largest_error", "samples"]

JUMP = 0.2  # where the jump is; its height is 1.6


def wave(x: np.ndarray) -> np.ndarray:
    """A slow wave with a narrow bump on it."""
    return 0.6 * np.sin(3 * x) + 0.8 * np.exp(-60 * (x - 0.3) ** 2) - 0.1


def corner(x: np.ndarray) -> np.ndarray:
    """2 |x| - 1."""
    return 2 * np.abs(x) - 1


def teeth(x: np.ndarray) -> np.ndarray:
    """A saw tooth of five straight pieces."""
    return 1.6 * np.abs((2 * x + 0.5) % 2 - 1) - 0.8


def jump(x: np.ndarray) -> np.ndarray:
    """-0.8 to the left of JUMP, 0.8 from there on."""
    return np.where(np.asarray(x) < JUMP, -0.8, 0.8)


TARGETS = {"a wave with a bump": wave, "a corner": corner, "a saw tooth": teeth, "a jump": jump}


def samples(target: str, n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Places in the interval, ascending, and the target's values there: x, d (n + 1,).

    A jump is there twice, with what the function comes to from the left and with what it is: so the largest error is
    the true one, and no net can hide between two places.
    """
    f, x = TARGETS[target], np.linspace(-1, 1, n + 1)
    if f is not jump:
        return x, f(x)
    left, right = x[x < JUMP - 1e-9], x[x > JUMP + 1e-9]
    x = np.concatenate([left, [JUMP, JUMP], right])
    return x, np.where(np.arange(len(x)) <= len(left), -0.8, 0.8)


def largest_error(answer: np.ndarray, d: np.ndarray) -> float:
    """max |answer - d| over the interval."""
    return float(np.abs(answer - d).max())
