"""The exercises of chapter 09: other right answers, and what learners write that is neither right nor a stub."""

import time
from itertools import pairwise

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.activations import relu, sigmoid, tanh
from nnlib.course import check
from nnlib.course.multilayer_perceptrons import exercises as multilayer
from nnlib.course.multilayer_perceptrons.exercises import best_settings as room
from nnlib.course.multilayer_perceptrons.exercises.build_mlp import build_mlp as our_mlp
from nnlib.course.multilayer_perceptrons.exercises.count_parameters import count_parameters as our_count
from nnlib.layers import dense, mlp, sequential
from nnlib.module import split

BUILD, COUNT, BEST = multilayer.EXERCISES


# --- a network from layers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("bend", [tanh, jnp.tanh, jax.nn.tanh, lambda z: 2 * sigmoid(2 * z) - 1])
def test_any_tanh_will_do_and_so_will_the_librarys_network(bend):
    assert BUILD.check(lambda key, sizes: mlp(key, *sizes, activation=bend)).right


@pytest.mark.parametrize(("bend", "name"), [(relu, "relu"), (sigmoid, "sigmoid"), (lambda z: z**2, "of your own")])
def test_another_bend_is_not_what_is_asked_for(bend, name):
    verdict = BUILD.check(lambda key, sizes: mlp(key, *sizes, activation=bend))
    assert verdict.state == "not yet" and name in verdict.says and verdict.says.endswith("it should be tanh.")


def test_the_solution_has_the_librarys_shapes():
    for sizes in ((2, 16, 16, 1), (64, 32, 10)):
        ours, theirs = (f(jax.random.key(0), sizes) for f in (our_mlp, lambda k, s: mlp(k, *s)))
        assert [leaf.shape for leaf in jax.tree.leaves(ours)] == [leaf.shape for leaf in jax.tree.leaves(theirs)]


def keys_by_fold(key, sizes):
    layers = []
    for k in range(len(sizes) - 1):
        layers.append(dense(jax.random.fold_in(key, k), sizes[k], sizes[k + 1]))
        if k < len(sizes) - 2:
            layers.append(tanh)
    return sequential(*layers)


def test_another_way_to_write_it_is_right():
    assert BUILD.check(keys_by_fold).right


def layers_of(key, sizes):
    keys = jax.random.split(key, len(sizes))
    return [dense(k, a, b) for k, a, b in zip(keys, sizes[:-1], sizes[1:], strict=False)]


def first_missing(key, sizes):
    layers = [each for layer in layers_of(key, sizes) for each in (layer, tanh)]
    return sequential(*layers[:1], *layers[2:-1])


@pytest.mark.parametrize(
    ("function", "says"),
    [
        (lambda key, sizes: layers_of(key, sizes), "That is a list of layers."),
        (first_missing, "Between two of the dense layers the activation is missing"),
        (lambda key, sizes: sequential(tanh, *layers_of(key, sizes)), "Between two"),
        (lambda key, sizes: mlp(key, *sizes[::-1]), "but yours are 1 → 5, 5 → 5, 5 → 5, 5 → 2. Each goes from one"),
        (lambda key, sizes: sequential(*[dense(key, b, a) for a, b in pairwise(sizes)]),
         "the wrong way round"),
        (lambda key, sizes: mlp(key, *sizes, init=lambda key, shape: 0 * jax.random.normal(key, shape)),
         "All weights of a layer are 0"),
        (lambda key, sizes: mlp(key, *sizes, activation=lambda z: z.sum(-1, keepdims=True)), "one number for each"),
        (lambda key, sizes: dense(key, sizes[0], sizes[-1]), "It gives a Dense."),
        (lambda key, sizes: 7, "It gives one number."),
        (lambda key, sizes: print(end=""), "gives nothing back"),
        (lambda key, sizes: undefined, "NameError"),  # noqa: F821
        (lambda sizes: mlp(jax.random.key(0), *sizes), "It should take 2 values"),
    ],
)  # fmt: skip
def test_what_is_no_such_network_gets_a_sentence(function, says):
    verdict = BUILD.check(function)
    assert verdict.state == "not yet" and says in verdict.says, verdict.says


# --- how many numbers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 32, 16, 1), (64, 32, 10), (5, 4)])
def test_the_count_is_that_of_a_real_network(sizes):
    trained = split(mlp(jax.random.key(0), *sizes))[0]
    assert our_count(sizes) == sum(leaf.size for leaf in jax.tree.leaves(trained))


def test_counting_a_network_is_right_too():
    def count_parameters(sizes):
        return sum(leaf.size for leaf in jax.tree.leaves(our_mlp(jax.random.key(0), sizes)))

    assert check(count_parameters).right


# --- a score to beat -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [((37,), 0.2), ([24], 0.1), (32, 0.05), ((np.int64(30),), np.float32(0.1))])
def test_many_settings_win(answer):
    verdict = BEST.check(lambda: answer)
    assert verdict.right and "% right, with" in verdict.says
    assert ("at most 100, too?" in verdict.says) == (our_count((2, 24, 1)) > 100 or answer[0] != [24])


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (((8,), 1e-3), "too small"),
        (((8, 8), 5.0), "too large"),
        (((2,), 0.1), "more hidden units"),
        (((38,), 0.1), "this network has 153 parameters, and 150 are allowed"),
        (((4, 4, 4, 4), 0.1), "4 hidden layers: at most 3"),
        (((10**9,), 0.1), "Too large"),
        ((0.1, (8,)), "The wrong way round"),
        (("8", 0.1), "The hidden layers are a tuple of whole numbers"),
        (((8.0,), 0.1), "The hidden layers are a tuple"),
        (((), 0.1), "The hidden layers are a tuple"),
        (((8, 0), 0.1), "The hidden layers are a tuple"),
        (((8,), 0.0), "a number above 0"),
        (((8,), -0.1), "a number above 0"),
        (((8,), float("nan")), "a number above 0"),
        (((8,), "0.1"), "a number above 0"),
        (((8,),), "ive two things"),
        (0.1, "ive two things"),
    ],
)
def test_what_does_not_win_is_told_why(answer, says):
    verdict = BEST.check(lambda: answer)
    assert verdict.state == "not yet" and says in verdict.says, verdict.says


def test_a_stub_is_taken_calmly():
    def best_settings():
        return ...

    assert check(best_settings).state == "not attempted yet"

    def best_settings():
        return ..., 0.1

    assert check(best_settings).state == "not attempted yet"


def test_a_check_takes_seconds_and_the_same_again_nothing():
    BEST.check(lambda: ((13,), 0.1))
    start = time.process_time()
    BEST.check(lambda: ((13,), 0.1))
    assert time.process_time() - start < 0.05


def test_what_the_hints_say_of_sizes():
    most = max(n for n in range(100) if our_count((2, n, 1)) <= room.BUDGET)
    two = max(n for n in range(100) if our_count((2, n, n, 1)) <= room.BUDGET)
    assert f"up to {most} units, or two of up to {two}" in BEST.hints[1]
    for rate in (0.1, 0.5):
        assert BEST.check(lambda: ((30,), rate)).right  # noqa: B023
