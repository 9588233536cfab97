"""Early stopping: the loop by hand, and the rule on a whole curve; validation curves and penalties of `fit`."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.data import moons
from nnlib.layers import mlp, sequential
from nnlib.losses import binary_cross_entropy, squared_error
from nnlib.module import Array, Module, as_float, buffer, replace
from nnlib.optim import adam, sgd
from nnlib.train import early_stopping, ending, fit, start, stopping_point, stream
from tests.helpers import assert_close, assert_same

KEY = jax.random.key(0)
DATA = moons(KEY, 20, 0.4)
VALID = moons(jax.random.key(1), 40, 0.4)
MODEL = mlp(jax.random.key(2), 2, 16, 1)


def valid_loss(model):
    return jnp.mean(binary_cross_entropy(model(VALID[0]), VALID[1]))


def by_hand(model, optimizer, steps, every, patience, **options):
    best, best_step, lowest, waited, curve = model, 0, float(valid_loss(model)), 0, [float(valid_loss(model))]
    run = start(model, optimizer)
    while run.step < steps:
        run = fit(run, DATA, binary_cross_entropy, optimizer, min(every, steps - int(run.step)), **options)
        curve.append(float(valid_loss(run.model)))
        if curve[-1] < lowest:
            best, best_step, lowest, waited = run.model, int(run.step), curve[-1], 0
        else:
            waited += 1
            if waited == patience:
                break
    return run, best, best_step, curve


@pytest.mark.parametrize(
    ("steps", "every", "patience", "options"),
    [(2000, 10, 5, {}), (2000, 10, 1, {"batch": 8, "key": KEY}), (25, 10, 5, {}), (7, 10, 2, {})],
)
def test_it_is_the_loop_by_hand(steps, every, patience, options):
    run, best, best_step, curve = by_hand(MODEL, adam(0.05), steps, every, patience, **options)
    args = (MODEL, DATA, binary_cross_entropy, adam(0.05), steps)
    stopped = early_stopping(*args, valid=VALID, every=every, patience=patience, **options)
    assert_same((stopped.run.model, stopped.run.step), (run.model, run.step))
    assert_same(stopped.best, best)
    assert stopped.best_step == best_step and stopped.steps[-1] == run.step
    np.testing.assert_allclose(stopped.valid_losses, curve, rtol=1e-5)
    assert_same(stopped.losses, fit(*args[:-1], int(run.step), **options).losses)
    if steps == 2000:
        assert 0 < best_step < run.step < steps  # it did stop
    assert_same(early_stopping(*args, valid=VALID, every=every, patience=patience, **options), stopped)


def test_a_training_that_only_gets_worse_gives_the_model_it_began_with():
    wrong = DATA[0], 1 - DATA[1]
    half = fit(MODEL, DATA, binary_cross_entropy, adam(0.1), 8)
    for model, first in [(half.model, 0), (half, 8)]:
        stopped = early_stopping(model, wrong, binary_cross_entropy, adam(0.1), 100, valid=VALID, every=2, patience=3)
        assert_same(stopped.best, half.model)
        assert stopped.best_step == first and stopped.steps.tolist() == [first + i for i in (0, 2, 4, 6)]


@pytest.mark.parametrize("patience", [1, 2, 3, 10])
def test_the_rule_on_a_curve(patience):
    curves = np.random.default_rng(0).integers(0, 6, (200, 12)).astype(float)  # with many equal values
    curves[curves == 5] = np.nan
    curves[:, 0] = np.where(np.isnan(curves[:, 0]), 3, curves[:, 0])
    for curve, stop, best in zip(
        curves, *jax.vmap(stopping_point, (0, None))(jnp.array(curves), patience), strict=True
    ):
        place = 0
        for i, value in enumerate(curve):
            place = i if value < curve[place] else place
            if i - place >= patience:
                break
        assert (stop, best) == (i, place)


def test_nan_is_never_better():
    assert [int(i) for i in stopping_point(jnp.array([jnp.nan, jnp.nan, 2.0, jnp.nan, 1.0, 3.0]), 2)] == [5, 4]
    blown = early_stopping(
        MODEL, DATA, lambda y, d: 1e9 * squared_error(y, d), sgd(1e9), 90, valid=VALID, every=3, patience=2
    )
    assert_same(blown.best, MODEL)
    assert blown.steps.tolist() == [0, 3, 6]


def test_messages():
    args = (MODEL, DATA, binary_cross_entropy, adam(0.05))
    with pytest.raises(ValueError, match="early_stopping: expected patience to be a whole number from 1 up, got 0; "):
        early_stopping(*args, 9, valid=VALID, every=1, patience=0)
    with pytest.raises(ValueError, match="early_stopping: expected every to be a whole number from 1 up, got 0; "):
        early_stopping(*args, 9, valid=VALID, every=0, patience=1)


# ------------------------------------------------------------------------------------------------ validation


class Halved(Module):
    """Answers half as much when it trains, and counts."""

    w: Array
    count: Array = buffer()

    def __call__(self, x):
        return self.w * x

    def train_call(self, x, key):
        return self.w * x / 2, replace(self, count=self.count + 1)


def halved():
    return sequential(Halved(jnp.ones(2), jnp.zeros((), jnp.int32)), MODEL)


def test_validation_is_measured_at_prediction_before_every_step_or_at_the_frames():
    args = (halved(), DATA, binary_cross_entropy, adam(0.05), 12)
    run = fit(*args, valid=VALID)
    models = [halved(), *(one.model for one in stream(*args, chunk=1))]
    np.testing.assert_allclose(run.valid_losses, [valid_loss(model) for model in models[:-1]], rtol=1e-5)
    film = fit(*args, valid=VALID, frames=4)
    np.testing.assert_allclose(film.valid_losses, [valid_loss(models[i]) for i in film.frame_steps], rtol=1e-5)
    plain = fit(*args)
    assert plain.valid_losses is None and ending(film).valid_losses is None
    for other in (run, film):
        assert_same((other.model, other.losses), (plain.model, plain.losses))
    chunks = [one.valid_losses for one in stream(*args, chunk=5, valid=VALID)]
    np.testing.assert_allclose(jnp.concatenate(chunks), run.valid_losses, rtol=1e-6)


def test_validation_examples_of_weight_0_do_not_count():
    padded = (jnp.pad(VALID[0], ((0, 9), (0, 0))), jnp.pad(VALID[1], (0, 9)), jnp.pad(jnp.ones(40), (0, 9)))
    args = (MODEL, DATA, binary_cross_entropy, adam(0.05), 3)
    assert_close(fit(*args, valid=padded).valid_losses, fit(*args, valid=VALID).valid_losses)


# -------------------------------------------------------------------------------------------------- penalties


class Decay(Module):
    rate: Array = buffer()

    def __call__(self, model):
        return self.rate * sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(model))


def test_a_penalty_is_added_for_the_gradient_and_not_to_the_losses():
    run = fit(MODEL, DATA, binary_cross_entropy, sgd(0.1), 1, penalty=Decay(as_float(0.3)))
    plain = fit(MODEL, DATA, binary_cross_entropy, sgd(0.1), 1)
    assert_same(run.losses, plain.losses)
    wanted = jax.tree.map(lambda after, before: after - 0.1 * 2 * 0.3 * before, plain.model, MODEL)
    assert_close(run.model, wanted)


def test_a_penalty_is_a_function_or_a_module_whose_numbers_move():
    traces = []

    def loss(outputs, targets):
        traces.append(1)
        return binary_cross_entropy(outputs, targets)

    runs = [fit(MODEL, DATA, loss, sgd(0.1), 5, penalty=Decay(as_float(rate))) for rate in np.linspace(0, 1, 20)]
    assert len(traces) == 1
    plain = fit(MODEL, DATA, binary_cross_entropy, sgd(0.1), 5, penalty=lambda model: Decay(1.0)(model))
    assert_close(runs[-1].model, plain.model)
    with pytest.raises(TypeError, match=r"expected a Module or a function, got 0\.1"):
        fit(MODEL, DATA, binary_cross_entropy, sgd(0.1), 5, penalty=0.1)


# ------------------------------------------------------------------------------------------- numbers, checked


@pytest.mark.parametrize("kind", [np.asarray, jnp.asarray])
def test_a_number_that_is_not_finite_is_named(kind):
    X, y = np.array(DATA[0]), np.array(DATA[1], float)
    X[3, 1], y[5] = np.nan, np.inf
    for data, valid, message in [
        ((X, DATA[1]), None, r"expected finite numbers in data\[0\], got nan in row 3; "),
        ((DATA[0], y), None, r"expected finite numbers in data\[1\], got inf in row 5; "),
        (DATA, (X, DATA[1]), r"expected finite numbers in valid\[0\], got nan in row 3; "),
    ]:
        data = tuple(map(kind, data))
        with pytest.raises(ValueError, match=message):
            fit(MODEL, data, binary_cross_entropy, adam(0.1), 2, valid=valid)
    traced = jax.jit(lambda X: fit(MODEL, (X, DATA[1]), binary_cross_entropy, adam(0.1), 2).diverged)
    assert traced(X) == 0  # inside a jit nothing is read: the run says so


def test_there_is_data():
    for data in [(np.zeros((0, 2)), np.zeros(0)), (), (DATA[0],), DATA[0]]:
        with pytest.raises(ValueError, match=r"expected data \(inputs, targets\) or"):
            fit(MODEL, data, binary_cross_entropy, adam(0.1), 2)
    with pytest.raises(ValueError, match=r"expected valid \(inputs, targets\) or"):
        fit(MODEL, DATA, binary_cross_entropy, adam(0.1), 2, valid=(DATA[0], DATA[1][:-1]))


class Wrapped(Module):
    model: Module

    def __call__(self, x):
        return self.model(x)


def test_a_module_with_a_field_named_model_is_no_run():
    worse = early_stopping(Wrapped(MODEL), DATA, binary_cross_entropy, adam(1e6), 4, valid=VALID, every=1, patience=1)
    assert isinstance(worse.best, Wrapped) and worse.best_step == 0
