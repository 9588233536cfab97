"""The one widget: it carries frames to the browser and brings messages back, and knows nothing of either."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import anywidget
import traitlets

from .bundle import bundle

__all__ = ["Stage", "front_end", "style"]


STYLES = ("style.css", "drawn.css")  # the page, and what is drawn as SVG


@cache
def front_end() -> str:
    """The front end, as one module."""
    return bundle('import main from "nnlib/live/front/main.js";\nexport default main;\n')


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
