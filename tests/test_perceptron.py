"""The machine against plain Python, the bound on mistakes, and the slips of chapter 1, each shown wrong."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.svm import SVC

import nnlib.perceptron as module
from nnlib.activations import step
from nnlib.data import GATES, gate, iris
from nnlib.perceptron import (
    SIGNS,
    ZERO_ONE,
    margin,
    mistake_bound,
    perceptron,
    radius,
    separate,
    train_perceptron,
    untrained,
    update,
)
from tests.helpers import assert_close, assert_same, float64

KEY = jax.random.key(0)


def mistakes(machine, X, d, epochs=30, **options):
    return int(train_perceptron(machine, X, d, epochs, **options).mistake.sum())


def by_hand(X, d, epochs, eta):
    """The rule of the text in plain Python: the weights and the mistakes of every epoch."""
    w, b, counts = [0.0] * len(X[0]), 0.0, []
    for _ in range(epochs):
        counts.append(0)
        for x, wanted in zip(X, d, strict=True):
            y = 1 if sum(wi * xi for wi, xi in zip(w, x, strict=True)) + b >= 0 else 0
            counts[-1] += y != wanted
            w = [wi + eta * (wanted - y) * xi for wi, xi in zip(w, x, strict=True)]
            b += eta * (wanted - y)
    return w, b, counts


# --------------------------------------------------------------------------------------------- the machine


def test_predict_in_both_conventions_with_the_upper_class_at_zero():
    X = jnp.array([[0.0, 0.0], [1.0, 1.0], [1.0, 0.5]])
    np.testing.assert_array_equal(perceptron([1, 1], -1.5)(X), [0, 1, 1])
    np.testing.assert_array_equal(perceptron([1, 1], -1.5, SIGNS)(X), [-1, 1, 1])
    assert untrained(2)(jnp.zeros(2)) == 1 == step(0.0)


def test_distance():
    machine = perceptron([3.0, 4.0], -5.0)
    assert machine.distance(jnp.zeros(2)) == -1
    assert machine.distance(jnp.array([3.0, 4.0])) == 4


def test_the_bias_is_a_weight_on_a_constant_input():
    X = jax.random.normal(KEY, (20, 2))
    machine = perceptron([1.0, -2.0], 0.3)
    for constant, weight in ((1.0, 0.3), (-1.0, -0.3)):  # a bias, or a threshold
        wider = perceptron([1.0, -2.0, weight], 0.0)
        np.testing.assert_array_equal(wider(jnp.append(X, jnp.full((20, 1), constant), axis=1)), machine(X))


def test_a_perceptron_made_inside_jit():
    assert jax.jit(lambda w1, b: perceptron([w1, 1], b)(jnp.ones(2)))(1.0, -1.5) == 1


# ------------------------------------------------------------------------------------------------ the rule


def test_update_moves_towards_the_right_answer():
    x = jnp.array([2.0, -1.0])
    low = update(perceptron([0.0, 0.0], 0.0), x, 0, 0.5)  # it said 1: away from x
    np.testing.assert_allclose(low.w, [-1.0, 0.5])
    assert low.b == -0.5 and low.weighted_sum(x) < 0
    high = update(perceptron([0.0, 0.0], -1.0), x, 1, 0.5)  # it said 0: towards x
    np.testing.assert_allclose(high.w, [1.0, -0.5])
    assert_same(update(high, x, 1, 0.5), high)  # right: nothing moves


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(-4, 4), st.integers(-4, 4), st.integers(0, 1)), min_size=4, max_size=4))
def test_training_against_plain_python(rows):
    X, d = [row[:2] for row in rows], [row[2] for row in rows]
    history = train_perceptron(untrained(2), X, np.array(d), 10)
    w, b, counts = by_hand(X, d, 10, 1.0)
    np.testing.assert_array_equal(history.machine.w, w)
    assert history.machine.b == b
    np.testing.assert_array_equal(history.mistakes_per_epoch, counts)
    signs = train_perceptron(untrained(2, SIGNS), X, 2 * np.array(d) - 1, 10)
    assert_same(signs.w, history.w)  # both conventions are one machine


def test_the_history_tells_every_step():
    X, d = gate("and")
    history = train_perceptron(untrained(2), X, d, 6, learning_rate=0.5)
    for i, row in enumerate(history.example):
        before = perceptron(history.w[i], history.b[i])
        after = update(before, X[row], d[row], 0.5)
        assert_same((after.w, after.b), (history.w[i + 1], history.b[i + 1]))
        assert history.mistake[i] == (before(X[row]) != d[row])
    assert_same((history.machine.w, history.machine.b), (history.w[-1], history.b[-1]))


def test_random_order_shows_every_example_once_an_epoch():
    X, d = gate("or")
    history = train_perceptron(untrained(2), X, d, 8, key=KEY)
    orders = history.example.reshape(8, 4)
    assert (jnp.sort(orders, axis=1) == jnp.arange(4)).all()
    assert len(np.unique(orders, axis=0)) > 1
    assert_same(train_perceptron(untrained(2), X, d, 8, key=KEY), history)


def test_one_trace_for_every_rate_start_and_data():
    traces = []
    X, d = gate("and")

    @jax.jit
    def train(machine, rate):
        traces.append(rate)
        return train_perceptron(machine, X, d, 5, learning_rate=rate).machine

    for rate in np.linspace(0.1, 2, 100):
        train(perceptron([rate, 0.0], 1), jnp.float32(rate))
    assert len(traces) == 1
    rates = jnp.array([0.5, 1.0])
    swept = jax.vmap(lambda rate: train_perceptron(untrained(2), X, d, 5, learning_rate=rate).w)(rates)
    assert_close(swept[1], train_perceptron(untrained(2), X, d, 5).w)


# ----------------------------------------------------------------------------------- margins and the bound


def test_margin_and_radius():
    X, d = jnp.array([[3.0], [-1.0]]), jnp.array([1, 0])
    assert margin(X, d, [1.0], 0.0) == 1.0
    assert margin(X, 2 * d - 1, [2.0], 0.0) == 1.0
    assert margin(X, d, [3.0], 4.0) == pytest.approx(-1 / 5)  # the second point lies on the wrong side
    assert radius(X) == pytest.approx(10**0.5)
    assert jnp.isinf(mistake_bound(X, d, [-1.0], 0.0))


@pytest.mark.parametrize("f", [margin, mistake_bound])
def test_a_margin_needs_a_weight_for_each_column_and_a_label_for_each_row(f):
    X, d = jnp.ones((4, 2)), jnp.ones(4)
    for w in ([1.0], [1.0, 2.0, 3.0], [[1.0, 2.0]]):
        with pytest.raises(ValueError, match=r"expected w \(2,\) and b \(\), got .*; give a weight for each column"):
            f(X, d, w, 0.0)
    with pytest.raises(ValueError, match=r"expected w \(2,\) and b \(\), got \(2,\) and \(1,\); "):
        f(X, d, [1.0, 2.0], [0.0])
    for inputs, labels in ((X, d[:3]), (X[0], d)):
        with pytest.raises(ValueError, match=r"expected X \(N, D\) and labels \(N,\), got .*; give one label for each"):
            f(inputs, labels, [1.0, 2.0], 0.0)


def separable(key, n, dim):
    """Points and labels that a random line separates, none of them close to it."""
    key_w, key_x = jax.random.split(key)
    w = jax.random.normal(key_w, (dim + 1,))
    X = jax.random.normal(key_x, (n, dim))
    z = X @ w[:-1] + w[-1]
    far = abs(z) > 0.3 * jnp.linalg.norm(w)
    return X[far], (z[far] > 0).astype(int)


@pytest.mark.parametrize("seed", range(5))
def test_separate_finds_the_widest_margin(seed):
    X, d = separable(jax.random.key(seed), 40, 2)
    found = separate(X, d)
    assert jnp.hypot(jnp.linalg.norm(found.w), found.b) == pytest.approx(1, rel=1e-5)
    assert 0 < found.margin <= found.ceiling * 1.0001
    assert found.margin == pytest.approx(float(found.ceiling), rel=1e-2)
    signed = np.where(d[:, None], 1, -1) * np.append(X, np.ones((len(X), 1)), axis=1)
    both = np.concatenate([signed, -signed])  # a support vector machine through the origin
    svm = SVC(kernel="linear", C=1e6).fit(both, np.repeat([1, -1], len(X)))
    assert found.margin == pytest.approx(1 / np.linalg.norm(svm.coef_), rel=2e-2)


def test_separate_says_when_there_is_no_separator():
    X, d = gate("xor")
    found = separate(X, d)
    assert found.margin <= 0 and found.ceiling < 1e-3
    assert jnp.isinf(mistake_bound(X, d, found.w, found.b))


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("key", [None, KEY])
def test_no_more_mistakes_than_novikoff_allows(seed, key):
    X, d = separable(jax.random.key(seed), 40, 2)
    found = separate(X, d)
    bound = float(mistake_bound(X, d, found.w, found.b))
    history = train_perceptron(untrained(2), X, d, 1 + int(bound), key=key)
    assert int(history.mistake.sum()) <= bound
    assert history.mistakes_per_epoch[-1] == 0


@pytest.mark.parametrize("name", [name for name in GATES if name not in ("xor", "xnor")])
def test_gates_are_learned_within_the_bound(name):
    X, d = gate(name)
    found = separate(X, d)
    assert 0 < mistakes(untrained(2), X, d) <= mistake_bound(X, d, found.w, found.b)


# ------------------------------------------------------------------------------------- the slips of chapter 1


def test_slip_sign_is_not_x_over_its_size():
    """1.3: x/|x| has no value at 0; the machine answers there by convention."""
    assert jnp.isnan(jnp.array(0.0) / abs(jnp.array(0.0)))
    assert perceptron([1.0], 0.0, SIGNS)(jnp.zeros(1)) == 1


def test_slip_one_pass_is_not_enough():
    """1.6: AND still has mistakes after the first epoch, and after the fourth."""
    history = train_perceptron(untrained(2), *gate("and"), 8)
    assert history.mistakes_per_epoch.tolist() == [2, 3, 3, 2, 1, 0, 0, 0]


def test_slip_the_fault_of_the_step_is_that_its_derivative_is_zero_everywhere_else():
    """1.6: ReLU is not differentiable at 0 either, and trains; through the step no gradient comes at all."""
    z = jnp.linspace(-3, 3, 101)
    assert not jax.vmap(jax.grad(step))(z).any()
    assert jax.vmap(jax.grad(jax.nn.relu))(z).any()


def test_with_signs_the_first_form_takes_steps_twice_as_long():
    """1.6: d - y is +-2 with labels +-1; ours counts it as +-1."""
    x, d = jnp.array([1.0, 2.0]), -1
    machine = untrained(2, SIGNS)
    y = machine(x)
    np.testing.assert_allclose(machine.w + (d - y) * x, 2 * update(machine, x, d).w)
    np.testing.assert_allclose(update(machine, x, d).w, d * x)


def test_slip_a_large_rate_does_not_prevent_convergence_from_zero():
    """1.7: every power of two makes the same mistakes, and weights in proportion."""
    X, d = gate("and")
    one = train_perceptron(untrained(2), X, d, 8)
    for eta in (2.0**-10, 0.5, 4.0, 2.0**20):
        other = train_perceptron(untrained(2), X, d, 8, learning_rate=eta)
        assert_same((other.mistake, other.w / eta, other.b / eta), (one.mistake, one.w, one.b))


def test_rounding_breaks_the_tie_of_the_naive_gate():
    """1.7: AND makes 11 mistakes at eta = 1 and 8 at 0.1, in float32 and in float64 alike."""
    X, d = gate("and")
    assert mistakes(untrained(2), X, d, learning_rate=1.0) == 11
    assert mistakes(untrained(2), X, d, learning_rate=0.1) == 8
    with float64():
        assert mistakes(untrained(2), X, d, learning_rate=0.1) == 8
    assert sum(by_hand(X.tolist(), d.tolist(), 30, 0.1)[2]) == 8


def test_from_a_random_start_the_rate_matters():
    """1.7: then the start weighs more or less beside the steps."""
    X, d = gate("and")
    begun = perceptron(jax.random.normal(KEY, (2,)) * 3, 2.0)
    counts = {mistakes(begun, X, d, 200, learning_rate=eta) for eta in (2.0**-4, 1.0, 16.0)}
    assert len(counts) > 1


def test_slip_the_bound_without_the_bias_coordinate_fails():
    """1.8: x = +-0.1 has R = gamma = 0.1 without it, so one mistake at most; the rule makes two."""
    X, d = jnp.array([[0.1], [-0.1]]), jnp.array([1, 0])
    made = mistakes(untrained(1), X, d)
    naive = (abs(X).max() / 0.1) ** 2
    found = separate(X, d)
    assert made == 2 > naive == pytest.approx(1)
    assert mistake_bound(X, d, found.w, found.b) == pytest.approx(101, rel=1e-3)


def test_the_scale_of_the_separator_is_taken_out_of_the_bound():
    """1.8: gamma is measured at ||w*|| = 1."""
    X, d = gate("and")
    for scale in (1, 10):
        assert mistake_bound(X, d, [2.0 * scale, 2.0 * scale], -3.0 * scale) == pytest.approx(51)


def test_xor_repeats_for_ever_in_fixed_order_and_never_settles_in_random_order():
    """1.9: from the third epoch on, 4 mistakes an epoch and the same weights again."""
    X, d = gate("xor")
    history = train_perceptron(untrained(2), X, d, 50)
    assert (history.mistakes_per_epoch[2:] == 4).all()
    ends = np.asarray(history.w[4::4])
    assert (ends[2:] == ends[2]).all()
    assert (train_perceptron(untrained(2), X, d, 200, key=KEY).mistakes_per_epoch > 0).all()


def test_real_data_a_separable_pair_and_one_that_is_not():
    """1.10: two species of iris by their petals."""
    easy = iris(classes=("setosa", "versicolor"))
    hard = iris(classes=("versicolor", "virginica"))
    assert separate(easy.X, easy.y).margin > 0 >= separate(hard.X, hard.y).margin
    assert train_perceptron(untrained(2), easy.X, easy.y, 20).mistakes_per_epoch[-1] == 0
    assert (train_perceptron(untrained(2), hard.X, hard.y, 200).mistakes_per_epoch > 0).all()


# ------------------------------------------------------------------------------------------------- messages


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: perceptron([[1.0]], 0.0), r"expected weights .*, got \(1, 1\) and \(\); give"),
        (lambda: perceptron([1.0], 0.0, (0, 2)), r"expected labels .*, got \(0, 2\); choose"),
        (lambda: untrained(2)(jnp.ones(3)), r"expected inputs of shape \(\.\.\., 2\), got \(3,\); features"),
        (lambda: mistakes(untrained(2), jnp.ones((4, 3)), jnp.ones(4)), r"expected X .*, got \(4, 3\)"),
        (lambda: mistakes(untrained(2), jnp.ones((4, 2)), jnp.ones(3)), r"expected X .* and \(3,\); "),
        (lambda: mistakes(untrained(1), [[1.0]], jnp.array([-1])), r"labels from \(0, 1\), got \[-1\]; "),
    ],
)
def test_messages(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_conventions():
    assert ZERO_ONE == (0, 1) and SIGNS == (-1, 1)


@pytest.mark.parametrize("key", [None, jax.random.key(3)])
def test_padding_is_passed_over(key):
    X, d = gate("nand")
    alone = train_perceptron(untrained(2), X, d, 6)
    rows = jnp.array([0, 5, 1, 2, 6, 3])  # 5 and 6: padding, in between
    padded = jnp.concatenate([X, 9 * jnp.ones((3, 2))])[rows]
    labels, weights = jnp.append(d, jnp.array([1, 1, 0]))[rows], jnp.array([1, 0, 1, 1, 0, 1.0])
    run = train_perceptron(untrained(2), padded, labels, 6, weights=weights, key=key)
    assert run.size == 4 and run.example.shape == (24,) and run.w.shape == (25, 2)
    assert set(np.asarray(run.example).tolist()) == {0, 2, 3, 5}
    if key is None:
        assert (rows[run.example] == alone.example).all() and (run.w == alone.w).all() and (run.b == alone.b).all()
        assert (run.mistakes_per_epoch == alone.mistakes_per_epoch).all()
    else:
        assert (run.mistakes_per_epoch.sum() == run.mistake.sum()) and run.mistake.any()
    with pytest.raises(ValueError, match=r"expected weights \(6,\)"):
        train_perceptron(untrained(2), padded, labels, 6, weights=weights[:3])


def test_examples_come_and_go_without_a_new_program():
    X, d = gate("or")
    padded, labels = jnp.pad(X, ((0, 6), (0, 0))), jnp.pad(d, (0, 6))
    before = module._train._cache_size()
    for n in range(5):
        train_perceptron(untrained(2), padded, labels, 7, weights=jnp.arange(10) < n)
    assert module._train._cache_size() == before + 1


def test_lists_of_numbers_are_taken():
    machine = perceptron([1, 1], -1.5)
    assert machine([1, 1]) == 1 and machine((0, 1)) == 0 and machine([[1, 1], [0, 1]]).tolist() == [1, 0]
    assert machine.distance([1, 1]) == pytest.approx(0.5 / 2**0.5)
    assert update(machine, [1, 1], 0).w.tolist() == [0, 0]
