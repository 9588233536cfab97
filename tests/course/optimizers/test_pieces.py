"""Inside Adam, and the eigenvalues of random matrices: every number that the two pieces say."""

import math
import time

import jax
import numpy as np
import pytest
from numpy.polynomial import legendre

from nnlib.course.optimizers import figures
from nnlib.course.optimizers.figures.adam import SIGNALS, inside, too_large
from nnlib.course.optimizers.figures.spectrum import EXACT, law, matrices, positive
from nnlib.live import Bars, Curves

# --- inside Adam ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("signal", SIGNALS)
@pytest.mark.parametrize(("a", "b"), [(0.9, 0.999), (0.0, 0.9999), (0.99, 0.0), (0.5, 0.5)])
def test_inside_is_the_printed_rule(signal, a, b):
    g, run = SIGNALS[signal], inside(SIGNALS[signal], a, b)
    G = M = 0.0
    for k, each in enumerate(g):
        t = k + 1
        G, M = a * G + (1 - a) * each, b * M + (1 - b) * each**2
        G_hat, M_hat = G / (1 - a**t), M / (1 - b**t)
        expected = G, G_hat, M**0.5, M_hat**0.5, G / (M**0.5 + 1e-8), G_hat / (M_hat**0.5 + 1e-8)
        np.testing.assert_allclose([part[k] for part in run], expected, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("signal", SIGNALS)
def test_uncorrected_steps_are_too_large_by_a_ratio_that_no_gradient_changes(signal):
    run = inside(SIGNALS[signal], 0.9, 0.999)
    ratios = run.step / run.step_hat
    assert ratios[0] == pytest.approx(3.16, abs=0.01) and ratios[11] == max(ratios) == pytest.approx(6.57, abs=0.01)
    for t in (1, 12, 40):
        assert too_large(0.9, 0.999, t) == pytest.approx(ratios[t - 1], rel=1e-4)


def notes(piece, **values):
    return [view.text for view in piece(**values) if hasattr(view, "text")]


def test_the_notes_say_how_much_too_large_and_how_long_the_memories_are():
    wrong, memory, where = notes(figures.inside_adam, correction=True)
    assert wrong == "Uncorrected, the first step is 3.2 times too large, the twelfth 6.6 times too large."
    assert memory == "a = 0.9 halves in 6.6 steps; b = 0.999 halves in 693 steps."
    assert where == "The longest step is 1 η; w goes from 0 to −4 in 40 steps."
    wrong, memory, where = notes(figures.inside_adam, a=0.0, b=0.5, signal="changes sign", rate=0.001, correction=True)
    assert wrong == "Uncorrected, the first step is 1.4 times too large, the twelfth right."
    assert memory == "a = 0 forgets at once; b = 0.5 halves in 1 step."
    assert where == "The longest step is 1 η; w goes from 0 to 0 in 40 steps."
    assert "10 times too small" in notes(figures.inside_adam, b=0.0)[0]


@pytest.mark.parametrize("b", [0.1, 0.5, 0.9, 0.999, 0.9999])
def test_a_share_halves_in_the_half_life(b):
    assert b ** figures.half_life(b) == pytest.approx(0.5)


def test_memory_fades_faster_as_b_goes_to_0_and_not_to_one_half():
    lives = [figures.half_life(b) for b in (0.0, 0.1, 0.5, 0.9, 0.999)]
    assert lives == sorted(lives) and lives[0] == 0 and round(lives[-1]) == 693


def steps(name):
    """What a preset shows: the steps drawn in colour, and the thin ones."""
    values = dict(figures.inside_adam.controls["known"].options[name])
    values.pop("says")
    curves = figures.inside_adam(**values)[1][1]
    drawn = next(n for n in curves.series if n not in curves.thin)
    return curves.series[drawn][1], curves.series[curves.thin[0]][1]


def test_the_words_of_the_presets():
    used, other = steps("uncorrected")
    assert used[0] > 3 * other[0] and np.argmax(used) == 11
    assert np.allclose(steps("corrected")[0], 1)
    assert np.abs(steps("back and forth")[0][20:]).max() < 0.1
    short, as_before = steps("a spike")[0], steps("forgotten")[0]
    assert np.allclose(short[:11], 1) and short[11:].max() < 0.8 and short[-1] < 0.6
    assert as_before[11:].min() < 0.6 and as_before[-1] > 0.9


def test_the_one_that_adam_goes_by_is_in_colour():
    for correction in (True, False):
        (_, mean), (root, step), *_ = figures.inside_adam(correction=correction)
        for view, color in ((mean, "blue"), (root, "purple"), (step, "orange")):
            used = list(view.series)[correction]
            assert view.colors == {used: color} and used not in view.thin and len(view.thin) == 1


def test_a_slider_compiles_nothing_and_no_axis_jumps():
    from nnlib.course.optimizers.figures.adam import _scan

    figures.inside_adam()
    before = _scan._cache_size()
    axes = set()
    for number in np.linspace(0, 0.99, 20):
        columns = figures.inside_adam(a=number, b=number, rate=0.001 + number)[:2]
        axes.add(tuple((view.xlim, view.ylim) for column in columns for view in column))
    assert _scan._cache_size() == before and len(axes) == 1


# --- eigenvalues ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shift", [0.0, 1.5, -4.0])
def test_the_pivots_count_the_positive_eigenvalues(shift):
    S, many = matrices(7, 500), positive(7, 500, shift)
    assert S.shape == (10, 10, 500) and np.array_equal(S, S.transpose(1, 0, 2))
    for n in range(1, 11):
        values = np.linalg.eigvalsh(S[:n, :n].transpose(2, 0, 1)) + shift
        assert np.array_equal(many[n - 1], (values > 0).sum(axis=1))


def test_the_matrices_are_the_gaussian_orthogonal_ensemble():
    """Variance 1 on the diagonal and 1/2 beside it."""
    S = matrices(0, 20000)
    variances = S.var(axis=2)
    assert np.allclose(variances, (1 + np.eye(10)) / 2, atol=0.04) and abs(S.mean(axis=2)).max() < 0.04


def pfaffian(A):
    """Of an antisymmetric matrix of even size, by elimination with a search for the largest pivot."""
    A, product = A.copy(), 1.0
    for k in range(0, len(A), 2):
        j = k + 1 + int(np.argmax(np.abs(A[k, k + 1 :])))
        if j != k + 1:
            A[[k + 1, j]], product = A[[j, k + 1]], -product
            A[:, [k + 1, j]] = A[:, [j, k + 1]]
        u, v, rest = A[k, k + 2 :], A[k + 1, k + 2 :], slice(k + 2, None)
        product *= A[k, k + 1]
        A[rest, rest] += (np.outer(v, u) - np.outer(u, v)) / A[k, k + 1]
    return product


def ordered(n, low, high):
    """The integral of prod (x_j - x_i) exp(-sum x^2 / 2) over low < x_1 < ... < x_n < high, up to a factor of n alone.

    By de Bruijn, 1955: a Pfaffian of integrals over two variables, here of Hermite polynomials in place of powers.
    """
    x, w = legendre.leggauss(12)
    edges = np.linspace(low, high, 401)
    half = np.diff(edges)[:, None] / 2
    X = edges[:-1, None] + half * (1 + x)
    H = [np.ones_like(X), X]
    for k in range(1, n):
        H.append(X * H[-1] / np.sqrt(k + 1) - np.sqrt(k / (k + 1)) * H[-2])
    f = np.array(H[:n]) * np.exp(-(X**2) / 2)
    from_left = np.stack([legendre.legval(x, legendre.legint(e, lbnd=-1)) for e in np.eye(12)], 1)
    within = f @ (from_left @ np.linalg.inv(legendre.legvander(x, 11))).T * half
    panels = (f * half * w).sum(-1)
    F = within + (np.cumsum(panels, axis=1) - panels)[..., None]  # the integrals of f from low to x
    both = np.einsum("ipq,jpq,pq->ij", F, f, half * w)
    A = both - both.T
    if n % 2:
        single = panels.sum(1)[:, None]
        A = np.block([[A, single], [-single.T, np.zeros((1, 1))]])
    return pfaffian(A)


def test_the_exact_shares():
    """By the eigenvalues' density, for every dimension; and as closed forms where there are any."""
    for n, exact in enumerate(EXACT, 1):
        share = abs(ordered(n, 0, 14) / ordered(n, -14, 14))
        assert exact == pytest.approx(share, rel=1e-4), n
    assert EXACT[1] == pytest.approx((2 - 2**0.5) / 4, rel=1e-4)
    assert EXACT[2] == pytest.approx((math.pi - 2 * 2**0.5) / (4 * math.pi), rel=1e-4)
    assert [round(share, 4) for share in EXACT[:4]] == [0.5, 0.1464, 0.0249, 0.0025]


def test_the_law_for_large_n_is_the_exact_shares_but_for_slower_factors():
    """The second difference of log P tends to -(log 3) / 2, which is that of -n^2 (log 3) / 4."""
    bend = np.diff(np.log(EXACT), 2)[-3:]
    assert np.allclose(bend, -math.log(3) / 2, rtol=0.01)
    assert law(np.array([10]))[0] == pytest.approx(math.exp(-100 * math.log(3) / 4))


@pytest.mark.parametrize("draw", range(3))
def test_the_measured_shares_are_the_exact_ones_but_for_chance(draw):
    many = positive(draw, 20000)
    for n, exact in enumerate(EXACT, 1):
        for sign in (n, 0):  # all of them positive; or none, which is as likely
            count = (many[n - 1] == sign).sum()
            assert abs(count - 20000 * exact) < 4.5 * math.sqrt(20000 * exact) + 1


def shown(**values):
    return figures.eigenvalues(**values)


def test_what_is_shown_is_counted():
    curves, bars, note = shown(dimension=3, count=5000, again=2)
    values = np.linalg.eigvalsh(matrices(2, 5000)[:3, :3].transpose(2, 0, 1))
    how_many = np.bincount((values > 0).sum(1), minlength=4)
    assert isinstance(curves, Curves) and isinstance(bars, Bars)
    assert np.allclose(bars.values[:4], how_many / 50, atol=1e-4) and np.isnan(bars.values[4:]).all()
    assert curves.series["_measured"][1][2] == curves.series["_here"][1][0] == pytest.approx(how_many[3] / 5000)
    assert note.text == (
        f"n = 3, 5,000 draws: {how_many[3]} minima (all positive), {how_many[0]} maxima (none), "
        f"{how_many[1] + how_many[2]:,} saddles; no minimum from n = 5 on."
    )
    assert "from n" not in shown(dimension=3, shift=4.0)[2].text


def test_the_words_of_the_eigenvalue_presets():
    shares = {}
    for name, values in figures.eigenvalues.controls["known"].options.items():
        values = {key: value for key, value in values.items() if key != "says"}
        shares[name] = np.nan_to_num(shown(**values)[1].values) / 100, values["dimension"]
    assert shares["two"][0][2] == pytest.approx(1 / 7, rel=0.05)
    assert shares["four"][0][4] == pytest.approx(1 / 400, rel=0.2)
    ten = shares["ten"][0]
    assert ten[10] == 0 and ten[4:7].sum() > 0.95 and ten.argmax() == 5
    assert shares["ten lower down"][0][10] == pytest.approx(2 / 3, abs=0.02)


def test_the_higher_the_shift_the_more_minima():
    shares = [(positive(0, 5000, shift)[9] == 10).mean() for shift in (0.0, 2.0, 3.0, 4.0, 5.0, 6.0)]
    assert shares == sorted(shares) and shares[0] == 0 and shares[-1] > 0.99


def test_a_movement_is_fast():
    shown()
    best = []
    for shift in (0.5, 1.0, 1.5):
        start = time.perf_counter()
        shown(shift=shift)
        best.append(time.perf_counter() - start)
    assert min(best) < 0.3


def test_inside_is_in_float64():
    assert inside(SIGNALS["always 1"], 0.9, 0.999).step.dtype == np.float64
    assert not jax.config.jax_enable_x64
