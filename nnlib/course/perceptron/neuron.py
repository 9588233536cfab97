"""The biological neuron, drawn: its parts, and what became of them in the model."""

from __future__ import annotations

import numpy as np

from nnlib.live import Note, Path, Plane, choice, live

__all__ = ["neuron"]


def _branches(*ends: tuple[float, float], root: tuple[float, float]) -> list[list[tuple[float, float]]]:
    """Gently bent lines from the ends to their root."""
    share = np.linspace(0, 1, 20)
    return [[(x + (root[0] - x) * s, y + (root[1] - y) * s**1.8) for s in share] for x, y in ends]


def _circle(x: float, y: float, r: float) -> list[tuple[float, float]]:
    return [(x + r * np.cos(a), y + r * np.sin(a)) for a in np.linspace(0, 2 * np.pi, 60)]


TIPS = [(0.6, 3.5), (0.3, 2.5), (0.3, 1.5), (0.6, 0.5)]
ENDS = [(9.4, 3.3), (9.7, 2.4), (9.7, 1.6), (9.4, 0.7)]
NEURON = {  # part: its lines, what it does, its counterpart in the model
    "dendrites": (
        _branches(*TIPS, root=(2.6, 2.0)),
        "Branches that take in signals from other cells. In the model: the inputs x.",
    ),
    "synapses": (
        [_circle(x - 0.12, y, 0.1) for x, y in TIPS] + [_circle(x + 0.12, y, 0.1) for x, y in ENDS],
        "The gaps between one cell and the next; each lets a signal through more or less strongly, and may excite or "
        "inhibit. They change with use, which is called plasticity: this is how we learn. In the model: the weights w.",
    ),
    "soma": (
        [_circle(3.1, 2.0, 0.5)],
        "The cell's body. It gathers what arrives, and fires if it is enough. In the model: the sum w·x + b, and the "
        "threshold.",
    ),
    "axon": (
        [[(x, 2.0 + 0.12 * np.sin(1.43 * (x - 3.6))) for x in np.linspace(3.6, 8.0, 40)]],
        "A single long fibre that carries the spike away; it can be a metre long. In the model: the output y.",
    ),
    "terminals": (
        _branches(*ENDS, root=(8.0, 2.0)),
        "The axon's ends, each at a synapse with another cell. In the model: y becomes an input of other neurons.",
    ),
}


@live(part=choice(list(NEURON), "dendrites"))
def neuron(part):
    """A nerve cell, the chosen part in orange, and what became of it in the model."""
    order = sorted(NEURON, key=lambda name: name == part)  # the chosen one last, on top
    paths = [Path(line, color="orange" if name == part else "grey") for name in order for line in NEURON[name][0]]
    plane = Plane(paths=paths, bounds=(0, 10, 0, 4))
    return ((plane, Note(NEURON[part][1], title=part)),)
