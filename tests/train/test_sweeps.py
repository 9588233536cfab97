"""Sweeps: the same as one run after another, however they are divided; compiled once; messages."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.data import moons
from nnlib.layers import mlp
from nnlib.losses import binary_cross_entropy
from nnlib.module import as_float
from nnlib.optim import adam
from nnlib.train import fit, sweep, sweeps
from tests.helpers import assert_close, float64

KEY = jax.random.key(0)
DATA = moons(KEY, 20)


def trained(rate, key):
    run = fit(mlp(key, 2, 3, 1), DATA, binary_cross_entropy, adam(rate), 5)
    return run.model, run.losses


def test_every_combination_is_its_own_run():
    rates, keys = [0.01, 0.1, 1.0], jax.random.split(KEY, 2)
    model, losses = sweep(trained, rate=rates, key=keys)
    assert losses.shape == (3, 2, 5) and model.layers[0].W.shape == (3, 2, 2, 3)
    for i, rate in enumerate(rates):
        for j, key in enumerate(keys):
            assert_close((jax.tree.map(lambda leaf, at=(i, j): leaf[at], model), losses[i, j]), trained(rate, key))


@pytest.mark.parametrize("together", [1, 2, 3, 5, 100])
@pytest.mark.parametrize("cores", [1, 2, 3])
def test_however_the_runs_are_divided_each_result_stands_in_its_place(monkeypatch, together, cores):
    monkeypatch.setattr(sweeps.os, "cpu_count", lambda: cores)
    a, b, c = np.arange(4.0), np.arange(3) * 10, np.array([[1.0, 2.0]] * 2)
    got = sweep(tuple_of, together=together, c=c, a=a, b=b)
    np.testing.assert_array_equal(got[0], (a[:, None] + b + np.zeros((2, 1, 1))))
    assert got[1].shape == (2, 4, 3, 2)


def tuple_of(a, b, c):
    return a + b, c * a


def test_an_axis_may_be_a_tree():
    X = {"mean": np.arange(3.0), "of": (np.ones((3, 2)),)}
    got = sweep(lambda data, scale: scale * data["of"][0].sum() + data["mean"], data=X, scale=[1, 2])
    np.testing.assert_array_equal(got, [[2, 4], [3, 5], [4, 6]])


def test_one_trace_for_all_values():
    traces = []

    def f(rate, momentum):
        traces.append(rate)
        return rate * momentum

    for i in range(10):
        np.testing.assert_allclose(
            sweep(f, rate=np.arange(3.0) + i, momentum=[i, 1.5])[2], [(2.0 + i) * i, (2.0 + i) * 1.5]
        )
    assert len(traces) == 1
    with float64():
        assert sweep(f, rate=[1 / 3], momentum=[1.0]).dtype == jnp.float64
    assert sweeps._compiled.cache_info().maxsize == 16


def test_precision_is_the_caller_s():
    def third(key):
        return as_float(1) / 3

    keys = jax.random.split(KEY, 2)
    assert sweep(third, key=keys).dtype == jnp.float32
    with float64():
        assert sweep(third, key=keys).dtype == jnp.float64


def test_inside_jit_and_grad():
    def total(scale):
        return sweep(lambda a, b: a * b**2, a=jnp.arange(3.0) * scale, b=[1.0, 2.0]).sum()

    assert jax.jit(total)(2.0) == pytest.approx(30.0)
    assert jax.grad(total)(2.0) == pytest.approx(15.0)


@pytest.mark.parametrize(
    ("axes", "message"),
    [
        ({}, "sweep: expected axes, names with values, got none; "),
        ({"rate": 0.1}, "sweep: expected values of rate on a first axis, got 0.1; give"),
        ({"rate": []}, r"sweep: expected values of rate on a first axis, got \[\]; "),
        ({"data": (np.ones(2), np.ones(3))}, "sweep: expected values of data on a first axis, got"),
        ({"rate": [1.0], "together": 0}, r"sweep: expected together to be a whole number from 1 up, got 0; "),
    ],
)
def test_messages(axes, message):
    with pytest.raises(ValueError, match=message):
        sweep(lambda rate: rate, **axes)


FACTOR = 1.0


def scaled(rate):
    return helper(rate) * (lambda: FACTOR)()


def helper(rate):
    return rate + FACTOR


def test_a_global_that_changed_is_noticed_wherever_it_is_read(monkeypatch):
    outside = [1.0]

    def closed(rate):
        return rate * inner

    for value in (2.0, 3.0, 2.0):
        monkeypatch.setitem(globals(), "FACTOR", value)
        inner = value + outside[0]
        np.testing.assert_allclose(sweep(scaled, rate=[1.0, 2.0]), [(1 + value) * value, (2 + value) * value])
        np.testing.assert_allclose(sweep(closed, rate=[1.0]), [inner])


def test_what_stays_as_it_is_is_compiled_once():
    traces = []

    def f(rate):
        traces.append(FACTOR)
        return rate

    for rate in (1.0, 2.0, 3.0):
        sweep(f, rate=[rate])
    assert len(traces) == 1
