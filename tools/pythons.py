"""Which Pythons the course runs on, and what happens under another one.

Written so that a very old Python can read it: it is there to say that it is too old.
"""

import os
import subprocess
import sys

OLDEST, NEWEST = (3, 11), (3, 14)
WINDOWS = os.name == "nt"


def suits(version):
    """Whether the course runs on this `version`, a tuple as in `sys.version_info`."""
    return OLDEST <= tuple(version[:2]) <= NEWEST


def complaint(version):
    """One sentence for a Python that does not suit: expected, got, remedy."""
    return (
        "The course needs Python %d.%d to %d.%d and this is %d.%d: install one of these from python.org "
        "(or with your system's package manager), then run the same command with it."
        % (OLDEST + NEWEST + tuple(version[:2]))
    )


def candidates():
    """Commands under which a Python that suits may be found, the best known first."""
    minors = [13, 12, 11, 14]
    if WINDOWS:
        return [["py", "-3.%d" % minor] for minor in minors]
    return [["python3.%d" % minor] for minor in minors]


def works(command):
    """Whether `command` starts a Python that suits and can make virtual environments."""
    question = "import sys, venv, ensurepip; print(sys.version_info[0], sys.version_info[1])"
    try:
        with open(os.devnull, "w") as nowhere:
            answer = subprocess.check_output(command + ["-c", question], stderr=nowhere)
        return suits([int(part) for part in answer.decode().strip("()\r\n").replace(",", " ").split()])
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False


def hand_over(arguments):
    """Run `arguments` with a Python that suits, if there is one; say what is needed if there is none."""
    for command in candidates():
        if works(command):
            return subprocess.call(command + arguments)
    sys.stderr.write(complaint(sys.version_info) + "\n")
    return 1
