"""What goes before or after an optimizer, and the chain of them: chain(clip_by_norm(1.0), adam(0.03)).

g is a gradient, u an update, w the weight, and eta the learning_rate, a number from 0 up or a schedule: give the
optimizer's own. Amounts and limits are numbers from 0 up. All may be traced. A number below 0 is a ValueError, what is
no number a TypeError.
"""

from typing import Any, ClassVar

import jax
import jax.numpy as jnp

from nnlib.module import Array, as_float, buffer, static
from nnlib.optim.base import Optimizer, Rate, Several, as_optimizer, as_rate, as_typed, call_update, rate_at

__all__ = [
    "Chained", "Noise", "Transform", "add_noise", "chain", "clip_by_norm", "clip_by_value", "coupled_decay",
    "decoupled_decay", "soft_threshold",
]  # fmt: skip

RULES = {  # from a gradient g or an update u, the weight w, and c, the amount times eta
    "clip_by_value": lambda g, w, c: jnp.clip(g, -c, c),
    "clip_by_norm": lambda g, w, c: jnp.where(c < 1, c * g, g),  # with c / |g| for c
    "coupled_decay": lambda g, w, c: g + c * w,
    "decoupled_decay": lambda u, w, c: u - c * w,
    "soft_threshold": lambda u, w, c: jnp.sign(w + u) * jnp.maximum(jnp.abs(w + u) - c, 0) - w,
}


def clip_by_value(limit: float) -> "Transform":
    """Each number of the gradient into [-c, c], c the limit: g <- max(-c, min(g, c)). The direction may turn."""
    return _transform("clip_by_value", limit)


def clip_by_norm(limit: float) -> "Transform":
    """The length over all arrays to c, the limit, at most: g <- g min(1, c / |g|). Source: Pascanu and others, 2013."""
    return _transform("clip_by_norm", limit)


def coupled_decay(amount: float) -> "Transform":
    """Before the optimizer, what a penalty amount/2 sum w^2 does: g <- g + amount w."""
    return _transform("coupled_decay", amount)


def decoupled_decay(amount: float, learning_rate: Rate = 1.0) -> "Transform":
    """After the optimizer, with its learning_rate: u <- u - eta amount w. Both decays are one for plain `sgd` only."""
    return _transform("decoupled_decay", amount, learning_rate)


def soft_threshold(amount: float, learning_rate: Rate = 1.0) -> "Transform":
    """After the optimizer, an L1 step that lands on 0: w <- sign(w + u) max(0, |w + u| - eta amount).

    eta: the optimizer's learning_rate. The gradient of amount sum |w| steps over 0 and back for ever.
    Source: Daubechies and others, 2004.
    """
    return _transform("soft_threshold", amount, learning_rate)


def add_noise(amount: float, z: Array) -> "Noise":
    """Before the optimizer: g_t <- g_t + amount z_t, as the gradients of small batches have an error.

    z: (steps, ...), the noise of each step, drawn beforehand, so that several optimizers can have the same. After the
    last one it begins anew. amount: from 0 up, a factor of z. ValueError: a number below 0, or a z without steps.
    """
    z = z if hasattr(z, "dtype") else as_float(z)
    if jnp.ndim(z) < 1 or len(z) < 1:
        raise ValueError(f"add_noise: expected noise z (steps, ...), got {jnp.shape(z)}; draw one for each step")
    return Noise(as_float(amount, "add_noise", 0), jnp.asarray(z))


class Transform(Optimizer):
    """A change of every array of gradients or updates, by one of the rules above. Its state is the steps made.

    rule: the name of the function that makes it. amount: the limit, or the amount, (). All rules but the clips
    need params: without them `update` is a ValueError.
    """

    packs: ClassVar[bool] = True

    rule: str = static()
    amount: Array = buffer()
    learning_rate: Rate = buffer()

    def update(self, grads: Any, state: Array, params: Any = None, **extra: Any) -> tuple[Any, Array]:
        if params is None and not self.rule.startswith("clip"):
            raise ValueError(f"{self.rule}: expected parameters, got None; call update(grads, state, params)")
        amount = self.amount * rate_at(self.learning_rate, state)
        amount = amount / _norm(grads) if self.rule == "clip_by_norm" else amount
        weights = grads if params is None else params
        changed = jax.tree.map(lambda g, w: RULES[self.rule](g, w, amount), grads, weights)
        return as_typed(changed, grads), state + 1


class Noise(Optimizer):
    """g_t <- g_t + amount z_t, with t the steps made, which are its state; z (steps, ...) fits every gradient."""

    amount: Array = buffer()
    z: Array = buffer()

    def update(self, grads: Any, state: Array, params: Any = None, **extra: Any) -> tuple[Any, Array]:
        noise = self.amount * self.z[state % len(self.z)]
        return as_typed(jax.tree.map(lambda g: g + noise, grads), grads), state + 1


class Chained(Several):
    """Optimizers and transforms, the parts, one after another; the state is the tuple of theirs."""

    def update(self, grads: Any, state: tuple, params: Any = None, **extra: Any) -> tuple[Any, tuple]:
        after = []
        for part, own in zip(self.parts, state, strict=True):
            grads, own = call_update(part, grads, own, params, **extra)
            after.append(own)
        return grads, tuple(after)


def chain(*parts: Any) -> Chained:
    """Ours and optax's, in order: gradients enter the first, what leaves the last is added to the parameters.

    parts: optimizers and transforms, one or more. None at all is a ValueError, and what has no `init` and `update` a
    TypeError. One part must turn downhill, as every optimizer does: clipped gradients alone lead uphill.
    """
    if not parts:
        raise ValueError("chain: expected optimizers and transforms, got none; such as chain(adam(0.03))")
    return Chained(tuple(map(as_optimizer, parts)))


def _transform(rule: str, amount: float, learning_rate: Rate = 1.0) -> Transform:
    return Transform(rule, as_float(amount, rule, 0), as_rate(learning_rate))


def _norm(tree: Any) -> Array:
    """The length of all arrays together, by way of the largest number: squares of large ones overflow."""
    leaves = jax.tree.leaves(tree)
    top = jnp.max(jnp.array([jnp.max(jnp.abs(g), initial=0) for g in leaves]), initial=0)
    top = jnp.where(top > 0, top, 1)
    return top * jnp.sqrt(sum(jnp.sum(jnp.square(g / top)) for g in leaves))
