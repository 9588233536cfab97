"""What every chapter's live pieces must do: a picture at every end of every control, and code that is complete."""

import hashlib
import subprocess
import sys

from nnlib.live import Note
from nnlib.live.wire import arrange, pack

FINGERPRINT = """
from tests.course.pieces import fingerprint
print(fingerprint(views))
"""


def fingerprint(views) -> str:
    """Of the numbers that a picture is drawn from, and of its notes."""
    columns, notes = arrange(views)
    said = [view.text for stack in (*columns, notes) for view in stack if isinstance(view, Note)]
    return hashlib.sha256(repr(said).encode() + b"".join(pack(columns, notes)[1])).hexdigest()


def draws_at_every_end(piece) -> None:
    """Moves each control to each of its ends."""
    for name, control in piece.controls.items():
        for wire in control.ends():
            piece.restore({name: wire})
            assert not piece.error, f"{name} at {wire}: {piece.error}"
            assert len(piece.describe()) > 20
    piece.reset()


def code_is_complete(pieces, moved) -> None:
    """Runs what the `code` button shows in a fresh interpreter, for every piece, `moved` away from its start."""
    scripts, expected = [], []
    for piece in pieces:
        piece.set(**moved.get(piece.name, {}))
        scripts.append(piece.code() + FINGERPRINT)
        expected.append(fingerprint(piece()))
        piece.reset()
    run = subprocess.run([sys.executable, "-c", "\n".join(scripts)], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == expected
