"""A model is a value: fields, splitting, the training pass, hyper-parameters as floats."""

import dataclasses
import warnings

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.activations import tanh
from nnlib.module import (
    Array,
    Function,
    Module,
    as_float,
    as_module,
    buffer,
    merge,
    replace,
    split,
    split_key,
    static,
)
from tests.helpers import assert_same


class Scale(Module):
    w: Array
    mean: Array = buffer()
    count: Array = buffer()
    name: str = static("scale")

    def __call__(self, x):
        return self.w * (x - self.mean)


class Noisy(Module):
    w: Array

    def __call__(self, x):
        return self.w * x

    def train_call(self, x, key):
        return self.w * x + jax.random.normal(key, x.shape), self


class Pair(Module):
    first: Module
    others: tuple = ()

    def __call__(self, x):
        return self.first(x)


def scale():
    return Scale(jnp.array([2.0, 3.0]), jnp.array(1.0), jnp.array(5, jnp.int32))


def test_leaves_are_the_array_fields_and_the_static_ones_are_in_the_form():
    assert len(jax.tree.leaves(scale())) == 3
    assert jax.tree.structure(scale()) == jax.tree.structure(scale())
    assert jax.tree.structure(scale()) != jax.tree.structure(replace(scale(), name="other"))


def test_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        scale().w = 1


def test_jit_vmap_grad_take_and_give_models():
    x = jnp.array([1.0, 2.0])
    model = replace(scale(), count=jnp.array(0.0))
    assert_same(jax.jit(lambda m, x: m(x))(model, x), model(x))
    stacked = jax.tree.map(lambda a: jnp.stack([a, 2 * a]), model)
    assert jax.vmap(lambda m: m(x))(stacked).shape == (2, 2)
    gradient = jax.grad(lambda m: jnp.sum(m(x)))(model)
    assert isinstance(gradient, Scale)
    np.testing.assert_allclose(gradient.w, x - 1)


def test_models_are_rebuilt_around_anything():
    assert jax.tree.map(lambda _: object(), scale()).name == "scale"
    assert jax.eval_shape(scale).w.shape == (2,)


def test_split_and_merge():
    model = Pair(scale(), (Noisy(jnp.ones(3)), Function(tanh)))
    trained, rest = split(model)
    assert [leaf.shape for leaf in jax.tree.leaves(trained)] == [(2,), (3,)]
    assert [leaf.shape for leaf in jax.tree.leaves(rest)] == [(), ()]
    assert trained.first.mean is None and rest.first.w is None
    assert_same(merge(trained, rest), model)
    assert_same(jax.jit(lambda m: merge(*split(m)))(model), model)


def test_what_is_inside_a_buffer_is_not_trained():
    class Carries(Module):
        teacher: Module = buffer()

    assert jax.tree.leaves(split(Carries(scale()))[0]) == []


def test_plain_trees_are_trained_throughout():
    assert len(jax.tree.leaves(split({"w": jnp.ones(2), "b": 0.5})[0])) == 2


def test_train_call_is_the_prediction_by_default():
    y, layer = scale().train_call(jnp.ones(2), None)
    assert_same(y, scale()(jnp.ones(2)))
    assert isinstance(layer, Scale)


@pytest.mark.parametrize("model", [Pair(Noisy(1.0)), Pair(scale(), (Noisy(1.0),)), Pair(Pair(Noisy(1.0)))])
def test_a_forgotten_train_call_is_an_error(model):
    assert not model.trains_as_it_predicts()
    with pytest.raises(TypeError, match="expected Pair to define train_call"):
        model.train_call(jnp.ones(2), None)


@pytest.mark.parametrize("value", [np.ones(2), jnp.ones(2), [1, 2], (jnp.ones(2),), {"a": 1}])
def test_an_array_in_a_static_field_is_an_error(value):
    with pytest.raises(TypeError, match=r"expected a hashable value .* Scale.name, got .*; an array belongs"):
        replace(scale(), name=value)


def test_an_array_in_a_static_field_is_an_error_under_jit():
    with pytest.raises(TypeError, match="expected a hashable value"):
        jax.jit(lambda a: replace(scale(), name=a).w)(1.0)


@pytest.mark.parametrize("value", [jnp.arange(3), 3, jnp.array(True), tanh, "text", 1j])
def test_only_floats_can_be_trained(value):
    with pytest.raises(TypeError, match=r"expected floating-point numbers in the trained field .w, got"):
        split(replace(scale(), w=value))


def test_as_float_makes_one_trace_of_every_kind_of_number():
    traces = []

    @jax.jit
    def f(x):
        traces.append(x)
        return x

    for x in (1, 1.0, True, np.float32(1), np.float64(1), np.int64(1), jnp.ones(()), jnp.array(1)):
        assert f(as_float(x)) == 1
    for value in np.linspace(-3, 3, 100):
        f(as_float(float(value)))
    assert len(traces) == 1
    assert jax.typeof(jax.jit(as_float)(3)) == jax.typeof(as_float(3.0))


@pytest.mark.parametrize("value", ["a", "3", None, {}, len, [1, [2]], np.array(["3"])])
def test_as_float_takes_real_numbers_only(value):
    with warnings.catch_warnings(), pytest.raises(TypeError, match=r"expected a real number, got .*; give"):
        warnings.simplefilter("ignore")
        as_float(value)


@pytest.mark.parametrize("value", [1j, np.complex64(1), np.ones(2, complex), jnp.ones(2) * 1j, [1.0, jnp.array(1j)]])
def test_as_float_drops_no_imaginary_parts(value):
    for cast in (as_float, jax.jit(as_float)):
        with pytest.raises(TypeError, match=r"expected a real number, got .*; give"):
            cast(value)


def test_as_module():
    assert as_module(tanh)(0.0) == 0
    model = scale()
    assert as_module(model) is model
    with pytest.raises(TypeError, match="expected a Module or a function, got 3"):
        as_module(3)


def test_split_key():
    assert split_key(None, 2) == [None, None]
    a, b = split_key(jax.random.key(0), 2)
    assert not jnp.array_equal(jax.random.key_data(a), jax.random.key_data(b))


def test_repr_is_short():
    assert repr(scale()) == "Scale(w=float32[2], mean=1, count=5, name='scale')"
    nested = Pair(Function(tanh), (scale(),))
    assert repr(nested).startswith("Pair(first=Function(f=tanh), others=(Scale(")
    assert "float32[2]" in repr(jax.eval_shape(scale))
    assert "w=None" in repr(split(scale())[1])
