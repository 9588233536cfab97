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
    "layers.Sequential": "composition, tested in layers/test_sequential.py",
    "layers.sequential": "composition, tested in layers/test_sequential.py",
    "layers.mlp": "dense layers and activations in a chain, tested in layers/test_sequential.py",
    "layers.Mask": "a product, tested in layers/test_switched.py",
    "layers.mask": "a product, tested in layers/test_switched.py",
    "layers.narrow": "a smaller mlp in a larger one, compared with the smaller one in layers/test_switched.py",
    "layers.Switch": "one of several layers, compared with that one in layers/test_switched.py",
    "layers.switch": "one of several layers, compared with that one in layers/test_switched.py",
    "layers.output_size": "a number: the shape of every convolution and pool here is compared with PyTorch's",
    "layers.Recurrent": "what the recurrent layers share; each of them is here",
    "layers.reverse": "what the bidirectional layers do with padded sequences, which are here",
    "optim.AdamState": "what adam remembers; its path is here",
    "optim.ByArray": "what several optimizers share; each of them is here",
    "optim.add_noise": "a sum, tested in optim/test_transforms.py",
    "optim.from_function": "what the function gives, tested in optim/test_optimizers.py",
    "optim.one_of": "one of several optimizers, compared with that one in optim/test_optimizers.py",
    "optim.apply_updates": "an addition, which every path here makes",
}


def public():
    """Every public name of the modules that the table is about: "layers.Dense"."""
    return {f"{module}.{name}" for module in MODULES for name in importlib.import_module(f"nnlib.{module}").__all__}
