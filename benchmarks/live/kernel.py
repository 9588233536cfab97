"""What the notebook's kernel is asked: the bare training, the piece's own statistics, its memory, its values."""

import json
from typing import Any

BARE = """
def _bare(rate):
    from time import perf_counter
    import numpy
    began = perf_counter()
    model = mlp(key, 2, 16, 16, 1)
    run = fit(model, training.value["data"].padded(), binary_cross_entropy, adam(rate), steps=1000)
    field, losses = numpy.asarray(boundary(run.model, plane, 80)), numpy.asarray(run.losses)
    return perf_counter() - began
"""

# Every frame's header says how long the function and the packing of its views took; here they are written down.
WRITE_DOWN = """
_inner, _deliver = [], {piece}._engine._deliver
def _noted(frame):
    _inner.append(frame.header.get("ms"))
    _deliver(frame)
{piece}._engine._deliver = _noted
"""


def bare(notebook, rates: list[float], code: str = BARE) -> list[float]:
    """Seconds of the computation alone, once for each learning rate: what the live function does, without views.

    code: defines `_bare(rate)`, the seconds of one.
    """
    return ask(notebook, f"[_bare(rate) for rate in {rates}]", first=code)


def write_down(notebook, piece: str = "training") -> None:
    """From now on, keep the time that each computation inside the piece takes."""
    notebook.execute(WRITE_DOWN.format(piece=piece))


def inner(notebook, count: int) -> list[float]:
    """Seconds of the last `count` computations inside the piece."""
    return [ms / 1000 for ms in ask(notebook, f"_inner[-{count}:]")]


def stats(notebook, piece: str = "training") -> dict[str, Any]:
    """What the piece has measured of itself."""
    return ask(notebook, f"{piece}.stats")


def holds(notebook, piece: str = "training") -> dict[str, Any]:
    """The values that the piece holds, and the note that belongs to them, computed anew."""
    return ask(notebook, f'{{"values": {piece}.state, "note": {piece}()[-1].text}}')


def megabytes(notebook) -> float:
    """The resident memory of the kernel's process, in millions of bytes."""
    return ask(notebook, "psutil.Process().memory_info().rss / 1e6", first="import psutil")


def ask(notebook, expression: str, first: str = "") -> Any:
    """What an expression is worth in the notebook's kernel, as JSON; first: code that is run before."""
    answer = notebook.execute(f"{first}\nimport json\nprint(json.dumps({expression}))")
    try:
        return json.loads(answer)
    except ValueError:
        raise ValueError(f"expected the kernel to answer {expression} with JSON, got {answer[-800:]!r}") from None
