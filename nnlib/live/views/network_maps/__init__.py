"""A network of little pictures."""

from .network_maps import NetworkMaps

__all__ = ["NetworkMaps"]
