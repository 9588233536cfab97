"""Chapter 08's live pieces, and the views they return: the race, the sensitivity map, and what is inside."""

from .adam import *
from .classifier import *
from .pairs import *
from .race import *
from .real import *
from .scaling import *
from .sensitivity import *
from .situations import *
from .spectrum import *
from .steps import *
from .team import *
