"""Pictures that answer: `@live(...)` makes a function of its controls a piece that is redrawn at every movement.

@live(learning_rate=log_slider(1e-4, 1.0, 0.03), data=points(*moons(key, 200)))
def boundary(learning_rate, data):
    run = train(learning_rate, data)
    return Plane(field=run.field, points=data), Curves(loss=run.losses)

boundary        # the last line of a cell shows it
"""

from .controls import (
    Cell,
    Change,
    Control,
    Drawing,
    Handle,
    History,
    Numbers,
    Pick,
    Points,
    button,
    cell,
    choice,
    drawing,
    drawn,
    handle,
    history,
    log_slider,
    numbers,
    opened,
    pasted,
    pick,
    player,
    points,
    predict,
    presets,
    slider,
    text,
    toggle,
)
from .decorator import live
from .folded import folded
from .piece import Live
from .refused import Refused
from .rows import row
from .views import (
    Arrow,
    Bars,
    Curves,
    Graph,
    HeatMap,
    Images,
    Line,
    Matrix,
    Network,
    NetworkMaps,
    Note,
    Path,
    Plane,
    View,
    film,
)  # fmt: skip

__all__ = [
    "Arrow", "Bars", "Cell", "Change", "Control", "Curves", "Drawing", "Graph", "Handle", "HeatMap", "History",
    "Images", "Line", "Live", "Matrix", "Network", "NetworkMaps", "Note", "Numbers", "Path", "Pick", "Plane",
    "Points", "Refused", "View", "button", "cell", "choice", "drawing", "drawn", "film", "folded", "handle",
    "history", "live", "log_slider", "numbers", "opened", "pasted", "pick", "player", "points", "predict", "presets",
    "row", "slider", "text", "toggle",
]  # fmt: skip
