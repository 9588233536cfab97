"""The playground of chapter 09: a network in every detail, trained whole at each movement, changed on the way."""

from .controls import KEPT, KNOWN, LENGTHS, OWN, START, TABLE, controls
from .net import ACTIVATIONS, FEATURES, INITS, Form, features, first_weights, form, forward, layers_of
from .run import EVERY, MOST, Knobs, advance, look, programs
from .sets import ROOM, TOYS, Data, held_out, padded, split_off, toy
from .settings import activation_of, data_of, form_of, knobs_of, layers_in, points_of
from .timeline import Run, whole_run
from .views import playground_views

__all__ = [
    "ACTIVATIONS", "EVERY", "FEATURES", "INITS", "KEPT", "KNOWN", "LENGTHS", "MOST", "OWN", "ROOM", "START",
    "TABLE", "TOYS", "Data", "Form", "Knobs", "Run", "activation_of", "advance", "controls", "data_of", "features",
    "first_weights", "form", "form_of", "forward", "held_out", "knobs_of", "layers_in", "layers_of", "look",
    "padded", "playground_views", "points_of", "programs", "split_off", "toy", "whole_run",
]  # fmt: skip
