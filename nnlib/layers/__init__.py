"""Layers: modules from arrays to arrays, batch axes first and features last."""

from nnlib.layers.chain import Chain, chain, mlp
from nnlib.layers.dense import Dense, dense

__all__ = ["Chain", "Dense", "chain", "dense", "mlp"]
