"""Chapter 07, sections 1 to 4: what is drawn and printed, against the library and against what the text claims."""

import re
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.course.common.surfaces import NOTHING, SURFACES
from nnlib.course.gradient_descent import figures
from nnlib.course.gradient_descent.exercises.gradient_descent import GRADIENT_DESCENT
from nnlib.course.gradient_descent.figures import one_dimension, starts, steepest, two_dimensions
from nnlib.optim import sgd
from nnlib.train import descend
from tests.course.pieces import cells, defined

CHAPTER = "07_gradient_descent"
CELLS = cells(CHAPTER)
FOUR = SURFACES["four minima"]


@cache
def chapter() -> dict:
    """What the notebook's own cells of these sections define."""
    return defined(CHAPTER, "imports", "cases", "one_dimension", "ravines", "two_dimensions")


def value_of(name: str):
    """What a cell's last line gives."""
    *lines, last = CELLS[name].splitlines()
    space = dict(chapter())
    exec(CELLS["update_code"], space)  # the ravine, which the slip uses
    exec("\n".join(lines), space)
    return eval(last, space)


def path_of(view, index: int = 0) -> np.ndarray:
    """The points of a plane's path, at the film's end."""
    return np.asarray(view.paths[index].whole)


# --- 7.1: directions ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("w", [(-1.5, 0.5), (0.3, -1.2), (1.0, 0.0), (0.0, 0.7)])
def test_the_steps_are_those_of_the_gradient(w):
    w, h = np.array(w), 0.7
    g = np.asarray(jax.grad(SURFACES["ravine"].f)(jnp.asarray(w)))
    step = steepest.step_from(w, h)
    assert step.slope == pytest.approx(np.linalg.norm(g), rel=1e-6)
    assert np.allclose(step.down, -g / np.linalg.norm(g), atol=1e-6)
    f = SURFACES["ravine"].f
    assert f(w + h * step.best) - f(w) == pytest.approx(step.change.min())
    assert step.change[len(step.change) // 2] == pytest.approx(f(w + h * step.down) - f(w))
    turned = np.degrees(np.arccos(np.clip(step.best @ step.down, -1, 1)))
    assert abs(step.off) == pytest.approx(turned, abs=1e-4)


def test_for_short_steps_the_best_direction_is_against_the_gradient_and_for_long_ones_not():
    off = [abs(steepest.step_from(np.array([-1.5, 0.5]), h).off) for h in (0.01, 0.1, 1.0)]
    assert off[0] <= 1 and off[0] <= off[1] < off[2] and off[2] > 45


def test_the_text_says_what_the_curve_counts_in():
    step = steepest.step_from(np.array([-1.5, 0.5]), 0.01)
    ahead = step.change[len(step.change) // 2] / (0.01 * step.slope)
    assert ahead == pytest.approx(-1, abs=0.02) and "−1 is the promise kept in full" in CELLS["s1"]


def test_the_curve_becomes_the_cosine():
    curves = [figures.directions(h=h)[1] for h in (0.01, 0.1, 1.0)]
    apart = [np.abs(c.series["in_truth"][1] - c.series["the_slope_alone"][1]).max() for c in curves]
    assert apart[0] < 0.02 and apart[0] < apart[1] < apart[2]


def test_a_step_that_just_reaches_the_minimum_goes_there():
    w = np.array([-1.5, 0.5])
    step = steepest.step_from(w, float(np.linalg.norm(w)))
    assert np.allclose(step.best, -w / np.linalg.norm(w), atol=0.01)


def test_where_it_is_flat_there_is_no_direction():
    assert steepest.step_from(np.zeros(2), 1.0) is None
    plane, _, note = figures.directions(start=(0.0, 0.0))
    assert note.text == "There is no slope here: it is flat." and not plane.arrows


def test_two_names_that_would_cover_each_other_are_one():
    far, near = (figures.directions(h=h)[0].arrows for h in (1.0, 0.01))
    assert [a.label for a in far] == ["against the gradient", "best"] and [a.label for a in near] == ["", "both"]


def test_the_note_says_where_both_steps_lead():
    *_, note = figures.directions(h=1.0)
    assert note.text == "From 3.62, against the gradient to 3.3; in the best direction, 52° off, to 0.198."


def test_the_two_steps_and_the_slip_are_as_printed():
    assert value_of("update_code") == [3.62, 1.14, 0.96]
    w = np.array([-1.5, 0.5])
    down, home = -w * [1, 20], -w
    angle = np.degrees(np.arccos(down @ home / np.linalg.norm(down) / np.linalg.norm(home)))
    assert value_of("slip_fastest_code") == f"{angle:.0f}° apart" and angle > 60


# --- the exercise -------------------------------------------------------------------------------------------------


def uphill_after_each(gradient, w, rate, steps):
    points = []
    for _ in range(steps):
        w = w + rate * gradient(w)
        points.append(w)
    return points


def squared_before_each(gradient, w, rate, steps):
    points = []
    for _ in range(steps):
        points.append(w)
        w = w - gradient(w) ** 2
    return np.array(points)


@pytest.mark.parametrize("function", [uphill_after_each, squared_before_each])
def test_a_point_too_few_is_said_whatever_else_is_wrong(function):
    says = GRADIENT_DESCENT.check(function).says
    assert says == "3 points, but 3 steps have 4: the one before any step, and one after each."


def test_other_wrong_forms_are_said_as_before():
    fewer, more = (lambda gradient, w, rate, steps: [w] * (steps - 1)), (lambda gradient, w, rate, steps: [w] * 6)
    for function in (fewer, more):
        assert GRADIENT_DESCENT.check(function).says.startswith("It should give an array of shape (4,), but gives")
    assert "It should take 4 values" in GRADIENT_DESCENT.check(lambda gradient, w, rate: w).says
    assert GRADIENT_DESCENT.check(lambda gradient, w, rate, steps: ...).state == "not attempted yet"


# --- 7.2: one dimension ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", [0.01, 0.3, 1.0, 1.8, 2.0, 2.1, 10.0])
@pytest.mark.parametrize("k", [0.2, 1.0, 1.5])
def test_the_distance_is_a_power_of_the_factor_and_the_librarys(rate, k):
    _, curves, _ = chapter()["one_dimension"](rate=rate, k=k, start=(-2.5, 5.0))
    distance = curves.series["distance"][1]
    by_formula = 2.5 * np.abs(1 - rate * k) ** np.arange(31)
    shown = by_formula > 1.001 * one_dimension.LEAST
    assert np.allclose(distance[shown], np.minimum(by_formula, one_dimension.MOST)[shown], rtol=1e-4)
    assert (distance[~shown] <= 1.002 * one_dimension.LEAST).all()
    with jax.enable_x64(True):
        run = descend(lambda w: k * w**2 / 2, -2.5, sgd(rate), 30)
        assert np.allclose(np.abs(run.path), by_formula, rtol=1e-6, atol=1e-12)


def test_a_stair_goes_sideways_and_then_to_the_curve():
    film = one_dimension.stairs(1.0, np.array([-2.0, -1.0, -0.5]))
    wanted = [[-2, 2], [-1, 2], [-1, 0.5], [-0.5, 0.5], [-0.5, 0.125]]
    assert np.allclose(film.frames[-1], wanted)
    assert [int(np.isfinite(frame).all(1).sum()) for frame in film.frames] == [1, 3, 5]


def test_a_ball_that_flies_off_is_drawn_as_far_as_the_frame_and_said():
    plane, curves, note = chapter()["one_dimension"](rate=10.0, k=1.0)
    last = path_of(plane, 2)
    finite = last[np.isfinite(last).all(1)]
    assert len(finite) < len(last) and np.abs(finite[:, 0]).max() <= one_dimension.FAR
    assert note.tone == "bad" and "beyond 1000 after 3 steps" in note.text and "below 2/k = 2." in note.text
    assert 2.5 * 9**2 < 1000 < 2.5 * 9**3 and curves.series["distance"][1].max() > curves.ylim[1]


@pytest.mark.parametrize("name", ["slow", "best", "oscillating", "diverging"])
def test_the_words_of_the_presets_in_one_dimension(name):
    option = {**chapter()["cases"].options[name]}
    option.pop("says")
    w = [-2.5]
    for _ in range(30):
        w.append(w[-1] - option["rate"] * option["k"] * w[-1])
    w = np.array(w)
    said = {"slow": "slow", "best": "one step", "oscillating": "oscillating", "diverging": "diverging"}[name]
    assert figures.pace(option["rate"], option["k"]) == said
    assert f": {said}" in chapter()["one_dimension"](**option)[-1].text
    sides = np.unique(np.sign(w[np.abs(w) > 1e-9]))
    if name == "slow":
        assert len(sides) == 1 and abs(w[-1]) > 0.2 * 2.5  # a fifth of the way is left
    if name == "best":
        assert not w[1:].any()
    if name == "oscillating":
        assert len(sides) == 2 and (np.diff(np.abs(w)) < 0).all()
    if name == "diverging":
        assert len(sides) == 2 and (np.diff(np.abs(w)) > 0).all()


def test_the_pace_has_a_word_at_and_between_the_limits():
    words = [figures.pace(share / 0.7, 0.7) for share in (0.1, 0.5, 1.0, 1.5, 2.0, 2.5)]
    assert words == ["slow", "from one side", "one step", "oscillating", "to and fro", "diverging"]


def test_at_the_limit_it_goes_to_and_fro_for_ever():
    _, curves, note = chapter()["one_dimension"](rate=2.0, k=1.0)
    assert np.allclose(curves.series["distance"][1], 2.5) and note.tone == "plain"
    assert (
        note.text == "Each step multiplies w by 1 − ηk = −1: to and fro for ever, never nearer. Take η below 2/k = 2."
    )
    *_, note = chapter()["one_dimension"](rate=1.6, k=1.25)
    assert "for ever, never nearer. Take η below 2/k = 1.6." in note.text
    for near in (1.98, 1.9):
        assert "for ever" not in chapter()["one_dimension"](rate=near, k=1.0)[-1].text


def test_the_parabola_fills_the_picture():
    plane, *_ = chapter()["one_dimension"](k=1.0)
    _, right, bottom, top = plane.bounds
    assert 0.9 * top < right**2 / 2 < top and -0.1 * top < bottom < 0 and plane.aspect == 1


def test_no_curve_of_these_sections_runs_along_the_bottom_of_its_axis():
    one = chapter()["one_dimension"](rate=1.0, k=1.0)[1]
    two = chapter()["two_dimensions"](kappa=20.0, rate=0.09)[1][0]
    height = figures.basins(rate=0.05)[2]
    for curves, name in ((one, "distance"), (two, "across"), (height, "height")):
        y = np.asarray(curves.series[name][1])
        assert 0 < y[-1] < curves.ylim[0] and (np.abs(y / curves.ylim[0] - 1) > 1e-3).all()  # it leaves below


def test_a_start_in_the_minimum_stays():
    *_, note = chapter()["one_dimension"](rate=10.0, start=(0.0, 2.0))
    assert note.text.startswith("You start in the minimum") and note.tone == "plain"


def test_only_the_curvature_at_the_minimum_counts():
    assert value_of("one_code") == ["0.000", "0.000", "0.001", "0.388"]
    f = lambda w: jnp.log(jnp.cosh(w - 3.0))  # noqa: E731
    path = np.asarray(descend(f, 3.1, sgd(2.1), 60).path)
    assert abs(path[-1] - 3) > 2 * abs(path[0] - 3) and (path[-2] - 3) * (path[-1] - 3) < 0  # away, and to and fro
    assert np.allclose(path[-1], path[-3], atol=1e-3)  # where it stays
    bend = jax.grad(jax.grad(f))
    assert bend(3.0) == pytest.approx(1.0) and bend(float(path[-1])) < 0.9


# --- 7.3: two dimensions -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kappa", [1.0, 4.0, 20.0, 100.0])
def test_the_best_rate_is_best_and_its_factor_is_kappa_less_one_by_kappa_more_one(kappa):
    best = figures.best_rate(1, kappa)
    assert figures.factor(best, 1, kappa) == pytest.approx((kappa - 1) / (kappa + 1))
    for other in np.linspace(0.01, 2 / kappa, 200):
        assert figures.factor(other, 1, kappa) >= figures.factor(best, 1, kappa) - 1e-12
    assert figures.factor(2 / kappa, 1, kappa) == pytest.approx(1)
    assert figures.factor(2.01 / kappa, 1, kappa) > 1


@pytest.mark.parametrize("kappa", [2.0, 20.0, 100.0])
def test_the_steps_needed_are_those_that_descent_takes(kappa):
    k = np.array([1.0, kappa])
    w, steps = np.ones(2), 0
    while np.abs(w).max() > 1e-6:
        w, steps = w - figures.best_rate(1, kappa) * k * w, steps + 1
    assert steps == int(np.ceil(figures.steps_needed(kappa)))


def test_the_steps_grow_in_proportion_to_kappa():
    assert figures.steps_needed(200) / figures.steps_needed(100) == pytest.approx(2, rel=0.01)
    assert figures.steps_needed(1.0) == 1


@pytest.mark.parametrize("rate", [0.01, 0.095, 0.11, 2.2])
def test_the_path_is_the_librarys(rate):
    plane, (distances, _), _ = chapter()["two_dimensions"](rate=rate, kappa=20.0, start=(-1.8, 1.0))
    with jax.enable_x64(True):
        f = SURFACES["ravine"].f
        path = np.asarray(descend(f, np.array([-1.8, 1.0], np.float32).astype(float), sgd(rate), 100).path)
    drawn = path_of(plane)
    near = np.isfinite(drawn).all(1)
    assert np.allclose(drawn[near], path[near], rtol=1e-4, atol=1e-6)
    far = np.flatnonzero(np.abs(path).max(axis=1) >= two_dimensions.FAR)
    assert near.sum() == (far[0] + 1 if len(far) else len(path))  # the step that leaves is drawn, and none after it
    assert 5 * two_dimensions.FRAME[1] == two_dimensions.FAR
    across = np.clip(np.abs(path[:, 1]), NOTHING, two_dimensions.MOST)
    assert np.allclose(distances.series["across"][1], across, rtol=1e-3, atol=2e-8)


@pytest.mark.parametrize("name", ["round", "too small", "as good as it gets", "diverges"])
def test_the_words_of_the_presets_in_two_dimensions(name):
    option = {**chapter()["ravines"].options[name]}
    option.pop("says")
    _, (distances, _), note = chapter()["two_dimensions"](**option, start=(-1.8, 1.0))
    along, across = (distances.series[side][1] for side in ("along", "across"))
    if name == "round":
        assert max(along[1], across[1]) <= two_dimensions.LEAST
    if name == "too small":
        assert across[-1] < 1e-6 and along[-1] > 0.3 * along[0]
    if name == "as good as it gets":
        assert along[51] / along[50] == pytest.approx(across[51] / across[50], rel=0.01)
        assert option["rate"] == pytest.approx(figures.best_rate(1, option["kappa"]), rel=0.01)
    if name == "diverges":
        assert across[-1] > 1000 and along[-1] < 1e-3 and note.tone == "bad" and "Take η below 2/κ = 0.1" in note.text


def test_the_note_says_the_factor():
    *_, note = chapter()["two_dimensions"](rate=0.09, kappa=20.0)
    wanted = "Each step multiplies the distance by 0.91; at best 0.905, with η = 2/(1 + κ) = 0.0952. Limit: 2/κ = 0.1."
    assert note.text == wanted and max(abs(1 - 0.09), abs(1 - 0.09 * 20)) == pytest.approx(0.91)
    *_, note = chapter()["two_dimensions"](rate=0.11, kappa=20.0)
    steps = int(note.text.split("beyond 1000 after ")[1].split(" ")[0])
    assert 1.2 ** (steps - 1) <= 1000 < 1.2**steps


def test_the_best_rate_is_said_apart_from_the_limit_and_the_slider_has_it():
    two = chapter()["two_dimensions"]
    *_, note = two(rate=0.0198, kappa=100.0)
    assert "multiplies the distance by 0.98; at best 0.98, with η = 2/(1 + κ) = 0.0198. Limit: 2/κ = 0.02." in note.text
    for kappa in (20.0, 100.0):
        assert min(abs(stop - figures.best_rate(1, kappa)) for stop in two.controls["rate"].stops) < 5e-5


@pytest.mark.parametrize("kappa", [1.0, 1.37, 20.0, 100.0])
def test_the_notes_numbers_have_at_most_three_digits(kappa):
    for rate in chapter()["two_dimensions"].controls["rate"].stops:
        *_, note = chapter()["two_dimensions"](rate=rate, kappa=kappa)
        numbers = re.findall(r"\d+\.?\d*(?:e-?\d+)?", note.text.replace("beyond 1000", ""))
        digits = [number.split("e")[0].replace(".", "").strip("0") for number in numbers]
        assert max(map(len, digits)) <= 3, note.text


def test_the_steps_against_kappa_have_no_kink_at_1_and_the_spot_lies_inside():
    _, (_, needed), _ = chapter()["two_dimensions"](kappa=1.0, rate=1.0)
    steps = np.asarray(needed.series["steps"][1])
    assert steps[0] == 1 and np.diff(np.log(steps)).max() < 0.15  # at κ = 1 it rises without a leap
    assert needed.xlim[0] < 1 and needed.ylim[0] < 1


def test_the_factor_by_running_is_the_one_of_the_formula():
    assert value_of("two_code") == "0.905 as it is, 0.905 by the formula"


# --- 7.4: basins -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("surface", [FOUR, SURFACES["saddle"], SURFACES["plateau"]], ids=lambda s: s.name)
@pytest.mark.parametrize("rate", [0.005, 0.05, 0.15])
def test_a_basin_is_where_descend_ends(surface, rate):
    left, right, bottom, top = surface.bounds
    places = np.random.default_rng(0).uniform((left, bottom), (right, top), (60, 2)).astype(np.float32)
    homes = figures.ends(surface, rate, places)
    agree = []
    for start, home in zip(places, homes, strict=True):
        before, last = np.asarray(descend(surface.f, start, sgd(rate), starts.STEPS).path[-2:])
        far = np.linalg.norm(np.array(surface.minima) - last, axis=1)
        rests = far.min() < starts.NEAR and np.linalg.norm(last - before) < starts.REST
        agree.append(home == (int(far.argmin()) if rests else starts.NONE))
    assert np.mean(agree) > 0.96  # at a border the rounding of another program may decide


def test_each_start_has_the_pixel_of_its_place():
    homes = figures.ends(FOUR, 0.01).reshape(starts.PIXELS, starts.PIXELS)
    for number, (x, y) in enumerate(FOUR.minima):
        column, row = (round((v + 5) / 10 * (starts.PIXELS - 1)) for v in (x, y))
        assert homes[row, column] == number
    _, chart, *_ = figures.basins()
    assert len(np.unique(np.round(chart.field, 3))) == 4
    _, chart, *_ = figures.basins(rate=0.2)
    assert 0.5 in chart.field  # the page's own colour: what does not arrive


def test_two_neighbours_on_the_map_have_two_colours():
    (_, chart, *_), middle = figures.basins(), starts.PIXELS // 2
    right, upper, left, lower = (chart.field[i, j] > 0.5 for i, j in ((90, 90), (90, 20), (20, 20), (20, 90)))
    assert right == left != upper == lower and middle == 60
    shades = np.sort(np.abs(np.array(starts.TINTS[4]) - 0.5))
    assert shades[0] >= 0.25 and shades[2] - shades[0] > 0.2  # seen beside the page and beside each other


def test_the_sharpest_minimum_is_lost_first_and_at_the_limit_that_is_printed():
    assert value_of("basins_code") == {"A": "η < 0.24", "B": "η < 0.25", "C": "η < 0.15", "D": "η < 0.19"}
    has = {rate: set(figures.ends(FOUR, rate).tolist()) for rate in (0.14, 0.16, 0.2)}
    assert {0, 1, 2, 3} <= has[0.14]
    near_c = np.array(FOUR.minima[2]) + np.random.default_rng(0).normal(0, 0.3, (200, 2))
    assert (figures.ends(FOUR, 0.14, near_c) == 2).all() and not (figures.ends(FOUR, 0.16, near_c) == 2).any()
    near_d = np.array(FOUR.minima[3]) + np.random.default_rng(0).normal(0, 0.3, (200, 2))
    assert (figures.ends(FOUR, 0.18, near_d) == 3).all() and not (figures.ends(FOUR, 0.2, near_d) == 3).any()
    largest = np.linalg.eigvalsh(jax.hessian(FOUR.f)(jnp.array(FOUR.minima[2])))[-1]
    assert largest == pytest.approx(13.4, abs=0.05)


def test_above_its_limit_what_started_at_the_sharp_minimum_goes_to_and_fro_there():
    start = np.float32(FOUR.minima[2]) + np.float32([0.1, 0.1])
    path = np.asarray(descend(FOUR.f, start, sgd(0.16), 500).path)[-100:] - np.array(FOUR.minima[2])
    assert np.abs(path).max() < 1.5 and np.linalg.norm(path, axis=1).min() > starts.NEAR


def test_a_run_that_leaps_past_a_minimum_has_not_arrived():
    minimum = np.array(FOUR.minima[0])
    near, still, gone = minimum + [0.05, 0.0], minimum + [0.051, 0.0], np.array([np.nan, np.inf])
    before, w = np.array([minimum - [0.05, 0.0], still, gone]), np.array([near, near, gone])
    assert starts.arrival(FOUR, before, w).tolist() == [starts.NONE, 0, starts.NONE]
    for rate, lost in ((0.15, 2), (0.19, 3), (0.26, 3)):  # just above its limit, and a long way round past D
        before, w = map(np.asarray, starts._last(FOUR.f, starts.grid(FOUR.bounds, 60), jnp.float32(rate)))
        away = np.linalg.norm(w - np.array(FOUR.minima[lost]), axis=1)
        passing = (away < starts.NEAR) & (np.linalg.norm(w - before, axis=1) > starts.REST)
        assert passing.sum() > 20 and (starts.arrival(FOUR, before, w)[passing] == starts.NONE).all()


def test_larger_steps_leave_islands():
    """Starts in the upper half, right of the middle, belong to A with small steps; at 0.14 some of them end in D."""
    small, large = (figures.ends(FOUR, rate).reshape(starts.PIXELS, -1)[80:, 80:] for rate in (0.05, 0.14))
    assert set(small.ravel().tolist()) == {0} and 3 in large


def test_on_the_plateau_far_starts_arrive_nowhere():
    *_, note = figures.basins(surface="plateau", rate=0.01, start=(-2.8, 2.8))
    assert note.tone == "bad" and "arrives nowhere" in note.text
    *_, note = figures.basins(surface="plateau", rate=0.01, start=(-0.5, 0.5))
    assert note.tone == "good" and note.text.startswith("This start ends in A.")


def test_a_path_that_diverges_says_where():
    *_, note = figures.basins(rate=0.3, start=(5.0, 5.0))
    run = descend(FOUR.f, np.float32([5, 5]), sgd(0.3), starts.STEPS)
    assert (
        int(run.diverged) >= 0
        and "it diverged: no number at step" in note.text
        and "smaller learning rate" in note.text
    )


def test_the_shares_of_what_does_not_arrive_are_said():
    one = np.zeros((2, 2))
    said = [starts._note(0, one, np.array(homes)).text for homes in ([0] * 4, [0] * 999 + [-1], [0, -1], [-1] * 4)]
    assert [text.split(". ")[1] for text in said] == [
        "All starts arrive.", "Nearly all starts arrive.", "50 % of all starts do not arrive.",
        "Hardly any start arrives.",
    ]  # fmt: skip


def test_exactly_on_the_ridge_it_ends_on_the_saddle():
    path = np.asarray(descend(SURFACES["saddle"].f, jnp.array([-1.6, 0.0]), sgd(0.05), 500).path)
    assert not path[:, 1].any() and abs(path[-1, 0]) < 1e-6


def test_near_the_border_of_the_saddle_a_path_waits_on_the_ridge():
    path = np.asarray(descend(SURFACES["saddle"].f, jnp.array([-1.6, 0.01]), sgd(0.02), 500).path)
    near = np.linalg.norm(path, axis=1) < 0.3
    assert 20 < near.sum() < 400 and abs(path[-1, 1]) == pytest.approx(1, abs=1e-3)


def test_a_nudge_takes_as_long_as_printed_and_the_factor_is_that_of_the_text():
    steps = value_of("nudge_code")
    assert steps == {1e-2: 43, 1e-4: 91, 1e-6: 139}
    grow = np.log(1e2) / np.log(1 + 2 * 0.05)  # how many steps make y a hundred times as large
    assert steps[1e-4] - steps[1e-2] == pytest.approx(grow, abs=1)
    assert steps[1e-6] - steps[1e-4] == pytest.approx(grow, abs=1)


def test_a_rate_below_the_limit_lowers_the_loss_at_each_step():
    for start in ((4.0, 4.0), (-4.5, 1.0), (0.0, -4.0)):
        run = descend(FOUR.f, jnp.array(start), sgd(0.005), 200)
        assert (np.diff(np.asarray(run.losses)) <= 1e-6).all()


def test_no_slider_compiles_anew():
    for surface in ("four minima", "saddle", "plateau"):
        figures.basins(surface=surface)
    before = starts._last._cache_size()
    for rate in figures.basins.controls["rate"].stops[::3]:
        figures.basins(rate=rate, start=(rate, -rate))
    assert starts._last._cache_size() == before


# --- the questions -----------------------------------------------------------------------------------------------


def test_the_answers_are_right():
    rates = {"which_edge": 1 - 2.0, "which_rate": 1 - 2 / 50 * 1}
    assert rates["which_edge"] == -1 and rates["which_rate"] == pytest.approx(0.96)
