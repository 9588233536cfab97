"""Multiple-choice questions: every option gets an answer, the chosen one first said right or wrong."""

from __future__ import annotations

from collections.abc import Mapping

from nnlib.live import Live, Note, live, predict

__all__ = ["question"]


def question(asks: str, answer: str, says: Mapping[str, str]) -> Live:
    """A question with options: `question("2 + 2?", "4", {"3": "One too few.", "4": "Yes."})`.

    says: for every option, in their order, why it is right or wrong; all are shown once one is chosen.
    Raises ValueError if the answer is none of the options.
    """

    @live(choose=predict(asks, list(says), answer), name="question")
    def why():
        notes = [Note(text, title=option, tone="good" if option == answer else "bad") for option, text in says.items()]
        return (notes,)

    return why
