"""Training: one compiled loop, and what is made of it: chunks, early stopping, sweeps."""

from nnlib.train.loop import Run, ending, fit, start, stream
from nnlib.train.stopping import Stopped, early_stopping, stopping_point
from nnlib.train.sweeps import sweep

__all__ = ["Run", "Stopped", "early_stopping", "ending", "fit", "start", "stopping_point", "stream", "sweep"]
