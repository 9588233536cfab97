"""What a hand can move: a class and a factory of the same name for each kind, and its front end beside it."""

from .button import Button, button
from .cell import Cell, CellInput, cell
from .choice import Choice, choice
from .control import CONTROLS, Control, spoken
from .drawing import Drawing, DrawingInput, drawing, drawn
from .foreign import Foreign
from .handle import Handle, HandleInput, handle
from .history import Change, History, HistoryInput, history
from .numbers import Numbers, NumbersInput, numbers
from .opened import Opened, OpenedInput, opened
from .pasted import Pasted, pasted
from .pick import Pick, PickInput, pick
from .player import Player, player
from .points import Points, PointsInput, as_points, points
from .predict import Predict, predict
from .presets import Presets, presets
from .shorthand import as_control
from .slider import Slider, log_slider, slider
from .text import Text, text
from .toggle import Toggle, toggle

__all__ = [
    "CONTROLS", "Button", "Cell", "CellInput", "Change", "Choice", "Control", "Drawing", "DrawingInput", "Foreign",
    "Handle", "HandleInput", "History", "HistoryInput", "Numbers", "NumbersInput", "Opened", "OpenedInput", "Pasted",
    "Pick", "PickInput", "Player", "Points", "PointsInput", "Predict", "Presets", "Slider", "Text", "Toggle",
    "as_control", "as_points", "button", "cell", "choice", "drawing", "drawn", "handle", "history", "log_slider",
    "numbers", "opened", "pasted", "pick", "player", "points", "predict", "presets", "slider", "spoken", "text",
    "toggle",
]  # fmt: skip
