"""Chapter 06's live pieces, and the views they return: networks by hand, and what goes through them, step by step."""

from .counting import *
from .depth import *
from .matrices import *
from .stepping import *
from .wines import *
