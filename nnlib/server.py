"""An extension of Jupyter's server, switched on by the set-up: prompt messages, and kernels that give memory back.

The server sends a kernel's messages through TCP, which by default keeps a small one back until the one before it is
acknowledged (Nagle's algorithm), while the browser's side waits up to 40 ms with its acknowledgement in the hope of
something to send along. A picture that answers a slider follows small messages all the time, and would mostly wait.

The C library of Linux keeps what a thread has freed apart from other threads' (in arenas, eight for each processor).
A live piece computes on a new thread each time, and so fills one arena after the other. How many there are can only
be said before a process starts: so it is said here, and the kernels inherit it. See also nnlib/live/memory.py.
"""

import os
from typing import Any

__all__ = ["prompt"]


def prompt(connection: type) -> type:
    """The kernel-connection class whose socket does not wait (TCP_NODELAY); otherwise as `connection`."""

    class PromptConnection(connection):
        async def connect(self) -> Any:
            self.websocket_handler.set_nodelay(True)
            return await super().connect()

    return PromptConnection


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "nnlib.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    settings = server.web_app.settings
    settings["kernel_websocket_connection_class"] = prompt(settings["kernel_websocket_connection_class"])
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
