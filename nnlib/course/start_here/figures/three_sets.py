"""Artificial intelligence, machine learning and deep learning, one inside the other."""

from __future__ import annotations

import numpy as np

from nnlib.live import Note, Path, Plane, choice, live

__all__ = ["sets"]

SETS = {  # name: centre, radius
    "artificial intelligence": ((0.0, 0.0), 1.0),
    "machine learning": ((0.18, -0.1), 0.7),
    "deep learning": ((0.34, -0.18), 0.4),
}
THINGS = {  # name: place, why there
    "a chess program made of written rules": (
        (-0.72, 0.3),
        "Intelligent behaviour, but nothing is learned: every rule is a person's.",
    ),
    "Samuel's checkers, 1959": (
        (-0.25, 0.1),
        "It learns by playing how much each feature counts; the features themselves are Samuel's.",
    ),
    "a line fitted to house prices": (
        (0.0, -0.55),
        "The slope comes from examples; what to measure of a house, a person decides.",
    ),
    "the network that learned the spirals": (
        (0.3, -0.32),
        "It finds its own features, layer by layer, from the raw coordinates.",
    ),
    "AlphaZero, 2017": ((0.45, -0.05), "It is given the bare board and the rules, and learns what to look for."),
}


@live(thing=choice(list(THINGS), "the network that learned the spirals"))
def sets(thing):
    """Three sets, one inside the other, and where a thing belongs."""
    angle = np.linspace(0, 2 * np.pi, 120)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    paths = [Path(np.array(centre) + radius * circle, color="grey") for centre, radius in SETS.values()]
    labels = [(x - 0.04 - 0.015 * len(name), y + 0.7 * radius, name) for name, ((x, y), radius) in SETS.items()]
    place, says = THINGS[thing]
    plane = Plane(points=([place], [1]), paths=paths, labels=labels, bounds=(-1.1, 1.1, -1.1, 1.1), ring=[0])
    return plane, [Note(says, title=thing)]
