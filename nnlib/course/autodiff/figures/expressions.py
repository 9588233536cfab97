"""Expressions that are worth seeing, and the numbers that they begin with."""

from __future__ import annotations

__all__ = ["KNOWN", "START", "STEPS"]

STEPS = "d = f + 3; e = f*g; b = d + e; c = e + 2; a = b*c"  # the worked graph

START = {"a": 2.0, "b": -3.0, "c": 10.0, "w": -0.5, "x": 2.0, "y": 0.5, "z": 1.0}  # every name there is, to be typed
UNIT = {"x": 2.0, "w": -3.0, "y": 0.0, "z": 1.0, "b": 6.88137}

KNOWN = {
    "one name, three ways": {
        "expression": "x*x*x",
        "inputs": START,
        "says": "x is one node with three ways out, each worth x². Together 3x² = 12.",
    },
    "a gate": {
        "expression": "relu(a*b) + c",
        "inputs": START,
        "says": "a·b is below 0, so the relu is shut: nothing comes back to a and b. Drag b above 0.",
    },
    "the larger one": {
        "expression": "maximum(a*a, x*y) * c",
        "inputs": START,
        "says": "Only the larger of the two gets a gradient. The other may move a little, and nothing changes.",
    },
    "flat": {
        "expression": "tanh(a*c)",
        "inputs": START,
        "says": "tanh(20) is 1 to the last digit, and flat as a table: no gradient comes through.",
    },
    "two that cancel": {
        "expression": "a*b - b*a",
        "inputs": START,
        "says": "Two ways from a to the result, worth b and −b. Together 0: a does not matter.",
    },
    "a unit and its loss": {
        "expression": "u = x*w + y*z + b; o = tanh(u); (o - 1)**2",
        "inputs": START | UNIT,
        "says": "Inputs x and y, weights w and z. It says 0.707 and should say 1. z cannot help: its input is 0.",
    },
}
