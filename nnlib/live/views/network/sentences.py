"""What a network's picture says: how each unit comes to its numbers, and all of it in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ...numbers import plain
from .layout import is_backward

__all__ = ["sentence", "signed", "total"]

LONGEST = 5


def signed(value: float) -> str:
    """A number with a true minus sign."""
    return plain(float(value)).replace("-", "−")


def total(weights: Sequence[float], values: Sequence[float], rest: Sequence[float] = ()) -> str:
    """`0.3·1 − 0.2·(−2) + 0.1`: products of weights and values, then the rest; long sums are cut."""
    parts = [(w, f"·{_factor(v)}") for w, v in zip(weights, values, strict=True)]
    if len(parts) > LONGEST:
        parts = [*parts[: LONGEST - 1], (1.0, "…")]
    parts += [(v, "") for v in rest]
    said = "".join(_term(value, after) for value, after in parts)
    return said.removeprefix(" + ").replace(" − ", "−", 1) if said.startswith(" − ") else said.removeprefix(" + ")


def _term(value: float, after: str) -> str:
    sign = " − " if value < 0 else " + "
    return sign + ("…" if after == "…" else signed(abs(value)) + after)


def _factor(value: float) -> str:
    return f"({signed(value)})" if value < 0 else signed(value)


def sentence(now: Mapping[str, np.ndarray], keys: Sequence[str], layer: int, unit: int) -> str:
    """How a unit comes to its numbers: `z = 0.3·1 + 0.2·2 + 0.1 = 0.8, a = 0.66, dL/da = 0.5·0.1 = 0.05, δ = 0.03`.

    now: the network's arrays at one moment; keys: the names of the units' rows.
    """
    own = {key: float(now[f"{key}:{layer}"][unit]) for key in keys if f"{key}:{layer}" in now}
    known = {key: f"{key} = {signed(value)}" for key, value in own.items() if np.isfinite(value)}
    if came := _forward(now, own, layer, unit):
        known = {"z": came} | {key: said for key, said in known.items() if key != "z"}
    forth = [said for key, said in known.items() if not is_backward(key)]
    back = [said for key, said in known.items() if is_backward(key)]
    returned = _backward(now, layer, unit) if back else ""
    return ", ".join([*forth, *filter(None, [returned]), *back])


def _forward(now: Mapping[str, np.ndarray], own: Mapping[str, float], layer: int, unit: int) -> str:
    """The weighted sum of the layer before; nothing while any of it is unknown."""
    if f"a:{layer - 1}" not in now or not np.isfinite(own.get("z", own.get("a", np.nan))) or _moved(now, layer):
        return ""
    weights, inputs = now[f"w{layer - 1}"][:, unit], now[f"a:{layer - 1}"]
    bias = [float(now[f"b{layer}"][unit])] if f"b{layer}" in now else []
    value = float(weights @ inputs + sum(bias))
    return f"z = {total(weights, inputs, bias)} = {signed(value)}" if np.isfinite(value) else ""


def _moved(now: Mapping[str, np.ndarray], layer: int) -> bool:
    """Whether the weights into a layer are no longer those that made its z, as after an update."""
    if f"z:{layer}" not in now or f"a:{layer - 1}" not in now:
        return False
    z, made = now[f"z:{layer}"], now[f"a:{layer - 1}"] @ now[f"w{layer - 1}"] + now.get(f"b{layer}", 0)
    known = np.isfinite(z) & np.isfinite(made)
    return not np.allclose(z[known], made[known], rtol=1e-4, atol=1e-5)


def _backward(now: Mapping[str, np.ndarray], layer: int, unit: int) -> str:
    """What comes back from the next layer; nothing while any of it is unknown."""
    if layer == 0 or f"δ:{layer + 1}" not in now or _moved(now, layer + 1):
        return ""
    weights, deltas = now[f"w{layer}"][unit], now[f"δ:{layer + 1}"]
    value = float(weights @ deltas)
    return f"dL/da = {total(weights, deltas)} = {signed(value)}" if np.isfinite(value) else ""
