"""Paths over a function of two numbers: beside optax's, in float64, on every surface of the course."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from nnlib import optim
from nnlib.course.common.surfaces import SURFACES
from nnlib.module import Module, as_float, buffer
from nnlib.optim import from_function, sgd
from nnlib.train import descend
from nnlib.train.descent import _compiled
from tests.helpers import float64

OPTIMIZERS = {  # ours, optax's, made in float64; optax puts AdaGrad's eps under the root: without it, they are one rule
    "sgd": lambda: (optim.sgd(0.03), optax.sgd(0.03)),
    "momentum": lambda: (optim.momentum(0.01, 0.8), optax.sgd(0.01, momentum=0.8)),
    "nesterov": lambda: (optim.nesterov(0.01, 0.8), optax.sgd(0.01, momentum=0.8, nesterov=True)),
    "adagrad": lambda: (optim.adagrad(0.3, eps=0.0), optax.adagrad(0.3, initial_accumulator_value=0.0, eps=0.0)),
    "rmsprop": lambda: (optim.rmsprop(0.01, 0.9), optax.rmsprop(0.01, decay=0.9, eps=1e-8, eps_in_sqrt=False)),
    "adam": lambda: (optim.adam(0.05), optax.adam(0.05)),
}


# RMSProp's steps stay as long as its rate near a minimum, and there it jumps to and fro chaotically: a rounding becomes
# a hundredth within 300 steps.
CHAOTIC_FROM = {("four minima", "rmsprop"): 250}


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("surface", SURFACES.values(), ids=lambda s: s.name)
def test_five_hundred_steps_are_optax_s(surface, name):
    with float64():
        ours, theirs = OPTIMIZERS[name]()
        run = descend(surface.f, np.array(surface.start), ours, 500)

        def step(now, _):
            w, state = now
            updates, state = theirs.update(jax.grad(surface.f)(w), state, w)
            return (w + updates, state), w

        w = jnp.array(surface.start)
        (last, _), path = jax.lax.scan(step, (w, theirs.init(w)), length=500)
        until = CHAOTIC_FROM.get((surface.name, name), 501)
        np.testing.assert_allclose(run.path[:until], jnp.vstack([path, last])[:until], atol=1e-5)
        np.testing.assert_allclose(run.losses, jax.vmap(surface.f)(run.path), rtol=1e-9, atol=1e-12)
    assert run.diverged == -1


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_single_steps_are_optax_s_everywhere(name):
    with float64():
        ours, theirs = OPTIMIZERS[name]()
        for surface in SURFACES.values():
            low, high = np.array(surface.bounds).reshape(2, 2).T
            starts = low + (high - low) * np.random.default_rng(0).random((50, 2))
            new = jax.vmap(lambda w, f=surface.f: descend(f, w, ours, 1).path[1])(starts)
            steps = jax.vmap(lambda w, f=surface.f: theirs.update(jax.grad(f)(w), theirs.init(w), w)[0])(starts)
            np.testing.assert_allclose(new, starts + steps, atol=1e-10)


class Scaled(Module):
    scale: jax.Array = buffer()

    def __call__(self, w):
        return self.scale * jnp.sum(w["a"] ** 2) + w["b"] ** 2


def test_numbers_are_data_and_parameters_are_trees():
    start = {"a": jnp.ones(3), "b": jnp.float32(2.0)}
    before = _compiled.cache_info().misses
    for rate, scale in ((0.1, 1.0), (0.2, 3.0), (0.05, 2.0)):
        run = descend(Scaled(as_float(scale)), start, optim.sgd(rate), 20)
        a, b = np.ones(3), 2.0
        for _ in range(20):
            a, b = a - rate * 2 * scale * a, b - rate * 2 * b
        np.testing.assert_allclose(run.path["a"][-1], a, atol=1e-6)
        np.testing.assert_allclose(run.path["b"][-1], b, atol=1e-6)
    assert _compiled.cache_info().misses == before + 1
    assert run.path["a"].shape == (21, 3) and run.losses.shape == (21,)


def test_newton_is_given_the_function_and_takes_one_step_on_a_parabola():
    with float64():
        surface = SURFACES["ravine"]
        run = descend(surface.f, np.array(surface.start), optim.newton(), 3)
        np.testing.assert_allclose(run.path[1:], 0, atol=1e-12)


def test_the_first_value_that_is_no_number_is_reported():
    run = descend(SURFACES["ravine"].f, np.array([1.0, 1.0], np.float32), optim.sgd(1.0), 100)
    where = int(run.diverged)  # y is multiplied by 1 - 20 at each step, and squared in f: beyond 3.4e38
    assert np.isfinite(run.losses[:where]).all() and not np.isfinite(run.losses[where])
    assert where == int(np.ceil(np.log(np.sqrt(3.4e38 / 10)) / np.log(19)))
    assert descend(SURFACES["ravine"].f, np.zeros(2), optim.sgd(1.0), 0).path.shape == (1, 2)


def test_bad_input_is_said():
    with pytest.raises(ValueError, match="steps"):
        descend(SURFACES["bowl"].f, np.zeros(2), optim.sgd(1.0), -1)
    with pytest.raises(TypeError, match="expected an optimizer"):
        descend(SURFACES["bowl"].f, np.zeros(2), optim.sgd, 3)


SCALE = 1.0


def scaled(w):
    return SCALE * w**2


def test_a_global_that_changed_is_noticed(monkeypatch):
    for value in (1.0, 3.0):
        monkeypatch.setitem(globals(), "SCALE", value)
        assert descend(scaled, 1.0, sgd(0.1), 1).path[1] == pytest.approx(1 - 0.2 * value)
        mine = from_function(lambda g, v: (-0.1 * SCALE * g, v))
        assert descend(jnp.square, 1.0, mine, 1).path[1] == pytest.approx(1 - 0.2 * value)


def test_a_start_of_whole_numbers_is_an_error():
    for start in (3, jnp.arange(2), {"w": 1.0, "b": 2}):
        with pytest.raises(TypeError, match=r"descend: expected floats as start, got .*; write 3\.0 in place of 3"):
            descend(lambda w: 0.0, start, sgd(0.1), 5)
