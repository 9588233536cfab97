"""The environment of the course: made, filled from the lock, mended, and left alone when all is well."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import machine, pip, pythons, settings, stamp
from tools.console import Trouble, say


def ensure(course, kind):
    """Have the locked versions of `kind` ("course" or "test") installed; quick if they are."""
    if course.here:
        ensure_here(course)
    elif not (usable(course) and stamp.is_current(course, kind)):
        machine.check(course.root)
        if not usable(course):
            make(course)
        fill(course, kind)
    settings.write(course)


def answers(course):
    """Whether the environment's Python starts and is one that suits (its system may have been upgraded)."""
    question = "import sys; print(*sys.version_info[:2])"
    try:
        answer = subprocess.run([course.python, "-c", question], capture_output=True, text=True, check=True)
        return pythons.suits([int(part) for part in answer.stdout.split()])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False


def make(course):
    """Make an empty `.venv`, in place of one that is half-finished, broken or from elsewhere."""
    if course.venv.exists():
        say("The folder .venv is unfinished or no longer works; making it anew.")
    python = getattr(sys, "_base_executable", None) or sys.executable  # this may be the .venv itself
    command = [python, "-m", "venv", "--clear", str(course.venv)]
    done = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
    if done.returncode:
        if any(sign in done.stdout + done.stderr for sign in pip.SPACE):
            raise Trouble("The disk is full: free about 2 GB, then run this again.")
        reason = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        raise Trouble(
            f"Python could not make the folder {course.venv} ({reason[-1].strip()}): close what uses it, "
            "delete it, and run this again."
        )


def fill(course, kind):
    """Install the lock and then the project itself; the stamp is away meanwhile, and written last."""
    before, names = stamp.read(course), locked(course.lock(kind))
    tools = " and the test tools" if kind == "test" else ""
    say(f"Setting up the course{tools}: {len(names)} packages, a few minutes the first time.")
    stamp.remove(course)
    try:
        pip.install(
            course, "--require-hashes", "--only-binary", ":all:", "-r", str(course.lock(kind)), total=len(names)
        )
    except pip.Offline:
        if before:
            stamp.write(course, before)  # nothing was touched: what was complete still is
        raise
    add_project(course)
    stamp.write(course, stamp.complete(course, kind))
    say("Set up.")


def add_project(course):
    """Install the course's own library: separately, because pip refuses a folder beside hashes."""
    pip.install(course, "--no-deps", "--no-build-isolation", "--editable", ".")


def usable(course):
    """Whether some installation, perhaps of an older lock, is complete and works."""
    return stamp.read(course) is not None and answers(course)


def forget(course):
    """Have the next installation begin from nothing."""
    stamp.remove(course)


def add_peers(course):
    """Install what the benchmarks compare with: not locked, but nothing of the lock may move for it."""
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "pins.txt"
        versions = locked(course.lock("test"))
        pins.write_text("".join(f"{name}=={version}\n" for name, version in versions.items()))
        say("Installing the peers of the benchmarks; some are large.")
        pip.install(course, "--no-build-isolation", "--constraint", str(pins), "--editable", ".[bench]")


def ensure_here(course):
    """Add the project to an environment that has the lock's versions already, as conda's and Binder's do."""
    question = "import jax, jupyterlab, ipywidgets, anywidget, setuptools"
    if subprocess.run([course.python, "-c", question], capture_output=True, check=False).returncode:
        raise Trouble(
            "This Python does not have the course's packages: make the environment first "
            "('conda env create -f environment.yml'), or leave out --here."
        )
    add_project(course)


def locked(path):
    """The exact versions in a lock file: {name: version}."""
    pins = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return dict(pins)
