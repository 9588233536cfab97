"""Two numbers of an optimizer, and the 1,024 combinations of them that a map shows."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from nnlib.live.controls import Handle

__all__ = ["AMONG", "PAIRS", "RUN_STEPS", "SIZE", "Pair"]

RUN_STEPS, SIZE = 200, 32


class Axis(NamedTuple):
    """A number of an optimizer, with the values that it takes; by logarithm or not."""

    name: str
    label: str
    values: np.ndarray
    log: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        ends = self.values[[0, -1]]
        return tuple(map(float, np.log10(ends) if self.log else ends))

    @property
    def edges(self) -> tuple[float, float]:
        """Where the outermost cells end, half a cell beyond their values."""
        low, high = self.ends
        half = (high - low) / (SIZE - 1) / 2
        return low - half, high + half

    def nearest(self, place: float) -> int:
        """The number of the value nearest to a place on the axis."""
        low, high = self.ends
        return int(np.clip(round((place - low) / (high - low) * (SIZE - 1)), 0, SIZE - 1))

    def place(self, number: int) -> float:
        """Where a value lies on the axis."""
        low, high = self.ends
        return low + (high - low) * number / (SIZE - 1)


class Pair(NamedTuple):
    """An optimizer and two of its numbers."""

    optimizer: str
    x: Axis
    y: Axis
    rest: dict[str, float] = {}  # noqa: RUF012  nobody writes into it

    def numbers(self, x: Any, y: Any) -> dict[str, Any]:
        return self.rest | {self.x.name: x, self.y.name: y}

    @property
    def place(self) -> int:
        """The optimizer's number among those that are mapped."""
        return AMONG.index(self.optimizer)

    def all(self) -> dict[str, np.ndarray]:
        """The numbers of every run, each (32, 32): row y, column x; a and b also where they do not count."""
        x, y = np.meshgrid(self.x.values, self.y.values)
        numbers = {"a": 0.9, "b": 0.999} | self.numbers(x, y)
        return {key: np.broadcast_to(np.asarray(values, float), x.shape) for key, values in numbers.items()}

    def cell(self, handle: Handle) -> tuple[int, int]:
        """Row and column of the run that is pointed at."""
        return self.y.nearest(handle.y), self.x.nearest(handle.x)

    def at(self, handle: Handle) -> dict[str, float]:
        """The numbers of that run."""
        row, column = self.cell(handle)
        return self.numbers(float(self.x.values[column]), float(self.y.values[row]))


AMONG = ("momentum", "nesterov", "rmsprop", "adam")
RATE = Axis("rate", "log₁₀ η", np.logspace(-3, 1, SIZE), log=True)
A, B = Axis("a", "a", np.linspace(0, 0.99, SIZE)), Axis("b", "b", np.linspace(0, 0.999, SIZE))
PAIRS = {
    "momentum: η, a": Pair("momentum", RATE, A),
    "Nesterov: η, a": Pair("nesterov", RATE, A),
    "RMSProp: η, b": Pair("rmsprop", RATE, B),
    "Adam: η, a": Pair("adam", RATE, A, {"b": 0.999}),
    "Adam: η, b": Pair("adam", RATE, B, {"a": 0.9}),
}
