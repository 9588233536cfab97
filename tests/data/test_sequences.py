"""Sequences: the grammar against a regular expression, tasks against their answers, windows of a text."""

import itertools
import re
from collections import Counter

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.data import REBER, Vocabulary, adding_problem, delayed_recall, is_reber, reber, text_windows
from tests.helpers import assert_same

KEY = jax.random.key(0)
REST = "(XT*VP)*(S|XT*VV)"  # from the state that SX and P lead to
PLAIN = f"B(TS*X{REST}|PT*V(V|P{REST}))E"  # written by hand from Reber's diagram
EMBEDDED = f"B(T{PLAIN}T|P{PLAIN}P)E"


def words(strings):
    pairs = zip(np.asarray(strings.tokens), np.asarray(strings.lengths), strict=True)
    return [REBER.decode(row[:length]) for row, length in pairs]


@pytest.mark.parametrize(("embedded", "pattern"), [(False, PLAIN), (True, EMBEDDED)])
def test_strings_are_of_the_grammar(embedded, pattern):
    strings = reber(KEY, 300, 20, embedded)
    assert strings.tokens.shape == (300, 20) and strings.allowed.shape == (300, 20, 7)
    assert strings.tokens.dtype == strings.lengths.dtype == jnp.int32 and strings.allowed.dtype == bool
    assert all(re.fullmatch(pattern, word) for word in words(strings))
    assert is_reber(strings.tokens, embedded).all() and not is_reber(strings.tokens, not embedded).any()
    assert int(strings.lengths.max()) <= 20 and len(set(words(strings))) > 20
    padding = np.arange(20) >= np.asarray(strings.lengths)[:, None]
    assert (np.asarray(strings.tokens)[padding] == REBER.symbols.index("E")).all()
    assert_same(reber(KEY, 300, 20, embedded), strings)


def test_every_short_word_is_judged_as_the_expression_judges_it():
    for length in (1, 4, 5, 6):
        tokens = np.array(list(itertools.product(range(7), repeat=length)), np.int32)
        right = [re.fullmatch(PLAIN + "E*", "".join(REBER.symbols[t] for t in row)) is not None for row in tokens]
        np.testing.assert_array_equal(is_reber(tokens), right)


def test_the_embedded_grammar_remembers_its_second_symbol():
    for word in ("BTBTXSETE", "BPBPVVEPE"):
        right = REBER.encode(word)
        assert is_reber(right, embedded=True)
        assert not is_reber(right.at[-2].set(REBER.encode("PT"["TP".index(word[1])])[0]), embedded=True)
    assert not is_reber(jnp.array([0, 1, 3, 2, 7])) and not is_reber(jnp.array([0, 1, 3, 2, -1]))


def test_each_choice_is_a_fair_coin_among_the_short():
    """P(string) is 2^-(choices), divided by the chance to be no longer than the limit: exact, by counting."""
    inner = ("".join(letters) for size in (3, 4, 5) for letters in itertools.product("TSXPV", repeat=size))
    chance = {f"B{word}E": 0.5 ** len(word) for word in inner if re.fullmatch(PLAIN, f"B{word}E")}
    total, n = sum(chance.values()), 20_000
    counts = Counter(words(reber(KEY, n, 7)))
    assert set(counts) == set(chance)
    for word, p in chance.items():
        p /= total
        assert abs(counts[word] - n * p) < 4 * np.sqrt(n * p * (1 - p)), word


@pytest.mark.parametrize("embedded", [False, True])
def test_what_may_follow_is_what_follows(embedded):
    strings = reber(KEY, 3000, 40, embedded)
    tokens, allowed = np.asarray(strings.tokens), np.asarray(strings.allowed)
    assert np.take_along_axis(allowed[:, :-1], tokens[:, 1:, None], 2).all()
    assert set(np.unique(allowed.sum(-1))) == {1, 2}
    for t in range(5):
        follow = {}
        for row, may in zip(tokens, allowed, strict=True):
            follow.setdefault((row[: t + 1].tobytes(), may[t].tobytes()), set()).add(int(row[t + 1]))
        for (_, may), seen in follow.items():
            assert seen == set(np.flatnonzero(np.frombuffer(may, bool)).tolist())


def test_adding():
    X, y = adding_problem(KEY, 2000, 11)
    numbers, marks = np.asarray(X[..., 0]), np.asarray(X[..., 1])
    assert X.shape == (2000, 11, 2) and y.shape == (2000,) and X.dtype == y.dtype == jnp.float32
    np.testing.assert_allclose((numbers * marks).sum(1), y, rtol=1e-6)
    assert (marks[:, :5].sum(1) == 1).all() and (marks[:, 5:].sum(1) == 1).all() and set(marks.flat) == {0, 1}
    assert (marks.sum(0) > 0).all() and numbers.min() >= 0 and numbers.max() < 1
    assert float(((y - 1) ** 2).mean()) == pytest.approx(1 / 6, rel=0.1)
    assert_same(adding_problem(KEY, 2000, 11), (X, y))
    with jax.enable_x64(True):
        assert adding_problem(KEY, 2, 4)[0].dtype == jnp.float64


def test_recall():
    tokens, y = delayed_recall(KEY, 400, 12, 7, 5)
    assert tokens.shape == (400, 12) and tokens.dtype == y.dtype == jnp.int32
    np.testing.assert_array_equal(tokens[:, 12 - 1 - 7], y)
    assert (np.delete(tokens, 4, axis=1) == 5).all() and set(y.tolist()) == set(range(5))
    traces = []

    @jax.jit
    def run(delay):
        traces.append(delay)
        return delayed_recall(KEY, 3, 12, delay)[0]

    for delay in range(12):
        assert ((run(delay) != 4).argmax(1) == 11 - delay).all()
    assert len(traces) == 1


def test_windows_of_a_text():
    text = "to be or not to be"
    tokens, targets, vocabulary = text_windows(text, 4)
    assert tokens.shape == targets.shape == (4, 4) and tokens.dtype == jnp.int32
    assert vocabulary.symbols == " benort" and len(vocabulary) == 7
    assert "".join(map(vocabulary.decode, tokens)) == text[:16]
    assert "".join(map(vocabulary.decode, targets)) == text[1:17]
    assert text_windows("toe", 2, vocabulary)[0].tolist() == [vocabulary.encode("to").tolist()]
    assert vocabulary.decode(vocabulary.encode("")) == ""
    assert_same(jax.jit(lambda v: v)(vocabulary), vocabulary)  # goes through a program as it is


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: reber(KEY, 3, 4), "reber: expected steps to be a whole number from 5 up, got 4; "),
        (lambda: reber(KEY, 3, 8, True), "reber: expected steps to be a whole number from 9 up, got 8; "),
        (lambda: reber(KEY, 0), "reber: expected n to be a whole number from 1 up, got 0; "),
        (lambda: adding_problem(KEY, 3, 1), "adding_problem: expected steps to be a whole number from 2 up, got 1; "),
        (lambda: adding_problem(KEY, 2.5), "adding_problem: expected n to be a whole number from 1 up, got 2.5; "),
        (lambda: delayed_recall(KEY, 3, 5, 5), r"expected delay from 0 to steps - 1 = 4, got 5; "),
        (lambda: delayed_recall(KEY, 3, 5, 2.5), "delayed_recall: expected delay from 0 .*, got 2.5; "),
        (lambda: delayed_recall(KEY, 3, 5, -1), r"expected delay from 0 to steps - 1 = 4, got -1; "),
        (lambda: delayed_recall(KEY, 3, 5, 2, 0), "expected symbols to be a whole number from 1 up, got 0; "),
        (lambda: text_windows("abc", 3), "text_windows: expected a text longer than length, 3, got 3; "),
        (lambda: text_windows("", 3), "expected a text longer than length, 3, got 0; "),
        (lambda: text_windows("abc", 0), "expected length to be a whole number from 1 up, got 0; "),
        (lambda: Vocabulary("ab").encode("abba!"), r"encode: expected symbols out of 'ab', got \['!'\]; "),
        (lambda: Vocabulary("ab").decode([0, 2]), r"decode: expected tokens \(T,\) below 2, got \[0 2\]; "),
        (lambda: Vocabulary("ab").decode([-1]), r"decode: expected tokens \(T,\) below 2, got \[-1\]; "),
        (lambda: Vocabulary("ab").decode([[0]]), r"decode: expected tokens \(T,\) below 2, got \[\[0\]\]; "),
        (lambda: Vocabulary("aba"), "expected different symbols, got 'aba'; "),
    ],
)
def test_messages(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_tokens_are_integers():
    with pytest.raises(TypeError, match=r"is_reber: expected integers \(..., T\), got float32\(5,\); use REBER"):
        is_reber(jnp.ones(5))
