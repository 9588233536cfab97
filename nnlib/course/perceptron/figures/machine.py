"""The machine: how far a point is from the boundary, and a decision in everyday words."""

from __future__ import annotations

import numpy as np

from nnlib.live import Arrow, Bars, Note, Plane, handle, live, log_slider, predict, slider, toggle
from nnlib.perceptron import perceptron

from .planes import INPUTS, PLANE, SHARP, answers

__all__ = ["decision", "distance"]


@live(
    guess=predict(
        "All three numbers are doubled, both weights and the bias. What happens to the z of a point, and to its "
        "distance from the line?",
        ["both double", "z doubles, the distance stays", "both stay as they are"],
        "z doubles, the distance stays",
        "2(w·x + b) is 0 exactly where w·x + b is 0, so that the line does not move.",
    ),
    scale=log_slider(0.5, 2.0, 1.0, label="all three multiplied by"),
    direction=slider(-180, 180, 40, step=5, unit="°", label="direction of w"),
    b=slider(-2.0, 2.0, -0.5),
    probe=handle(2.0, 1.0, label="the point"),
)
def distance(scale, direction, b, probe):
    """How far a point is from the boundary: the sum z, measured in lengths of w."""
    angle = np.deg2rad(direction)
    machine = perceptron(scale * np.array([np.cos(angle), np.sin(angle)]), scale * b)
    z, far = float(machine.weighted_sum(probe.xy)), float(machine.distance(probe.xy))
    foot = probe.xy - far * np.array([np.cos(angle), np.sin(angle)])
    arrows = [Arrow((0, 0), machine.w, "w"), Arrow(probe.xy, foot, f"{abs(far):.2f}")]
    plane = Plane(answers(machine), **SHARP, **INPUTS, arrows=arrows, handles=[probe], bounds=PLANE)
    bars = Bars(["z", "||w||", "z / ||w||"], [z, scale, far], range=(-13, 13), digits=2)
    w1, w2, bias = (round(float(v), 2) + 0.0 for v in (*machine.w, machine.b))  # no minus before a nought
    numbers = f"w = ({w1:.2f}, {w2:.2f}), b = {bias:.2f}"
    side = "On the line." if abs(far) < 0.005 else f"{abs(far):.2f} from the line, on the side of {int(z >= 0)}."
    return plane, [bars, Note(side), Note(numbers)]


REASONS = {"a friend comes along": 2.0, "the band is good": 3.0, "it rains": -2.0}


@live(
    friend=toggle(True, label="a friend comes along (+2)"),
    band=toggle(False, label="the band is good (+3)"),
    rain=toggle(False, label="it rains (−2)"),
    reluctance=slider(0.0, 6.0, 2.5, step=0.5),
)
def decision(friend, band, rain, reluctance):
    """Going out or not: inputs are reasons, weights say how much each counts, the bias is reluctance."""
    given = np.array([friend, band, rain], float)
    terms = given * np.array(list(REASONS.values()))
    z = terms.sum() - reluctance
    bars = Bars([*REASONS, "b = −reluctance", "z"], [*terms, -reluctance, z], range=(-6, 6), digits=1)
    return bars, [Note("y = 1: go out." if z >= 0 else "y = 0: stay at home.", title="the decision")]
