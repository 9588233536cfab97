"""What can be shown: plain frozen descriptions, checked when they are made.

A view knows how to put itself on the wire (`wire`) and how to say itself in words (`words`); the browser draws the
wire form, `still/` draws the same description with matplotlib.  Arrays may be NumPy or JAX arrays or lists; any
of them may be a `film`, whose first axis is time.
"""

from .base import Film, Note, View, film, moment
from .curves import Curves, shown_name
from .graph import Graph
from .network import Network
from .network_maps import NetworkMaps
from .plane import Arrow, Line, Path, Plane
from .tables import Bars, Matrix

__all__ = [
    "Arrow", "Bars", "Curves", "Film", "Graph", "Line", "Matrix", "Network", "NetworkMaps", "Note", "Path", "Plane",
    "View", "film", "moment", "shown_name",
]  # fmt: skip
