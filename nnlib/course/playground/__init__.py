"""The playground of chapter 09: a network in every detail, trained whole at each movement, changed on the way."""

from .controls import KEPT, KNOWN, LENGTHS, OWN, controls
from .net import ACTIVATIONS, FEATURES, INITS, Form, features, first_weights, form, forward, layers_of
from .run import EVERY, MOST, Knobs, advance, look
from .sets import ROOM, TOYS, Data, padded, split_off, toy
from .timeline import Run, knobs_of, train
from .views import playground_views

__all__ = [
    "ACTIVATIONS", "EVERY", "FEATURES", "INITS", "KEPT", "KNOWN", "LENGTHS", "MOST", "OWN", "ROOM", "TOYS", "Data",
    "Form", "Knobs", "Run", "advance", "controls", "features", "first_weights", "form", "forward", "knobs_of",
    "layers_of", "look", "padded", "playground_views", "split_off", "toy", "train",
]  # fmt: skip
