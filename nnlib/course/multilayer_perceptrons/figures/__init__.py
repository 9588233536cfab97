"""Chapter 09's live pieces, and the views they return: the playground, what layers can do, and how they learn."""

from .approximation import *
from .bumps import *
from .compared import *
from .depth import *
from .equal_parameters import *
from .learning_rate_sweep import *
from .pixels import *
from .playground import *
from .radial import *
from .regions import *
from .seeds import *
from .sets import *
from .shallow import *
from .targets import *
