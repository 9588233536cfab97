"""What was put into a control is of no use: said at the control, while the last picture stays."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(Exception):
    """Raised by a live function: `raise Refused(text="expected a name, got 3")`.

    It is no failure: somebody is in the middle of typing.  reasons: a sentence for each control meant, by its name.
    Raises TypeError if there is none, or one is no text.
    """

    def __init__(self, **reasons: str):
        if not reasons or not all(isinstance(reason, str) for reason in reasons.values()):
            raise TypeError(f"Refused: expected control=sentence, got {reasons}; such as Refused(text='no brackets')")
        super().__init__(" ".join(reasons.values()))
        self.reasons = reasons
