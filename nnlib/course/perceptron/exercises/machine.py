"""The answer of the machine."""

__all__ = ["step"]


def step(z):
    """1 where z >= 0, else 0."""
    return 1 if z >= 0 else 0
