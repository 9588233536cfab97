"""Newton's method: one step on a parabola, saddles, damping, training with it, and what it refuses."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import pytest

from nnlib.layers import dense
from nnlib.losses import squared_error
from nnlib.optim import apply_updates, chain, clip_by_norm, newton, sgd
from nnlib.train import fit
from tests.helpers import assert_close, float64


def moved(optimizer, loss, params, steps=1):
    def step(carry, _):
        params, state = carry
        updates, state = optimizer.update(jax.grad(loss)(params), state, params, loss=loss)
        return (apply_updates(params, updates), state), None

    return jax.lax.scan(step, (params, optimizer.init(params)), length=steps)[0][0]


def parabola(params):
    """Its bottom is at x = (1, 2), y = 3, and it is neither round nor straight."""
    x, y = params["x"] - jnp.array([1.0, 2.0]), params["y"] - 3.0
    return 50 * x[0] ** 2 + x[1] ** 2 + x[0] * x[1] + 2 * y**2 + y * x[1]


def saddle(w):
    return w[0] ** 2 - w[1] ** 2 + 0.25 * w[1] ** 4


def test_one_step_on_a_parabola():
    start = {"x": jnp.array([-4.0, 9.0]), "y": jnp.array(0.0)}
    with float64():
        end = moved(newton(), parabola, jax.tree.map(lambda a: jnp.asarray(a, float), start))
        np.testing.assert_allclose(end["x"], [1, 2], rtol=1e-12)
        np.testing.assert_allclose(end["y"], 3, rtol=1e-12)
    assert float(parabola(moved(sgd(0.01), parabola, start, 50))) > 1  # gradient descent is still on its way


def test_saddles_attract_it():
    """f = x^2 - y^2 + y^4/4: a saddle at 0, minima at y = +-sqrt(2)."""
    start = jnp.array([0.5, 0.3])
    assert jnp.abs(moved(newton(), saddle, start, 10)).max() < 1e-6
    assert abs(float(moved(sgd(0.05), saddle, start, 300)[1])) == pytest.approx(2**0.5, abs=1e-3)
    assert abs(float(moved(newton(damping=2.5), saddle, start, 300)[1])) == pytest.approx(2**0.5, abs=1e-3)


def test_much_damping_is_gradient_descent():
    start = jnp.array([0.5, 0.3])
    small, plain = moved(newton(damping=1e4), saddle, start), moved(sgd(1e-4), saddle, start)
    np.testing.assert_allclose(small - start, plain - start, rtol=1e-2)


def test_training_with_it_solves_least_squares_in_a_step():
    rng = np.random.default_rng(0)
    X, d = rng.normal(size=(40, 3)), rng.normal(size=40)
    expected = np.linalg.lstsq(np.c_[X, np.ones(40)], d, rcond=None)[0]
    with float64():
        for optimizer in (newton(), chain(newton())):
            model = dense(jax.random.key(0), 3, 1)
            model = jax.tree.map(lambda a: jnp.asarray(a, float), model)
            run = fit(model, (jnp.asarray(X), jnp.asarray(d)), squared_error, optimizer, 1)
            np.testing.assert_allclose(np.r_[run.model.W[:, 0], run.model.b], expected, rtol=1e-9)


def test_functions_with_a_backward_rule_of_their_own():
    @jax.custom_vjp
    def square(x):
        return x**2

    square.defvjp(lambda x: (x**2, x), lambda x, g: (2 * x * g,))
    np.testing.assert_allclose(moved(newton(), lambda w: jnp.sum(square(w - 1)), jnp.zeros(2)), 1, rtol=1e-6)


def test_a_gradient_that_was_clipped_before_it():
    loss = lambda w: jnp.sum(w**2)  # noqa: E731
    end = moved(chain(clip_by_norm(1.0), newton()), loss, jnp.array([3.0, 4.0]))
    np.testing.assert_allclose(end, jnp.array([3.0, 4.0]) - jnp.array([0.6, 0.8]) / 2, rtol=1e-5)


def test_jit_and_vmap():
    starts = jnp.array([[0.5, 0.3], [-0.2, 2.0]])
    step = lambda w: moved(newton(0.1, 0.5), saddle, w, 2)  # noqa: E731
    for start, end in zip(starts, jax.vmap(step)(starts), strict=True):
        assert_close(end, jax.jit(step)(start))
        assert_close(end, step(start))


def test_what_it_refuses():
    w = jnp.ones(2)
    with pytest.raises(ValueError, match=r"newton: expected loss= .*, got no loss and 2 parameters; fit gives"):
        newton().update(w, newton().init(w), w)
    with pytest.raises(ValueError, match=r"newton: expected .* 1 to 1000 parameters, got a loss and 1001 parameters; "):
        moved(newton(), lambda w: jnp.sum(w**2), jnp.ones(1001))
    with pytest.raises(ValueError, match="got no loss"):  # optax's chain hands no extra arguments to ours
        optimizer = optax.chain(newton())
        optimizer.update(w, optimizer.init(w), w, loss=jnp.sum)
