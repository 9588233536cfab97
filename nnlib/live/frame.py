"""One frame: everything that changes at once in a live piece, as a picture or as an error."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from .refused import Refused
from .views import Note
from .wire import Columns, arrange, pack

HERE = str(Path(__file__).parent)

__all__ = ["Frame", "failure", "good_frame", "is_cell", "refusal", "stopped"]


@dataclass(frozen=True, eq=False)
class Frame:
    """The answer to the browser's message number `seq`; `columns` is None where there is no picture."""

    seq: int
    header: dict[str, Any]
    buffers: list[bytes] = field(default_factory=list)
    columns: Columns | None = None
    notes: tuple[Note, ...] = ()

    @property
    def words(self) -> str:
        return self.header.get("words", "")

    @property
    def error(self) -> dict | None:
        return self.header.get("error")

    def finished(self, ms: float, output: str) -> Frame:
        """The frame with the time that it took and what the function printed."""
        return replace(self, header=self.header | {"ms": ms, "output": output})

    def as_final(self) -> Frame:
        """The same picture, with the word that none follows."""
        return replace(self, header=self.header | {"final": True})

    def message(self, number: int) -> tuple[dict, list[bytes]]:
        """The frame as message number `number`, and its buffers."""
        return self.header | {"kind": "frame", "n": number, "seq": self.seq}, self.buffers

    def opening(self) -> dict:
        """The frame as the widget's first state."""
        return {"header": self.message(0)[0], "buffers": self.buffers}


def good_frame(seq: int, result: Any, final: bool = True) -> Frame:
    """The frame for what a live function returned or yielded."""
    columns, notes = arrange(result)
    header, buffers = pack(columns, notes)
    return Frame(seq, header | {"final": final}, buffers, columns, notes)


def failure(seq: int, error: BaseException, output: str, source: str = "") -> Frame:
    """The frame for an exception: a short message, and the traceback from the learner's own code on.

    source: the file (or cell) of the live function; the message names the line of it where things went wrong.
    """
    message = ": ".join(filter(None, [type(error).__name__, _words(error)]))
    steps = error.__traceback__
    while steps and steps.tb_next and steps.tb_frame.f_code.co_filename.startswith(HERE):
        steps = steps.tb_next  # without this package's own frames
    lines = [line for frame, line in traceback.walk_tb(steps) if frame.f_code.co_filename == source]
    told = message.endswith("of the cell)")  # of another piece, which this one has called
    message += f" (line {lines[-1]} of the cell)" if lines and is_cell(source) and not told else ""
    text = "".join(traceback.format_exception(type(error), error, steps))
    header = {"final": True, "output": output}
    return Frame(seq, header | {"error": {"kind": "error", "message": message[:500], "traceback": text[-6000:]}})


def _words(error: BaseException) -> str:
    """What an error says; one that cannot say it says nothing."""
    try:
        return str(error)
    except Exception:
        return ""


def refusal(seq: int, error: Refused, output: str) -> Frame:
    """The frame for what a control holds and cannot be used: a sentence at each such control."""
    said = {"kind": "refused", "message": str(error), "at": error.reasons}
    return Frame(seq, {"final": True, "output": output, "error": said})


def is_cell(source: str) -> bool:
    """Whether a file name is that of a notebook's cell, whose lines a learner can count."""
    return "ipykernel" in source or source.startswith("<ipython")


def stopped(seq: int) -> Frame:
    """The frame for a computation that was abandoned."""
    message = "Stopped. Move a control to compute again."
    return Frame(seq, {"final": True, "error": {"kind": "stopped", "message": message, "traceback": ""}})
