"""Two numbers of an optimizer, and the 1,024 combinations of them that a map shows."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from nnlib.live import Cell

__all__ = ["AMONG", "PAIRS", "RUN_STEPS", "SIZE", "Pair"]

RUN_STEPS, SIZE = 200, 32


class Axis(NamedTuple):
    """A number of an optimizer, how it is called in the picture, and the values that it takes."""

    name: str
    label: str
    values: np.ndarray


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

    def at(self, cell: Cell) -> dict[str, float]:
        """The numbers of the run in that cell."""
        return self.numbers(float(self.x.values[cell.column]), float(self.y.values[cell.row]))


AMONG = ("momentum", "nesterov", "rmsprop", "adam")
RATE = Axis("rate", "η", np.logspace(-3, 1, SIZE))
A, B = Axis("a", "a", np.linspace(0, 0.99, SIZE)), Axis("b", "b", np.linspace(0, 0.999, SIZE))
PAIRS = {
    "momentum: η, a": Pair("momentum", RATE, A),
    "Nesterov: η, a": Pair("nesterov", RATE, A),
    "RMSProp: η, b": Pair("rmsprop", RATE, B),
    "Adam: η, a": Pair("adam", RATE, A, {"b": 0.999}),
    "Adam: η, b": Pair("adam", RATE, B, {"a": 0.9}),
}
