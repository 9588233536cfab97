"""A storm: random events on every live piece of a notebook, several at once, while the kernel must go on answering.

One event is what an impatient hand does: a control flung to a random place, several controls or several pieces in the
same moment, a slider swept back and forth, a guess, a preset, play, reset, a piece scrolled out of view and back. Every
so often the storm holds its breath: then every piece must show the frame for its last values and no error, and a cell
is run and timed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from .pages import FIRST, Control, NotebookPage, Piece
from .places import PAUSE

BREATH = 25  # events between two pauses
WITHIN = 1.0  # seconds in which the kernel has to answer a cell


@dataclass
class Weather:
    """What a storm came to."""

    events: int = 0
    moves: int = 0
    slowest_cell: float = 0.0
    megabytes: dict[int, float] = field(default_factory=dict)  # the kernel's memory after so many events

    def __str__(self):
        memory = ", ".join(f"{mb:.0f} MB after {n}" for n, mb in self.megabytes.items())
        return f"{self.events} events, {self.moves} movements, a cell in at most {self.slowest_cell:.2f} s; {memory}"


def storm(notebook: NotebookPage, events: int, seed: int, pieces: list[Piece] | None = None) -> Weather:
    """Blows `events` random events over all pieces, or those given.  AssertionError on the first that goes wrong."""
    chance, weather, pieces = random.Random(seed), Weather(), pieces or notebook.pieces
    for piece in pieces:
        _answer_question(piece, chance)
    for number in range(1, events + 1):
        chance.choices(list(EVENTS), weights=list(EVENTS.values()))[0](chance, pieces, weather)
        weather.events = number
        if number % BREATH == 0 or number == events:
            _run_a_cell(notebook, weather)
            _look(pieces, number)
        if number in (100, events):
            weather.megabytes[number] = memory(notebook)
    return weather


def lap(notebook: NotebookPage) -> None:
    """Every option of every choice once, with everything switched on, and with one line of controls, two, and so on.

    A choice or a line may ask for a program that is compiled at its first use and then kept: a few megabytes, once.
    After the lap all of them are there, and a kernel that still grows has a leak.
    """
    for piece in notebook.pieces:
        on = {control.name: True for control in piece.controls if control.kind == "toggle"}
        choices = [
            (c.name, index) for c in piece.controls if c.kind == "choice" for index in range(len(c.spec["options"]))
        ]
        values = [on | {name: index} for name, index in choices] + list(_line_by_line(piece))
        for wires in values:
            _send(piece, wires)
            piece.settled(FIRST)
        if values:
            piece.root.locator("[data-act=reset]").evaluate("button => button.click()")
            piece.settled()


def _line_by_line(piece: Piece) -> Iterator[dict]:
    """The first lines switched on, none to all; with each number of them, every option of the last one's choices."""
    lines = list(dict.fromkeys(c.spec["row"] for c in piece.controls if c.spec.get("row")))
    choices = [c for c in piece.controls if c.kind == "choice" and c.spec.get("row")]
    start = {choice.name: choice.spec["value"] for choice in choices}
    for count in range(len(lines) + 1) if lines else ():
        switches = start | {name: k < count for k, name in enumerate(lines)}
        yield switches
        for choice in choices:
            if choice.spec["row"] in lines[max(0, count - 1) : count]:
                yield from (switches | {choice.name: index} for index in range(len(choice.spec["options"])))


def memory(notebook: NotebookPage) -> float:
    """The resident memory of the kernel, in megabytes."""
    return float(notebook.execute("import psutil; print(psutil.Process().memory_info().rss / 1e6)"))


def _run_a_cell(notebook: NotebookPage, weather: Weather) -> None:
    began = time.monotonic()
    assert notebook.execute("print(6 * 7)").strip() == "42"
    weather.slowest_cell = max(weather.slowest_cell, time.monotonic() - began)
    assert weather.slowest_cell < WITHIN, f"after {weather.events} events a cell took {weather.slowest_cell:.2f} s"


def _look(pieces: list[Piece], number: int) -> None:
    """Every piece has answered its last values, with a picture."""
    for piece in pieces:
        piece.root.evaluate(PAUSE)  # a player that runs is never at rest
        piece.settled()
        assert not piece.error(), f"{piece.name} after {number} events, at {_where(piece)}: {piece.error()}"


def _where(piece: Piece) -> dict:
    """The values of the controls, without hundreds of points."""
    return {name: value for name, value in piece.values().items() if not isinstance(value, dict)}


def _answer_question(piece: Piece, chance: random.Random) -> None:
    options = piece.root.locator(".card [data-option]")
    if options.count() and options.first.is_visible():
        options.nth(chance.randrange(options.count())).click()


# --- events ------------------------------------------------------------------------------------------------------


def fling(chance, pieces, weather, piece: Piece | None = None) -> None:
    """Some controls of one piece, all at once."""
    piece = piece or chance.choice(pieces)
    movable = [c for c in piece.controls if c.kind in ANYWHERE]
    if not movable:
        return
    moved = chance.sample(movable, chance.randint(1, len(movable)))
    _send(piece, {c.name: ANYWHERE[c.kind](chance, piece, c) for c in moved})
    weather.moves += len(moved)


def fling_several(chance, pieces, weather) -> None:
    """Several pieces in the same moment."""
    for piece in chance.sample(pieces, min(3, len(pieces))):
        fling(chance, pieces, weather, piece)


def sweep(chance, pieces, weather) -> None:
    """A slider from one end to the other, faster than anything can be computed."""
    piece = chance.choice(pieces)
    sliders = [c for c in piece.controls if c.kind == "slider"]
    if not sliders:
        return
    control = chance.choice(sliders)
    stops = control.spec["stops"][:: max(1, len(control.spec["stops"]) // 15)]
    there_or_back = stops if chance.random() < 0.5 else stops[::-1]
    piece.root.evaluate(SWEEP, [control.name, there_or_back])
    weather.moves += len(stops)


def press(chance, pieces, weather) -> None:
    """A preset, a step of time, play, reset, code, larger; *stop* is not offered to an impatient hand."""
    piece = chance.choice(pieces)
    buttons = piece.root.locator("[data-preset], [data-act]:not([disabled], [data-act=stop])")
    if count := buttons.count():
        buttons.nth(chance.randrange(count)).evaluate("button => button.click()")
        weather.moves += 1


def look_away(chance, pieces, weather) -> None:
    """Another piece comes into view."""
    chance.choice(pieces).root.scroll_into_view_if_needed()


def wait(chance, pieces, weather) -> None:
    """The hand rests for a moment."""
    pieces[0].page.wait_for_timeout(chance.uniform(0, 150))


SWEEP = """async (root, [name, stops]) => {
    for (const stop of stops) {
        root.live.move({[name]: stop});
        await new Promise(done => setTimeout(done, 4));
    }
}"""
EVENTS = {fling: 8, fling_several: 3, sweep: 3, press: 3, look_away: 1, wait: 2}


def _send(piece: Piece, wires: dict) -> None:
    piece.root.evaluate("(root, wires) => root.live.move(wires)", wires)


# --- anywhere a control can be moved to ----------------------------------------------------------------------------


def _somewhere(chance, piece: Piece, control: Control) -> list[float]:
    view = piece.root.evaluate("(root, name) => root.live.viewOf(name)", control.name)
    x0, x1, y0, y1 = piece.root.evaluate("(root, view) => root.live.bounds(view)", max(view, 0)) or (-1, 1, -1, 1)
    return [chance.uniform(x0, x1), chance.uniform(y0, y1)]


def _other_points(chance, piece: Piece, control: Control) -> dict:
    """A point moved, one more, or one fewer."""
    value = piece.values()[control.name]
    x, y = list(value["x"]), list(value["y"])
    spot, what = _somewhere(chance, piece, control), chance.random()
    if x and what < 0.6:
        x[chance.randrange(len(x))] = spot
    elif what < 0.8 and len(x) < control.spec["most"]:
        x, y = [*x, spot], [*y, chance.randrange(control.spec["classes"])]
    elif len(x) > control.spec["least"]:
        gone = chance.randrange(len(x))
        x, y = x[:gone] + x[gone + 1 :], y[:gone] + y[gone + 1 :]
    return {"x": x, "y": y}


def _moment(chance, piece: Piece, control: Control) -> int:
    return chance.randrange(control.spec.get("count") or 40)


def _other_numbers(chance, piece: Piece, control: Control) -> dict:
    value, spec = piece.values()[control.name], control.spec
    return value | {chance.choice(list(value)): round(chance.uniform(spec["low"], spec["high"]), 2)}


def _other_history(chance, piece: Piece, control: Control) -> list[dict]:
    """A weight or a bias set by hand at any moment, in a network that may not have it."""
    name = ",".join(str(chance.randrange(4)) for _ in range(chance.choice([2, 3])))
    return [{"at": chance.randrange(60), "before": {}, "set": {name: chance.uniform(-3, 3)}}]


def _other_drawing(chance, piece: Piece, control: Control) -> str:
    """A few runs of grey, from the first pixel to the last."""
    size = control.spec["height"] * control.spec["width"]
    first = chance.randint(1, size - 1)
    return f"{chance.randrange(256):02x}({first}){chance.randrange(256):02x}({size - first})".replace("(1)", "")


TABLES = ["", "1, 2", "1, 2, red\n2, 1, blue\n3, 3, red\n1, 0, blue", "x;y;z\n1,5;2;a\n2,5;1;b\n;;\n"]
ANYWHERE = {
    "history": _other_history,
    "pasted": lambda chance, piece, control: chance.choice(TABLES),
    "slider": lambda chance, piece, control: chance.choice(control.spec["stops"]),
    "choice": lambda chance, piece, control: chance.randrange(len(control.spec["options"])),
    "toggle": lambda chance, piece, control: chance.random() < 0.5,
    "button": lambda chance, piece, control: piece.values()[control.name] + 1,
    "text": lambda chance, piece, control: "".join(chance.choices("ab1+*() ", k=chance.randint(0, 12))),
    "points": _other_points,
    "handle": _somewhere,
    "cell": lambda chance, piece, control: [chance.randrange(size) for size in control.spec["shape"]],
    "numbers": _other_numbers,
    "player": _moment,
    "drawing": _other_drawing,
    "pick": lambda chance, piece, control: chance.randrange(control.spec["count"]),
}
