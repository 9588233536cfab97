"""The one widget: it carries frames to the browser and brings messages back, and knows nothing of either."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

import anywidget
import traitlets

__all__ = ["Stage", "front_end", "style"]


STYLES = ("style.css", "drawn.css")  # the page, and what is drawn as SVG


@cache
def front_end() -> str:
    """The ES modules of `front/`, joined into one, in the order that `front/ORDER` lists.

    One string needs no server and no address, so that a notebook works offline.  The files stay valid modules on
    their own: their imports of each other are dropped here, and only main.js keeps its `export default`.
    """
    folder = files("nnlib.live") / "front"
    names = (folder / "ORDER").read_text("utf-8").split()
    return "\n".join(_as_part((folder / name).read_text("utf-8"), name) for name in names)


def _as_part(source: str, name: str) -> str:
    source = re.sub(r"^import .* from \"\./.*\";\n", "", source, flags=re.M)
    return f"// {name}\n" + re.sub(r"^export (?!default)", "", source, flags=re.M)


@cache
def style() -> str:
    folder = files("nnlib.live") / "front"
    return "\n".join((folder / name).read_text("utf-8") for name in STYLES)


class Stage(anywidget.AnyWidget):
    """All views and controls of one live piece.  `spec` describes the controls, `opening` holds the first frame."""

    _esm = front_end()
    _css = style()
    spec = traitlets.Dict().tag(sync=True)
    opening = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)
