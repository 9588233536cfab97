"""What can be shown: plain frozen descriptions, checked when they are made.

A view knows how to put itself on the wire (`wire`), how to say itself in words (`words`) and how it looks on paper
(`still`); the browser draws the wire form, with the module beside the class.  Arrays may be NumPy or JAX arrays or
lists; any of them may be a `film`, whose first axis is time.
"""

from .bars import Bars
from .curves import Curves, shown_name
from .film import Film, film, moment
from .graph import Graph
from .heat_map import HeatMap
from .images import Images
from .matrix import Matrix
from .network import Network
from .network_maps import NetworkMaps
from .note import Note
from .plane import Arrow, Line, Path, Plane
from .view import VIEWS, View

__all__ = [
    "VIEWS", "Arrow", "Bars", "Curves", "Film", "Graph", "HeatMap", "Images", "Line", "Matrix", "Network",
    "NetworkMaps", "Note", "Path", "Plane", "View", "film", "moment", "shown_name",
]  # fmt: skip
