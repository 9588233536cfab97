"""Chapter 06: both passes against JAX for all of its networks, its pieces, and what it claims."""

import ast
import inspect
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib import activations
from nnlib.autodiff import two_passes
from nnlib.course import check
from nnlib.course.backpropagation import figures
from nnlib.course.backpropagation.figures import depth, matrices, stepping
from nnlib.layers import Dense, sequential
from nnlib.losses import softmax_cross_entropy
from nnlib.optim import sgd
from nnlib.probe import gradients
from nnlib.train import fit
from tests.course.pieces import cells, defined

CHAPTER = "06_backpropagation"
CELLS = cells(CHAPTER)


@cache
def chapter() -> dict:
    """What the notebook's own cells define: its functions, its networks, its live pieces."""
    names = ("imports", "forward", "forward_code", "matrices", "jacobian", "jacobian_live", "backward",
             "backward_wines", "deltas_code", "off", "hurried", "learn", "train", "training_presets",
             "training", "bug_code", "presets", "vanishing", "vanishing_code")  # fmt: skip
    return defined(CHAPTER, *names)


@pytest.mark.parametrize("name", ["forward", "backward"])
def test_the_notebook_and_the_package_write_the_two_passes_alike(name):
    (shown,) = ast.parse(CELLS[name]).body
    (stored,) = ast.parse(inspect.getsource(getattr(two_passes, name))).body
    assert ast.dump(shown) == ast.dump(stored)


# --- by hand and by jax.grad -------------------------------------------------------------------------------------


def close(ours, theirs) -> bool:
    return figures.difference(ours, theirs) == "below 1e-6"


def cross_entropy(f, X, T):
    def loss(W, b):
        _, A = two_passes.forward(W, b, X, f)
        return softmax_cross_entropy(A[len(W)], T).mean()

    return jax.jit(jax.grad(loss, argnums=(0, 1)))


@pytest.mark.parametrize("draw", range(5))
def test_the_linear_layer(draw):
    X, W, b, dZ = figures.whole_numbers(draw)
    _, back = jax.vjp(lambda X, W, b: X @ W + b, X, W, b)
    dX, dW, db = back(dZ)
    _, (first, *_) = chapter()["matrices"](x11=int(X[0, 0]), dz11=int(dZ[0, 0]), draw=draw)
    assert close(np.asarray(first.values), dX)
    assert close((dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)), (dX, dW, db))


@pytest.mark.parametrize("activation", two_passes.ACTIVATIONS)
@pytest.mark.parametrize("x", [(-2, -2), (2, -2), (0, 0), (1, 0.5)])
@pytest.mark.parametrize("d", [(2, 2), (-2, 2), (1, -1)])
def test_the_small_network(activation, x, d):
    *_, note = figures.step_through(activation=activation, x1=x[0], x2=x[1], d1=d[0], d2=d[1])
    assert note.text == "largest difference from jax.grad: below 1e-6"


@pytest.mark.parametrize("activation", two_passes.ACTIVATIONS)
def test_the_wines_before_and_after_training(activation):
    f, slope = two_passes.ACTIVATIONS[activation]
    X, T = figures.wine_sets()[0]
    by_jax = cross_entropy(getattr(activations, activation), X, T)
    for W, b in (
        two_passes.network(1, 13, 8, 8, 3),
        chapter()["train"](*two_passes.network(1, 13, 8, 8, 3), (X, T), 0.1, 16)[:2],
    ):
        Z, A = two_passes.forward(W, b, X, f)
        dW, db, _ = two_passes.backward(W, Z, A, (two_passes.softmax(A[3]) - T) / len(X), slope)
        assert dW[1].dtype == np.float32 and close((dW, db), by_jax(W, b))


@pytest.mark.parametrize("layers", [2, 30])
@pytest.mark.parametrize("activation", two_passes.ACTIVATIONS)
def test_the_lengths_of_the_deltas_are_the_librarys(activation, layers):
    """For every initialisation on offer and five scales, in float64; what explodes takes its rounding along."""
    f, slope = two_passes.ACTIVATIONS[activation]
    g = getattr(activations, activation)

    @jax.jit
    def by_probe(W, b):
        parts = [part for l in W for part in (Dense(W[l], b[l]), g)][:-1]
        data = figures.INPUT, len(figures.INPUT) * figures.SIGNAL
        return gradients(sequential(*parts), data, lambda y, g: (y * g).sum(-1))[0][::2]

    for start in figures.STARTS:
        for scale in (0.25, 0.5, 1.0, 2.0, 4.0):
            W, b = figures.deep(layers, start, scale)
            Z, A = two_passes.forward(W, b, figures.INPUT, f)
            _, _, delta = two_passes.backward(W, Z, A, figures.SIGNAL, slope)
            with jax.enable_x64(True):
                theirs = figures.lengths(dict(enumerate(by_probe(W, b), 1)))
            assert np.allclose(figures.lengths(delta), theirs, rtol=1e-6, atol=0), (start, scale)
            curve = chapter()["vanishing"](depth=layers, activation=activation, start=start, scale=scale)[0]
            assert np.allclose(curve.series["delta"][1], theirs, rtol=1e-6, atol=0)  # drawn in float32


def test_the_slopes_are_those_of_the_librarys_activations():
    z = np.linspace(-3, 3, 40).astype(np.float32)
    for name, (f, slope) in two_passes.ACTIVATIONS.items():
        g = getattr(activations, name)
        assert np.allclose(f(z), g(z), atol=1e-6) and np.allclose(slope(z), jax.vmap(jax.grad(g))(z), atol=1e-6)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu", "softmax"])
def test_the_jacobians(activation):
    z = np.float32([1.0, 0.5, -1.0])
    _, J = chapter()["table_of"](activation, z)
    assert np.allclose(J, jax.jacobian(getattr(activations, activation))(z), atol=1e-6)
    assert (np.count_nonzero(J - np.diag(np.diag(J))) == 6) == (activation == "softmax")


def test_the_loop_is_the_librarys_training():
    X, T = figures.wine_sets()[0]
    W, b = two_passes.network(1, 13, 8, 8, 3)
    *_, losses = chapter()["train"](W, b, (X, T), 0.1, len(X), 100)
    parts = [part for l in W for part in (Dense(W[l], b[l]), activations.tanh)][:-1]
    run = fit(sequential(*parts), (jnp.asarray(X), jnp.asarray(T)), softmax_cross_entropy, sgd(0.1), 100)
    assert np.allclose(losses, run.losses, atol=1e-5)


@pytest.mark.parametrize("line", [1, 3, 4, 5])
def test_an_innocent_line_is_defended(line):
    def spot(W2, W3, Z1, Z2, delta2, delta3):
        return line, delta2

    said = check(spot)
    assert said.state == "not yet" and said.says.startswith(f"Line {line} is right")


@pytest.mark.parametrize("answer", [3, (2,), (7, 1.0), ("2", 1.0), ([2], 1.0)])
def test_what_is_no_line_gets_a_sentence(answer):
    def spot(W2, W3, Z1, Z2, delta2, delta3):
        return answer

    assert check(spot).state == "not yet" and check(spot).says.startswith(("It should give", "The first value"))


def test_no_slider_compiles_anew():
    for activation in two_passes.ACTIVATIONS:
        figures.step_through(activation=activation)
        chapter()["vanishing"](activation=activation)
    before = stepping.by_jax._cache_size(), depth._weights._cache_size()
    for number in np.linspace(-2, 2, 25).round(1):
        figures.step_through(x1=number, x2=-number, d1=number, d2=1.0, learning_rate=0.05 + abs(number) / 2)
        chapter()["vanishing"](depth=int(16 + 7 * number), scale=1 + abs(number))
    assert (stepping.by_jax._cache_size(), depth._weights._cache_size()) == before


# --- what the pieces show and say --------------------------------------------------------------------------------


@pytest.mark.parametrize("activation", two_passes.ACTIVATIONS)
def test_the_small_network_is_told_in_order(activation):
    told, gradients_, *_ = stepping.moments(np.float32([1, 0.5]), np.float32([1, -1]), activation, 0.1)
    assert len(told.says) == 18
    first = {name: int(np.argmax(np.isfinite(told.film(name)).all(axis=tuple(range(1, array.ndim + 1)))))
             for name, array in told.all.items()}  # fmt: skip
    order = ["a0", "a1", "z2", "d2", "dW2", "d1", "dW1"]
    assert sorted(order, key=first.get) == order and first["z1"] <= first["a1"]
    for name, array in told.all.items():
        assert np.array_equal(told.film(name)[-1], array), f"{name} is known in the end"
    for l in (1, 2):
        assert np.array_equal(told.all[f"dW{l}"], gradients_[0][l])


def test_every_sentence_ends_in_its_number():
    told, *_ = stepping.moments(np.float32([1, 0.5]), np.float32([1, -1]), "tanh", 0.1)
    assert told.says[1] == "h₁: z = 0.80·1.00 + (−0.40)·0.50 + 0.10 = 0.70."
    assert told.says[2] == "h₁: a = tanh(0.70) = 0.60."
    assert told.says[7].startswith("y₁: z = ") and told.says[7].endswith("and a = z.")
    assert stepping.said(told.all["d2"][0]) in told.says[10]
    assert all(f"{stepping.said(told.all['d1'][j])}; f′ = 1 − a²" in told.says[13 + j] for j in range(3))
    assert stepping.said(-0.001) == "0.00" and stepping.said(-1.5) == "−1.50"


@pytest.mark.parametrize("activation", two_passes.ACTIVATIONS)
def test_no_sentence_needs_a_second_line(activation):
    for x1, x2, d1, d2 in [(-2, -2, 2, 2), (2, -2, -2, -2), (-1.5, 1.5, -1.5, 1.5), (1, 0.5, 1, -1)]:
        told, *_ = stepping.moments(np.float32([x1, x2]), np.float32([d1, d2]), activation, 0.05)
        assert max(map(len, told.says)) <= 88


def test_what_is_given_lights_where_it_occurs():
    X, W, b, _ = figures.whole_numbers(0)
    views = {v.title: v for column in chapter()["matrices"](x11=int(X[0, 0])) for v in column}
    for name, place in (("X", 0), ("W", 1), ("b", 2)):
        for at in np.ndindex(views[name].values.shape):
            given = [X.copy(), W.copy(), b.copy()[None]]
            given[place][at] += 1
            changed = given[0] @ given[1] + given[2] != views["Z"].values
            lit = met(views[name].meets["Z"], *at, np.arange(6).reshape(2, 3))
            assert set(np.arange(6).reshape(2, 3)[changed]) <= set(lit)
            assert (
                f"{views[name].meets['Z'].split()[0]} {at[views[name].meets['Z'].endswith('j')] + 1} of Z"
                in (views[name].says[at[0]][at[1]])
            )


def test_the_update_lowers_the_loss_with_a_small_rate_and_not_with_a_large_one():
    small, large = (
        stepping.moments(np.float32([1, 0.5]), np.float32([1, -1]), "tanh", rate).losses for rate in (0.1, 2)
    )
    assert small[1] < small[0] and large[1] > large[0]


def test_relu_stops_what_comes_back_where_z_is_negative():
    told, *_ = stepping.moments(np.float32([1, 0.5]), np.float32([1, -1]), "relu", 0.1)
    assert [z < 0 for z in told.all["z1"]] == [False, True, False]
    assert told.all["d1"][1] == 0 and told.all["d1"][0] != 0 and told.all["d1"][2] != 0
    assert (told.all["dW1"][:, 1] == 0).all()


def met(rule, i, j, values):
    kind, which = rule.split()
    place = {"i": i, "j": j}[which]
    return values[place] if kind == "row" else values[:, place]


@pytest.mark.parametrize("draw", range(5))
def test_every_entry_is_the_sum_over_what_it_lights(draw):
    views = {v.title: v for column in chapter()["matrices"](draw=draw) for v in column}
    for title in ("Z", "∂L/∂X", "∂L/∂W", "∂L/∂b"):
        view = views[title]
        for (i, j), value in np.ndenumerate(view.values):
            lit = {name: met(rule, i, j, views[name].values) for name, rule in view.meets.items()}
            bias = lit.pop("b", np.zeros(1)).sum()
            assert np.prod(list(lit.values()), axis=0).sum() + bias == value
            number = view.says[i][j].split(" = ")[-1].replace("−", "-")
            assert float(number) == value and len(view.says[i][j].split(" = ")) == 3
    assert matrices._sum("z12", [(1, 2), (3, -1)], 2) == "z₁₂ = 1·2 + 3·(−1) + 2 = 1"


@pytest.mark.parametrize("draw", range(5))
def test_which_gradients_change_with_an_entry(draw):
    def shown(**moved):
        return {v.title: np.asarray(v.values) for column in chapter()["matrices"](draw=draw, **moved) for v in column}

    before, after = shown(x11=2), shown(x11=-1)
    changed = {name: before[name] != after[name] for name in before}
    assert not changed["∂L/∂X"].any() and not changed["∂L/∂b"].any() and not changed["∂L/∂W"][1].any()
    before, after = shown(dz11=1), shown(dz11=-2)
    changed = {name: before[name] != after[name] for name in before}
    assert changed["∂L/∂b"].tolist() == [[True, False, False]]
    assert not changed["∂L/∂X"][1].any() and not changed["∂L/∂W"][:, 1:].any()


@pytest.mark.parametrize("name", ["too small", "good", "too large"])
def test_the_words_of_the_training_presets(name):
    option = {**chapter()["known"].options[name]}
    option.pop("says")
    curve, (bars,) = chapter()["training"](**option)
    losses, right = curve.series["loss"][1], np.asarray(bars.values)
    if name == "too small":
        assert losses[-30:].mean() > 0.85 * np.log(3) and right[0] < 50
    if name == "good":
        assert losses[-30:].mean() < 0.1 and right.min() > 95
    if name == "too large":
        assert losses[-100:].std() > 0.5 and losses[-100:].max() > losses[0]


@pytest.mark.parametrize("name", ["vanishes", "explodes", "keeps"])
def test_the_words_of_the_vanishing_presets(name):
    option = {**chapter()["cases"].options[name]}
    option.pop("says")
    curve, _, note = chapter()["vanishing"](**option)
    length = np.asarray(curve.series["delta"][1], float)
    assert name in note.text and depth.verdict(length).startswith(name)
    factor = (length[0] / length[-1]) ** (1 / 29)
    low, high = {"vanishes": (0.2, 0.25), "explodes": (1.9, 2.1), "keeps": (0.95, 1.05)}[name]
    assert low < factor < high


# --- what the text claims ----------------------------------------------------------------------------------------


def per_cent(text):
    return int(text.split()[0])


def test_the_slips_are_as_far_off_as_shown():
    space = dict(chapter())
    exec(CELLS["forward_code"] + "\n" + CELLS["backward_wines"], space)
    shown = {}
    for name in ("slip_factor_code", "slip_transpose_code", "slip_early_code"):
        *lines, last = CELLS[name].splitlines()
        exec("\n".join(lines), space)
        shown[name] = per_cent(eval(last, space))
    assert shown == {"slip_factor_code": 17, "slip_transpose_code": 128, "slip_early_code": 19}


def test_the_early_update_is_nineteen_per_cent_off():
    X, T = figures.wine_sets()[0]
    W, b = two_passes.network(1, 13, 8, 8, 3)
    f, slope = two_passes.ACTIVATIONS["tanh"]
    Z, A = two_passes.forward(W, b, X, f)
    delta_L = (two_passes.softmax(A[3]) - T) / len(X)
    dW, _, _ = two_passes.backward(W, Z, A, delta_L, slope)
    moved = {**W, 3: W[3] - 0.3 * dW[3]}  # the last layer first, and then the next with what that gives
    early, _, _ = two_passes.backward(moved, Z, A, delta_L, slope)
    early, _, _ = two_passes.backward({**moved, 2: W[2] - 0.3 * early[2]}, Z, A, delta_L, slope)
    error = np.linalg.norm(early[1] - dW[1]) / np.linalg.norm(dW[1])
    assert 0.185 < error < 0.195


def test_the_diagonal_of_softmax_is_right_at_the_true_class_and_0_elsewhere():
    z, t = np.float32([2.0, 1.0, -1.0]), np.float32([0.0, 1.0, 0.0])
    p = two_passes.softmax(z)
    diagonal = (0 - t / p) * p * (1 - p)
    by_jax = jax.grad(softmax_cross_entropy)(z, t)
    assert np.allclose(p - t, by_jax, atol=1e-6)
    assert diagonal[1] == pytest.approx(float(by_jax[1]), abs=1e-6) and not diagonal[[0, 2]].any()


def test_the_hurried_gradients_agree_but_for_the_first():
    theirs, right = chapter()["theirs"], chapter()["by_jax"][0]
    wrong = [np.linalg.norm(theirs[l - 1] - right[l]) for l in (1, 2, 3)]
    assert wrong[0] > 0.1 and max(wrong[1:]) < 1e-6


def test_a_network_learns_with_the_transposed_bug():
    space, (X, T) = chapter(), figures.wine_sets()[1]
    _, A = two_passes.forward(*space["train_with_bug"](*two_passes.network(1, 13, 8, 8, 3), 0.1), X, np.tanh)
    assert figures.right(A[3], T) > 95


def test_the_wines():
    (X, T), (X_test, T_test) = figures.wine_sets()
    assert len(X) + len(X_test) == 178 and X.shape[1] == 13 and len(X_test) == 45
    assert np.allclose(X.mean(0), 0, atol=1e-5) and np.allclose(X.std(0), 1, atol=1e-4)
    assert (T.sum(1) == 1).all() and T_test.shape == (45, 3) and X.dtype == T.dtype == np.float32


def test_every_epoch_shows_every_example_once():
    rows = list(figures.batches(133, 16, 27))
    for epoch in range(3):
        seen = np.concatenate(rows[9 * epoch : 9 * epoch + 9])
        assert sorted(seen) == list(range(133))
    assert [len(r) for r in rows[:9]] == [16] * 8 + [5] and rows[0].tolist() != rows[9].tolist()


def test_the_multiplications_are_those_that_jax_counts():
    """In a network without activations or biases, all floating-point operations are those of the products."""
    widths, N = (32, 48, 16, 8), 64
    W, _ = two_passes.network(0, *widths)
    X, G = np.ones((N, 32), np.float32), np.ones((N, 8), np.float32)

    def answer(W):
        return X @ W[1] @ W[2] @ W[3]

    def step(W, G):
        return jax.vjp(answer, W)[1](G)

    forward, backward = figures.multiplications(N, widths)
    flops = [jax.jit(answer).lower(W).cost_analysis()["flops"], jax.jit(step).lower(W, G).cost_analysis()["flops"]]
    assert flops[0] == 2 * forward and flops[1] == pytest.approx(2 * backward + 2 * forward, rel=0.3)
    assert figures.multiplications(1, [64] * 21)[1] / figures.multiplications(1, [64] * 21)[0] == pytest.approx(
        2, abs=0.06
    )


def test_the_numbers_kept_are_those_that_the_forward_pass_made():
    (X, _), _ = figures.wine_sets()
    W, b = two_passes.network(1, 13, 8, 8, 3)
    _, A = two_passes.forward(W, b, X, np.tanh)
    assert figures.kept(len(X), (13, 8, 8, 3)) == (
        sum(A[l].size for l in (0, 1, 2)), sum(W[l].size + b[l].size for l in W),
    )  # fmt: skip


def test_the_answer_about_thirty_sigmoids():
    W, b = figures.deep(30, "1/n (LeCun)", 1.0)
    f, slope = two_passes.ACTIVATIONS["sigmoid"]
    delta = two_passes.backward(W, *two_passes.forward(W, b, figures.INPUT, f), figures.SIGNAL, slope)[2]
    assert figures.lengths(delta)[0] < 1e-12 and figures.lengths(delta)[-1] == pytest.approx(1, abs=1e-5)
    assert pytest.approx(3.5e-18, rel=0.02) == 0.25**29 and pytest.approx(0.001, rel=0.03) == 0.25**5


@pytest.mark.parametrize(
    ("activation", "start"), [("sigmoid", "2/(n + m) (Glorot)"), ("tanh", "2/(n + m) (Glorot)"), ("relu", "2/n (He)")]
)
def test_the_factor_by_the_formula_is_nearly_the_factor_as_it_is(activation, start):
    by_formula, as_it_is = (float(part.split()[0]) for part in chapter()["factors"](activation, start).split(", "))
    assert by_formula == pytest.approx(as_it_is, rel=0.05)
    assert two_passes.ACTIVATIONS["sigmoid"][1](np.linspace(-5, 5, 101)).max() == 0.25


def test_thirty_sigmoids_lose_the_gradient_at_every_scale():
    piece = chapter()["vanishing"]
    for start in figures.STARTS:
        for scale in piece.controls["scale"].stops[::10] + piece.controls["scale"].stops[-1:]:
            assert "it vanishes" in piece(depth=30, activation="sigmoid", start=start, scale=scale)[-1].text


def test_ten_times_as_large_they_nearly_keep_it_with_half_of_the_slopes_all_but_0():
    f, slope = two_passes.ACTIVATIONS["sigmoid"]
    for start in figures.STARTS:
        W, b = figures.deep(30, start, 10.0)
        Z, A = two_passes.forward(W, b, figures.INPUT, f)
        first, *_, last = figures.lengths(two_passes.backward(W, Z, A, figures.SIGNAL, slope)[2])
        assert 0.94 < (first / last) ** (1 / 29) < 1.15
        assert 0.4 < np.mean([(slope(Z[l]) < 0.01).mean() for l in range(5, 30)]) < 0.7


def test_weights_made_for_tanh_lose_it_in_relus_and_keep_it_in_tanhs():
    said = {a: chapter()["vanishing"](depth=30, activation=a, scale=1.0)[-1].text for a in ("relu", "tanh")}
    assert "it vanishes" in said["relu"] and "it keeps its size" in said["tanh"]


def test_what_is_left_has_a_word():
    assert [depth.verdict(np.array([first, 1.0])) for first in (1e-4, 1e-2, 0.5, 1e2, 1e4)] == [
        "vanishes", "shrinks", "keeps its size", "grows", "explodes",
    ]  # fmt: skip
