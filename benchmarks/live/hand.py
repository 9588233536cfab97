"""The hand on the slider: real pointer movements in the page, and the page's own clock."""

import json
import time
from itertools import cycle
from pathlib import Path

from benchmarks.live import kernel

# To the right end, back, to the left end, back: shares of the slider at which a drag begins and ends.
DRAGS, MOVES = ((0.5, 0.95), (0.95, 0.5), (0.5, 0.05), (0.05, 0.5)), 25
# Before the page is asked whether its answer is painted: to ask costs the page and two more processes milliseconds,
# which no hand does.
REST_S = 0.12
HERE = Path(__file__).parent
FIRST, WATCH = ((HERE / name).read_text(encoding="utf-8") for name in ("first.js", "watch.js"))


def first_picture(notebook) -> float:
    """Run all cells; seconds from the command to the first live piece's picture.  The kernel must be a fresh one."""
    notebook.page.evaluate(FIRST)
    notebook.run_all()
    return notebook.page.evaluate("() => window.firstPicture") / 1000


class Hand:
    """Drags a slider of the piece `name`; counts the drags, and those that ended as they should."""

    def __init__(self, notebook, name: str, control: str = "learning_rate"):
        self.notebook, self.page, self.name, self.control = notebook, notebook.page, name, control
        self.piece = next(piece for piece in notebook.pieces if piece.name == name)
        self.piece.root.scroll_into_view_if_needed()
        self.piece.root.evaluate(f"root => ({WATCH})([root, {json.dumps(control)}])")
        self.box = self.piece.root.locator(f'[data-control="{control}"] input[type=range]').bounding_box()
        self.drags = self.right = 0

    def drag(self, begin: float, end: float, moves: int) -> list[dict]:
        """Drag from one share of the slider to another, each movement when the last one's answer has been painted.

        Each gives {input, drawn, painted, shown}, the page's times in ms, and the slider's value.
        """
        self._press(begin)
        for number in range(1, moves + 1):
            self._move(begin + (end - begin) * number / moves)
            time.sleep(REST_S)
            self.page.evaluate("count => window.watch.reached(count)", number)
        found = self.page.evaluate("() => window.watch.moves")
        self._release()
        return found

    def drags_beside_bare(self, code: str = kernel.BARE) -> tuple[list[dict], list[float], list[float]]:
        """Every movement of all drags, the function's times in them, and as many bare runs; code: see `kernel.bare`."""
        kernel.write_down(self.notebook, self.name)
        kernel.bare(self.notebook, [0.03], code)  # nothing is compiled any more, but a first call is slower
        moves, inner, bare = [], [], []
        for begin, end in DRAGS:
            moves += self.drag(begin, end, MOVES)
            inner += kernel.inner(self.notebook, MOVES)
            bare += kernel.bare(self.notebook, [move["value"] for move in moves[-MOVES:]], code)
        return moves, inner, bare

    def sweep(self, seconds: float) -> tuple[int, float]:
        """Drag to and fro without waiting for anything: how many frames were drawn, and in how many seconds."""
        self._press(0.5)
        path = cycle([*range(50, 95), *range(95, 5, -1), *range(5, 50)])
        frames, since = self._frames()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._move(next(path) / 100)
        more, now = self._frames()
        self._release()
        return more - frames, (now - since) / 1000

    def _press(self, share: float) -> None:
        """Take the thumb at a share of the slider; moved there first, if it is elsewhere."""
        self._move(share)
        self.page.mouse.down()
        self.page.wait_for_timeout(100)
        self.piece.settled()
        self.page.evaluate("() => window.watch.restart()")

    def _move(self, share: float) -> None:
        self.page.mouse.move(self.box["x"] + share * self.box["width"], self.box["y"] + self.box["height"] / 2)

    def _release(self) -> None:
        """Let go; does the picture that is left belong to the values that the kernel holds?"""
        self.page.mouse.up()
        self.piece.settled()
        self.page.wait_for_timeout(100)
        held = kernel.holds(self.notebook, self.name)
        shown = self.piece.root.locator("[data-part=notes]").inner_text()
        same = self.piece.values()[self.control] == held["values"][self.control]
        drawn = self.piece.attribute("drawn") == self.piece.attribute("sent")
        self.drags += 1
        self.right += same and drawn and held["note"] in shown

    def _frames(self) -> tuple[int, float]:
        return self.piece.root.evaluate("root => [root.live.frames, performance.now()]")
