"""Running pip: one progress line instead of a hundred, and its failures in one sentence each."""

import subprocess
import sys

from tools.console import Trouble, say


class Offline(Trouble):
    """The packages could not be fetched.  pip fetches all before it installs any: nothing has changed."""


# What pip prints when it fails, by cause.
SPACE = ("No space left on device", "Errno 28", "not enough space on the disk")
NETWORK = (
    "connection broken",
    "Failed to establish a new connection",
    "Temporary failure in name resolution",
    "getaddrinfo failed",
    "Network is unreachable",
    "Connection refused",
    "Read timed out",
    "ConnectTimeout",
    "ProxyError",
    "SSLError",
    "Could not fetch URL",
    "IncompleteRead",
    "Connection aborted",
    "Connection reset",
)
UNPACKING = "Installing collected packages"
HASHES = ("DO NOT MATCH THE HASHES",)
NO_BUILD = ("No matching distribution found", "Could not find a version")


def trouble(output, log):
    """The `Trouble` that pip's `output` tells of; `log` is where the person can read all of it."""
    if any(sign in output for sign in SPACE):
        return Trouble("The disk is full: free about 2 GB, then run this again.")
    if any(sign in output for sign in HASHES):
        return Trouble(
            "A fetched package is not the one the course was tested with (its hash differs): run "
            "this again; if it stays so, something on your network changes downloads."
        )
    if any(sign in output for sign in NETWORK) and UNPACKING not in output:
        return Offline("The packages could not be fetched: connect to the network, then run this again.")
    if any(sign in output for sign in NO_BUILD):
        return Trouble(
            "A package has no ready-made build for this machine (its name is at the end of "
            f"{log}): use a 64-bit Python from python.org, or Binder."
        )
    return Trouble(f"pip could not install the packages: the reason is at the end of {log}.")


def install(course, *arguments, total=None):
    """Run `pip install` in the environment; `total` packages are expected, for the progress line."""
    command = [str(course.python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    log = course.prefix / "setup.log"
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    where = {"cwd": course.root, "env": course.environment()}
    with subprocess.Popen([*command, *arguments], encoding="utf-8", errors="replace", **streams, **where) as process:
        try:
            output = _follow(process.stdout, total)
        except BaseException:
            process.terminate()  # not to go on alone, in an environment that may be made anew
            raise
    log.write_text(output, encoding="utf-8")
    if process.returncode:
        raise trouble(output, log)


def _follow(lines, total):
    """Read pip's output to its end, showing how far it is; return all of it."""
    kept, seen, moving = [], 0, sys.stdout.isatty()
    for line in lines:
        kept.append(line)
        seen += line.startswith(("Collecting ", "Requirement already satisfied"))
        if moving and total and line.startswith("Collecting "):
            name = line.split()[1].partition("=")[0]
            print(f"\r  fetching {min(seen, total)} of {total}: {name:<30.30}", end="", flush=True)
        if total and line.startswith(UNPACKING):
            say(f"{chr(13) if moving else ''}  all fetched; unpacking {' ' * 40}".rstrip())
    return "".join(kept)
