"""Whether this machine can run the course; each answer is one sentence that says what to do."""

import importlib.util
import platform
import shutil
import struct

from tools.console import Trouble

NEEDED_BYTES = 2_000_000_000  # the environment with its test tools, and room for pip to unpack
NO_BUILDS = "and JAX has no builds for it"


def check(folder):
    """Raise `Trouble` if the course cannot be set up in `folder`."""
    for problem in (platform_problem(), venv_problem(), space_problem(folder)):
        if problem:
            raise Trouble(problem)


def platform_problem(system=None, machine=None, bits=None):
    """A sentence if JAX has no ready-made builds for this system, else None."""
    system, machine = system or platform.system(), (machine or platform.machine()).lower()
    if system == "Darwin" and machine == "x86_64":
        return (
            f"This Python is for Intel Macs, {NO_BUILDS}: on a Mac with an Apple chip install the Apple "
            "(arm64 or universal) Python from python.org, on an Intel Mac use Binder or a Linux container."
        )
    if (bits or struct.calcsize("P") * 8) == 32:
        return f"This is a 32-bit Python, {NO_BUILDS}: install the 64-bit Python from python.org."
    if system == "Windows" and machine == "arm64":
        return f"This Python is for Windows on ARM, {NO_BUILDS}: install the x64 Python from python.org."
    return None


def venv_problem(find=importlib.util.find_spec):
    """A sentence if this Python cannot make virtual environments, else None."""
    missing = [name for name in ("venv", "ensurepip", "ssl") if find(name) is None]
    if not missing:
        return None
    return (
        f"This Python lacks its module {missing[0]}: on Debian or Ubuntu type "
        "'sudo apt install python3-venv', elsewhere install Python from python.org; then run this again."
    )


def space_problem(folder, usage=shutil.disk_usage):
    """A sentence if the disk of `folder` is nearly full, else None."""
    free = usage(folder).free
    if free >= NEEDED_BYTES:
        return None
    return (
        f"Setting up needs {NEEDED_BYTES / 1e9:.1f} GB of free disk and there are {free / 1e9:.1f}: "
        f"free some space on the disk of {folder}, then run this again."
    )
