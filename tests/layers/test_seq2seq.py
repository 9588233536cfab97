"""Encoder and decoder: teacher forcing against its own answers, the stop symbol, what the context carries."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.layers import gru, seq2seq
from nnlib.losses import softmax_cross_entropy
from nnlib.module import replace
from nnlib.optim import adam
from nnlib.train import fit
from tests.helpers import assert_close, assert_same

KEY = jax.random.key(0)
MODEL = seq2seq(KEY, 6, 5, 4, 8)
SOURCE, TARGET = jnp.array([[2, 3, 4], [5, 2, 0]]), jnp.array([[2, 3, 1, 1], [4, 4, 4, 1]])


@pytest.mark.parametrize("make", [None, gru])
def test_teacher_forcing_is_the_decoder_step_by_step(make):
    model = MODEL if make is None else seq2seq(KEY, 6, 5, 4, 8, make)
    state, before, logits = model.context(SOURCE), jnp.zeros(2, int), []
    for t in range(4):
        state = model.decoder.step(model.target_vectors(before), state)
        logits.append(model.head(model.decoder.read(state)))
        before = TARGET[:, t]
    assert_close(model((SOURCE, TARGET)), jnp.stack(logits, axis=1))


def test_no_answer_is_seen_before_it_is_given():
    other = TARGET.at[:, 2:].set(3)
    assert_same(MODEL((SOURCE, TARGET))[:, :3], MODEL((SOURCE, other))[:, :3])
    assert (MODEL((SOURCE, TARGET))[:, 3] != MODEL((SOURCE, other))[:, 3]).any()


def test_its_own_answers_are_the_most_probable_symbols():
    """What it generates, given back as the truth, is what it finds most probable at every step."""
    said = MODEL.generate(SOURCE, 6)
    best = jnp.argmax(MODEL((SOURCE, said)), axis=-1)
    ended = jnp.cumsum(said == MODEL.stop, axis=1) - (said == MODEL.stop) > 0
    assert said.shape == (2, 6) and bool(jnp.where(ended, said == MODEL.stop, said == best).all())


def test_after_the_stop_symbol_comes_only_that():
    eager_to_stop = jax.tree.map(jnp.zeros_like, MODEL)
    assert MODEL.generate(SOURCE, 5).dtype == jnp.int32
    always = eager_to_stop.head.b.at[1].set(9.0)
    model = replace(eager_to_stop, head=replace(eager_to_stop.head, b=always))
    assert_same(model.generate(SOURCE, 3), jnp.ones((2, 3), jnp.int32))


def test_a_low_temperature_is_the_most_probable_and_a_high_one_any():
    cold = MODEL.generate(SOURCE, 6, KEY, 1e-6)
    assert_same(cold, MODEL.generate(SOURCE, 6))
    hot = jax.vmap(lambda key: MODEL.generate(SOURCE, 1, key, 1e6))(jax.random.split(KEY, 500))
    share = np.bincount(np.asarray(hot).ravel(), minlength=5) / hot.size
    np.testing.assert_allclose(share, 0.2, atol=0.06)


def test_the_length_of_the_source_is_read():
    padded = SOURCE.at[1, 2].set(5)
    lengths = jnp.array([3, 2])
    assert_same(MODEL(((SOURCE, lengths), TARGET)), MODEL(((padded, lengths), TARGET)))
    assert_close(MODEL(((SOURCE[1:, :2], jnp.array([2])), TARGET[1:])), MODEL(((SOURCE, lengths), TARGET))[1:])


def test_it_learns_to_copy_three_symbols():
    source = jax.random.randint(KEY, (64, 3), 2, 5)
    target = jnp.concatenate([source, jnp.ones((64, 1), source.dtype)], axis=1)
    model = seq2seq(KEY, 5, 5, 8, 24, gru)
    run = fit(model, ((source, target), target), softmax_cross_entropy, adam(0.02), 300)
    assert run.losses[-1] < 0.05 < run.losses[0]
    assert jnp.mean(run.model.generate(source, 4) == target) > 0.95


def test_messages():
    with pytest.raises(ValueError, match=r"seq2seq: expected start and stop to be two of the 5 .*, got 0 and 5; "):
        seq2seq(KEY, 6, 5, 4, 8, stop=5)
