"""Chapter 08's exercises: a step of momentum, a step of Adam, and an optimizer that has to win a race."""

from .adam_step import ADAM
from .momentum_step import MOMENTUM
from .winner import WINNER

__all__ = ["EXERCISES"]

EXERCISES = (MOMENTUM, ADAM, WINNER)
