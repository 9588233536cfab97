"""What every view is: a description that puts itself on the wire, says itself in words, and draws itself on paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from ..kinds import Kinds

__all__ = ["VIEWS", "Put", "Sheet", "View"]

Put = Callable[..., dict]  # put(array, low=None, high=None) -> reference; see wire.py
VIEWS = Kinds("view")


@dataclass(frozen=True)
class Sheet:
    """The paper that a view is drawn on: a column `width` inches wide, one of `columns`.

    tall: how many views the tallest stack has.
    """

    width: float
    columns: int
    tall: int


class View:
    """A picture, as data: a frozen dataclass with a `title`, which stands above it.

    A class of views has its front end beside it: for `Gauge` in gauge.py that is gauge.js, and gauge.css if it needs
    one.  Nothing else has to know of it.  kind: its name on the wire, "gauge" if its body says none.
    """

    kind = ""
    title: str = ""
    blank = False  # True: there is nothing to draw, the values are not numbers
    still_weight = 1.15  # how wide its column is on paper, against others

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        VIEWS.add(cls)

    def wire(self, put: Put) -> dict:
        """What the browser needs beyond kind, title and words, as JSON; arrays become references made by `put`."""
        raise NotImplementedError

    def words(self) -> str:
        """One sentence."""
        raise NotImplementedError

    def still(self, ax: Axes) -> None:
        """Draws it into the matplotlib axes `ax`, for stored notebooks and print."""
        raise NotImplementedError

    def still_among(self, ax: Axes, views: Sequence[View]) -> None:
        """Draws it into `ax` where the other views of its piece have a say; `views` are all of them, this one too."""
        self.still(ax)

    def still_height(self, sheet: Sheet) -> float:
        """How many inches it needs on paper; `sheet` says how wide its column is, and how full the page."""
        return 2.4

    def still_share(self, stack: Sequence[View]) -> float:
        """Its share of the height of its column, against the others in `stack`, the views that stand there."""
        return 1.0
