"""Chapter 00: its pieces, and what its words claim."""

import jax
import numpy as np

from nnlib.course.start_here import figures
from nnlib.course.start_here.figures import more_data, one_network
from nnlib.course.start_here.figures.events import IDEAS, TOOLS
from nnlib.course.start_here.figures.setup import Report, check_setup
from nnlib.data import spirals
from nnlib.layers import Dense, mlp
from nnlib.losses import binary_cross_entropy
from nnlib.optim import adam
from nnlib.train import fit


def share(note: str) -> float:
    return float(note.split(" % ")[0].split()[-1])


def test_learned_numbers_are_right_and_random_ones_are_not():
    assert share(figures.parameters(numbers="learned", draw=0)[-1].text) >= 99
    for draw in range(5):
        assert share(figures.parameters(numbers="drawn at random", draw=draw)[-1].text) < 75


def test_a_line_works_in_designed_and_learned_features_only():
    shares = {space: share(figures.features(space=space)[-1].text) for space in ("raw", "designed", "learned")}
    assert shares["raw"] < 60 and shares["designed"] == shares["learned"] == 100


def test_the_network_makes_an_exception_for_one_point():
    plane, note = figures.one_point()
    assert share(note.text) == 100 and list(plane.ring) == [one_network.STRAY]
    assert one_network.SPIRALS.y[one_network.STRAY] == 1 and plane.points.y[one_network.STRAY] == 0


def test_the_drawn_network_counts_its_numbers():
    plane, (note,) = figures.architecture(units=16)
    assert note.title == "2-16-16-1" and "together 337 numbers" in note.text
    assert len(plane.points) == 2 + 16 + 16 + 1 and len(plane.paths) == 2 * 16 + 16 * 16 + 16


def test_more_examples_help_the_large_network_and_not_the_small_one():
    small, middle, large = more_data._scores()
    assert all(0.4 < scores[0] < 0.75 for scores in (small, middle, large)), "with few examples all three fail alike"
    assert small[-1] < 0.75 and small[-1] - small[2] < 0.05, "the small one stops improving"
    assert large[-1] > 0.95 and large[-1] > large[2] + 0.05, "the largest goes on"
    assert small[-1] < middle[-1] < large[-1]


def test_two_units_a_layer_cannot_do_it_even_in_a_thousand_steps():
    keys = jax.random.split(jax.random.key(70), 16)
    runs = [(more_data._network(key, 2), *more_data._shuffled(key)) for key in keys]

    @jax.jit
    @jax.vmap
    def right(model, X, y):
        trained = fit(model, (X, y), binary_cross_entropy, adam(0.03), 1000).model
        return more_data.share_right(trained, *more_data.TEST)

    best = float(right(*jax.tree.map(lambda *leaves: np.stack(leaves), *runs)).max())
    assert round(best, 2) == 0.76


def test_units_that_are_switched_off_stay_off():
    before = more_data._network(one_network.KEY, 5)
    after = more_data._learn(before, *more_data._shuffled(one_network.KEY), 100)
    for model in (before, after):
        weights = [layer.W for layer in model.layers if isinstance(layer, Dense)]
        assert [int((abs(W) > 0).sum()) for W in weights] == [2 * 5, 5 * 5, 5]
    assert float(abs(after.layers[0].W - before.layers[0].W).max()) > 0.1


def test_the_timeline_is_in_order_and_every_event_can_be_seen():
    for events in (IDEAS, TOOLS):
        assert [e[0] for e in events] == sorted(e[0] for e in events)
    ((plane, _),) = figures.timeline(year=2012)
    assert sorted(text for *_, text in plane.labels) == sorted(name for _, name, _ in (*IDEAS, *TOOLS))
    rung = set()
    for year in range(1943, 2025):
        ((plane, note),) = figures.timeline(year=year)
        rung |= set(plane.ring)
        assert note.text and int(note.title) <= year
    assert rung == set(range(len(plane.points)))


def test_the_set_up_check_says_what_is_missing(monkeypatch):
    from nnlib.course.start_here.figures import setup

    report = check_setup()
    assert report.good and "Everything is here." in repr(report) and "1000 steps" in repr(report)
    monkeypatch.setattr(setup, "NEEDS", ("jax", "no-such-package"))
    report = check_setup()
    assert not report.good and "!!  no-such-package missing" in repr(report)
    assert Report((("a", "1", ""),)).good


def test_the_presets_of_the_opening_picture_do_what_their_words_say():
    """The words stand in the notebook; the numbers behind them are these."""
    data = one_network.SPIRALS.padded(400)
    losses = {
        rate: fit(mlp(one_network.KEY, 2, 16, 16, 1), data, binary_cross_entropy, adam(rate), 1000).losses
        for rate in (1e-4, 0.03, 10.0)
    }
    assert losses[1e-4][-1] > 0.55, "little more than a straight cut"
    assert losses[0.03][300:].max() < 0.1 and losses[0.03][-1] < 0.005, "falls fast and stays down"
    assert losses[10.0][-200:].std() > 1 and losses[10.0][-200:].mean() > losses[10.0][0], "leaps about"
    assert (one_network.SPIRALS.y == spirals(one_network.KEY, 300)[1]).all()
