"""Automatic differentiation: a scalar engine, computation graphs from three sources, and checks."""

from nnlib.autodiff.check import ErrorCurve, check_gradient, error_curve
from nnlib.autodiff.dual import Dual, derivative
from nnlib.autodiff.engine import Value
from nnlib.autodiff.expression import expression_graph
from nnlib.autodiff.graph import Edge, Graph, Node, Path, PathCount, value_graph
from nnlib.autodiff.jaxprs import jaxpr_graph

__all__ = [
    "Dual", "Edge", "ErrorCurve", "Graph", "Node", "Path", "PathCount", "Value", "check_gradient", "derivative",
    "error_curve", "expression_graph", "jaxpr_graph", "value_graph",
]  # fmt: skip
