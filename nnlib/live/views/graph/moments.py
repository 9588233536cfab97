"""A computation graph step by step: forward through its nodes, then backward, each handing its gradient on."""

from __future__ import annotations

from collections.abc import Sequence

from nnlib.autodiff import Graph

from .captions import LEAVES, Captions, short

__all__ = ["moments"]


def moments(graph: Graph, captions: Captions) -> list[dict]:
    """What happens at each moment of the player, as `_moment` has it."""
    given = [n.id for n in graph.nodes if n.op in LEAVES]
    work = [n.id for n in graph.nodes if n.op not in LEAVES]
    edges: dict[int, list[int]] = {}
    for k, edge in enumerate(graph.edges):
        edges.setdefault(edge.target, []).append(k)
    forward = [
        _moment(f"forward, {count} of {len(work)}:  {captions.forward(i)}", i, edges.get(i, []), values=[i])
        for count, i in enumerate(work, 1)
    ]
    start = _moment("The inputs have their values.", None, values=given)
    return [start, *forward, *_backward(graph, captions, work, edges)]


def _backward(graph: Graph, captions: Captions, work: list[int], edges: dict[int, list[int]]) -> list[dict]:
    """The result's own gradient, 1; then every node once, the last one first."""
    nodes, out = graph.nodes, graph.outputs[0]
    back = [i for i in reversed(work) if nodes[i].gradient is not None]
    received: dict[int, float] = {}  # what has come together so far, of single numbers
    if nodes[out].gradient is None:
        return []
    seed = [[out, captions.value(nodes[out].gradient)]]
    steps = [_moment(f"backward begins:  {captions.by(out)} = {seed[0][1]}", out, gradients=seed, back=True)]
    for count, i in enumerate(back, 1):
        says = f"backward, {count} of {len(back)}:  {captions.backward(i, received)}"
        flows = [j for j in dict.fromkeys(nodes[i].inputs) if nodes[j].gradient is not None]
        told = [[j, short(received[j]) if j in received else captions.value(nodes[j].gradient)] for j in flows]
        own = [k for k in edges.get(i, []) if graph.edges[k].source in flows]
        steps.append(_moment(says, i, own, gradients=told, back=True))
    return steps


def _moment(
    says: str,
    node: int | None,
    edges: Sequence[int] = (),
    *,
    values: Sequence[int] = (),
    gradients: Sequence[list] = (),
    back: bool = False,
) -> dict:
    """says: a sentence.  node: the one at work.  edges: those that it uses.  values: nodes that get their value.

    gradients: [node, text] for those whose gradient is changed.
    """
    return {
        "says": says,
        "node": node,
        "edges": list(edges),
        "values": list(values),
        "gradients": list(gradients),
        "back": back,
    }
