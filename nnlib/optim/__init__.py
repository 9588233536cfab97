"""Optimizers: from a gradient to the next step.

    updates, state = optimizer.update(gradients, state, params)
    params = apply_updates(params, updates)               # params + updates

An optimizer is a value, like a model: its hyper-parameters are arrays, so that `adam(0.03)` and `adam(0.1)`
run the same compiled program. `init` and `update` are what optax calls by these names: any of its optimizers
works in `nnlib.train` and in `chain`, and ours work in `optax.chain`.

A learning rate is a number, or a schedule: a function from the number of steps already made to a number. A
schedule that is a Module keeps its own numbers movable; a plain function is compiled in.
"""

from nnlib.optim.adaptive import Adam, AdamState, adagrad, adam, adamw, rmsprop
from nnlib.optim.base import ByArray, apply_updates
from nnlib.optim.descent import SGD, momentum, nesterov, sgd
from nnlib.optim.function import from_function
from nnlib.optim.newton import newton
from nnlib.optim.one_of import one_of
from nnlib.optim.schedules import constant, cosine, exponential, linear, step_decay, warm_up
from nnlib.optim.transforms import (
    add_noise,
    chain,
    clip_by_norm,
    clip_by_value,
    coupled_decay,
    decoupled_decay,
    soft_threshold,
)  # fmt: skip

__all__ = [
    "SGD", "Adam", "AdamState", "ByArray", "adagrad", "adam", "adamw", "add_noise", "apply_updates", "chain",
    "clip_by_norm", "clip_by_value", "constant", "cosine", "coupled_decay", "decoupled_decay", "exponential",
    "from_function", "linear", "momentum", "nesterov", "newton", "one_of", "rmsprop", "sgd", "soft_threshold",
    "step_decay", "warm_up",
]  # fmt: skip
