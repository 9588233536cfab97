"""Checks of gradients: small where the rule is right, large where it is wrong, with the known slopes in between."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from nnlib.autodiff import check_gradient, error_curve

POINT = {"w": jnp.array([[0.3, -1.2], [2.0, 0.1]]), "b": jnp.array([0.5, -0.5])}


@jax.custom_jvp
def wrong(x):
    return jnp.tanh(x)


wrong.defjvp(lambda x, dx: (wrong(*x), (1 - wrong(*x)) * dx[0]))  # 1 - y, and not 1 - y^2


def loss(f):
    return lambda p: jnp.sum(f(p["w"] @ p["w"] + p["b"]) ** 2)


def test_a_right_gradient_and_a_wrong_one():
    assert check_gradient(loss(jnp.tanh), POINT) < 1e-9
    assert check_gradient(loss(wrong), POINT) > 0.1
    assert check_gradient(lambda x: x**2, 3.0) < 1e-9
    assert check_gradient(lambda x: jnp.sum(0 * x), jnp.ones(3)) == 0
    assert check_gradient(lambda x: x[0] ** 2 + 0 * x[1], jnp.array([1.0, 5.0])) < 1e-9  # an entry that is 0


def test_the_scale_of_the_function_does_not_matter():
    for scale in (1e-12, 1.0, 1e12):
        assert check_gradient(lambda p, s=scale: s * loss(jnp.tanh)(p), POINT) < 1e-9
        assert check_gradient(lambda p, s=scale: s * loss(wrong)(p), POINT) > 0.1


def test_the_step_can_be_chosen():
    assert check_gradient(jnp.sin, 1.0, h=0.1) == pytest.approx(0.1**2 / 6, rel=0.01)


@pytest.mark.parametrize("h", [0, 0.0, -1e-5, np.nan, np.inf, np.array([1e-5, 1e-5])])
def test_the_step_is_a_number_above_0(h):
    with pytest.raises(ValueError, match=r"check_gradient: expected a step h above 0, got .*; such as 1e-5"):
        check_gradient(jnp.sin, 1.0, h=h)


def test_truncation_and_rounding():
    """exp at 1: forward falls like h f''/2, central like h^2 f'''/6, and rounding stops both near its best step."""
    curve = error_curve(jnp.exp, 1.0)
    assert len(curve.steps) == len(curve.forward) == len(curve.central) == 61
    at = {round(np.log10(h), 2): i for i, h in enumerate(curve.steps)}
    assert curve.forward[at[-4.0]] == pytest.approx(1e-4 * np.e / 2, rel=1e-3)
    assert curve.central[at[-2.0]] == pytest.approx(1e-4 * np.e / 6, rel=1e-3)
    assert 1e-9 < curve.steps[curve.forward.argmin()] < 1e-7
    assert 1e-6 < curve.steps[curve.central.argmin()] < 1e-4
    assert curve.forward[at[-14.0]] > 1e-3 and curve.central[at[-14.0]] > 1e-3
    assert curve.central.min() < 1e-10 < curve.forward.min() < 1e-7


def test_steps_are_checked():
    given = error_curve(jnp.sin, 0.3, [1e-6, 1e-3])
    assert given.forward.shape == (2,) and given.forward[1] > given.central[1]
    for steps in ([0.0, 1.0], [-1.0], 3.0):
        with pytest.raises(ValueError, match="expected a list of steps above 0"):
            error_curve(jnp.sin, 0.3, steps)


def test_single_precision_stays_what_it_was():
    check_gradient(jnp.sin, 1.0)
    assert jnp.ones(1).dtype == jnp.float32


def test_no_number_and_no_step():
    for x in ([], {}, jnp.zeros(0)):
        with pytest.raises(ValueError, match="check_gradient: expected numbers x, got"):
            check_gradient(lambda x: 0.0, x)
    with pytest.raises(TypeError, match="expected a real number, got 'a'"):
        check_gradient(lambda x: 0.0, "a")
    for h in ("a", None, [1e-5]):
        with pytest.raises(ValueError, match="check_gradient: expected a step h above 0, got"):
            check_gradient(lambda x: x**2, 1.0, h)
