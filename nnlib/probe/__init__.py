"""Looking inside: answers on a plane, layer by layer, loss surfaces, images, linear regions."""

from nnlib.probe.images import feature_maps, occlusion_map, receptive_field
from nnlib.probe.layers import activations, gradient_through_time, gradients, predictions
from nnlib.probe.plane import boundary, grid, on_grid
from nnlib.probe.regions import Cell, cells, count_regions, exact_answers, kinks, linear_regions, switched_on
from nnlib.probe.surface import coordinates, directions, hessian_eigenvalues, loss_surface

__all__ = [
    "Cell", "activations", "boundary", "cells", "coordinates", "count_regions", "directions", "exact_answers",
    "feature_maps",
    "gradient_through_time", "gradients", "grid", "hessian_eigenvalues", "kinks", "linear_regions", "loss_surface",
    "occlusion_map", "on_grid", "predictions", "receptive_field", "switched_on",
]  # fmt: skip
