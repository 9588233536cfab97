"""nnlib: neural networks small enough to read in an evening, fast enough to answer a slider.

Nothing is imported here: `from nnlib.layers import mlp`, `from nnlib.train import fit`.
"""

__version__ = "0.1.0"
