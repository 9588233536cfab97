"""What a person does in a notebook, as methods: open it, run it, move what can be moved, look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from playwright.sync_api import Browser, BrowserContext, Page

from .lab import Lab

SOON, LATER = 10.0, 120.0  # seconds that an answer, and a whole notebook, may take
FIRST = 60.0  # and an answer whose program has to be compiled first: six layers, while another test runs beside
ERROR = "root => root.querySelector('.trouble:not([hidden]) [data-part=error]')?.innerText ?? ''"
# A canvas is told by its size and a number made of all its pixels (FNV-1a): a PNG takes 12 ms longer.
PICTURE = """root => {
    const sum = ({width, height}, pixels) => {
        let mixed = 0x811c9dc5;
        for (let i = 0; i < pixels.length; i++) mixed = Math.imul(mixed ^ pixels[i], 0x01000193);
        return [width, height, mixed];
    };
    const told = c => c.width && c.height
        ? sum(c, new Uint32Array(c.getContext('2d').getImageData(0, 0, c.width, c.height).data.buffer)) : 'empty';
    return [...root.querySelectorAll('[data-view]')].map(view =>
        [...view.querySelectorAll('canvas')].map(told).join()
        + [...view.querySelectorAll('svg')].map(s => s.outerHTML).join() + view.innerText).join('|')
    + '|' + [...root.querySelectorAll('[data-part=notes], [data-part=refusal]')].map(e => e.innerText).join()
    + (root.querySelector('[data-view]')?.closest('[inert]') ? '|veiled' : '');
}"""
SHARED: dict[Browser, BrowserContext] = {}
SETTLED = """(root, most) => new Promise(done => {
    const began = performance.now();
    const look = () => {
        const {drawn = '', sent = '0', status} = root.dataset;
        const settled = drawn === sent && ['ready', 'error', 'veiled', 'stopped'].includes(status);
        if (settled || performance.now() - began > most) done({settled, ...root.dataset});
        else setTimeout(look, 15);
    };
    // What the browser draws by itself, a moment of a film, comes with the next picture; a covered page has none.
    let begun = false;
    const begin = () => begun || look(begun = true);
    requestAnimationFrame(begin);
    setTimeout(begin, 300);
})"""


def _context(browser: Browser, options: dict) -> BrowserContext:
    """One context for all pages without options of their own: JupyterLab's scripts are fetched and compiled once."""
    if options:
        return browser.new_context(**options)
    if browser not in SHARED:
        SHARED[browser] = browser.new_context()
    return SHARED[browser]


class NotebookPage:
    """One notebook, open in JupyterLab."""

    def __init__(self, browser: Browser, lab: Lab, name: str, width: int = 1300, height: int = 900, **options):
        self.page: Page = _context(browser, options).new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.complaints: list[str] = []
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        self.page.goto(lab.url(name))
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
        for piece in self.pieces:
            piece.root.wait_for(timeout=1000 * LATER)
            piece.first_drawn()

    @property
    def pieces(self) -> list[Piece]:
        roots = self.page.locator("css:light=.nnlib-live")  # to look into shadow trees, too, takes 10 ms each time
        return [Piece(self.page, roots.nth(i)) for i in range(roots.count())]

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
        return self.page.evaluate(
            """async source => {
                const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
                const future = kernel.requestExecute({code: source, store_history: false});
                let text = '';
                future.onIOPub = m => { text += m.content.text ?? m.content.traceback?.join('\\n') ?? '' };
                await future.done;
                return text;
            }""",
            source,
        )

    def close(self) -> None:
        self.page.evaluate(
            "async () => { const s = window.jupyterapp.shell.currentWidget.sessionContext; await s.shutdown() }"
        )
        self.page.close()
        if self.page.context not in SHARED.values():
            self.page.context.close()


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
        state = self.root.evaluate(SETTLED, 1000 * seconds)
        assert state["settled"], f"{self.name}: no final frame within {seconds} s: {state}"

    def first_drawn(self, seconds: float = SOON) -> None:
        """Waits for the opening picture (or error); a generator goes on from there."""
        self.page.wait_for_function(
            "root => root.dataset.n && (root.dataset.status !== 'working' || root.dataset.final === 'false')",
            arg=self.root.element_handle(),
            timeout=1000 * seconds,
        )

    def error(self) -> str:
        """The message that the piece shows, empty if it shows none."""
        return self.root.evaluate(ERROR)

    def picture(self) -> str:
        """Everything that is drawn or written in the views and the status line, as one string."""
        return self.root.evaluate(PICTURE)

    def seen(self, seconds: float = SOON) -> tuple[str, str]:
        """The error and the picture, once the last frame is drawn."""
        self.settled(seconds)
        return tuple(self.root.evaluate(f"root => [({ERROR})(root), ({PICTURE})(root)]"))

    def part(self, control: Control, selector: str = ""):
        return self.root.locator(f'[data-control="{control.name}"] {selector}'.strip())
