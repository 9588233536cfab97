"""Scaling inputs, with numbers that come from the training set and from nothing else.

scaler = z_score(X_train)
Z_train, Z_test = scaler(X_train), scaler(X_test)       # scaler.inverse(Z_test) is X_test again

ValueError: no examples to fit, or one that is not finite, which traced ones need not show; other columns than were
fitted. TypeError: what is no number.
"""

import jax
import jax.numpy as jnp

from nnlib.module import Array, Module, as_float, buffer

__all__ = ["MinMax", "ZScore", "min_max", "z_score"]


class Scaler(Module):
    """Z = (X - shift) / scale, column by column: shift and scale (D,), in the units of X; X and Z (..., D)."""

    shift: Array = buffer()
    scale: Array = buffer()

    def __call__(self, X: Array) -> Array:
        return (self._checked(X) - self.shift) / self.scale

    def inverse(self, Z: Array) -> Array:
        """X = Z scale + shift."""
        return self._checked(Z) * self.scale + self.shift

    def _checked(self, X: Array) -> Array:
        X, form = jnp.asarray(X), self.shift.shape
        if X.shape[X.ndim - len(form) :] != form:
            who = type(self).__name__
            raise ValueError(f"{who}: expected shape (..., {str(form)[1:]}, got {X.shape}; give the fitted columns")
        return X


class ZScore(Scaler):
    """Mean 0 and standard deviation 1 where it was fitted. Made by `z_score`."""


class MinMax(Scaler):
    """From low to high where it was fitted; other examples may lie outside. Made by `min_max`."""


def z_score(X: Array) -> ZScore:
    """Z = (X - m) / s, with the mean m and the standard deviation s of each column of X (N, D).

    s divides by N. A column in which all are alike is only shifted, as if s = 1. The shape of a distribution
    stays: z-scores of skewed data are as skewed, not normal.
    """
    X = _examples("z_score", X)
    varies = X.max(0) > X.min(0)  # not s > 0, which rounding makes true of a column of 0.1
    mean, deviation = _moments(X)
    mean = jnp.where(varies, mean, X[0])  # to the last bit
    return ZScore(mean, jnp.where(varies, deviation, 1))


def min_max(X: Array, low: float = 0.0, high: float = 1.0) -> MinMax:
    """Z = low + (X - a) (high - low) / (b - a), with the least a and the greatest b of each column of X (N, D).

    A column in which all are alike becomes `low`, as if b = a + 1. low, high: one number each, without a unit, for all
    columns; a ValueError unless they are single and low < high. Traced, only their shapes are looked at.
    """
    X, low, high = _examples("min_max", X), as_float(low), as_float(high)
    if low.ndim or high.ndim:
        raise ValueError(f"min_max: expected single numbers low, high, got {low.shape} and {high.shape}; give one each")
    ordered = low < high
    if not isinstance(ordered, jax.core.Tracer) and not ordered:
        raise ValueError(f"min_max: expected low < high, got {low} and {high}; exchange them")
    least, greatest = X.min(0), X.max(0)
    scale = jnp.where(greatest > least, greatest - least, 1) / (high - low)
    return MinMax(least - low * scale, scale)


def _moments(X: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of each column, (D,); in larger or smaller units where a sum or a square needs them.

    Squares in float32 are 0 below 1e-19 and infinite from 2e19 on. No unit is so large that its inverse would be 0.
    """
    info = jnp.finfo(X.dtype)
    tiny, most = float(info.tiny), float(info.max)
    unit = jnp.clip(jnp.abs(X).max(0), tiny, most**0.75)
    mean = jnp.where(unit < most**0.5, X.mean(0), unit * (X / unit).mean(0))
    unit = jnp.clip(jnp.abs(X - mean).max(0), tiny, most**0.75)
    usual = (unit > 1e4 * tiny**0.5) & (unit < most**0.5 / len(X))
    return mean, jnp.where(usual, X.std(0), unit * jnp.sqrt(jnp.square((X - mean) / unit).mean(0)))


def _examples(who: str, X: Array) -> Array:
    """The examples as floating-point numbers, if there are any and all are finite."""
    X = jnp.asarray(X)
    X = X if jnp.issubdtype(X.dtype, jnp.floating) else as_float(X)
    if X.ndim < 1 or len(X) < 1:
        raise ValueError(f"{who}: expected examples X (N, D), got {X.shape}; give the training set")
    finite = jnp.isfinite(X).all()
    if not isinstance(finite, jax.core.Tracer) and not finite:
        raise ValueError(f"{who}: expected finite numbers, got NaN or infinity; drop or fill these examples")
    return X
