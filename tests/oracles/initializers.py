"""Initializers beside the distributions that they promise, their widths from PyTorch (Kolmogorov-Smirnov test)."""

import jax
import numpy as np
import scipy.stats

from nnlib import initializers as ours
from tests.oracles.part import stored

SHAPE = tuple(int(n) for n in stored("initializers", "in")[0])  # (3, 5, 4, 6): a window, 4 inputs, 6 outputs
LECUN, GLOROT, HE = (float(deviation) for deviation in stored("initializers", "out")[0])


def uniform(deviation):
    """The uniform distribution around 0 of this standard deviation."""
    return scipy.stats.uniform(-(3**0.5) * deviation, 2 * 3**0.5 * deviation)


DISTRIBUTIONS = {
    "normal": scipy.stats.norm(0, 1),
    "uniform": scipy.stats.uniform(-1, 2),
    "lecun_normal": scipy.stats.norm(0, LECUN),
    "glorot_normal": scipy.stats.norm(0, GLOROT),
    "glorot_uniform": uniform(GLOROT),
    "he_normal": scipy.stats.norm(0, HE),
    "he_uniform": uniform(HE),
}
EXACT = {"zeros", "constant", "orthogonal"}  # compared number by number


def drawn(name, bits, draws=200):
    """72,000 numbers from the initializer."""
    with jax.enable_x64(bits == 64):
        keys = jax.random.split(jax.random.key(1), draws)
        W = jax.vmap(lambda key: getattr(ours, name)(key, SHAPE))(keys)  # no jit: one compiled draw for all
        assert W.dtype == f"float{bits}" and W.shape == (draws, *SHAPE)
        return np.asarray(W, np.float64).ravel()


def p_value(name, numbers):
    """How likely so large a gap between the numbers and the distribution is, if they come from it."""
    return scipy.stats.kstest(numbers, DISTRIBUTIONS[name].cdf, method="asymp").pvalue
