"""How far a part is from its oracle, and from itself in other forms."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.flatten_util import ravel_pytree

STEP = 1e-5  # for central differences of fourth order: their own error is then far below that of rounding


def cast(inputs, bits):
    return jax.tree.map(lambda a: a.astype(f"float{bits}") if a.dtype.kind == "f" else a, inputs)


def leaves(tree):
    return [np.asarray(leaf) for leaf in jax.tree.leaves(tree)]


def answers(part, bits=64, inputs=None, form=jax.jit):
    """What the part answers in float32 or float64, as a list of NumPy arrays; `form` is jit, or nothing."""
    with jax.enable_x64(bits == 64):
        given = jax.tree.map(jnp.asarray, cast(part.inputs if inputs is None else inputs, bits))
        return leaves(form(part.ours)(*given))


def expected(part):
    """What the oracle answers, in float64."""
    with jax.enable_x64(True):
        return leaves(part.expected(*part.inputs) if callable(part.expected) else part.expected)


def largest(ours, theirs):
    """The largest |a - b| / (1 + |b|) of two lists of arrays of the same shapes."""
    assert [a.shape for a in ours] == [b.shape for b in theirs]
    ours, theirs = ([a.astype(np.float64) for a in arrays] for arrays in (ours, theirs))
    with np.errstate(invalid="ignore"):
        gaps = [np.where(a == b, 0.0, np.abs(a - b) / (1 + np.abs(b))) for a, b in zip(ours, theirs, strict=True)]
    return float(np.max([np.max(gap, initial=0.0) for gap in gaps], initial=0.0))  # NaN stays NaN


def difference(part, bits):
    """Ours against the oracle."""
    return largest(answers(part, bits), expected(part))


def has_gradient(part):
    return not part.no_gradient and any(a.dtype.kind == "f" for a in jax.tree.leaves(part.inputs))


def gradient_difference(part):
    """jax.grad against central differences, with respect to every floating-point input, in float64.

    What is derived is the sum of the answers with random weights. The largest gap in an input's gradient counts
    relative to that gradient's largest entry, or to 0.1 where all are smaller.
    """
    with jax.enable_x64(True):
        flat, form = jax.tree.flatten(jax.tree.map(jnp.asarray, part.inputs))
        moving = [i for i, a in enumerate(flat) if jnp.issubdtype(a.dtype, jnp.floating)]
        place, back = ravel_pytree([flat[i] for i in moving])

        def total(place):
            weigh = np.random.default_rng(0).normal
            full = dict(enumerate(flat)) | dict(zip(moving, back(place), strict=True))
            given = jax.tree.unflatten(form, [full[i] for i in range(len(flat))])
            parts = [a for a in jax.tree.leaves(part.ours(*given)) if jnp.issubdtype(a.dtype, jnp.floating)]
            return sum(jnp.sum(a * weigh(size=a.shape)) for a in parts)

        exact = jax.jit(jax.grad(total))(place)
        steps, many = STEP * jnp.eye(place.size), jax.jit(jax.vmap(total))
        near, far = (many(place + h) - many(place - h) for h in (steps, 2 * steps))
        numeric = (8 * near - far) / (12 * STEP)
        pairs = zip(back(exact), back(numeric), strict=True)
        gaps = [jnp.max(jnp.abs(a - b)) / jnp.maximum(jnp.max(jnp.abs(b)), 0.1) for a, b in pairs]
        return float(np.max(gaps))


def variants(part):
    """The inputs three times: as they are, a tenth smaller, a fifth smaller; integers are rolled."""

    def vary(a, i):
        return a * (1 - 0.1 * i) if a.dtype.kind == "f" else np.roll(a, i)

    return [jax.tree.map(lambda a, i=i: vary(a, i), part.inputs) for i in range(3)]


def vmap_difference(part):
    """All variants at once against one after another."""
    one_by_one = [answers(part, inputs=inputs) for inputs in variants(part)]
    stacked = jax.tree.map(lambda *a: np.stack(a), *variants(part))
    at_once = answers(part, inputs=stacked, form=lambda f: jax.jit(jax.vmap(f)))
    return largest(at_once, [np.stack(a) for a in zip(*one_by_one, strict=True)])


def jit_difference(part):
    """Compiled against line by line."""
    return largest(answers(part), answers(part, form=lambda f: f))
