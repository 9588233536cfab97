"""Jupyter's server hands every message on at once: an extension of it, switched on by the set-up.

The server sends a kernel's messages through TCP, which by default keeps a small one back until the one before it is
acknowledged (Nagle's algorithm), while the browser's side waits up to 40 ms with its acknowledgement in the hope of
something to send along. A picture that answers a slider follows small messages all the time, and would mostly wait.
"""

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
