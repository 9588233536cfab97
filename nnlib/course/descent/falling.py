"""What falls below a logarithmic axis leaves the picture there, instead of running along its edge like a floor."""

from __future__ import annotations

import numpy as np

__all__ = ["leaving"]


def leaving(values: np.ndarray, least: float, most: float) -> np.ndarray:
    """Values as they are drawn, (T,) or a row for each curve: at most `most`, and `least` where they first fall below.

    After that they are 0, which no logarithmic axis shows, until they are above `least` again.
    """
    values = np.asarray(values, float)
    below = values < least
    first = below & ~np.concatenate([np.zeros_like(below[..., :1]), below[..., :-1]], axis=-1)
    return np.where(first, least, np.where(below, 0.0, np.minimum(values, most)))
