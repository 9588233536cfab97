"""Chapter 01's live pieces, and the views they return: from the nerve cell to measured flowers."""

from .learning import *
from .limits import *
from .machine import *
from .nerve import *
from .planes import *
