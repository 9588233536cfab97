"""Chapter 00's live pieces, and the views they return: the course in three minutes, and what its words mean."""

from .history import *
from .layers import *
from .more_data import *
from .one_network import *
from .setup import *
from .three_sets import *
from .three_spaces import *
