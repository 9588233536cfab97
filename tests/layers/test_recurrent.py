"""Recurrent layers against plain loops; sequences of different lengths; what the state carries; the usual slips."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnlib.activations import sigmoid
from nnlib.layers import (
    GRU,
    LSTM,
    RNN,
    GlobalPool,
    bidirectional,
    dense,
    drop_connect,
    gru,
    jordan,
    lstm,
    residual,
    reverse,
    rnn,
    sequential,
    switch,
)  # fmt: skip
from nnlib.layers.recurrent.lstm import LSTMState
from nnlib.losses import squared_error
from nnlib.module import merge, split
from nnlib.optim import adam, sgd
from nnlib.train import fit, stream
from tests.helpers import assert_close, assert_same, float64

KEY = jax.random.key(0)
MAKERS = {
    "rnn": rnn,
    "jordan": lambda key, n_in, n_units, **kw: jordan(key, n_in, n_units, n_units, **kw),
    "lstm": lstm,
    "gru after": gru,
    "gru before": lambda key, n_in, n_units, **kw: gru(key, n_in, n_units, reset="before", **kw),
    "bidirectional": lambda key, n_in, n_units, **kw: bidirectional(lstm, key, n_in, n_units, **kw),
}
LOOPED = [name for name in MAKERS if name != "bidirectional"]


def plain_loop(layer, x):
    """One sequence after the other, one step after the other, in NumPy."""
    s = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    W, Theta, b = (np.asarray(a, np.float64) for a in (layer.W, layer.Theta, layer.b))
    out = []
    for sequence in np.asarray(x, np.float64):
        h, c, ys = np.zeros(np.asarray(layer.initial(1)[0]).shape[-1]), 0.0, []
        for x_t in sequence:
            if isinstance(layer, LSTM):
                i, f, g, o = np.split(x_t @ W + h @ Theta + b, 4)
                c = s(f) * c + s(i) * np.tanh(g)
                h = s(o) * np.tanh(c)
            elif isinstance(layer, GRU):
                (xr, xz, xn), (hr, hz, hn) = np.split(x_t @ W + b, 3), np.split(h @ Theta, 3)
                r, z = s(xr + hr), s(xz + hz)
                reset = r * hn if layer.reset == "after" else (r * h) @ np.split(Theta, 3, axis=1)[2]
                h = (1 - z) * np.tanh(xn + reset) + z * h
            elif isinstance(layer, RNN):
                h = np.tanh(x_t @ W + h @ Theta + b)
            else:  # Jordan
                h = np.tanh(x_t @ W + h @ Theta + b) @ np.asarray(layer.V) + np.asarray(layer.c)
            ys.append(h)
        out.append(ys)
    return np.array(out)


@pytest.mark.parametrize("name", LOOPED)
@settings(max_examples=8, deadline=None)
@given(st.integers(1, 3), st.integers(1, 4), st.integers(1, 3), st.integers(1, 4))
def test_the_plain_loop(name, n, steps, n_in, n_units):
    layer = MAKERS[name](KEY, n_in, n_units)
    x = jax.random.normal(KEY, (n, steps, n_in))
    assert_close(layer(x), plain_loop(layer, x))


@pytest.mark.parametrize("name", MAKERS)
def test_last_jit_and_vmap(name):
    x = jax.random.normal(KEY, (3, 5, 2))
    every, last = MAKERS[name](KEY, 2, 4), MAKERS[name](KEY, 2, 4, outputs="last")
    if name == "bidirectional":  # the two ends: forward's last, backward's at the first step
        assert_same(last(x), jnp.concatenate([every(x)[:, -1, :4], every(x)[:, 0, 4:]], -1))
    else:
        assert_same(last(x), every(x)[:, -1])
    assert_close(jax.jit(lambda layer, x: layer(x))(every, x), every(x))
    assert_close(jax.vmap(lambda one: every(one[None])[0])(x), every(x))
    assert_same(every.train_call(x, KEY)[0], every(x))


@pytest.mark.parametrize("name", MAKERS)
def test_padding_is_not_read(name):
    every, last = MAKERS[name](KEY, 2, 4), MAKERS[name](KEY, 2, 4, outputs="last")
    x, lengths = jax.random.normal(KEY, (4, 6, 2)), jnp.array([6, 3, 1, 4])
    y, summary = every((x, lengths)), last((x, lengths))
    for n, length in enumerate(lengths.tolist()):
        alone = x[n : n + 1, :length]
        assert_close(y[n, :length], every(alone)[0])
        assert_close(summary[n], last(alone)[0])
    other = jnp.where(jnp.arange(6)[:, None] < lengths[:, None, None], x, 1e3)  # another padding
    assert_same(every((other, lengths)), y)
    if name in LOOPED:
        assert_same(y[2, 1:], jnp.tile(y[2, :1], (5, 1)))  # what comes after the end repeats it


def test_no_gradient_comes_from_the_padding():
    layer, x, lengths = lstm(KEY, 2, 3, outputs="last"), jax.random.normal(KEY, (2, 5, 2)), jnp.array([2, 5])
    slope = jax.grad(lambda x: jnp.sum(layer((x, lengths))))(x)
    assert (slope[0, 2:] == 0).all() and (slope[0, :2] != 0).all() and (slope[1] != 0).all()


def test_an_empty_sequence_is_the_state_before_the_first_input():
    layer = lstm(KEY, 2, 3, outputs="last")
    assert_same(layer((jnp.ones((1, 4, 2)), jnp.array([0]))), jnp.zeros((1, 3)))


def test_a_chain_hands_the_lengths_on():
    x, lengths = jax.random.normal(KEY, (4, 6, 2)), jnp.array([6, 3, 1, 4])
    first, second, third = lstm(KEY, 2, 4), gru(KEY, 4, 3, outputs="last"), dense(KEY, 3, 1)
    model = sequential(first, second, jnp.tanh, third)
    by_hand = third(jnp.tanh(second((first((x, lengths)), lengths))))
    assert_same(model((x, lengths)), by_hand)
    assert_same(model.train_call((x, lengths), KEY)[0], by_hand)
    run = fit(model, ((x, lengths), jnp.arange(4.0)), squared_error, adam(0.01), 5, batch=2, key=KEY, frames=3)
    assert jnp.isfinite(run.losses).all() and run.film.layers[3].W.shape == (3, 3, 1)


def test_layers_around_a_recurrent_one_hand_the_lengths_on():
    x, lengths = jax.random.normal(KEY, (4, 6, 3)), jnp.array([6, 3, 1, 4])
    inner = gru(KEY, 3, 3)
    around = sequential(residual(inner), drop_connect(lstm(KEY, 3, 2, outputs="last"), 0.5))
    by_hand = around.layers[1].layer((inner((x, lengths)) + x, lengths))
    assert_same(around((x, lengths)), by_hand)
    other = jnp.where(jnp.arange(6)[:, None] < lengths[:, None, None], x, 1e3)  # another padding
    assert_same(around.train_call((other, lengths), KEY)[0], around.train_call((x, lengths), KEY)[0])


@pytest.mark.parametrize("name", LOOPED)
def test_pieces_joined_by_their_states_are_the_whole(name):
    layer, x = MAKERS[name](KEY, 2, 4), jax.random.normal(KEY, (3, 7, 2))
    whole, end = layer.run(x)
    first, state = layer.run(x[:, :3])
    second, last = layer.run(x[:, 3:], state)
    assert_close(jnp.concatenate([first, second], axis=1), whole)
    assert_close(last, end)


def test_films_and_chunks_are_the_one_run():
    x, d = jax.random.normal(KEY, (16, 5, 2)), jnp.linspace(-1, 1, 16)
    args = (sequential(lstm(KEY, 2, 3, outputs="last"), dense(KEY, 3, 1)), (x, d), squared_error, adam(0.01), 12)
    whole = fit(*args)
    assert_same(fit(*args, frames=4).model, whole.model)
    assert_same(list(stream(*args, chunk=5))[-1].model, whole.model)


def test_parameter_counts_are_as_4_to_3_to_1():
    def count(layer):
        return sum(leaf.size for leaf in jax.tree.leaves(layer))

    for n_in, n_units in ((1, 1), (5, 8), (64, 64)):
        one = (n_in + n_units + 1) * n_units
        assert [count(make(KEY, n_in, n_units)) for make in (lstm, gru, rnn)] == [4 * one, 3 * one, one]


def test_the_two_places_of_the_reset_gate_are_two_machines():
    before, after = (gru(KEY, 2, 4, reset=reset) for reset in ("before", "after"))
    assert_same(before.Theta, after.Theta)
    x = jax.random.normal(KEY, (2, 5, 2))
    assert jnp.abs(before(x) - after(x)).max() > 1e-3
    assert_close(before(x)[:, 0], after(x)[:, 0])  # from a state of zeros there is nothing to reset


def test_the_other_convention_of_the_update_gate_is_the_same_machine():
    layer, x = gru(KEY, 2, 4), jax.random.normal(KEY, (2, 5, 2))
    turned = GRU(layer.W.at[:, 4:8].multiply(-1), layer.Theta.at[:, 4:8].multiply(-1), layer.b)
    h = layer.initial(2)
    for t in range(5):
        _, z, n = turned.gates(x[:, t], h)
        h = z * n + (1 - z) * h
    assert_close(h, layer(x)[:, -1], rtol=1e-4)


# ------------------------------------------------------------------------------------------------- time and slips


def test_backpropagation_through_time_by_hand():
    """delta_t = (dL/dh_t + delta_(t+1) Theta^T) f'(z_t); dTheta = sum_t h_(t-1)^T delta_t."""
    with float64():
        layer, x = rnn(KEY, 2, 3), jax.random.normal(KEY, (2, 6, 2))
        grads = jax.grad(lambda layer: jnp.sum(layer(x) ** 2) / 2)(layer)
        h = layer(x)
        before = jnp.concatenate([jnp.zeros((2, 1, 3)), h[:, :-1]], axis=1)
        delta, dW, dTheta, db = jnp.zeros((2, 3)), 0.0, 0.0, 0.0
        for t in reversed(range(6)):
            delta = (h[:, t] + delta @ layer.Theta.T) * (1 - h[:, t] ** 2)
            dW, dTheta, db = dW + x[:, t].T @ delta, dTheta + before[:, t].T @ delta, db + delta.sum(0)
        assert_close((grads.W, grads.Theta, grads.b), (dW, dTheta, db), rtol=1e-10)


def test_truncation_leaves_the_values_and_cuts_the_gradient():
    layer, x = rnn(KEY, 1, 4), jax.random.normal(KEY, (1, 8, 1))

    def end(x, cut):
        _, state = layer.run(x[:, :4])
        return jnp.sum(layer.run(x[:, 4:], jax.lax.stop_gradient(state) if cut else state)[1])

    assert end(x, True) == end(x, False)
    whole, truncated = (jax.grad(end)(x, cut) for cut in (False, True))
    assert (truncated[:, :4] == 0).all() and (whole[:, :4] != 0).all()
    assert_same(truncated[:, 4:], whole[:, 4:])


def test_the_forget_gate_acts_on_the_cell():
    """Slip: on the input or on the hidden state. A forget gate of 0 clears the cell, of 1 keeps it."""
    layer, state = lstm(KEY, 1, 2), LSTMState(jnp.full((1, 2), 0.5), jnp.full((1, 2), 3.0))
    closed, opened = (LSTM(layer.W, layer.Theta, layer.b.at[2:4].set(b)) for b in (-50.0, 50.0))
    x = jnp.ones((1, 1))
    i, _, g, _ = closed.gates(x, state)
    assert_close(closed.step(x, state).c, i * g)
    assert_close(opened.step(x, state).c, 3.0 + i * g)


def test_the_output_gate_is_not_left_out():
    """Slip: h = tanh(c). Then a closed output gate would show the cell all the same."""
    layer = lstm(KEY, 1, 2)
    shut = LSTM(layer.W, layer.Theta, layer.b.at[6:].set(-50.0))
    state = shut.step(jnp.ones((1, 1)), LSTMState(jnp.zeros((1, 2)), jnp.full((1, 2), 10.0)))
    assert jnp.abs(state.h).max() < 1e-15 and (jnp.abs(jnp.tanh(state.c)) > 0.9).all()


def test_gates_vary_in_time_and_weights_do_not():
    layer, x = lstm(KEY, 1, 2), jax.random.normal(KEY, (1, 2, 1))
    state = layer.initial(1)
    first = layer.gates(x[:, 0], state)
    second = layer.gates(x[:, 1], layer.step(x[:, 0], state))
    assert (first.f != second.f).all()
    longer = jax.random.normal(KEY, (1, 50, 1))
    assert layer(longer).shape == (1, 50, 2)  # the same weights serve any length


def test_a_gru_is_not_a_single_equation():
    """Slip: h_t = (1 - z) tanh(...) + z h_(t-1) without a reset gate is another machine."""
    layer, x, h = gru(KEY, 2, 3), jax.random.normal(KEY, (1, 2)), jnp.full((1, 3), 0.8)
    _, z, n = layer.gates(x, h)
    without = jnp.tanh(x @ layer.W[:, 6:] + h @ layer.Theta[:, 6:])
    assert jnp.abs(n - without).max() > 0.05
    assert_close(layer.step(x, h), (1 - z) * n + z * h)


def test_a_forget_bias_of_one_keeps_the_cell_open():
    assert_same(lstm(KEY, 2, 3).b, jnp.repeat(jnp.array([0.0, 1.0, 0.0, 0.0]), 3))

    def reach(bias):
        layer = lstm(KEY, 1, 8, outputs="last", forget_bias=bias)
        slope = jax.grad(lambda x: jnp.sum(layer(x)))(jax.random.normal(KEY, (1, 40, 1)))
        return jnp.abs(slope[0, 0, 0])

    assert reach(3.0) > 100 * reach(0.0)
    assert sigmoid(1.0) == pytest.approx(0.731, abs=1e-3)


def test_a_state_recurrence_can_remember_what_an_output_recurrence_cannot():
    """With W only: the hidden state may hold what the output does not show; Jordan hands on the output alone."""
    layer = jordan(KEY, 2, 8, 1)
    x, other = jax.random.normal(KEY, (2, 1, 1, 2))
    out = layer.run(x)[1]
    assert out.shape == (1, 1)  # all that is handed on
    again = layer.run(other, out)[0]
    assert_close(again[:, 0], layer.step(other[:, 0], out))


def test_reverse():
    x = jnp.arange(10.0).reshape(2, 5)
    assert reverse(x).tolist() == [[4, 3, 2, 1, 0], [9, 8, 7, 6, 5]]
    assert reverse(x, jnp.array([3, 5])).tolist() == [[2, 1, 0, 3, 4], [9, 8, 7, 6, 5]]
    assert_same(reverse(reverse(x, jnp.array([2, 4])), jnp.array([2, 4])), x)


def test_orthogonal_state_weights_keep_lengths():
    Theta = lstm(KEY, 2, 6).Theta.reshape(6, 4, 6)
    for gate in range(4):
        assert_close(Theta[:, gate] @ Theta[:, gate].T, jnp.eye(6), atol=1e-5)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: lstm(KEY, 2, 3)(jnp.ones((4, 2))), r"LSTM: expected sequences \(N, T, 2\).*got \(4, 2\); "),
        (lambda: gru(KEY, 2, 3)(jnp.ones((4, 5, 3))), r"GRU: expected sequences .*got \(4, 5, 3\); "),
        (lambda: rnn(KEY, 2, 3)(jnp.ones((4, 0, 2))), "RNN: expected sequences .* T of at least 1"),
        (
            lambda: rnn(KEY, 2, 3)((jnp.ones((4, 5, 2)), jnp.ones(3, int))),
            "RNN: expected lengths .4,., got .3,.; ",
        ),
        (lambda: rnn(KEY, 0, 3), "rnn: expected n_in to be a whole number from 1 up, got 0; "),
        (lambda: lstm(KEY, 1, 3, outputs="first"), 'lstm: expected outputs "all" .* got .first.; '),
        (lambda: gru(KEY, 1, 3, reset="during"), 'gru: expected reset "before" or "after".*got .during.; '),
    ],
)
def test_messages(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_bidirectional_wants_a_recurrent_layer():
    with pytest.raises(TypeError, match="bidirectional: expected a recurrent layer such as lstm, got Dense; "):
        bidirectional(dense, KEY, 2, 3)


# --- padding, and what reads lengths ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "make", [rnn, gru, lstm, lambda *a: bidirectional(gru, *a), lambda *a: switch(1, gru(*a), lstm(*a))]
)
@pytest.mark.parametrize("after", ["nothing", "a dense layer", "its mean"])
def test_gradients_are_those_of_each_sequence_alone_whatever_the_padding_holds(make, after):
    x, lengths = jax.random.normal(KEY, (3, 5, 2)), jnp.array([5, 2, 3])
    inside = (jnp.arange(5) < lengths[:, None])[..., None]
    before, last = (
        [dense(KEY, 2, 2)] if after == "a dense layer" else [],
        [GlobalPool("mean")] if after == "its mean" else [],
    )
    model = sequential(*before, make(KEY, 2, 3), *last)
    params, rest = split(model)

    def slope(x):
        def total(params):
            y = merge(params, rest)((x, lengths))
            return jnp.sum(jnp.sin(y if y.ndim == 2 else jnp.where(inside, y, 0)))

        return jax.grad(total)(params)

    wanted = slope(jnp.where(inside, x, 7.0))
    assert_close(slope(jnp.where(inside, x, jnp.nan)), wanted)
    if last:  # and the mean is over the steps of each
        y = model((x, lengths))
        assert_close(y[1], model(x[1:2, :2])[0], rtol=1e-4)


@pytest.mark.parametrize("kind", ["mean", "max", "min"])
def test_a_pool_over_all_places_leaves_the_padding_out(kind):
    x, lengths = jax.random.normal(KEY, (3, 5, 2)), jnp.array([5, 2, 3])
    hidden = jnp.where((jnp.arange(5) < lengths[:, None])[..., None], x, 99.0)
    y = GlobalPool(kind)((hidden, lengths))
    for row, sequence, n in zip(y, x, (5, 2, 3), strict=True):
        assert_close(row, getattr(jnp, kind)(sequence[:n], axis=0))


def test_a_pair_that_no_layer_reads_is_an_error():
    x, other = jnp.ones((4, 2)), jnp.ones((4, 2))
    model = sequential(dense(KEY, 2, 1), sequential(jnp.tanh))
    for call in (model, lambda pair: model.train_call(pair, KEY)):
        for second in (jnp.ones(4, int), [1, 2, 1, 1]):
            with pytest.raises(ValueError, match="Sequential: expected one array, got a pair, and no layer"):
                call((x, second))
    with pytest.raises(ValueError, match=r"expected lengths \(N,\), whole numbers, got float32\(4, 2\); give one"):
        fit(model, ((x, other), jnp.ones(4)), squared_error, sgd(0.1), 2)
    with pytest.raises(ValueError, match=r"expected an array or a pair \(x, lengths\), got a tuple of 3"):
        model((x, x, x))
    for lengths in (jnp.ones(4), [1.5] * 4):
        with pytest.raises(ValueError, match="expected lengths"):
            rnn(KEY, 2, 3)((jnp.ones((4, 5, 2)), lengths))


def test_a_state_keeps_its_type():
    with float64():
        layer = jax.tree.map(lambda leaf: leaf.astype(jnp.float32), lstm(KEY, 2, 3))
        assert layer(jnp.ones((1, 4, 2))).dtype == jnp.float32
