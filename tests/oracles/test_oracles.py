"""Every part of the library against its oracle: value, gradient, jit, vmap; and that no part is left out."""

import jax
import numpy as np
import pytest

import nnlib.initializers
from tests.oracles import initializers, measure
from tests.oracles.part import ENTRIES, GOLDEN, TORCH, VERSIONS, Part
from tests.oracles.table import COVERED, NOT_PARTS, PARTS, public

TOLERANCE = {32: 1e-5, 64: 1e-10}


def name(part):
    return f"{part.name}: {part.oracle}"


each = pytest.mark.parametrize("part", PARTS, ids=name)


@pytest.mark.parametrize("bits", [32, 64])
@each
def test_value(part, bits):
    ours = measure.answers(part, bits)
    assert {a.dtype.itemsize * 8 for a in ours if a.dtype.kind == "f"} <= {bits}
    assert measure.difference(part, bits) <= TOLERANCE[bits]


@pytest.mark.parametrize("part", [part for part in PARTS if measure.has_gradient(part)], ids=name)
def test_gradient(part):
    assert measure.gradient_difference(part) <= 1e-6


@each
def test_jit_is_eager(part):
    assert measure.jit_difference(part) <= TOLERANCE[64]


@each
def test_vmap_is_a_loop(part):
    assert measure.vmap_difference(part) <= TOLERANCE[64]


# --- initializers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", [32, 64])
@pytest.mark.parametrize("initializer", initializers.DISTRIBUTIONS)
def test_initializers_draw_from_their_distribution(initializer, bits):
    W = initializers.drawn(initializer, bits)
    assert initializers.p_value(initializer, W) > 0.01
    assert abs(W).max() <= initializers.DISTRIBUTIONS[initializer].support()[1]


def test_the_test_of_initializers_can_fail():
    W = initializers.drawn("he_normal", 32)
    assert initializers.p_value("he_normal", 1.03 * W) < 1e-3
    assert initializers.p_value("he_uniform", W) < 1e-3


@pytest.mark.parametrize("shape", [(5, 3), (3, 5), (4, 4)])
def test_exact_initializers(shape):
    key = jax.random.key(0)
    with jax.enable_x64(True):
        assert not nnlib.initializers.zeros(key, shape).any()
        assert (nnlib.initializers.constant(0.25)(key, shape) == 0.25).all()
        W = np.asarray(nnlib.initializers.orthogonal(key, shape))
        thin = W if shape[0] >= shape[1] else W.T
        np.testing.assert_allclose(thin.T @ thin, np.eye(min(shape)), atol=1e-12)


# --- nothing is left out, and the test can fail ------------------------------------------------------------


def test_every_public_name_is_in_the_table_or_has_a_reason():
    assert public() - COVERED - set(NOT_PARTS) == set()
    assert COVERED - public() == set() and set(NOT_PARTS) - public() == set()
    assert set(NOT_PARTS) & COVERED == set() and all(NOT_PARTS.values())
    names = [name(part) for part in PARTS]
    assert len(set(names)) == len(names)
    assert set(nnlib.initializers.__all__) == set(initializers.DISTRIBUTIONS) | initializers.EXACT


def test_every_golden_entry_is_used_and_says_what_made_it():
    assert sorted({part.entry for part in PARTS if part.entry} | {"initializers"}) == ENTRIES
    assert VERSIONS["torch"] == "2.13.0" and set(VERSIONS) == {"torch", "numpy", "python"}
    assert all((part.oracle == TORCH) == bool(part.entry) for part in PARTS)


def test_golden_is_small_and_the_inputs_are_the_same_in_both_precisions():
    assert GOLDEN.stat().st_size < 200_000
    for part in PARTS:
        for a in jax.tree.leaves(part.inputs):
            if a.dtype.kind == "f":
                np.testing.assert_allclose(a, a.astype(np.float32), rtol=1e-7, err_msg=part.name)


def test_wrong_parts_are_found():
    x = np.linspace(-1, 1, 5)
    tanh = Part("wrong", jax.numpy.tanh, (x,), "NumPy", lambda x: np.tanh(x) * (1 + 1e-9), "")
    assert measure.difference(tanh, 64) > TOLERANCE[64]
    nothing = Part("wrong", lambda x: x * np.nan, (x,), "NumPy", np.copy, "")
    assert not measure.difference(nothing, 64) <= TOLERANCE[64]

    @jax.custom_jvp
    def square(x):
        return x**2

    square.defjvp(lambda x, t: (square(x[0]), 2.00001 * x[0] * t[0]))
    assert measure.gradient_difference(Part("wrong", square, (x,), "NumPy", np.square, "")) > 1e-6
