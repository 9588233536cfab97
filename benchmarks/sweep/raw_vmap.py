"""JAX without any library: `vmap` over all runs at once, of the scan that `small_mlp` has."""

import jax
import numpy as np

from benchmarks.small_mlp.raw_scan import trained
from benchmarks.sweep.problem import Sweep, network
from benchmarks.timing import Contender


def contender(task: Sweep) -> Contender:
    X, y, _, steps, _ = task.problem

    @jax.jit
    @jax.vmap
    def together(eta, key):
        weights = [(layer.W, layer.b) for layer in network(key).layers if hasattr(layer, "W")]
        return trained(weights, X, y, eta, steps)[1][-1]

    def train(_) -> float:
        return float(np.nanmin(np.asarray(together(*task.all_runs()))))

    return Contender("raw_vmap", train)
