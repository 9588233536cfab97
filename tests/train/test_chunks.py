"""A film, a run in chunks and a run that goes on are the one run, to the last bit.

Compiled as learners have it: the compiler's own choices decide about a last bit.
"""

import jax
import jax.numpy as jnp
import pytest

from nnlib.activations import tanh
from nnlib.data import moons
from nnlib.layers import batch_norm, dense, dropout, mlp, sequential
from nnlib.losses import binary_cross_entropy
from nnlib.optim import adam
from nnlib.train import fit, start, stream
from tests.helpers import assert_same
from tests.train.models import Jitter, Standardise

KEY = jax.random.key(0)
DATA = moons(KEY, 50)
MODEL = mlp(jax.random.key(1), 2, 4, 1)


@pytest.mark.parametrize("frames", [2, 3, 7, 21])
def test_film(frames):
    run = fit(MODEL, DATA, binary_cross_entropy, adam(0.03), 20, frames=frames)
    assert run.frame_steps[0] == 0 and run.frame_steps[-1] == 20 and len(run.frame_steps) == frames
    assert_same(jax.tree.map(lambda leaf: leaf[0], run.film), MODEL)
    assert_same(jax.tree.map(lambda leaf: leaf[-1], run.film), run.model)
    models = [MODEL]
    models += [one.model for one in stream(MODEL, DATA, binary_cross_entropy, adam(0.03), 20, chunk=1)]
    for i, made in enumerate(run.frame_steps.tolist()):
        assert_same(jax.tree.map(lambda leaf, i=i: leaf[i], run.film), models[made])


def test_a_film_changes_nothing():
    plain = fit(MODEL, DATA, binary_cross_entropy, adam(0.03), 50)
    filmed = fit(MODEL, DATA, binary_cross_entropy, adam(0.03), 50, frames=9)
    assert_same((plain.model, plain.losses), (filmed.model, filmed.losses))


@pytest.mark.parametrize(("batch", "chunk"), [(None, 1), (None, 7), (None, 100), (16, 1), (16, 7), (25, 20)])
def test_chunks_are_the_one_run(batch, chunk):
    args = (DATA, binary_cross_entropy, adam(0.03), 40)
    whole = fit(MODEL, *args, batch=batch, key=KEY)
    runs = list(stream(MODEL, *args, chunk=chunk, batch=batch, key=KEY))
    assert_same(jnp.concatenate([run.losses for run in runs]), whole.losses)
    assert_same((runs[-1].model, runs[-1].state, runs[-1].step), (whole.model, whole.state, whole.step))


def test_a_run_goes_on():
    half = fit(MODEL, DATA, binary_cross_entropy, adam(0.03), 15, frames=4)
    rest = fit(half, DATA, binary_cross_entropy, adam(0.03), 15, frames=4)
    assert_same(rest.model, fit(MODEL, DATA, binary_cross_entropy, adam(0.03), 30).model)
    assert rest.frame_steps.tolist() == [15, 20, 25, 30]
    assert_same(fit(start(MODEL, adam(0.03)), DATA, binary_cross_entropy, adam(0.03), 15).model, half.model)


def test_the_learning_rate_may_change_half_way():
    rates = iter([0.1, 0.001, 0.001])
    *_, run = stream(MODEL, DATA, binary_cross_entropy, lambda: adam(next(rates)), 30, chunk=10)
    half = fit(MODEL, DATA, binary_cross_entropy, adam(0.1), 10)
    assert_same(run.model, fit(half, DATA, binary_cross_entropy, adam(0.001), 20).model)


@pytest.mark.parametrize("batch", [None, 16])
@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_chunks_and_films_are_the_one_run_with_running_means_and_random_layers_too(batch, chunk):
    norm = Standardise(jnp.ones(2), jnp.zeros(2), jnp.array(0, jnp.int32))
    model = sequential(Jitter(jnp.ones(2)), norm, dense(KEY, 2, 4), batch_norm(4), tanh, dropout(0.3), dense(KEY, 4, 1))
    args = (DATA, binary_cross_entropy, adam(0.03), 20)
    whole = fit(model, *args, frames=6, batch=batch, key=KEY)
    plain = fit(model, *args, batch=batch, key=KEY)
    assert_same((whole.model, whole.losses, whole.state), (plain.model, plain.losses, plain.state))
    runs = list(stream(model, *args, chunk=chunk, frames=21, batch=batch, key=KEY))
    assert_same((runs[-1].model, runs[-1].state, runs[-1].step), (whole.model, whole.state, whole.step))
    assert_same(jnp.concatenate([run.losses for run in runs]), whole.losses)
    for place, step in enumerate(whole.frame_steps.tolist()):
        frame = jax.tree.map(lambda leaf, i=place: leaf[i], whole.film)
        at = min(step // chunk, len(runs) - 1)
        assert_same(frame, jax.tree.map(lambda leaf, i=step - at * chunk: leaf[i], runs[at].film))
    assert whole.model.layers[1].count == 20
