"""Chapter 05's live pieces, and the views they return: from a graph's paths to the curvature of a surface."""

from .expressions import *
from .functions import *
from .rates import *
from .routes import *
