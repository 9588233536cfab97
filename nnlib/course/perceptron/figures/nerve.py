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


TIPS = [(1.3, 3.4), (1.0, 2.5), (1.0, 1.5), (1.3, 0.6)]
STRENGTHS = [0.13, 0.07, 0.17, 0.1]  # radii of the dots at the synapses
ENDS = [(9.0, 3.2), (9.3, 2.4), (9.3, 1.6), (9.0, 0.8)]
NEURON = {  # part: where its name stands, its lines, what it does and its counterpart in the model
    "synapses": (
        (0.0, 3.75),
        [_circle(x - 0.25, y, r) for (x, y), r in zip(TIPS, STRENGTHS, strict=True)]
        + [[(x - 1.0, y), (x - 0.25 - r, y)] for (x, y), r in zip(TIPS, STRENGTHS, strict=True)],
        "Where another cell's fibre ends, at a narrow gap. Each lets a signal through more or less strongly, and "
        "excites or inhibits. They change with use, which is called plasticity: this is how we learn. In the model: "
        "the weights w.",
    ),
    "dendrites": (
        (1.9, 3.3),
        _branches(*TIPS, root=(3.1, 2.0)),
        "Branches that take in what comes through the synapses. In the model: the inputs x, each times its weight.",
    ),
    "soma": (
        (3.2, 2.8),
        [_circle(3.6, 2.0, 0.5)],
        "The cell's body. It gathers what arrives, and fires if it is enough. In the model: the sum w·x + b, and the "
        "threshold.",
    ),
    "axon": (
        (5.6, 2.45),
        [[(x, 2.0 + 0.12 * np.sin(1.7 * (x - 4.1))) for x in np.linspace(4.1, 7.8, 40)]],
        "A single long fibre that carries the spike away; it can be a metre long. In the model: the output y.",
    ),
    "terminals": (
        (7.7, 3.3),
        _branches(*ENDS, root=(7.8, 2.0)) + [_circle(x + 0.1, y, 0.1) for x, y in ENDS],
        "The axon's ends, each at a synapse with another cell. In the model: y becomes an input of other neurons.",
    ),
}


@live(part=choice(list(NEURON), "synapses"))
def neuron(part):
    """A nerve cell, the chosen part in orange, and what became of it in the model."""
    order = sorted(NEURON, key=lambda name: name == part)  # the chosen one last, on top
    paths = [Path(line, color="orange" if name == part else "grey") for name in order for line in NEURON[name][1]]
    labels = [(*place, name) for name, (place, *_) in NEURON.items()]
    plane = Plane(paths=paths, labels=labels, bounds=(-0.2, 9.8, 0.2, 4.0))
    return ((plane, Note(NEURON[part][2], title=part)),)
