"""Schedules against optax and the printed formulas, and as functions of many steps at once."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from nnlib.optim import constant, cosine, exponential, linear, sgd, step_decay, warm_up
from tests.helpers import float64

K = np.arange(60)
PAIRS = {
    "constant": (lambda: constant(0.3), lambda: optax.constant_schedule(0.3)),
    "linear": (lambda: linear(0.5, 0.1, 40), lambda: optax.linear_schedule(0.5, 0.1, 40)),
    "linear, upwards": (lambda: linear(0.1, 0.5, 40), lambda: optax.linear_schedule(0.1, 0.5, 40)),
    "exponential": (lambda: exponential(0.5, 0.3, 20), lambda: optax.exponential_decay(0.5, 20, 0.3)),
    "step_decay": (lambda: step_decay(0.5, 0.3, 7), lambda: optax.exponential_decay(0.5, 7, 0.3, staircase=True)),
    "cosine": (lambda: cosine(0.5, 0.1, 40), lambda: optax.cosine_decay_schedule(0.5, 40, alpha=0.2)),
    "warm_up": (
        lambda: warm_up(10, cosine(0.5, 0.1, 40)),
        lambda: optax.warmup_cosine_decay_schedule(0.0, 0.5, 10, 50, 0.1),
    ),
    "warm_up to a number": (lambda: warm_up(10, 0.5), lambda: optax.warmup_constant_schedule(0.0, 0.5, 10)),
}


@pytest.mark.parametrize("name", PAIRS)
def test_rates_are_optax_s(name):
    ours, theirs = PAIRS[name]
    with float64():
        expected = [float(theirs()(k)) for k in K]
        np.testing.assert_allclose(ours()(K), expected, rtol=1e-10, atol=1e-15)
        np.testing.assert_allclose([float(ours()(int(k))) for k in K], expected, rtol=1e-10, atol=1e-15)
    np.testing.assert_allclose(jax.jit(ours())(K), expected, rtol=1e-5, atol=1e-7)
    np.testing.assert_array_equal(jax.vmap(ours())(K), ours()(K))


def test_linear_annealing_is_the_printed_formula_and_is_held():
    with float64():
        rates = linear(0.4, 0.1, 30)(K)
        np.testing.assert_allclose(rates[:31], (1 - K[:31] / 30) * 0.4 + K[:31] / 30 * 0.1, rtol=1e-14)
    assert (rates[30:] == rates[30]).all() and rates[30] == pytest.approx(0.1)


def test_steps_fall_on_their_step():
    """Also where steps times (1 / steps) is less than 1 in float32: compilers may divide by a constant like that."""
    for steps in (41, 47, 55, 83):
        assert np.float32(steps) * (np.float32(1) / np.float32(steps)) < 1
        rates = jax.jit(lambda k, steps=steps: step_decay(1.0, 0.5, steps)(k))(np.array([steps - 1, steps, 3 * steps]))
        np.testing.assert_array_equal(rates, [1, 0.5, 0.125])


def test_the_first_step_reads_k_0():
    updates, _ = sgd(linear(0.4, 0.1, 3)).update(jnp.ones(()), sgd(0.0).init(None))
    assert updates == pytest.approx(-0.4)


def test_a_slider_of_a_schedule_in_a_sweep():
    ends = jnp.array([0.0, 0.1, 0.2])
    rates = jax.vmap(lambda end: linear(0.4, end, 30)(jnp.arange(5)))(ends)  # (3, 5)
    for end, row in zip(ends, rates, strict=True):
        np.testing.assert_allclose(row, linear(0.4, end, 30)(jnp.arange(5)), rtol=1e-6)
