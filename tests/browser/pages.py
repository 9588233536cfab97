"""What a person does in a notebook, as methods: open it, run it, move what can be moved, look."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page

from .lab import Lab

SOON, LATER = 10.0, 120.0  # seconds that an answer, and a whole notebook, may take
FIRST = 60.0  # and an answer whose program has to be compiled first: six layers, while another test runs beside
HELPERS = tuple(Path(__file__).with_name(name) for name in ("look.js", "sweep.js"))  # in every page
# What the kernel knows of the live pieces that were shown; to find them takes a moment, so it is done once a run.
PIECES = """import gc as _gc, json as _json
from nnlib.live.piece import Live as _Live
_pieces = [p for p in _gc.get_objects() if isinstance(p, _Live) and p._link.widget is not None]
"""
ENDS = "print(_json.dumps({p.name: {n: c.ends() for n, c in p.controls.items()} for p in _pieces}, default=str))"
COMPILED = 'print(sum(p.stats["recompiles"] for p in _pieces))'
# Every opening picture (or error) is there; a generator goes on from its own.
ALL_DRAWN = """() => [...document.querySelectorAll('.nnlib-live')].every(({dataset: {n, status, final}}) =>
    n && (status !== 'working' || final === 'false'))"""
SHARED: dict[Browser, BrowserContext] = {}
OPEN: list[PiecesPage] = []  # for whoever wants to know, when something fails, what was to be seen


def _context(browser: Browser, options: dict) -> BrowserContext:
    """One context for all pages without options of their own: JupyterLab's scripts are fetched and compiled once."""
    if not options and browser in SHARED:
        return SHARED[browser]
    context = browser.new_context(**options)
    for helper in HELPERS:
        context.add_init_script(path=helper)
    return context if options else SHARED.setdefault(browser, context)


class PiecesPage:
    """A page with live pieces, at whatever address."""

    def __init__(self, browser: Browser, address: str, width: int = 1300, height: int = 900, **options):
        self.page: Page = _context(browser, options).new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        OPEN.append(self)
        self.page.goto(address)
        self.begin()

    def begin(self) -> None:
        """Waits until what was opened can be used."""
        raise NotImplementedError

    def first_drawn(self) -> None:
        """Waits until every piece has its opening picture."""
        self.page.wait_for_function(ALL_DRAWN, timeout=1000 * LATER)

    @property
    def pieces(self) -> list[Piece]:
        roots = self.page.locator("css:light=.nnlib-live")  # to look into shadow trees, too, takes 10 ms each time
        return [Piece(self.page, roots.nth(i)) for i in range(roots.count())]

    def piece(self, name: str) -> Piece:
        """The first piece of that name, in sight and painted."""
        found = next(piece for piece in self.pieces if piece.name == name)
        for _ in range(10):  # what comes into sight on the way is painted, and may push it out again
            found.root.scroll_into_view_if_needed()
            place = found.root.bounding_box()
            found.root.evaluate("(root, most) => look.steady(root, most)", 1000)
            if found.root.bounding_box() == place:
                break
        return found

    @property
    def distinct(self) -> list[Piece]:
        """The pieces, each once, also if it is shown in several places."""
        first = self.page.evaluate(
            """() => {
                const specs = [...document.querySelectorAll('.nnlib-live')].map(root => root.live.spec);
                return specs.map(spec => specs.indexOf(spec));
            }"""
        )
        return [piece for i, piece in enumerate(self.pieces) if first[i] == i]

    def told(self) -> str:
        """What there is to know of the page when a test has failed: what it complains of, and what it asks."""
        try:
            asks = self.page.locator(".jp-Dialog").all_inner_texts()
            return f"{self.page.url}: complaints {self.complaints}, dialogues {asks}, {len(self.pieces)} pieces"
        except Error as error:  # Playwright's: the page is gone, or hangs
            return f"a page that does not answer: {error}"

    def close(self) -> None:
        OPEN.remove(self)
        self.page.close()
        if self.page.context not in SHARED.values():
            self.page.context.close()


class NotebookPage(PiecesPage):
    """One notebook, open in JupyterLab."""

    def __init__(self, browser: Browser, lab: Lab, name: str, width: int = 1300, height: int = 900, **options):
        super().__init__(browser, lab.url(name), width, height, **options)

    def begin(self) -> None:
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=1000 * LATER)
        self.page.wait_for_function(
            "() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.isReady", timeout=1000 * LATER
        )
        self.command("application:set-mode", mode="single-document")
        self.page.evaluate("() => window.jupyterapp.shell.collapseLeft()")

    def command(self, name: str, **arguments) -> None:
        """Runs a command of JupyterLab and waits for its end."""
        self.page.evaluate(
            "([name, args]) => window.jupyterapp.commands.execute(name, args).then(() => null)",
            [name, arguments],
        )

    def run_all(self) -> None:
        """Runs every cell and waits until each has run and every live piece has drawn its first frame."""
        self.page.evaluate(
            """() => {
                window.ran = false;
                window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => window.ran = true);
            }"""
        )
        self.page.wait_for_function("() => window.ran", timeout=1000 * LATER)
        self.first_drawn()
        self.execute(PIECES)

    def cells(self) -> list[str]:
        """The source of every cell, to see that none was cut, moved, added or changed."""
        return self.page.evaluate(
            "() => [...window.jupyterapp.shell.currentWidget.content.model.cells].map(c => c.sharedModel.getSource())"
        )

    def executions(self) -> list[int]:
        return self.page.evaluate(
            "() => [...window.jupyterapp.shell.currentWidget.content.model.cells].map(c => c.executionCount ?? 0)"
        )

    def execute(self, source: str) -> str:
        """What a piece of code prints in the notebook's kernel (through the kernel's own channel, not a cell)."""
        self.begin_to_execute(source)
        return self.executed()

    def begin_to_execute(self, source: str) -> None:
        """Hands a piece of code to the kernel, and does not wait for it."""
        self.page.evaluate(
            """source => {
                const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                const future = kernel.requestExecute({code: source, store_history: false});
                let text = '';
                future.onIOPub = m => { text += m.content.text ?? m.content.traceback?.join('\\n') ?? '' };
                window.executed = future.done.then(() => text);
            }""",
            source,
        )

    def executed(self) -> str:
        """What the last piece of code printed, when it is done."""
        return self.page.evaluate("() => window.executed")

    def ends(self) -> dict[str, dict[str, list]]:
        """Piece -> control -> the values at both ends and in the middle, as they cross the wire."""
        return json.loads(self.execute(ENDS))

    def programs(self) -> int:
        """How many programs the live pieces have compiled so far."""
        return int(self.execute(COMPILED))

    def close(self) -> None:
        self.page.evaluate(
            "async () => { const s = window.jupyterapp.shell.currentWidget.sessionContext; await s.shutdown() }"
        )
        super().close()


@dataclass
class Control:
    """One control of a piece, as the page shows it."""

    name: str
    kind: str
    spec: dict


class Piece:
    """One live piece on a page."""

    def __init__(self, page: Page, root):
        self.page, self.root = page, root

    @cached_property
    def name(self) -> str:
        return self.root.get_attribute("data-name")

    @cached_property
    def controls(self) -> list[Control]:
        specs = self.root.evaluate("root => root.live.spec.controls")
        return [Control(s["name"], s["kind"], s) for s in specs]

    def values(self) -> dict:
        return self.root.evaluate("root => root.live.values()")

    def move(self, **wires) -> None:
        """Moves controls without a hand: to take a picture, or to begin anew, not to test the hand."""
        self.root.evaluate("(root, wires) => root.live.move(wires)", wires)
        self.settled()

    def attribute(self, name: str) -> str:
        return self.root.get_attribute(f"data-{name}") or ""

    def settled(self, seconds: float = SOON) -> None:
        """Waits until the frame for the last value that was sent has been drawn."""
        state = self.root.evaluate("(root, most) => look.settled(root, most)", 1000 * seconds)
        assert state["settled"], f"{self.name}: no final frame within {seconds} s: {state}"

    def error(self) -> str:
        """The message that the piece shows, empty if it shows none."""
        return self.root.evaluate("root => look.error(root)")

    def picture(self) -> str:
        """Everything that is drawn or written in the views and the status line, as one string."""
        return self.root.evaluate("root => look.picture(root)")

    def seen(self, seconds: float = SOON) -> tuple[str, str]:
        """The error and the picture, once the last frame is drawn."""
        self.settled(seconds)
        return tuple(self.root.evaluate("root => [look.error(root), look.picture(root)]"))

    def becomes(self, look: Callable[[], object], wanted: object) -> None:
        """Waits until `look()` gives what is wanted, or something that `wanted(it)` holds of: what the page draws by
        itself comes with one of its next pictures, and a busy machine has few of them."""
        holds = wanted if callable(wanted) else wanted.__eq__
        end = time.monotonic() + SOON
        while not holds(found := look()):
            assert time.monotonic() < end, f"{self.name}: {found!r} after {SOON} s, not {wanted!r}"
            self.page.wait_for_timeout(20)

    def part(self, control: Control, selector: str = ""):
        return self.root.locator(f'[data-control="{control.name}"] {selector}'.strip())
