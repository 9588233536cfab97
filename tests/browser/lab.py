"""A real JupyterLab on a free port, in a folder of its own, for one test session."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

TOKEN = "course"
SETTINGS = {
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyter-widgets/jupyterlab-manager/plugin": {"saveState": True},  # as tools/settings.py has it
    "@jupyterlab/notebook-extension/tracker": {"autoStartDefaultKernel": True},
}
NO_SUBSHELLS = {"@jupyterlab/apputils-extension/kernels-settings": {"commsOverSubshells": "disabled"}}


class Lab:
    """JupyterLab serving `folder`; `url(name)` is the address of a notebook.  Use as a context manager."""

    def __init__(self, folder: Path, home: Path, *, subshells: bool = True, theme: str = "light"):
        self.folder, self.home, self.port = folder, home, _free_port()
        self.subshells = "on" if subshells else "off"
        settings = SETTINGS | ({} if subshells else NO_SUBSHELLS)
        if theme == "dark":
            settings |= {"@jupyterlab/apputils-extension/themes": {"theme": "JupyterLab Dark"}}
        for plugin, values in settings.items():
            path = home / "settings" / f"{plugin}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(values))

    def __enter__(self) -> Lab:
        self._log = open(self.home / "lab.log", "wb")
        self._process = subprocess.Popen(
            self._command(),
            cwd=self.folder,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            env=self._environment(),
        )
        self._wait_until_it_answers()
        return self

    def __exit__(self, *_) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._log.close()

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port}/lab/tree/{name}?reset&token={TOKEN}"

    def _command(self) -> list[str]:
        options = {
            "ServerApp.ip": "127.0.0.1",
            "ServerApp.port": self.port,
            "ServerApp.port_retries": 0,
            "ServerApp.open_browser": False,
            "ServerApp.allow_root": True,
            "ServerApp.root_dir": self.folder,
            "IdentityProvider.token": TOKEN,
            "LabApp.expose_app_in_browser": True,
            "LabApp.user_settings_dir": self.home / "settings",
            "LabApp.workspaces_dir": self.home / "workspaces",
        }
        return [sys.executable, "-m", "jupyterlab", *(f"--{key}={value}" for key, value in options.items())]

    def _environment(self) -> dict[str, str]:
        root = Path(__file__).parents[2]
        own = {
            "JUPYTER_CONFIG_DIR": self.home / "config",
            "JUPYTER_RUNTIME_DIR": self.home / "runtime",
            "IPYTHONDIR": self.home / "ipython",
        }
        path = os.pathsep.join(filter(None, [str(root), os.environ.get("PYTHONPATH", "")]))
        return os.environ | {key: str(value) for key, value in own.items()} | {"PYTHONPATH": path}

    def _wait_until_it_answers(self, seconds: float = 90) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end and self._process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/status?token={TOKEN}", timeout=5).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        raise RuntimeError(
            f"JupyterLab did not answer within {seconds} s:\n{(self.home / 'lab.log').read_text()[-3000:]}"
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
