"""The playground of chapter 09: a network in every detail, trained whole at each movement, changed on the way."""

from .controls import START, playground_controls
from .net import features, layers_of
from .settings import points_of
from .timeline import whole_run
from .views import playground_views

__all__ = ["START", "features", "layers_of", "playground_controls", "playground_views", "points_of", "whole_run"]
