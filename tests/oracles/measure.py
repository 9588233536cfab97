"""How far a part is from its oracle, and from itself in other forms."""

import jax
import jax.numpy as jnp
import numpy as np

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
        flat, form = jax.tree.flatten(part.inputs)
        moving = [i for i, a in enumerate(flat) if a.dtype.kind == "f"]
        still = [jnp.asarray(a) for a in flat]

        def objective(arrays):
            given = dict(enumerate(still)) | dict(zip(moving, arrays, strict=True))
            return total(part.ours(*jax.tree.unflatten(form, list(given.values()))))

        exact = leaves(jax.jit(jax.grad(objective))([still[i] for i in moving]))
        numeric = [_differences(part, flat, form, i) for i in moving]
    gaps = [np.max(np.abs(a - b)) / max(np.max(np.abs(b)), 0.1) for a, b in zip(exact, numeric, strict=True)]
    return float(np.max(gaps))


def total(answers):
    """All floating-point answers in one number, each with a weight of its own."""
    random = np.random.default_rng(0)
    return sum((a * random.normal(size=a.shape)).sum() for a in jax.tree.leaves(answers) if a.dtype.kind == "f")


def _differences(part, flat, form, i):
    """The derivative of the total by every number of input i."""
    f, gradient = jax.jit(part.ours), np.zeros_like(flat[i])

    def at(place, h):
        moved = flat[i].copy()
        moved[place] += h
        return total(leaves(f(*jax.tree.unflatten(form, [*flat[:i], moved, *flat[i + 1 :]]))))

    for place in np.ndindex(gradient.shape):
        near, far = (at(place, h) - at(place, -h) for h in (STEP, 2 * STEP))
        gradient[place] = (8 * near - far) / (12 * STEP)
    return gradient


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
