"""Chapter 07's live pieces, and the views they return: descent in one and two dimensions, on hills, and on data."""

from .batches import *
from .landscape import *
from .one_dimension import *
from .regression import *
from .schedules import *
from .starts import *
from .steepest import *
from .stopping import *
from .two_dimensions import *
