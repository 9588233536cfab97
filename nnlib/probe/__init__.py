"""Looking inside: answers on a plane, layer by layer, loss surfaces, images, linear regions."""

from nnlib.probe.images import feature_maps, occlusion_map, receptive_field
from nnlib.probe.layers import activations, gradient_through_time, gradients
from nnlib.probe.plane import boundary, grid, on_grid
from nnlib.probe.regions import Cell, cells, count_regions, kinks, linear_regions
from nnlib.probe.surface import coordinates, directions, hessian_eigenvalues, loss_surface

__all__ = [
    "Cell", "activations", "boundary", "cells", "coordinates", "count_regions", "directions", "feature_maps",
    "gradient_through_time", "gradients", "grid", "hessian_eigenvalues", "kinks", "linear_regions", "loss_surface",
    "occlusion_map", "on_grid", "receptive_field",
]  # fmt: skip
