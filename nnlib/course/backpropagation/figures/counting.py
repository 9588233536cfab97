"""What the two passes cost: multiplications, and numbers that have to be kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nnlib.live import Bars, Note, live, slider

__all__ = ["cost", "kept", "multiplications"]


def multiplications(N: int, widths: Sequence[int]) -> tuple[int, int]:
    """Of the matrix products, forward and backward, for N examples; nobody asks for dL/dX of the first layer."""
    layers = [N * n_in * n_out for n_in, n_out in pairwise(widths)]
    return sum(layers), 2 * sum(layers) - layers[0]


def kept(N: int, widths: Sequence[int]) -> tuple[int, int]:
    """Numbers to be kept: activations, the input among them, until they are used on the way back; and parameters."""
    return N * sum(widths[:-1]), sum(n_in * n_out + n_out for n_in, n_out in pairwise(widths))


@live(
    examples=slider(1, 512, 64, label="examples in a batch, N"),
    width=slider(8, 256, 64, step=8, label="units in a layer"),
    depth=slider(1, 20, 5, label="layers"),
)
def cost(examples, width, depth):
    """The cost of one step of a network whose layers are equally wide."""
    widths = [width] * (depth + 1)
    forward, backward = multiplications(examples, widths)
    work = _bars(("forward", "backward"), (forward, backward), "multiplications")
    memory = _bars(("activations", "parameters"), kept(examples, widths), "numbers kept")
    return work, memory, Note(f"backward takes {backward / forward:.2f} times as many as forward")


def _bars(labels: Sequence[str], counts: Sequence[int], what: str) -> Bars:
    """Counts as bars, in the largest unit in which the larger one is at least 1."""
    unit, name = next((u, name) for u, name in ((1e6, "million "), (1e3, "thousand "), (1, "")) if max(counts) >= u)
    return Bars(labels, [count / unit for count in counts], title=name + what, digits=1 if name else 0)
