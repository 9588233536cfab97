"""Optimizers against optax, inside optax, and their numbers as data."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from nnlib import optim
from nnlib.layers import dense
from nnlib.losses import squared_error
from nnlib.module import Module, as_float, buffer
from nnlib.optim import (
    ByArray,
    adagrad,
    adam,
    adamw,
    add_noise,
    apply_updates,
    chain,
    clip_by_norm,
    clip_by_value,
    constant,
    cosine,
    coupled_decay,
    decoupled_decay,
    exponential,
    from_function,
    linear,
    momentum,
    nesterov,
    newton,
    one_of,
    rmsprop,
    sgd,
    soft_threshold,
    step_decay,
    warm_up,
)
from nnlib.train import descend, fit
from tests.helpers import assert_close, float64

# With a schedule, optax's momentum applies the rate to the velocity and ours to the gradient: compared below.
CONSTANT_PAIRS = {
    "momentum": (lambda rate: momentum(rate, 0.8), lambda rate: optax.sgd(rate, momentum=0.8)),
    "nesterov": (lambda rate: nesterov(rate, 0.8), lambda rate: optax.sgd(rate, momentum=0.8, nesterov=True)),
}
PAIRS = {
    "sgd": (lambda rate: sgd(rate), lambda rate: optax.sgd(rate)),
    # optax puts eps under the root, which is another rule unless eps is 0; NumPy is the oracle for eps, below.
    "adagrad": (
        lambda rate: adagrad(rate, eps=0.0),
        lambda rate: optax.adagrad(rate, initial_accumulator_value=0.0, eps=0.0),
    ),
    "rmsprop": (
        lambda rate: rmsprop(rate, b=0.8, eps=1e-3),
        lambda rate: optax.rmsprop(rate, decay=0.8, eps=1e-3, eps_in_sqrt=False),
    ),
    "adam": (lambda rate: adam(rate), lambda rate: optax.adam(rate)),
    "adam, all given": (
        lambda rate: adam(rate, beta1=0.7, beta2=0.95, eps=1e-3),
        lambda rate: optax.adam(rate, b1=0.7, b2=0.95, eps=1e-3),
    ),
    "adamw": (
        lambda rate: adamw(rate, beta1=0.7, beta2=0.95, eps=1e-3, weight_decay=0.3),
        lambda rate: optax.adamw(rate, b1=0.7, b2=0.95, eps=1e-3, weight_decay=0.3),
    ),
}


def bowl(params):
    """Bent, so that no two steps are alike."""
    w, b = params["w"], params["b"]
    return jnp.sum(w**2 * jnp.array([1.0, 5.0])) + jnp.cos(b) + b**2


def path(optimizer, steps=30):
    def step(carry, _):
        params, state = carry
        updates, state = optimizer.update(jax.grad(bowl)(params), state, params)
        params = apply_updates(params, updates)
        return (params, state), params

    params = {"w": jnp.array([1.0, -2.0]), "b": jnp.array(0.5)}
    return jax.lax.scan(step, (params, optimizer.init(params)), length=steps)[1]


@pytest.mark.parametrize("name", PAIRS | CONSTANT_PAIRS)
def test_the_path_is_optax_s(name):
    ours, theirs = (PAIRS | CONSTANT_PAIRS)[name]
    with float64():
        assert_close(path(ours(0.05)), path(theirs(0.05)), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", PAIRS)
def test_schedules_are_read_as_optax_reads_them(name):
    ours, theirs = PAIRS[name]
    with float64():
        assert_close(path(ours(lambda t: 0.1 / (1 + t))), path(theirs(lambda t: 0.1 / (1 + t))), rtol=1e-10)


@pytest.mark.parametrize("name", PAIRS | CONSTANT_PAIRS)
def test_jit_and_vmap(name):
    ours, _ = (PAIRS | CONSTANT_PAIRS)[name]
    rates = jnp.array([0.01, 0.05])
    swept = jax.vmap(lambda rate: path(ours(rate), 5))(rates)
    for i, rate in enumerate(rates):
        alone = jax.jit(lambda rate: path(ours(rate), 5))(rate)
        assert_close(jax.tree.map(lambda a, i=i: a[i], swept), alone)
        assert_close(alone, path(ours(rate), 5))


def test_ours_drop_into_optax():
    with float64():
        ours = optax.chain(optax.clip(0.5), adam(0.05))
        theirs = optax.chain(optax.clip(0.5), optax.adam(0.05))
        assert_close(path(ours), path(theirs), rtol=1e-10)
        clipped = path(optax.chain(clip_by_norm(0.5), momentum(0.05)))
        assert_close(clipped, path(optax.chain(optax.clip_by_global_norm(0.5), optax.sgd(0.05, 0.9))), rtol=1e-10)
        decayed = optax.chain(adam(1.0), optax.add_decayed_weights(0.01), optax.scale(0.1))
        assert path(decayed, 3)["w"].shape == (3, 2)
        accumulated = optax.MultiSteps(adam(0.05), every_k_schedule=2)
        assert path(accumulated, 3)["w"].shape == (3, 2)


# For every factory, a way from a number below 1 to an optimizer for each number that it takes.
FACTORIES = {
    "sgd": [sgd],
    "momentum": [momentum, lambda v: momentum(0.1, v)],
    "nesterov": [nesterov, lambda v: nesterov(0.1, v)],
    "adagrad": [adagrad, lambda v: adagrad(0.1, v)],
    "rmsprop": [rmsprop, lambda v: rmsprop(0.1, v), lambda v: rmsprop(0.1, eps=v)],
    "adam": [adam] + [lambda v, k=k: adam(0.1, **{k: v}) for k in ("beta1", "beta2", "eps")],
    "adamw": [adamw] + [lambda v, k=k: adamw(0.1, **{k: v}) for k in ("beta1", "beta2", "eps", "weight_decay")],
    "newton": [newton, lambda v: newton(0.1, v)],
    "clip_by_value": [clip_by_value],
    "clip_by_norm": [clip_by_norm],
    "coupled_decay": [coupled_decay],
    "decoupled_decay": [decoupled_decay, lambda v: decoupled_decay(0.1, v)],
    "add_noise": [lambda v: chain(add_noise(v, np.ones(3)), sgd(0.1))],
    "one_of": [lambda v: one_of(1, sgd(0.1), adam(v))],
    "soft_threshold": [soft_threshold, lambda v: soft_threshold(0.1, v)],
    "chain": [lambda v: chain(clip_by_norm(v), adam(0.1)), lambda v: chain(clip_by_norm(1), adam(v))],
    "constant": [lambda v: sgd(constant(v))],
    "linear": [lambda v, i=i: sgd(linear(*_at(i, v, 0.2, 0.1, 30))) for i in range(3)],
    "exponential": [lambda v, i=i: sgd(exponential(*_at(i, v, 0.2, 0.5, 30))) for i in range(3)],
    "step_decay": [lambda v, i=i: sgd(step_decay(*_at(i, v, 0.2, 0.5, 30))) for i in range(3)],
    "cosine": [lambda v, i=i: sgd(cosine(*_at(i, v, 0.2, 0.1, 30))) for i in range(3)],
    "warm_up": [lambda v: sgd(warm_up(1 + v, 0.1)), lambda v: sgd(warm_up(3, v))],
}


def _at(place, value, *numbers):
    """The numbers with the value at this place; the third counts steps, from 1 on."""
    return [1 + value if place == i == 2 else value if place == i else x for i, x in enumerate(numbers)]


def test_every_factory_is_in_the_table():
    classes = {"SGD", "Adam", "AdamState", "ByArray"}
    assert set(FACTORIES) == set(optim.__all__) - classes - {"apply_updates", "from_function"}


@pytest.mark.parametrize("name", FACTORIES)
def test_a_hundred_values_of_each_number_are_one_trace(name):
    traces = []

    @jax.jit
    def first_step(optimizer, grads):
        traces.append(optimizer)
        return optimizer.update(grads, optimizer.init(grads), grads, loss=lambda w: jnp.sum(w**2))[0]

    grads, steps = jnp.array([1.0, -2.0]), []
    for factory in FACTORIES[name]:
        steps += [first_step(factory(value), grads) for value in np.linspace(0.01, 0.9, 100).tolist()]
    for one in (0, 0.0, np.float32(0), np.float64(0), jnp.float32(0), jnp.array(0)):
        first_step(FACTORIES[name][0](one), grads)
    assert len(traces) == 1
    assert len(np.unique(steps)) > 100 or name in ("warm_up", "clip_by_value")  # these numbers do move the step


class Halving(Module):
    """A schedule with a number that may move."""

    start: jax.Array = buffer()

    def __call__(self, count):
        return self.start * 0.5**count


def test_a_schedule_that_is_a_module_keeps_its_numbers_movable():
    traces = []

    @jax.jit
    def second_rate(optimizer):
        traces.append(optimizer)
        _, state = optimizer.update(jnp.ones(()), optimizer.init(jnp.ones(())))
        return optimizer.update(jnp.ones(()), state)[0]

    assert [float(second_rate(sgd(Halving(as_float(start))))) for start in (1, 0.5)] == [-0.5, -0.25]
    assert len(traces) == 1


def test_adam_s_first_step_is_one_learning_rate_long():
    for g in (1e-3, 1.0, 1e3):
        updates, _ = adam(0.1).update(jnp.array(g), adam(0.1).init(jnp.array(g)))
        assert float(updates) == pytest.approx(-0.1, rel=1e-4)


def test_parameters_keep_their_type():
    half = {"w": jnp.ones(2, jnp.bfloat16)}
    optimizer = adam(0.1)
    state = optimizer.init(half)
    updates, after = optimizer.update(half, state)
    assert apply_updates(half, updates)["w"].dtype == jnp.bfloat16
    assert after.mean["w"].dtype == state.mean["w"].dtype == jnp.bfloat16


@pytest.mark.parametrize("name", [name for name in FACTORIES if name != "chain"])
def test_numbers_that_make_no_sense(name):
    for factory in FACTORIES[name]:
        with pytest.raises(ValueError, match=r"^\w+: expected numbers in \[[01], (inf|1)\), got .*; choose"):
            factory(-2.0)
        with pytest.raises(ValueError, match="got nan"):
            factory(jnp.nan)


def test_betas_are_below_1_and_traced_numbers_pass():
    for make in (lambda: adam(0.1, beta1=1.0), lambda: rmsprop(0.1, b=1), lambda: nesterov(0.1, a=[0.5, 1])):
        with pytest.raises(ValueError, match=r"expected numbers in \[0, 1\), got .*1.*; choose"):
            make()
    jax.jit(lambda rate: adam(rate).learning_rate)(-1.0)


def test_a_rate_must_be_a_number_or_a_schedule():
    with pytest.raises(TypeError, match="expected a real number, got 'fast'"):
        sgd("fast")


class Plain(Module):
    """Somebody's own optimizer, without extra arguments."""

    def init(self, params):
        return ()

    def update(self, grads, state, params):
        return jax.tree.map(lambda g: -0.1 * g, grads), state


class Looking(Plain):
    """One that reads the objective: the step is minus its value."""

    def update(self, grads, state, params, *, loss):
        return jax.tree.map(lambda g: -loss(params) * jnp.ones_like(g), grads), state


def test_training_hands_the_objective_to_those_that_take_it():
    model, data = dense(jax.random.key(0), 2, 1), (jnp.ones((3, 2)), jnp.zeros(3))
    plain, same = (fit(model, data, squared_error, optimizer, 1).model for optimizer in (Plain(), sgd(0.1)))
    assert_close(plain, same)
    run = fit(model, data, squared_error, Looking(), 1)
    assert_close(run.model, jax.tree.map(lambda w: w - run.losses[0], model))


# --- rules, one by one -------------------------------------------------------------------------------------


def follow(optimizer, grads, params=0.0):
    """The parameter after each of these gradients, whatever it is; and the last state."""
    params, places = jnp.asarray(params, float), []
    state = optimizer.init(params)
    for g in grads:
        updates, state = optimizer.update(jnp.asarray(g, float), state, params)
        params = apply_updates(params, updates)
        places.append(float(params))
    return np.array(places), state


def test_momentum_is_the_printed_rule_under_a_schedule():
    with float64():
        grads, v, w, expected = np.sin(np.arange(20)), 0.0, 0.0, []
        for k, g in enumerate(grads):
            v = 0.8 * v - 0.1 / (1 + k) * g
            w = w + v
            expected.append(w)
        places, _ = follow(momentum(lambda k: 0.1 / (1 + k), 0.8), grads)
        np.testing.assert_allclose(places, expected, rtol=1e-13)


def test_nesterov_at_the_look_ahead_is_the_textbook_s():
    a, eta, slope = 0.9, 0.05, jax.grad(lambda w: w**4 / 4 + jnp.cos(w))
    with float64():
        optimizer = nesterov(eta, a)
        params, w, v = jnp.array(2.0), 2.0, 0.0
        state = optimizer.init(params)
        for _ in range(50):
            v = a * v - eta * slope(w + a * v)  # the gradient where the velocity leads
            w = w + v
            updates, state = optimizer.update(slope(params), state, params)
            params = apply_updates(params, updates)
            np.testing.assert_allclose(optimizer.position(params, state), w, rtol=1e-13)
            np.testing.assert_allclose(params, w + a * v, rtol=1e-13)


def test_nesterov_is_not_always_better():
    """On k w^2 / 2 it diverges from eta k = 2 (1 + a) / (1 + 2 a) = 1.36 on, momentum only from 2 (1 + a) = 3.8."""
    ends = {}
    for name, make in {"momentum": momentum, "nesterov": nesterov}.items():
        optimizer, params = make(1.5, 0.9), jnp.array(1.0)
        state = optimizer.init(params)
        for _ in range(200):
            updates, state = optimizer.update(params, state, params)
            params = apply_updates(params, updates)
        ends[name] = abs(float(params))
    assert ends["momentum"] < 1e-3 and ends["nesterov"] > 1e3


def test_adagrad_slows_down_for_good_and_rmsprop_does_not():
    steps, _ = follow(adagrad(0.1), np.ones(100))
    np.testing.assert_allclose(-np.diff(steps, prepend=0), 0.1 / np.sqrt(np.arange(1, 101)), rtol=1e-4)
    fading, _ = follow(rmsprop(0.1), np.ones(100))
    np.testing.assert_allclose(-np.diff(fading, prepend=0)[-10:], 0.1, rtol=1e-3)
    # after one large gradient AdaGrad stays slow; RMSProp is back at the learning rate
    shocked = np.diff(follow(adagrad(0.1), [1000.0] + [1.0] * 200)[0])[-1]
    forgiven = np.diff(follow(rmsprop(0.1), [1000.0] + [1.0] * 200)[0])[-1]
    assert shocked == pytest.approx(-1e-4, rel=0.01) and forgiven == pytest.approx(-0.1, rel=0.01)


def test_eps_stands_outside_the_root():
    with float64():
        g, M, w, expected = np.cos(np.arange(20)), 0.0, 0.0, []
        for each in g:
            M += each**2
            w -= 0.1 * each / (np.sqrt(M) + 0.5)
            expected.append(w)
        np.testing.assert_allclose(follow(adagrad(0.1, eps=0.5), g)[0], expected, rtol=1e-13)


def test_memory_fades_faster_as_b_goes_to_0():
    """What is left of one gradient's share of M, ten steps later: b^10, not fastest at b = 1/2."""
    left = {}
    for b in (0.1, 0.5, 0.9):
        at_once, later = (follow(rmsprop(0.1, b), [1.0] + [0.0] * k)[1].memory for k in (0, 10))
        left[b] = float(later / at_once)
    assert left[0.9] == pytest.approx(0.349, abs=1e-3) and left[0.5] == pytest.approx(0.5**10, rel=1e-4)
    assert left[0.1] == pytest.approx(1e-10, rel=1e-4)


def test_adam_s_correction():
    """Uncorrected early steps are too large: 3.2 times at t = 1, the most, 6.6 times, at t = 12."""
    places, state = follow(adam(1.0), np.ones(30))
    np.testing.assert_allclose(-np.diff(places, prepend=0), 1.0, rtol=1e-4)  # corrected: one learning rate each
    uncorrected = []
    for t in range(1, 31):
        _, state = follow(adam(1.0), np.ones(t))
        uncorrected.append(float(state.mean / jnp.sqrt(state.square)))
    assert uncorrected[0] == pytest.approx(3.16, abs=0.01)
    assert uncorrected[11] == max(uncorrected) == pytest.approx(6.57, abs=0.01)
    with pytest.raises(ZeroDivisionError):  # the exponent t - 1 at the first step
        _ = 1 / (1 - 0.9 ** (1 - 1))


def test_adam_s_mean_goes_on_from_its_own_last_value():
    with float64():
        _, state = follow(adam(0.1), [1.0, 3.0])
        assert state.mean == pytest.approx(0.9 * (0.1 * 1.0) + 0.1 * 3.0)  # the previous G, not the previous g
        assert state.square == pytest.approx(0.999 * 0.001 + 0.001 * 9.0)


class Scaled(Module):
    w: jax.Array
    mean: jax.Array = buffer()
    places: jax.Array = buffer()

    def __call__(self, x):
        return (x - self.mean)[:, self.places] * self.w


@pytest.mark.parametrize("make", [lambda: adamw(0.1, weight_decay=0.5), lambda: chain(coupled_decay(0.5), sgd(0.1))])
def test_decay_moves_no_buffer(make):
    model = Scaled(jnp.ones(2), jnp.array([3.0, 4.0]), jnp.array([1, 0]))
    data = jnp.ones((4, 2)), jnp.zeros((4, 2))
    after = fit(model, data, squared_error, make(), 5).model
    assert_close((after.mean, after.places), (model.mean, model.places), rtol=0, atol=0)
    assert after.places.dtype == model.places.dtype and (after.w != model.w).all()


@pytest.mark.parametrize("name", [n for n in FACTORIES if n not in ("newton",)])
def test_the_state_keeps_its_type(name):
    half = {"w": jnp.ones(2, jnp.bfloat16), "none": None}
    optimizer = FACTORIES[name][0](0.1)
    state = optimizer.init(half)
    updates, after = optimizer.update(half, state, half)
    assert apply_updates(half, updates)["w"].dtype == jnp.bfloat16
    assert [x.dtype for x in jax.tree.leaves(after)] == [x.dtype for x in jax.tree.leaves(state)]


# --- one of several, and one from a function ---------------------------------------------------------------------


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_of_several_is_that_one_and_the_others_remember_nothing(number):
    parts = sgd(0.05), adam(0.05), chain(clip_by_norm(0.5), optax.rmsprop(0.05))
    assert_close(path(one_of(number, *parts)), path(parts[number]))
    params = jnp.ones(2)
    _, state = one_of(number, *parts).update(params, one_of(0, *parts).init(params), params)
    for k, (part, own) in enumerate(zip(parts, state, strict=True)):
        fresh = jax.tree.leaves(part.init(params))
        same = all(np.array_equal(a, b) for a, b in zip(jax.tree.leaves(own), fresh, strict=True))
        assert same is (k != number)


def test_every_number_is_one_program_and_one_that_is_none_s_gives_no_number():
    traces = []

    @jax.jit
    def update(number):
        traces.append(number)
        optimizer = one_of(number, sgd(0.1), adam(0.1))
        return optimizer.update(jnp.ones(2), optimizer.init(jnp.ones(2)), jnp.ones(2))[0]

    assert jnp.isfinite(update(0)).all() and jnp.isfinite(update(1)).all() and jnp.isnan(update(2)).all()
    assert len(traces) == 1
    for number in (-1, 2):
        with pytest.raises(ValueError, match=f"one_of: expected one of 2 by number, from 0 up, got {number}"):
            one_of(number, sgd(0.1), adam(0.1))
    with pytest.raises(TypeError, match="expected an optimizer"):
        one_of(0, 0.1)


def test_an_optimizer_from_a_function():
    rate, keep = 0.05, 0.8

    def mine(g, v):
        v = jax.tree.map(lambda g, v: keep * v - rate * g, g, v)
        return v, v

    assert_close(path(from_function(mine)), path(momentum(rate, keep)))
    with pytest.raises(TypeError, match="from_function: expected a function"):
        from_function(0.1)


def test_a_subclass_says_what_a_step_is():
    class Silent(optim.base.Optimizer):
        pass

    class Blank(ByArray):
        pass

    w = jnp.ones(2)
    assert Silent().init(w) == 0
    with pytest.raises(NotImplementedError, match=r"expected Silent to define update\(.*\).*, got none; write it"):
        Silent().update(w, 0, w)
    with pytest.raises(NotImplementedError, match=r"expected Blank to define step\(g, m, rate\), got none; write it"):
        Blank(as_float(0.1)).update(w, Blank(as_float(0.1)).init(w), w)


# --- types, states, and what optax's may ask for ------------------------------------------------------------------


@pytest.mark.parametrize("name", FACTORIES)
@pytest.mark.parametrize(("kind", "wide"), [(jnp.bfloat16, False), (jnp.float16, False), (jnp.float32, True)])
def test_updates_and_states_have_the_types_of_their_gradients(name, kind, wide):
    with jax.enable_x64(wide):
        w = {"w": jnp.array([1.0, -2.0], kind), "b": jnp.array(0.5, kind)}
        optimizer = FACTORIES[name][0](0.1)
        first, loss = optimizer.init(w), lambda w: sum(jnp.sum(x.astype(float) ** 2) for x in jax.tree.leaves(w))
        if name == "newton" and kind != jnp.float32:
            return  # no linear algebra in 16 bits
        updates, state = jax.eval_shape(lambda w, s: optimizer.update(w, s, w, loss=loss), w, first)
        assert {leaf.dtype for leaf in jax.tree.leaves(updates)} == {jnp.dtype(kind)}
        kinds = [jax.tree.map(lambda leaf: leaf.dtype.name, tree) for tree in (first, state)]
        assert jax.tree.leaves(kinds[0]) == jax.tree.leaves(kinds[1])


@pytest.mark.parametrize(("kind", "wide"), [(jnp.bfloat16, False), (jnp.float32, True)])
def test_models_of_another_type_train_with_ours_before_optax_s(kind, wide):
    with jax.enable_x64(wide):
        model = jax.tree.map(lambda leaf: leaf.astype(kind), dense(jax.random.key(0), 2, 1))
        data = jnp.ones((4, 2), kind), jnp.ones((4, 1), kind)
        for optimizer in (chain(clip_by_norm(1.0), optax.adam(0.05)), adam(linear(0.1, 0.0, 5)), momentum(0.1)):
            run = fit(model, data, squared_error, optimizer, 5)
            assert run.model.W.dtype == kind and jnp.isfinite(run.losses).all()


def test_an_update_by_hand_from_whole_numbers_is_no_whole_number():
    assert sgd(0.1).update(jnp.array(3), 0)[0] == pytest.approx(-0.3)


def test_no_optimizer_goes_on_from_another_one_s_state():
    data = jnp.ones((4, 2)), jnp.ones((4, 1))
    made = {"momentum": momentum(0.1), "nesterov": nesterov(0.1), "rmsprop": rmsprop(0.1), "adagrad": adagrad(0.1)}
    made |= {"adam": adam(0.1), "clipped": chain(clip_by_norm(1.0), momentum(0.1))}
    runs = {k: fit(dense(jax.random.key(0), 2, 1), data, squared_error, one, 2) for k, one in made.items()}
    for k, run in runs.items():
        for other, optimizer in made.items():
            if k == other:
                assert fit(run, data, squared_error, optimizer, 2).step == 4
            else:
                with pytest.raises(ValueError, match="expected the kind of optimizer that made the run, got another; "):
                    fit(run, data, squared_error, optimizer, 2)


@pytest.mark.parametrize("name", ["lbfgs", "polyak_sgd", "reduce_on_plateau"])
def test_optax_s_are_given_the_value_the_gradient_and_the_function(name):
    X = jax.random.normal(jax.random.key(0), (20, 2))
    data, model = (X, X @ jnp.array([[1.0], [-2.0]]) + 0.5), dense(jax.random.key(1), 2, 1)
    plateau = optax.contrib.reduce_on_plateau(patience=2)
    make = {"lbfgs": optax.lbfgs, "polyak_sgd": optax.polyak_sgd, "reduce_on_plateau": lambda: plateau}[name]
    for optimizer in (chain(optax.adam(0.1), plateau) if name == "reduce_on_plateau" else make(), chain(make())):
        run = fit(model, data, squared_error, optimizer, 40)
        assert run.diverged == -1 and (name == "reduce_on_plateau" or run.losses[-1] < 1e-3 < run.losses[0])
    if name == "lbfgs":
        way = descend(lambda w: jnp.sum((w - 1.0) ** 4), jnp.array([3.0, 2.0]), optax.lbfgs(), 20)
        assert way.losses[-1] < 1e-4 and way.diverged == -1


def test_noise_and_the_numbers_of_a_schedule_are_looked_at_when_they_are_given():
    for z in (1.0, jnp.zeros((0, 2))):
        with pytest.raises(ValueError, match=r"add_noise: expected noise z \(steps, ...\), got .*; draw one"):
            add_noise(0.1, z)
    for make in (lambda s: linear(s, 0.0, 5), lambda s: linear(0.1, s, 5), lambda s: cosine(s, 0.0, 5), constant):
        with pytest.raises(TypeError, match="expected a real number, got Schedule"):
            make(constant(0.1))
    for make in (exponential, step_decay):
        with pytest.raises(TypeError, match="expected a real number, got Schedule"):
            make(constant(0.1), 0.5, 5)
