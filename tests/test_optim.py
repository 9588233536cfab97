"""Optimizers against optax, inside optax, and their numbers as data."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from nnlib.layers import dense
from nnlib.losses import squared_error
from nnlib.module import Module, as_float, buffer
from nnlib.optim import adam, apply_updates, sgd
from nnlib.train import fit
from tests.helpers import assert_close, float64

PAIRS = {
    "sgd": (lambda rate: sgd(rate), lambda rate: optax.sgd(rate)),
    "adam": (lambda rate: adam(rate), lambda rate: optax.adam(rate)),
    "adam, all given": (
        lambda rate: adam(rate, b1=0.7, b2=0.95, eps=1e-3),
        lambda rate: optax.adam(rate, b1=0.7, b2=0.95, eps=1e-3),
    ),
}


def bowl(params):
    """Bent, so that no two steps are alike."""
    w, b = params["w"], params["b"]
    return jnp.sum(w**2 * jnp.array([1.0, 5.0])) + jnp.cos(b) + b**2


def path(optimizer, steps=30):
    def step(carry, _):
        params, state = carry
        updates, state = optimizer.update(jax.grad(bowl)(params), state, params)
        params = apply_updates(params, updates)
        return (params, state), params

    params = {"w": jnp.array([1.0, -2.0]), "b": jnp.array(0.5)}
    return jax.lax.scan(step, (params, optimizer.init(params)), length=steps)[1]


@pytest.mark.parametrize("name", PAIRS)
def test_the_path_is_optax_s(name):
    ours, theirs = PAIRS[name]
    with float64():
        assert_close(path(ours(0.05)), path(theirs(0.05)), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", PAIRS)
def test_schedules_are_read_as_optax_reads_them(name):
    ours, theirs = PAIRS[name]
    with float64():
        assert_close(path(ours(lambda t: 0.1 / (1 + t))), path(theirs(lambda t: 0.1 / (1 + t))), rtol=1e-10)


@pytest.mark.parametrize("name", PAIRS)
def test_jit_and_vmap(name):
    ours, _ = PAIRS[name]
    rates = jnp.array([0.01, 0.05])
    swept = jax.vmap(lambda rate: path(ours(rate), 5))(rates)
    for i, rate in enumerate(rates):
        alone = jax.jit(lambda rate: path(ours(rate), 5))(rate)
        assert_close(jax.tree.map(lambda a, i=i: a[i], swept), alone)
        assert_close(alone, path(ours(rate), 5))


def test_ours_drop_into_optax():
    with float64():
        ours = optax.chain(optax.clip(0.5), adam(0.05))
        theirs = optax.chain(optax.clip(0.5), optax.adam(0.05))
        assert_close(path(ours), path(theirs), rtol=1e-10)
        decayed = optax.chain(adam(1.0), optax.add_decayed_weights(0.01), optax.scale(0.1))
        assert path(decayed, 3)["w"].shape == (3, 2)
        accumulated = optax.MultiSteps(adam(0.05), every_k_schedule=2)
        assert path(accumulated, 3)["w"].shape == (3, 2)


def test_a_hundred_values_of_each_number_are_one_trace():
    traces = []

    @jax.jit
    def first_step(optimizer, grads):
        traces.append(optimizer)
        return optimizer.update(grads, optimizer.init(grads))[0]

    grads = jnp.array([1.0, -2.0])
    for value in np.linspace(0.01, 0.9, 100).tolist():
        first_step(adam(value), grads)
        first_step(adam(0.1, b1=value), grads)
        first_step(adam(0.1, b2=value), grads)
        first_step(adam(0.1, eps=value), grads)
    for one in (1, 1.0, np.float32(1), np.float64(1), jnp.float32(1), jnp.array(1)):
        first_step(adam(one), grads)
    assert len(traces) == 1


class Halving(Module):
    """A schedule with a number that may move."""

    start: jax.Array = buffer()

    def __call__(self, count):
        return self.start * 0.5**count


def test_a_schedule_that_is_a_module_keeps_its_numbers_movable():
    traces = []

    @jax.jit
    def second_rate(optimizer):
        traces.append(optimizer)
        _, state = optimizer.update(jnp.ones(()), optimizer.init(jnp.ones(())))
        return optimizer.update(jnp.ones(()), state)[0]

    assert [float(second_rate(sgd(Halving(as_float(start))))) for start in (1, 0.5)] == [-0.5, -0.25]
    assert len(traces) == 1


def test_adam_s_first_step_is_one_learning_rate_long():
    for g in (1e-3, 1.0, 1e3):
        updates, _ = adam(0.1).update(jnp.array(g), adam(0.1).init(jnp.array(g)))
        assert float(updates) == pytest.approx(-0.1, rel=1e-4)


def test_parameters_keep_their_type():
    half = {"w": jnp.ones(2, jnp.bfloat16)}
    optimizer = adam(0.1)
    state = optimizer.init(half)
    updates, after = optimizer.update(half, state)
    assert apply_updates(half, updates)["w"].dtype == jnp.bfloat16
    assert after.mean["w"].dtype == state.mean["w"].dtype == jnp.bfloat16


def test_a_rate_must_be_a_number_or_a_schedule():
    with pytest.raises(TypeError, match="expected a real number, got 'fast'"):
        sgd("fast")


class Plain(Module):
    """Somebody's own optimizer, without extra arguments."""

    def init(self, params):
        return ()

    def update(self, grads, state, params):
        return jax.tree.map(lambda g: -0.1 * g, grads), state


class Looking(Plain):
    """One that reads the objective: the step is minus its value."""

    def update(self, grads, state, params, *, loss):
        return jax.tree.map(lambda g: -loss(params) * jnp.ones_like(g), grads), state


def test_training_hands_the_objective_to_those_that_take_it():
    model, data = dense(jax.random.key(0), 2, 1), (jnp.ones((3, 2)), jnp.zeros(3))
    plain, same = (fit(model, data, squared_error, optimizer, 1).model for optimizer in (Plain(), sgd(0.1)))
    assert_close(plain, same)
    run = fit(model, data, squared_error, Looking(), 1)
    assert_close(run.model, jax.tree.map(lambda w: w - run.losses[0], model))
