"""Opening the course in JupyterLab, on the learner's copy, and closing it properly."""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
import webbrowser

from tools import copies, install, pip
from tools.console import Trouble, say

FIRST_PORT, PORTS, PATIENCE_S = 8888, 100, 90


def open_course(course, chapter="0", port=None, browser=True, extra=()):
    """Set up what is missing, bring the copies up to date and serve them until Ctrl-C."""
    try:
        install.ensure(course, "course")
    except pip.Offline as trouble:
        if not (course.here or install.usable(course)):
            raise
        say(f"{trouble} Until then the course opens with the versions from before.")
    for name in copies.refresh(course):
        remedy = f"for a fresh one beside it: python course.py fresh {name.name[:2]}"
        say(f"There is a new {name}; yours is kept, as you have changed it; {remedy}")
    return serve(course, page(course, chapter), choose_port(port), browser, extra)


def page(course, chapter):
    """The part of the address that opens the copy of `chapter`."""
    if not course.notebooks.is_dir() or not copies.chapters(course):
        return "lab"
    return f"lab/tree/work/{copies.find(course, chapter).as_posix()}"


def choose_port(asked=None, first=FIRST_PORT):
    """The port that was asked for, or else the first from `first` on that nobody uses on this machine."""
    if asked is not None:
        if not is_free(asked):
            raise Trouble(f"Port {asked} is in use: name another, or leave out --port and a free one is found.")
        return asked
    for port in range(first, first + PORTS):
        if is_free(port):
            return port
    raise Trouble(f"Ports {first} to {first + PORTS - 1} are all in use: name a free one with --port.")


def is_free(port):
    """Whether nobody listens on `port` of this machine."""
    with socket.socket() as probe, contextlib.suppress(OSError):
        if os.name != "nt":  # there, the option would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        return True
    return False


def command(course, port, extra=()):
    """The command that starts JupyterLab."""
    options = [
        f"--ServerApp.root_dir={course.root}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",  # the address that is printed must be the address that is served
        "--ServerApp.answer_yes=True",  # one Ctrl-C is enough
        f"--LabApp.workspaces_dir={course.prefix / 'lab-workspaces'}",  # no tabs of other projects
        "--no-browser",  # the script opens it, when the server answers
        "--log-level=ERROR",
        "--LabApp.log_level=ERROR",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")  # as in containers
    return [str(course.python), "-m", "jupyterlab", *options, *extra]


def serve(course, page, port, browser, extra=()):
    """Run JupyterLab until it ends or Ctrl-C; returns its exit code."""
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(16)
    address = f"http://localhost:{port}/{page}?token={token}"
    env = course.environment() | {"JUPYTER_TOKEN": token}
    server = subprocess.Popen(command(course, port, extra), cwd=course.root, env=env)
    try:
        await_answer(server, port)
        announce(address, browser and can_show())
        return server.wait()
    except KeyboardInterrupt:
        say("\nClosing the course; your work is in the folder work.")
        return 0
    finally:
        stop(server)


def await_answer(server, port):
    """Wait until the server on `port` answers."""
    end = time.monotonic() + PATIENCE_S
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < end:
        if server.poll() is not None:
            raise Trouble("JupyterLab could not start: its reason stands above.")
        try:
            direct.open(f"http://127.0.0.1:{port}/api", timeout=5).close()
            return
        except OSError:
            time.sleep(0.2)
    raise Trouble(f"JupyterLab did not answer within {PATIENCE_S} s: close other programs, then try again.")


def announce(address, browser):
    """Print the address plainly, and open it if there is a browser to open it in."""
    opened = browser and webbrowser.open(address)
    say("\nThe course is open in your browser:" if opened else "\nOpen the course in your browser:")
    say(f"\n    {address}\n\nLeave this window open meanwhile; Ctrl-C here closes the course.")


def can_show(env=os.environ, platform=sys.platform):
    """Whether a browser with windows can be opened (not one that takes over the terminal)."""
    shown = any(env.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER"))
    if platform not in ("darwin", "win32") and not shown:
        return False
    try:
        return webbrowser.get() is not None
    except webbrowser.Error:
        return False


def stop(server):
    """End the server, and with it the kernels: asked first, then made."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
