"""The machine: how far a point is from the boundary, and a decision in everyday words."""

from __future__ import annotations

import numpy as np

from nnlib.live import Arrow, Bars, Note, Plane, handle, live, log_slider, predict, slider, toggle
from nnlib.perceptron import perceptron

from .planes import PLANE, SHARP, answers

__all__ = ["decision", "distance"]


@live(
    guess=predict(
        "The boundary is the line w·x + b = 0. All three numbers, both weights and the bias, are doubled. What happens "
        "to the boundary?",
        ["it moves away from the origin", "it turns", "it stays where it is"],
        "it stays where it is",
        "2(w·x + b) is 0 exactly where w·x + b is; z doubles everywhere, and so does ||w||: the distance stays.",
    ),
    scale=log_slider(0.25, 4.0, 1.0, label="all three multiplied by"),
    direction=slider(-180, 180, 40, step=5, unit="°", label="direction of w"),
    b=slider(-2.0, 2.0, -0.5),
    probe=handle(2.0, 1.5, label="the point"),
)
def distance(scale, direction, b, probe):
    """How far a point is from the boundary: the sum z, measured in lengths of w."""
    angle = np.deg2rad(direction)
    machine = perceptron(scale * np.array([np.cos(angle), np.sin(angle)]), scale * b)
    z, far = float(machine.weighted_sum(probe.xy)), float(machine.distance(probe.xy))
    foot = probe.xy - far * np.array([np.cos(angle), np.sin(angle)])
    arrows = [Arrow((0, 0), machine.w, "w"), Arrow(probe.xy, foot, f"{abs(far):.2f}", color="orange")]
    plane = Plane(answers(machine), **SHARP, arrows=arrows, handles=[probe], bounds=PLANE)
    bars = Bars(["z", "||w||", "z / ||w||"], [z, scale, far], range=(-8, 8), digits=2)
    side = (
        "On the boundary." if abs(far) < 0.005 else f"{abs(far):.2f} from the boundary, on the side of {int(z >= 0)}."
    )
    return plane, [bars, Note(side)]


REASONS = {"a friend comes along": 2.0, "the band is good": 3.0, "it rains": -2.0}


@live(
    friend=toggle(True, label="a friend comes along"),
    band=toggle(False, label="the band is good"),
    rain=toggle(False, label="it rains"),
    reluctance=slider(0.0, 6.0, 2.5, step=0.5),
)
def decision(friend, band, rain, reluctance):
    """Going out or not: inputs are reasons, weights say how much each counts, the bias is reluctance."""
    given = np.array([friend, band, rain], float)
    terms = given * np.array(list(REASONS.values()))
    z = terms.sum() - reluctance
    bars = Bars([*REASONS, "reluctance (b)", "z"], [*terms, -reluctance, z], range=(-6, 6), digits=2)
    return bars, [Note("Go." if z >= 0 else "Stay at home.", tone="good" if z >= 0 else "bad", title="y")]
