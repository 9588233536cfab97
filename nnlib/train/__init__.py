"""Training: one compiled loop; chunks, early stopping, sweeps; and an optimizer's path over any function."""

from nnlib.train.chunks import ending, start, stream
from nnlib.train.descent import Descent, descend
from nnlib.train.loop import Run, fit
from nnlib.train.stopping import Stopped, early_stopping, stopping_point
from nnlib.train.sweeps import sweep

__all__ = [
    "Descent", "Run", "Stopped", "descend", "early_stopping", "ending", "fit", "start", "stopping_point", "stream",
    "sweep",
]  # fmt: skip
