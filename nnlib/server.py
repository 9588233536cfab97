"""An extension of Jupyter's server, switched on by the set-up: prompt messages, and kernels that give memory back.

The server sends a kernel's messages through TCP, which by default keeps a small one back until the one before it is
acknowledged (Nagle's algorithm), while the browser's side waits up to 40 ms with its acknowledgement in the hope of
something to send along. A picture that answers a slider follows small messages all the time, and would mostly wait.

For each message to a widget, a kernel says that it is busy, and then idle again. JupyterLab draws a sign for the one
and for the other, and while it draws, the picture that answers the slider has to wait: 10 to 20 ms of the 50 from the
hand to the eye. So *busy* is not handed on where it is about a widget's message; a cell that runs is shown as ever.

The C library of Linux keeps what a thread has freed apart from other threads' (in arenas, eight for each processor).
A live piece computes on a new thread each time, and so fills one arena after the other. How many there are can only
be said before a process starts: so it is said here, and the kernels inherit it. See also nnlib/live/memory.py.
"""

import json
import os
from typing import Any

__all__ = ["busy_with_a_widget", "prompt"]

DELIMITER = b"<IDS|MSG>"  # what follows is signature, header, parent header, metadata, content, buffers


def prompt(connection: type) -> type:
    """The connection class whose socket does not wait (TCP_NODELAY), and which is quiet about widgets' messages."""

    class PromptConnection(connection):
        async def connect(self) -> Any:
            self.websocket_handler.set_nodelay(True)
            return await super().connect()

        def handle_outgoing_message(self, stream: str, outgoing_msg: list[bytes]) -> None:
            if not busy_with_a_widget(outgoing_msg):
                super().handle_outgoing_message(stream, outgoing_msg)

    return PromptConnection


def busy_with_a_widget(message: list[bytes]) -> bool:
    """Whether a message, in the parts of Jupyter's protocol, is a kernel's word that it is busy with a widget's."""
    parts = message[message.index(DELIMITER) + 1 :] if DELIMITER in message else []
    if len(parts) < 5 or b"status" not in parts[1] or b"comm_msg" not in parts[2]:
        return False
    header, parent, content = (json.loads(parts[k]) for k in (1, 2, 4))
    kinds = header["msg_type"], parent["msg_type"], content.get("execution_state")
    return kinds == ("status", "comm_msg", "busy")


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "nnlib.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    settings = server.web_app.settings
    settings["kernel_websocket_connection_class"] = prompt(settings["kernel_websocket_connection_class"])
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
