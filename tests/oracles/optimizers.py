"""Optimizers beside optax and PyTorch: 40 steps on a bent bowl, and two single steps for gradients of any size."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
import scipy.optimize

from nnlib import optim
from tests.oracles.part import Part, golden

START = np.array([1.0, -2.0, 0.5])
GRADIENTS = np.outer([1.0, -0.75], 10.0 ** np.arange(-6, 7)).astype(np.float32).astype(np.float64)
MANY_SIZES = "no one step of a central difference suits gradients from 1e-6 to 1e6"
STEPS = 40


def bowl(w):
    """Bent, so that no two steps are alike; make_golden.py has the same."""
    return w[0] ** 2 + 5 * w[1] ** 2 + jnp.cos(w[2]) + w[2] ** 2


def path(optimizer, start):
    """The parameters after each step, with nnlib's optimizers or optax's."""

    def step(carry, _):
        params, state = carry
        updates, state = optimizer.update(jax.grad(bowl)(params), state, params)
        params = optim.apply_updates(params, updates)
        return (params, state), params

    return jax.lax.scan(step, (start, optimizer.init(start)), length=STEPS)[1]


def two_steps(optimizer, gradients):
    """The first and the second update, each weight with a gradient of another size."""
    params = jnp.ones_like(gradients[0])
    first, state = optimizer.update(gradients[0], optimizer.init(params), params)
    second, _ = optimizer.update(gradients[1], state, params)
    return first, second


def beside_optax(name, ours, theirs, *numbers, covers="", label=""):
    """Two parts: the path and the single steps. `ours` and `theirs` take the numbers."""
    numbers = tuple(np.array(np.float32(n), np.float64) for n in numbers)

    def part(what, run, place, why):
        def expected(start, *numbers):
            return run(theirs(*map(jnp.asarray, numbers)), jnp.asarray(start))

        return Part(
            f"{label or name}, {what}", lambda start, *numbers: run(ours(*numbers), start), (place, *numbers),
            "optax", expected, covers or f"optim.{name}", no_gradient=why,
        )  # fmt: skip

    return [part("path", path, START, ""), part("two steps", two_steps, GRADIENTS, MANY_SIZES)]


def newton(start, damping, rate):
    """Ours on SciPy's Rosenbrock function, whose Hessian is nowhere diagonal."""
    optimizer = optim.newton(damping, rate)

    def step(carry, _):
        params, state = carry
        updates, state = optimizer.update(jax.grad(rosenbrock)(params), state, params, loss=rosenbrock)
        params = optim.apply_updates(params, updates)
        return (params, state), params

    return jax.lax.scan(step, (start, optimizer.init(start)), length=STEPS)[1]


def rosenbrock(w):
    return jnp.sum(100 * (w[1:] - w[:-1] ** 2) ** 2 + (1 - w[:-1]) ** 2)


def newton_by_hand(start, damping, rate):
    w, found = start.copy(), []
    for _ in range(STEPS):
        H = scipy.optimize.rosen_hess(w) + damping * np.eye(w.size)
        w = w - rate * np.linalg.solve(H, scipy.optimize.rosen_der(w))
        found.append(w)
    return (np.stack(found),)


def beside_torch(entry, make):
    return golden(entry, lambda start: path(make(), start), f"optim.{entry.split(',')[0]}", name=f"{entry}, path")


def added(*transforms):
    """optax's counterpart of a chain that ends in plain descent at 0.05."""
    return optax.chain(*transforms, optax.sgd(0.05))


PARTS = [
    *beside_optax("sgd", optim.sgd, optax.sgd, 0.05, covers="optim.sgd optim.SGD"),
    *beside_optax("momentum", optim.momentum, optax.sgd, 0.03, 0.8),
    *beside_optax("nesterov", optim.nesterov, lambda rate, a: optax.sgd(rate, a, nesterov=True), 0.03, 0.8),
    # optax's eps stands under the root there; PyTorch's, below, does not
    *beside_optax("adagrad", lambda rate: optim.adagrad(rate, 0.0), lambda rate: optax.adagrad(rate, 0.0, 0.0), 0.3),
    *beside_optax("rmsprop", optim.rmsprop, lambda *n: optax.rmsprop(*n, eps_in_sqrt=False), 0.02, 0.8, 1e-3),
    *beside_optax("adam", optim.adam, optax.adam, 0.05, 0.8, 0.95, 1e-3, covers="optim.adam optim.Adam"),
    *beside_optax("adam", optim.adam, optax.adam, 0.05, label="adam, defaults"),
    *beside_optax("adamw", optim.adamw, lambda r, a, b, e, decay: optax.adamw(r, a, b, e, weight_decay=decay),
                  0.05, 0.8, 0.95, 1e-3, 0.1),
    *beside_optax("clip_by_value", lambda limit: optim.chain(optim.clip_by_value(limit), optim.sgd(0.05)),
                  lambda limit: added(optax.clip(limit)), 0.3, covers="optim.clip_by_value optim.chain"),
    *beside_optax("clip_by_norm", lambda limit: optim.chain(optim.clip_by_norm(limit), optim.sgd(0.05)),
                  lambda limit: added(optax.clip_by_global_norm(limit)), 0.5),
    *beside_optax("coupled_decay", lambda decay: optim.chain(optim.coupled_decay(decay), optim.adam(0.05)),
                  lambda decay: optax.chain(optax.add_decayed_weights(decay), optax.adam(0.05)), 0.1),
    *beside_optax("decoupled_decay", lambda d: optim.chain(optim.adam(0.05), optim.decoupled_decay(d, 0.05)),
                  lambda d: optax.chain(optax.scale_by_adam(), optax.add_decayed_weights(d), optax.scale(-0.05)), 0.1),
    Part("newton, path", newton, (np.array([1.5, 2.0, 3.75]), np.array(0.5), np.array(0.75)), "SciPy", newton_by_hand,
         "optim.newton"),
    beside_torch("sgd", lambda: optim.sgd(0.05)),
    beside_torch("momentum", lambda: optim.momentum(0.03, 0.8)),
    beside_torch("nesterov", lambda: optim.nesterov(0.03, 0.8)),
    beside_torch("adagrad", lambda: optim.adagrad(0.3, 1e-6)),
    beside_torch("rmsprop", lambda: optim.rmsprop(0.02, 0.9, 1e-6)),
    beside_torch("adam", lambda: optim.adam(0.05, 0.8, 0.95, 1e-6)),
    beside_torch("adamw", lambda: optim.adamw(0.05, 0.8, 0.95, 1e-6, 0.1)),
    beside_torch("sgd, coupled decay", lambda: optim.chain(optim.coupled_decay(0.1), optim.sgd(0.05))),
    beside_torch("adam, coupled decay", lambda: optim.chain(optim.coupled_decay(0.1), optim.adam(0.05))),
    beside_torch("soft_threshold", lambda: optim.chain(optim.sgd(0.05), optim.soft_threshold(0.75, 0.05))),
]  # fmt: skip
