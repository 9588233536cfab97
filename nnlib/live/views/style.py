"""What every drawing on paper shares: colours, sizes, quiet axes."""

from __future__ import annotations

from matplotlib.colors import LinearSegmentedColormap
from matplotlib.ticker import MaxNLocator

__all__ = [
    "CLASSES", "COLORS", "FAINT", "MARKERS", "RULE", "SIZE", "TINTS", "WIDTH", "axes", "check_color", "plain_frame",
]  # fmt: skip

COLORS = {
    "ink": "#1d1e20",
    "blue": "#2f6db5",
    "orange": "#d9731a",
    "teal": "#2b8f8a",
    "purple": "#8e4fb0",
    "rose": "#c03a6b",
    "olive": "#7b7a1f",
    "grey": "#8a8d93",
}
CLASSES = (("blue", "s"), ("orange", "o"), ("teal", "^"))
MARKERS = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D", "down": "v", "plus": "P", "cross": "X"}
MARKERS |= {"star": "*"}
FAINT, RULE, SIZE = "#6b6e76", "#dcdee2", 8.5
WIDTH = 8.4  # of the page, in inches
TINTS = LinearSegmentedColormap.from_list("tints", ["#a9c1e0", "#b9cce5", "#ffffff", "#f2cfae", "#efc49e"])


def check_color(name: str, who: str) -> None:
    """Raises ValueError, in the name of `who`, if a piece has no colour of that name."""
    if name not in COLORS:
        raise ValueError(f"{who}: expected one of {', '.join(COLORS)}, got {name!r}; these are seen on any page")


def axes(ax, xlabel: str, ylabel: str, ticks: int, rules: bool = False, keep_y: bool = False) -> None:
    """Few ticks, thin lines, labels in a quiet colour."""
    ax.set_xlabel(xlabel, fontsize=SIZE, color=FAINT, loc="right")
    ax.set_ylabel(ylabel, fontsize=SIZE, color=FAINT, loc="top")
    if ax.get_xscale() == "linear":
        ax.xaxis.set_major_locator(MaxNLocator(ticks))
    if not keep_y and ax.get_yscale() == "linear":
        ax.yaxis.set_major_locator(MaxNLocator(ticks))
    if rules:
        ax.grid(axis="y", color=RULE, lw=0.6)
        ax.set_axisbelow(True)
    plain_frame(ax)


def plain_frame(ax) -> None:
    ax.tick_params(length=0, labelsize=SIZE, labelcolor=FAINT)
    ax.minorticks_off()
    for side in ax.spines.values():
        side.set_visible(False)
