"""Live pieces on a web page of our own, without JupyterLab: the same front end, answered over a web socket.

with Page([line, circle]) as page:
    print(page.address)

The front end asks its `model` for four things only: `get`, `on`, `off` and `send`.  In JupyterLab anywidget gives it
one, here `page.js` does.
"""

from .serve import Page

__all__ = ["Page"]
