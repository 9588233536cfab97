"""Chapter 08: the race beside optax in float64, the words of its presets, the map, and what the text claims."""

import time
from functools import cache

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from nnlib import optim
from nnlib.course.common import learner
from nnlib.course.common.optimizers import KINDS, make
from nnlib.course.common.surfaces import SURFACES
from nnlib.course.optimizers import figures
from nnlib.course.optimizers.figures import networks, pairs, race, real, sensitivity
from nnlib.course.optimizers.figures.steps import curvatures
from nnlib.course.optimizers.figures.team import STEPS, run
from nnlib.live import Cell, Handle, Note
from nnlib.losses import binary_cross_entropy
from nnlib.train import descend, fit
from tests.course.pieces import defined

GROUNDS = [*SURFACES.values(), figures.FLOWERS, figures.CUT]
RAVINE = SURFACES["ravine"]


@cache
def chapter() -> dict:
    """What the notebook's own cells define: its functions, its presets, its live pieces."""
    names = ("imports", "rolling_presets", "rolling", "look_ahead", "descents", "ravines", "memory", "newton",
             "newton_step", "mine", "race", "sensitivity", "network_map", "digits")  # fmt: skip
    return defined("08_optimizers", *names)


def numbers(name: str, **over) -> dict:
    """The numbers that a runner starts with."""
    return {key: control.value for key, control in KINDS[name].numbers.items()} | over


# --- the race ----------------------------------------------------------------------------------------------------

OPTAX = {
    "sgd": lambda rate: optax.sgd(rate),
    "momentum": lambda rate, a: optax.sgd(rate, a),
    "nesterov": lambda rate, a: optax.sgd(rate, a, nesterov=True),
    "adagrad": lambda rate: optax.adagrad(rate, initial_accumulator_value=0.0, eps=0.0),  # there eps is under the root
    "rmsprop": lambda rate, b: optax.rmsprop(rate, b, eps_in_sqrt=False),
    "adam": lambda rate, a, b: optax.adam(rate, a, b),
}


@pytest.mark.parametrize("surface", [figures.FLOWERS, figures.CUT], ids=lambda s: s.name)
@pytest.mark.parametrize("name", OPTAX)
def test_every_path_over_a_real_model_is_optaxs_to_1e_5(name, surface):
    """The surfaces of formulas are in tests/train/test_descent.py; here the race's own call, noise and all."""
    track = run(surface.f, surface.start, name, **({"eps": 0.0} if name == "adagrad" else {}))
    with jax.enable_x64(True):
        other = descend(surface.f, np.array(surface.start), OPTAX[name](**numbers(name)), STEPS)
    steps = slice(180) if name == "rmsprop" else slice(None)  # at the bottom it trembles, and any rounding tells
    np.testing.assert_allclose(track.path[steps], np.asarray(other.path)[steps], rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose(track.path[1], np.asarray(other.path)[1], rtol=1e-10, atol=1e-10)


def test_without_noise_a_path_is_the_one_without_the_wrapper():
    with jax.enable_x64(True):
        bare = descend(RAVINE.f, np.array(RAVINE.start), optim.adam(0.1), STEPS)
    np.testing.assert_allclose(run(RAVINE.f, RAVINE.start, "adam", rate=0.1).path, bare.path, atol=1e-13)


def test_noise_is_the_same_for_everyone_and_of_the_size_that_is_said():
    still, pushed = (run(lambda w: 0.0 * w.sum(), (0, 0), "sgd", rate=1.0, noise=noise) for noise in (0.0, 0.5))
    pushes = np.diff(pushed.path, axis=0)
    assert not still.path.any() and np.std(pushes) == pytest.approx(0.5, rel=0.05)
    again = run(lambda w: 0.0 * w.sum(), (0, 0), "sgd", rate=2.0, noise=0.5)
    np.testing.assert_allclose(np.diff(again.path, axis=0), 2 * pushes)


@pytest.mark.parametrize("surface", GROUNDS, ids=lambda s: s.name)
def test_no_place_of_the_frame_is_lower_than_the_lowest(surface):
    from nnlib.course.common.surfaces import heights_of

    low = heights_of(surface).min() - surface.lowest
    assert -1e-12 <= low < 0.1 and surface.bounds[0] < surface.start[0] < surface.bounds[1]


def test_the_lowest_place_of_a_real_surface_is_flat():
    with jax.enable_x64(True):
        end = descend(figures.FLOWERS.f, np.array([8.0, 0.4]), optim.newton(), 30)
        g = np.asarray(jax.grad(figures.FLOWERS.f)(end.path[-1]))
    assert np.abs(g).max() < 1e-12 and float(end.losses[-1]) == pytest.approx(figures.FLOWERS.lowest, abs=1e-12)


def test_the_cut_is_the_networks_own_loss():
    theta, u, v, (X, y) = real._cut()
    model = jax.tree.map(lambda w, u, v: np.float32(w + 0.5 * u - 0.25 * v), theta, u, v)
    loss = float(binary_cross_entropy(model(np.float32(X)), np.int32(y)).mean())
    with jax.enable_x64(True):
        assert float(figures.CUT.f(np.array([0.5, -0.25]))) == pytest.approx(loss, rel=1e-4)


def settle(name: str) -> dict:
    """The tracks of a situation, and how far above the lowest place each ends."""
    piece = chapter()["race"]
    values = {key: value for key, value in figures.SITUATIONS[name].items() if key != "says"}
    piece.reset().set(**values)
    runners = {n: values[n] for n in KINDS}
    tracks = figures.run_race(values["surface"].f, Handle(*values["start"]), runners, values["noise"])
    piece.reset()
    return {n: (race.arrival(values["surface"], t), t.path[-1], t.losses[-1] - values["surface"].lowest)
            for n, t in tracks.items()}  # fmt: skip


def test_the_situations_show_what_they_say():
    bent = settle("bent valley")
    assert {n: step for n, (step, *_) in bent.items()} == {"sgd": None, "momentum": None, "adam": 404}
    assert 1e-3 < bent["momentum"][2] < 1.3e-3 and bent["sgd"][2] > 0.04
    away = settle("plateau")
    assert away["adam"][0] and not away["sgd"][0] and not away["momentum"][0]
    for _, place, _ in settle("ridge").values():
        np.testing.assert_allclose(place, [0, 0], atol=1e-3)  # the saddle
    for _, place, above in settle("ridge with noise").values():
        assert abs(abs(place[1]) - 1) < 0.05 and above < 0.01  # at one of the two minima
    newton = settle("Newton")
    np.testing.assert_allclose(newton["newton"][1], [0, 0], atol=1e-8)
    assert newton["sgd"][0]
    ends = {n: np.round(place, 2).tolist() for n, (_, place, _) in settle("two minima").items()}
    assert ends == {"sgd": [3.58, -1.85], "adam": [3.0, 2.0]}
    runners = {n: numbers(n) for n in ("sgd", "momentum", "adam")}
    tracks = figures.run_race(SURFACES["four minima"].f, figures.SITUATIONS["two minima"]["start"], runners)
    assert [race.arrival(SURFACES["four minima"], t) for t in tracks.values()] == [43, 95, 95]
    flowers = settle("flowers")
    assert flowers["momentum"][2] < 0.1 < 10 < min(flowers[n][2] for n in ("sgd", "adam"))
    forgetful = settle("flowers, b = 0.9")
    assert [n for n, (step, *_) in forgetful.items() if step] == ["adam"] and forgetful["adam"][0] == 263


def test_the_settings_of_the_rolling_ball_are_what_they_say():
    option = chapter()["settings"].options

    def arrives(name, **numbers):
        return race.arrival(RAVINE, run(RAVINE.f, RAVINE.start, name, **numbers))

    def both(name):
        rate, a = option[name]["rate"], option[name]["a"]
        return arrives("sgd", rate=rate), arrives("momentum", rate=rate, a=a)

    walker, ball = both("no memory")
    assert walker == ball
    assert both("well set") == (40, 16) and both("small steps") == (183, 43)
    walker, ball = both("too heavy")
    path = run(RAVINE.f, RAVINE.start, "momentum", rate=0.09, a=0.99).path[:, 0]
    assert ball is None and np.diff(np.sign(path)).any() and np.abs(path).max() < 2
    slow = run(RAVINE.f, RAVINE.start, "sgd", rate=0.02).path[:, 1]
    leaping = run(RAVINE.f, RAVINE.start, "sgd", rate=0.09).path[:, 1]
    assert (slow[:20] > 0).all() and (leaping[:40:2] > 0).all() and (leaping[1:40:2] < 0).all()
    piece = chapter()["rolling"]
    troubles = [view.text for view in piece(rate=0.2, a=0.9, start=Handle(*RAVINE.start)) if isinstance(view, Note)]
    assert [text.split(":")[0] for text in troubles[1:3]] == ["Gradient descent", "Momentum"]
    assert all("does not come back" in text for text in troubles[1:3])


def test_across_it_is_done_early_and_momentum_adds_up_the_pushes_along():
    curvature = np.array([1.0, 20.0])

    def done(name, **more):  # along the floor, and across
        path = run(RAVINE.f, RAVINE.start, name, rate=0.09, **more).path
        return [
            int(np.nonzero(0.5 * k * w**2 >= race.LOW)[0].max()) + 1 for k, w in zip(curvature, path.T, strict=True)
        ]

    assert done("sgd") == [40, 22] and done("momentum", a=0.5) == [15, 15]


def test_before_the_floor_momentum_is_lower_for_one_step():
    def heights(look_ahead, steps=21, a=0.9, rate=0.03):
        w = np.array([-1.6, 0.9])
        v = np.array([-1.1, 0.5]) - w
        for _ in range(steps):
            v = a * v - rate * np.array([1.0, 20.0]) * (w + look_ahead * a * v)
            w = w + v
            yield float(RAVINE.f(w))

    momentum, nesterov = (list(heights(look)) for look in (0, 1))
    assert momentum[0] < nesterov[0] and max(momentum[1:]) > 10 * max(nesterov[1:])


def test_who_is_gone_and_who_has_come_to_stay():
    def track(heights):
        return race.Track(np.zeros((len(heights), 2)), np.array(heights))

    bowl = SURFACES["bowl"]
    assert race.arrival(bowl, track([1.0] + [1e-4] * 51)) == 1
    assert race.arrival(bowl, track([1.0] + [1e-4] * 50)) is None  # for too short a time
    assert race.arrival(bowl, track([1.0, np.nan] + [1e-4] * 60)) == 2
    assert race.departure(bowl, track([1.0, 2.0, 5000.0, 6000.0])) == 2
    assert race.departure(bowl, track([1.0, 5000.0, 2.0])) is None
    assert race.departure(bowl, track([4.0, 3.0, np.inf, np.nan])) == 2


# --- the learner's own -------------------------------------------------------------------------------------------


def raises(g, memory):
    raise KeyError("oops")


def one_number(g, memory):
    return g.sum(), memory


def no_pair(g, memory):
    return -0.1 * g


def growing_memory(g, memory):
    return -0.1 * g, jnp.concatenate([memory, memory])


def no_number(g, memory):
    return g / 0.0 * jnp.nan, memory


def for_ever(g, memory):
    while True:
        pass


@pytest.mark.parametrize(
    ("mine", "says"),
    [
        (raises, "KeyError: 'oops'"),
        (one_number, "expected a step of shape (2,), like the gradient, got ()"),
        (no_pair, "expected a pair (step, memory)"),
        (growing_memory, "expected a memory of the same shape at every step"),
        (no_number, "diverged: no number at step 1"),
        (lambda g: g, "give it these two parameters"),
        ([1, 2], "expected a function (g, memory) -> (step, memory)"),
    ],
)
def test_a_runner_that_fails_is_named_and_the_others_run_on(mine, says):
    tracks = figures.run_race(RAVINE.f, Handle(*RAVINE.start), {"sgd": {"rate": 0.05}}, 0.0, mine)
    *_, note = figures.race_views(RAVINE, Handle(*RAVINE.start), tracks)[:4]
    assert note.text.startswith("Yours: ") and says in note.text
    assert race.arrival(RAVINE, tracks["sgd"]) == 73


def test_a_runner_that_never_returns_is_ended_and_not_started_again(monkeypatch):
    monkeypatch.setattr(learner, "SECONDS", 0.3)
    threads = lambda: [t for t in __import__("threading").enumerate() if t.name == "nnlib-learner"]  # noqa: E731
    before = len(threads())
    for slow in (True, False):
        began = time.perf_counter()
        tracks = figures.run_race(RAVINE.f, Handle(*RAVINE.start), {"sgd": {"rate": 0.05}}, 0.0, for_ever)
        assert "not back after" in tracks["own"].trouble and race.arrival(RAVINE, tracks["sgd"]) == 73
        assert slow == (time.perf_counter() - began > 0.25)
    time.sleep(0.5)
    assert len(threads()) == before


@pytest.mark.parametrize("mine", [optax.adam(0.1), optim.adam(0.1)], ids=["optax", "ours"])
def test_an_optimizer_runs_as_it_is(mine):
    (track,) = figures.run_race(RAVINE.f, Handle(*RAVINE.start), {}, 0.0, mine).values()
    np.testing.assert_allclose(track.path, run(RAVINE.f, RAVINE.start, "adam", rate=0.1).path, atol=1e-5)


# --- the map -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", figures.PAIRS)
def test_a_cell_of_the_map_is_the_run_that_is_shown_for_it(name):
    pair, start = figures.PAIRS[name], (-1.8, 1.2)
    heights = sensitivity.surface_map(RAVINE, name, start)
    assert heights.shape == (32, 32)
    for column, row in ((3, 20), (17, 9), (30, 30)):
        at = Cell(row, column)
        with jax.enable_x64(True):
            alone = descend(RAVINE.f, np.array(start), make(pair.optimizer, **pair.at(at)), 200)
        np.testing.assert_allclose(heights[row, column], float(alone.losses[-1]), rtol=1e-6)


def test_a_cell_of_the_networks_map_is_one_training():
    name = "Adam: η, a"
    pair, (model, data) = figures.PAIRS[name], networks.new_network(5)
    at = Cell(20, 14)
    run = fit(model, data, binary_cross_entropy, make(pair.optimizer, **pair.at(at)), 200)
    loss = float(binary_cross_entropy(run.model(data[0]), data[1]).mean())
    assert networks.network_map(name, 5).final[20, 14] == pytest.approx(loss, rel=1e-3)


def test_the_network_is_made_of_numbers_whoever_asks_first():
    networks.new_network.cache_clear()
    jax.jit(lambda x: x + networks.new_network()[1][0].sum())(0.0)
    assert np.isfinite(np.asarray(networks.new_network()[1][0])).all()


def test_momentum_diverges_where_the_text_says():
    """eta < 2 (1 + a) / k on a parabola; for Nesterov, 2 (1 + a) / ((1 + 2a) k)."""
    rates, shares = pairs.RATE.values, pairs.A.values[:, None]
    for name, limit in (("momentum: η, a", 2 * (1 + shares)), ("Nesterov: η, a", 2 * (1 + shares) / (1 + 2 * shares))):
        share = rates / (limit / 20)  # of the limit; k = 20
        heights = sensitivity.surface_map(RAVINE, name, RAVINE.start)
        assert (heights[share > 1.3] > 1e3).all() or np.isnan(heights[share > 1.3]).any()
        assert (heights[share < 0.95] < 1e3).all()


def test_the_widths_of_the_blue_are_as_the_text_says():
    """Of 1,024 trainings of the network: how many come below 0.03, and over how many powers of ten of the rate."""
    middles = []
    for seed in (4, 5, 6):
        runs = {name: networks.network_map(name, seed) for name in ("momentum: η, a", "Adam: η, a", "Adam: η, b")}
        low = {name: run.final < 0.03 for name, run in runs.items()}
        assert low["momentum: η, a"].mean() == pytest.approx(0.25, abs=0.04)
        assert low["Adam: η, a"].mean() == pytest.approx(0.5, abs=0.05)
        decades = low["Adam: η, a"].sum(axis=1) * 4 / 31
        assert decades.min() > 1.5
        middles.append(np.median(decades))  # in steps of 0.13, and a rounding can make one
        assert not low["Adam: η, b"][0].any() and low["Adam: η, b"][-6:].mean() > 2 * low["Adam: η, b"][:16].mean()
        assert runs["momentum: η, a"].final.min() < runs["Adam: η, a"].final.min()
        assert (~(runs["Adam: η, a"].final <= runs["Adam: η, a"].losses[0, 0, 0])).sum() > 50  # it fails as well
    assert np.mean(middles) == pytest.approx(2, abs=0.2)


def test_the_best_cell_of_the_ravine_is_where_theory_has_it():
    heights = sensitivity.surface_map(RAVINE, "momentum: η, a", RAVINE.start)
    row, column = np.unravel_index(np.nan_to_num(heights, nan=np.inf).argmin(), heights.shape)
    k = np.sqrt([1.0, 20.0])
    a, rate = ((k[1] - k[0]) / (k[1] + k[0])) ** 2, 4 / (k[0] + k[1]) ** 2
    assert (round(a, 2), round(rate, 2)) == (0.4, 0.13)
    assert abs(pairs.A.values[row] - a) < 0.1 and abs(np.log10(pairs.RATE.values[column] / rate)) < 0.15


def test_what_ended_higher_than_it_began_has_a_colour_of_its_own():
    pair, ends = figures.PAIRS["momentum: η, a"], np.full((32, 32), 4.0)
    ends[0, :7] = [1e-12, 1e-5, 2.0, 4.0, 5.0, np.inf, np.nan]
    heat = sensitivity._map(pair, ends, 4.0, Cell(0, 6), sensitivity.HEIGHTS)
    shades = heat.scale.shares(heat.values)[0, :7]
    assert shades[0] == 0 and (np.diff(shades[:6]) > 0).all() and shades[3] == pytest.approx(0.5)
    assert (shades[5:] == 1).all() and heat.labels == [(0, 0, "lowest")] and not heat.wire(lambda *_: {})["gaps"]
    *_, note = figures.map_views(RAVINE, "momentum: η, a", Handle(*RAVINE.start), Cell(16, 16))
    heights = sensitivity.surface_map(RAVINE, "momentum: η, a", RAVINE.start)
    higher = (~(heights <= RAVINE.f(RAVINE.start))).mean()
    assert note.text.endswith(f"; {100 * higher:.0f} % of the runs end higher than they began.") and 0.4 < higher < 0.5
    *_, note = figures.network_views("momentum: η, a", 4, Cell(28, 21))
    good = (networks.network_map("momentum: η, a", 4).final < 0.03).mean()
    assert note.text.endswith(f". {100 * good:.0f} % of the runs end below 0.03, 0 % higher than they began.")


# --- what the text claims ----------------------------------------------------------------------------------------


def test_adagrad_takes_the_same_way_in_every_ravine_along_an_axis():
    run = chapter()["descents"]
    start = np.array([-1.5, 1.3])
    paths = [run(figures.turned(kappa, 0), start, 0.5)["AdaGrad"] for kappa in (1.0, 20.0, 1000.0)]
    np.testing.assert_allclose(paths[1], paths[0], atol=1e-6)
    np.testing.assert_allclose(paths[2], paths[0], atol=1e-6)
    turned = run(figures.turned(1000.0, 45), start, 0.5)["AdaGrad"]
    assert np.abs(turned - paths[0]).max() > 0.05


def test_gradient_descent_overtakes_a_turned_adagrad_unless_the_ravine_is_too_narrow():
    def heights(kappa):
        H = figures.turned(kappa, 45)
        paths = chapter()["descents"](H, np.array([-1.5, 1.3]), 0.5)
        return (np.einsum("ti,ij,tj->t", paths[name], H, paths[name]) for name in ("Gradient_descent", "AdaGrad"))

    walker, adagrad = heights(20.0)
    assert (walker < adagrad).argmax() == 48 and (walker < adagrad)[48:].all()
    walker, adagrad = heights(1000.0)
    assert (walker > 1000 * adagrad)[20:].all()


def test_half_lives_and_the_way_back_of_rmsprop():
    assert [round(figures.half_life(b), 2) for b in (0.5, 0.9, 0.999)] == [1.0, 6.58, 692.8]
    memory = chapter()["memory"]
    assert "back above 1/2 at step 83" in memory(b=0.9, steep=10.0)[-1].text  # 33 after the step at 50
    assert "does not come back" in memory(b=0.99, steep=10.0)[-1].text
    assert "does not come back" in memory(b=0.999, steep=100.0)[-1].text


def test_the_settings_of_newtons_damping_are_what_they_say():
    cells = chapter()
    ends = {}
    for name, values in cells["damped"].options.items():
        g, H = figures.slope_and_hessian(values["surface"], values["at"])
        w = np.array(values["at"]) + np.linalg.solve(H + values["damping"] * np.eye(2), -g)
        ends[name] = w, float(values["surface"].f(w)) - float(values["surface"].f(np.array(values["at"])))
    (middle, up), (far, _), (valley, down) = ends["undamped"], ends["just damped"], ends["well damped"]
    assert np.abs(middle).max() < 0.1 and up > 0 and far[1] > 3 and down < -0.1 and 0.45 < valley[1] < 1


def test_a_damped_newton_step_leads_downhill_and_an_undamped_one_to_the_saddle():
    step = chapter()["newton_step"]
    saddle = SURFACES["saddle"]
    assert "the parabola is a saddle" in step(surface=saddle, at=(-0.4, 0.2), damping=0.0)[-1].text
    g, H = figures.slope_and_hessian(saddle, (-0.4, 0.2))
    low, _ = curvatures(H)
    assert low < 0 and float(g @ np.linalg.solve(H + 3 * np.eye(2), -g)) < 0 < float(g @ np.linalg.solve(H, -g)) + 1


def test_digits_are_learned_by_all_of_them_with_the_numbers_that_they_start_with():
    for name, control in figures.digit_rows().items():
        start = tuple((part, c.value) for part, c in control.parts.items())
        assert figures.train_digits(name, start)[-1] < 30


def test_the_rates_that_the_text_gives_for_the_digits():
    def wrong(name, **numbers):
        return figures.train_digits(name, tuple(numbers.items()))[-1]

    momentum = {rate: wrong("momentum", rate=rate, a=0.9) for rate in (0.05, 0.2, 0.3)}
    assert max(momentum[0.05], wrong("sgd", rate=0.5)) < 25 and max(momentum[0.2], momentum[0.3]) < momentum[0.05]
    adam = {rate: wrong("adam", rate=rate, a=0.9, b=0.999) for rate in (1e-3, 1e-2, 3e-2)}
    assert 48 < adam[1e-3] < 68 and max(adam[1e-2], adam[3e-2]) < 20
