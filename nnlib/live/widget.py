"""The one widget: it carries frames to the browser and brings messages back, and knows nothing of either."""

from __future__ import annotations

import anywidget
import traitlets

from .assets import front_end, style

__all__ = ["PieceWidget"]


class PieceWidget(anywidget.AnyWidget):
    """All views and controls of one live piece.  `spec` describes the controls, `opening` holds the first frame."""

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    opening = traitlets.Dict(allow_none=True, default_value=None).tag(sync=True)

    def __init__(self, **given):
        super().__init__(_esm=front_end(), _css=style(), **given)
