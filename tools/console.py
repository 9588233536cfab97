"""What the script says, and how it runs other programs."""

import subprocess
import sys


class Trouble(Exception):
    """Something the person at the keyboard can mend: one sentence that says what, and how.  No traceback."""


def say(text=""):
    """Print a line at once, so that it stands before what the next program prints."""
    print(text, flush=True)


def complain(text):
    """Print a line where errors go."""
    print(text, file=sys.stderr, flush=True)


def run(command, *, cwd, env):
    """Run `command` to its end in the folder `cwd`, its output on the screen, and return its exit code."""
    return subprocess.run([str(part) for part in command], cwd=cwd, env=env, check=False).returncode
