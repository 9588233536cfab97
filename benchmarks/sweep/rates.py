"""Adam of optax for a stack of models, with a learning rate for each."""

import jax
import jax.numpy as jnp
import numpy as np
import optax


def stacked_adam(rates: np.ndarray) -> optax.GradientTransformation:
    """rates (runs,), for parameters (runs, ...)."""

    def scaled(updates, _=None):
        return jax.tree.map(lambda u: -jnp.reshape(rates, (-1, *[1] * (u.ndim - 1))) * u, updates)

    return optax.chain(optax.scale_by_adam(), optax.stateless(scaled))
