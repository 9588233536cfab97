"""All parts together, and the public names that are not parts."""

import importlib

from tests.oracles import activations, layers, losses, optimizers, recurrent, schedules

TOPICS = {
    "Activations": activations,
    "Losses and metrics": losses,
    "Layers": layers,
    "Recurrent layers": recurrent,
    "Optimizers": optimizers,
    "Schedules": schedules,
}
PARTS = [part for topic in TOPICS.values() for part in topic.PARTS]
COVERED = {name for part in PARTS for name in part.covers.split()}
MODULES = ("activations", "losses", "metrics", "layers", "optim")

# Public, and yet not compared with an oracle by itself: why.
NOT_PARTS = {
    "layers.Chain": "composition; tests/test_layers.py",
    "layers.chain": "composition; tests/test_layers.py",
    "layers.mlp": "dense layers and activations in a chain; tests/test_layers.py",
}


def public():
    """Every public name of the modules that the table is about: "layers.Dense"."""
    return {f"{name}.{public}" for name in MODULES for public in importlib.import_module(f"nnlib.{name}").__all__}
