"""The training loop: against plain loops, chunk by chunk, traces, films, batches, buffers, messages."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from nnlib import optim
from nnlib.data import batch_rows, moons
from nnlib.layers import Dense, mlp, sequential
from nnlib.losses import binary_cross_entropy, softmax_cross_entropy, squared_error
from nnlib.module import Array, Module, as_float, buffer, split
from nnlib.optim import adam, apply_updates, sgd
from nnlib.optim.base import as_optimizer
from nnlib.train import fit, loop, start, stream
from nnlib.train.packing import packing
from tests.helpers import assert_close, assert_same, float64
from tests.train.models import Jitter, Standardise

KEY = jax.random.key(0)
DATA = moons(KEY, 50)
MODEL = mlp(jax.random.key(1), 2, 4, 1)


def counted(loss=binary_cross_entropy):
    """The loss, and the list that grows by one whenever it is traced."""
    traces = []

    def f(outputs, targets):
        traces.append(outputs)
        return loss(outputs, targets)

    return f, traces


# ---------------------------------------------------------------------------------------- against plain loops


def objective(model, X, y):
    return jnp.mean(binary_cross_entropy(model(X), y))


def plain_loop(optimizer, steps):
    params, state, losses = MODEL, optimizer.init(MODEL), []

    @jax.jit
    def step(params, state):
        value, grads = jax.value_and_grad(objective)(params, *DATA)
        updates, state = optimizer.update(grads, state, params)
        return apply_updates(params, updates), state, value

    for _ in range(steps):
        params, state, value = step(params, state)
        losses.append(value)
    return params, jnp.array(losses)


@pytest.mark.parametrize("optimizer", [sgd(0.3), adam(0.03)])
def test_fit_is_the_plain_loop(optimizer):
    model, losses = plain_loop(optimizer, 20)
    run = fit(MODEL, DATA, binary_cross_entropy, optimizer, 20)
    assert_close(run.model, model, rtol=1e-4)
    assert_close(run.losses, losses)
    assert run.step == 20 and run.diverged == -1 and run.film is None and run.frame_steps is None


def test_optax_optimizers_work_too_and_give_the_same():
    with float64():
        data = moons(KEY, 50)
        model = mlp(KEY, 2, 4, 1)
        ours = fit(model, data, binary_cross_entropy, adam(0.03), 100)
        theirs = fit(model, data, binary_cross_entropy, optax.adam(0.03), 100)
        assert_close(ours.model, theirs.model, rtol=1e-8)
        inside = jax.jit(lambda r: fit(model, data, binary_cross_entropy, optax.adam(r), 100).losses)(0.03)
        assert_close(inside, theirs.losses, rtol=1e-8)
        mixed = optax.chain(optax.clip_by_global_norm(0.1), adam(0.03))
        assert jnp.isfinite(fit(model, data, binary_cross_entropy, mixed, 5).losses).all()


def test_it_learns():
    run = fit(mlp(KEY, 2, 16, 16, 1), DATA, binary_cross_entropy, adam(0.03), 500)
    assert run.losses[-1] < 0.01 < run.losses[0]


def test_gradients_flow_through_training():
    with float64():
        data, model = moons(KEY, 20), mlp(KEY, 2, 3, 1)

        def final(rate):
            return fit(model, data, binary_cross_entropy, sgd(rate), 10).losses[-1]

        slope = jax.grad(final)(0.1)
        assert slope == pytest.approx(float(final(0.1 + 1e-6) - final(0.1 - 1e-6)) / 2e-6, rel=1e-5)


def test_a_wrong_call_leaves_the_right_one_as_it_was():
    """25.0 and 25 are one key of the cache of programs; the error must come before it is asked."""
    for wrong in ({"batch": 50 / 4}, {"batch": 10.0}, {"frames": 3.0}):
        with pytest.raises(ValueError, match=r"fit: expected .* to be a whole number"):
            fit(MODEL, DATA, binary_cross_entropy, adam(0.1), 7, key=KEY, **wrong)
    right = fit(MODEL, DATA, binary_cross_entropy, adam(0.1), 7, batch=10, frames=3, key=KEY)
    for whole in (np.uint8, np.int64):
        same = fit(MODEL, DATA, binary_cross_entropy, adam(0.1), whole(7), batch=whole(10), frames=whole(3), key=KEY)
        assert_same(same, right)
    data = tuple(np.tile(a, (6, *[1] * (a.ndim - 1))) for a in map(np.asarray, DATA))  # 300 rows are no uint8
    assert fit(MODEL, data, binary_cross_entropy, adam(0.1), 7, batch=np.uint8(9), key=KEY).diverged == -1


def test_a_loss_of_each_output_with_each_target_is_an_error():
    """(N, 1) against (N,) is N x N pairs, and their mean no mean over examples."""
    X, y = DATA
    for loss in (lambda o, t: (o - t) ** 2, lambda o, t: jnp.abs(t - o)):
        with pytest.raises(ValueError, match=r"got \(50, 50\) from outputs and targets \(50, 1\), \(50,\), each"):
            fit(MODEL, DATA, loss, adam(0.1), 2)
        with pytest.raises(ValueError, match="each with each; give targets the outputs' shape"):
            fit(MODEL, (X, y[:, None]), lambda o, t: (o[:, 0] - t) ** 2, adam(0.1), 2)
        assert fit(MODEL, (X, y[:, None]), loss, adam(0.1), 2).diverged == -1
    wide = mlp(KEY, 2, 50)  # fifty answers of each of fifty examples are no mistake
    assert fit(wide, (X, jnp.zeros((50, 50))), lambda o, t: (o - t) ** 2, adam(0.1), 2).diverged == -1


# ----------------------------------------------------------------------------------------- traces and sweeps


def test_chunks_compile_once():
    loss, traces = counted()
    for run in stream(MODEL, DATA, loss, adam(0.03), 50, chunk=10, frames=3):
        assert len(run.frame_steps) == 3
    assert len(traces) == 1


def test_a_hundred_values_of_each_number_are_one_trace():
    loss, traces = counted()
    for value in np.linspace(0.01, 0.9, 100).tolist():
        fit(MODEL, DATA, loss, adam(value, beta1=value, beta2=value, eps=value), 2)
    for one in (1, 1.0, np.float32(1), jnp.float32(1), np.float64(1)):
        fit(MODEL, DATA, loss, adam(one), 2)
    for seed in range(3):
        fit(mlp(jax.random.key(seed), 2, 4, 1), moons(jax.random.key(seed), 50), loss, adam(0.1), 2)
    assert len(traces) == 1


def test_inside_a_jit_of_one_s_own():
    loss, traces = counted()

    @jax.jit
    def losses(key, rate, noise):
        return fit(mlp(key, 2, 4, 1), moons(KEY, 50, noise), loss, adam(rate), 20).losses

    for rate in np.linspace(0.01, 0.3, 20):
        losses(KEY, as_float(rate), as_float(0.1))
    assert len(traces) == 1
    eager = fit(mlp(KEY, 2, 4, 1), moons(KEY, 50, 0.1), binary_cross_entropy, adam(0.05), 20).losses
    assert_close(losses(KEY, as_float(0.05), as_float(0.1)), eager, rtol=1e-4)


@pytest.mark.parametrize("options", [{}, {"batch": 16, "key": KEY}])
def test_a_sweep_is_vmap(options):
    def train(rate):
        return fit(MODEL, DATA, binary_cross_entropy, adam(rate), 20, frames=3, **options)

    rates = jnp.array([0.001, 0.03, 0.3])
    swept = jax.vmap(train)(rates)
    for i, rate in enumerate(rates):
        assert_close(jax.tree.map(lambda leaf, i=i: leaf[i], swept), train(rate), rtol=1e-3, atol=1e-5)
    seeds = jax.vmap(lambda key: fit(mlp(key, 2, 4, 1), DATA, binary_cross_entropy, sgd(0.1), 5))
    assert seeds(jax.random.split(KEY, 3)).losses.shape == (3, 5)


class Scaled(Module):
    """A loss with a number that may move."""

    scale: Array = buffer()

    def __call__(self, outputs, targets):
        return self.scale * squared_error(outputs, targets)


def test_a_loss_that_is_a_module_keeps_its_numbers_movable():
    runs = [fit(MODEL, DATA, Scaled(as_float(scale)), sgd(0.1), 3) for scale in (1, 2.0)]
    assert runs[1].losses[0] == pytest.approx(2 * float(runs[0].losses[0]))


# --------------------------------------------------------------------------------------------------- batches


@pytest.mark.parametrize("batch", [None, 16])
def test_examples_of_weight_0_might_as_well_not_be_there(batch):
    X, y = DATA
    padded = jnp.pad(X, ((0, 14), (0, 0)), constant_values=9.0), jnp.pad(y, (0, 14), constant_values=1)
    weights = (jnp.arange(64) < 50).astype(float)
    if batch is None:
        bare = fit(MODEL, DATA, binary_cross_entropy, adam(0.01), 20)
        run = fit(MODEL, (*padded, weights), binary_cross_entropy, adam(0.01), 20)
        np.testing.assert_allclose(run.losses, bare.losses, rtol=1e-5)
    else:
        other = padded[0].at[50:].set(-5.0), padded[1]
        run, again = (
            fit(MODEL, (*data, weights), binary_cross_entropy, adam(0.01), 20, batch=batch, key=KEY)
            for data in (padded, other)
        )
        np.testing.assert_array_equal(run.losses, again.losses)


def test_a_weight_of_2_is_an_example_that_comes_twice():
    X, y = DATA
    twice = fit(MODEL, (jnp.concatenate([X, X[:5]]), jnp.concatenate([y, y[:5]])), binary_cross_entropy, adam(0.01), 20)
    run = fit(MODEL, (X, y, 1.0 + (jnp.arange(50) < 5)), binary_cross_entropy, adam(0.01), 20)
    np.testing.assert_allclose(run.losses, twice.losses, rtol=1e-5)


def test_without_any_example_nothing_is_learned_and_nothing_breaks():
    run = fit(MODEL, (*DATA, jnp.zeros(50)), binary_cross_entropy, adam(0.01), 5)
    assert run.losses.tolist() == [0.0] * 5 and run.diverged == -1


def test_batches_against_a_plain_loop():
    optimizer, params = sgd(0.3), MODEL
    X, y = DATA
    rows, weights = batch_rows(jax.random.split(KEY)[0], 50, 16, 12)
    losses = []
    for row, weight in zip(rows, weights, strict=True):
        row = row[weight == 1]  # 16, 16, 16, and the 2 that are left
        value, grads = jax.jit(jax.value_and_grad(objective))(params, X[row], y[row])
        params = apply_updates(params, optimizer.update(grads, optimizer.init(params))[0])
        losses.append(value)
    run = fit(MODEL, DATA, binary_cross_entropy, optimizer, 12, batch=16, key=KEY)
    assert_close(run.losses, jnp.array(losses))
    assert_close(run.model, params)


# ------------------------------------------------------------- buffers, training passes, and what goes wrong


class Fixed(Module):
    w: Array
    scale: Array = buffer()
    places: Array = buffer()

    def __call__(self, x):
        return self.scale * x[:, self.places] * self.w


@pytest.mark.parametrize("optimizer", [adam(0.1), optax.adamw(0.1, weight_decay=0.5)])
def test_buffers_are_left_alone(optimizer):
    model = Fixed(jnp.ones(2), jnp.array(3.0), jnp.array([1, 0]))
    after = fit(model, (DATA[0], DATA[0]), lambda y, d: jnp.sum((y - d) ** 2, -1), optimizer, 5).model
    assert_same((after.scale, after.places), (model.scale, model.places))
    assert not np.array_equal(after.w, model.w)


def test_train_call_updates_buffers():
    layer = Standardise(jnp.ones(2), jnp.zeros(2), jnp.array(0, jnp.int32))
    model = sequential(layer, Dense(jnp.ones((2, 1)), jnp.zeros(1)))
    after = fit(model, DATA, binary_cross_entropy, optax.adamw(0.1), 7).model.layers[0]
    assert after.count == 7 and after.count.dtype == jnp.int32
    np.testing.assert_allclose(after.mean, (1 - 0.9**7) * DATA[0].mean(0), rtol=1e-4)


def test_every_step_has_its_own_key():
    model = sequential(Jitter(jnp.ones(2)), Dense(jnp.ones((2, 1)), jnp.zeros(1)))
    losses = fit(model, DATA, binary_cross_entropy, sgd(0.0), 4, key=KEY).losses
    assert len(np.unique(losses)) == 4
    assert_same(losses, fit(model, DATA, binary_cross_entropy, sgd(0.0), 4, key=KEY).losses)


def test_divergence_is_noticed_at_its_step():
    blown = fit(MODEL, DATA, lambda y, d: 1e9 * squared_error(y, d), sgd(1e9), 20)
    first = int(blown.diverged)
    assert first > 0 and jnp.isfinite(blown.losses[:first]).all() and not jnp.isfinite(blown.losses[first])
    later = fit(blown, DATA, squared_error, sgd(1.0), 3)
    assert later.diverged == 20


def test_a_label_that_the_loss_does_not_know_is_noticed_at_the_first_step():
    y = DATA[1].at[3].set(7)
    assert fit(mlp(KEY, 2, 3), (DATA[0], y), softmax_cross_entropy, sgd(0.1), 3).diverged == 0


def test_no_steps():
    run = fit(MODEL, DATA, binary_cross_entropy, adam(0.1), 0)
    assert run.losses.shape == (0,) and run.diverged == -1
    assert_same(run.model, MODEL)


def arguments(**changes):
    given = {"model": MODEL, "data": DATA, "loss": binary_cross_entropy, "optimizer": sgd(0.1), "steps": 5}
    return given | changes


def test_chunks_have_steps():
    with pytest.raises(ValueError, match="stream: expected chunk to be a whole number from 1 up, got 0; "):
        next(stream(**arguments(), chunk=0))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"model": "mlp"}, "expected a Module or a Run, got str; make"),
        ({"optimizer": adam}, r"expected an optimizer .*, got .*; call it"),
        ({"loss": 3}, "expected a Module or a function, got 3; wrap"),
        ({"loss": lambda y, d: jnp.mean(y)}, r"expected a loss for each of the 50 examples, got \(\); leave"),
        ({"steps": 2.5}, "fit: expected steps to be a whole number from 0 up, got 2.5; "),
        ({"steps": -1}, "fit: expected steps to be a whole number from 0 up, got -1; "),
        ({"frames": 1}, r"expected frames to be 0, or from 2 to steps \+ 1 = 6, got 1; "),
        ({"frames": 7}, "expected frames .*, got 7; "),
        ({"batch": 10}, "expected a key .*, got None; give key="),
        ({"batch": 51, "key": KEY}, "expected a batch of 1 to 50 examples, got 51; None"),
        ({"data": (DATA[0], DATA[1][:-1])}, r"expected data .*, got tuple of arrays with \[50, 49\] rows; "),
        ({"data": (1.0, 0)}, "expected data .*, got tuple of arrays with .*None.* rows; "),
        ({"data": (DATA[0][:, :1], DATA[1])}, r"expected inputs of shape \(\.\.\., 2\), got \(50, 1\); "),
        ({"data": (DATA[0], DATA[0])}, r"expected outputs of shape \(50, 2\) .*, got \(50, 1\); "),
        ({"model": start(MODEL, adam(0.1))}, "expected the kind of optimizer .*, got another"),
    ],
)
def test_messages(changes, message):
    with pytest.raises((ValueError, TypeError), match=message):
        fit(**arguments(**changes))


# ---------------------------------------------------------------------------------------- parameters in a row


def rows(model, optimizer):
    """The shape of what a program's loop carries of these parameters."""
    params = split(model)[0]
    pack, _ = packing(params, as_optimizer(optimizer))
    return [leaf.shape for leaf in jax.tree.leaves(pack(params))]


OURS = [
    sgd(0.3), optim.momentum(0.1), optim.nesterov(0.1), optim.adagrad(0.1), optim.rmsprop(0.03), adam(0.03),
    optim.adamw(0.03), optim.chain(optim.clip_by_norm(0.1), adam(0.03)), optim.one_of(1, sgd(0.1), adam(0.03)),
    optim.newton(1.0),
]  # fmt: skip


@pytest.mark.parametrize("optimizer", OURS, ids=lambda one: type(one).__name__)
def test_in_a_row_or_apart_the_training_is_the_same(optimizer, monkeypatch):
    assert rows(MODEL, optimizer) == [(17,)]
    row = fit(MODEL, DATA, binary_cross_entropy, optimizer, 12, frames=4)
    monkeypatch.setattr("nnlib.train.packing.SMALL", 0)
    assert rows(MODEL, optimizer) == [(2, 4), (4,), (4, 1), (1,)]
    loop._compiled.cache_clear()
    apart = fit(MODEL, DATA, binary_cross_entropy, optimizer, 12, frames=4)
    loop._compiled.cache_clear()
    assert jax.tree.structure(row) == jax.tree.structure(apart)
    assert_close(row, apart, rtol=1e-3, atol=1e-5)


def test_other_libraries_optimizers_large_models_and_several_types_stay_apart():
    assert len(rows(MODEL, optax.adam(0.1))) == len(rows(MODEL, optim.chain(optax.clip(1.0), adam(0.1)))) == 4
    assert len(rows(mlp(KEY, 100, 200, 1), adam(0.1))) == 4
    mixed = sequential(Dense(jnp.ones((2, 2)), jnp.zeros(2)), Dense(jnp.ones((2, 1), jnp.float16), jnp.zeros(1)))
    assert len(rows(mixed, adam(0.1))) == 4
    after = fit(mixed, DATA, binary_cross_entropy, adam(0.1), 3).model
    assert after.layers[1].W.dtype == jnp.float16


def test_a_run_that_was_packed_goes_on_where_it_is_not_and_back():
    whole = fit(MODEL, DATA, binary_cross_entropy, adam(0.03), 20)
    half = fit(MODEL, DATA, binary_cross_entropy, adam(0.03), 10)
    assert jax.tree.structure(half.state) == jax.tree.structure(adam(0.03).init(split(MODEL)[0]))
    assert_same(fit(half, DATA, binary_cross_entropy, adam(0.03), 10).model, whole.model)


def test_a_learner_s_first_calls():
    X, y = DATA
    L, A = binary_cross_entropy, adam(0.1)
    lists = fit(MODEL, (X.tolist(), y.tolist()), L, A, 3)
    assert_same(lists.losses, fit(MODEL, DATA, L, A, 3).losses)
    names = np.array(["a", "b"])[np.asarray(y)]
    for call, error, said in [
        (lambda: fit(MODEL, DATA, L, A, 3, key=0), TypeError, "fit: expected a random key, got 0; give one, such as"),
        (
            lambda: fit(MODEL, (X, names), L, A, 3),
            TypeError,
            r"numbers in data\[1\], got <U1; number",
        ),
        (
            lambda: fit(MODEL, (X, y, jnp.ones((50, 1))), L, A, 3),
            ValueError,
            r"weights \(N,\), .*got \(50, 1\);",
        ),
        (
            lambda: fit(MODEL, (X, y, -jnp.ones(50)), L, A, 3),
            ValueError,
            r"weights from 0 up, got -1\.0 in row 0",
        ),
        (lambda: fit(MODEL, DATA, L, A, 3, penalty=0.01), TypeError, r"got 0\.01 as penalty; such as losses.penalty"),
        (lambda: mlp(2, 16, 1), TypeError, "mlp: expected a random key, got 2; give one"),
        (lambda: moons(300), TypeError, "moons: expected a random key, got int"),
    ]:
        with pytest.raises(error, match=said):
            call()
