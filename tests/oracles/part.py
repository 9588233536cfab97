"""A part of the library beside the same thing computed by somebody else.

    Part("tanh", tanh, (z,), "NumPy", np.tanh, covers="activations.tanh")

`ours` takes the inputs as JAX arrays in either precision, `expected` takes them as float64 NumPy arrays, or is
the answers themselves. Weights and hyper-parameters are inputs too, so that their gradients are checked.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

GOLDEN = Path(__file__).with_name("golden.npz")


@dataclass(frozen=True)
class Part:
    """One line of the table."""

    name: str
    ours: Callable
    inputs: tuple
    oracle: str
    expected: Any  # a function of the inputs, or a tuple of arrays
    covers: str  # the public names that this tests, such as "layers.Dense layers.dense"
    entry: str = ""  # the entry of golden.npz that it uses
    no_gradient: str = ""  # why none is compared


def _read(path=GOLDEN):
    with np.load(path) as file:
        return dict(file)


STORED = _read()
VERSIONS = json.loads(str(STORED.pop("versions")))
ENTRIES = sorted({key.split("/")[0] for key in STORED})
TORCH = f"PyTorch {VERSIONS['torch']}"


def stored(entry, kind):
    """The inputs ("in") or the outputs ("out") of an entry of golden.npz, in order."""
    count = sum(key.startswith(f"{entry}/{kind}/") for key in STORED)
    return tuple(STORED[f"{entry}/{kind}/{i}"] for i in range(count))


def golden(entry, ours, covers, name="", **options):
    """A part whose inputs and answers PyTorch computed beforehand (make_golden.py)."""
    inputs, outputs = stored(entry, "in"), stored(entry, "out")
    return Part(name or entry, ours, inputs, TORCH, outputs, covers, entry, **options)


def numbers(*shape, seed=0, scale=1.0):
    """Standard normal numbers times `scale`, float64 but held exactly by float32: both precisions start alike."""
    drawn = scale * np.random.default_rng([seed, *shape]).normal(size=shape)
    return drawn.astype(np.float32).astype(np.float64)


def shares(*shape, seed=0):
    """Positive numbers with sum 1 along the last axis, as nearly as float32 can hold them."""
    raw = np.exp(numbers(*shape, seed=seed))
    return (raw / raw.sum(-1, keepdims=True)).astype(np.float32).astype(np.float64)
