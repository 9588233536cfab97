"""Chapter 06's networks by hand, and its live pieces."""

from .cost import cost, kept, multiplications
from .depth import DEEPEST, INPUT, SIGNAL, STARTS, deep, depth_views, lengths, verdict
from .matrices import layer_views, whole_numbers
from .network import KINDS, backward, batches, cross_entropy, difference, forward, network, right, softmax, wines
from .questions import which_cost, which_kept, which_shape, which_start, which_sum
from .stepping import step_through

__all__ = [
    "DEEPEST", "INPUT", "KINDS", "SIGNAL", "STARTS", "backward", "batches", "cost", "cross_entropy", "deep",
    "depth_views", "difference", "forward", "kept", "layer_views", "lengths", "multiplications", "network", "right",
    "softmax", "step_through", "verdict", "which_cost", "which_kept", "which_shape", "which_start", "which_sum",
    "whole_numbers", "wines",
]  # fmt: skip
