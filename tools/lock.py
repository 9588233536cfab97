"""Writing the lock files from pyproject.toml: exact versions with hashes, one for every system and Python."""

import shutil

from tools.console import Trouble, run, say

# One version of each package for Python 3.11 to 3.14; no address, name of a machine or command in the file.
UV = (
    "uv pip compile pyproject.toml --group build --universal --python-version 3.11 --fork-strategy fewest "
    "--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet"
).split()
TEST = ("--extra", "test", "--constraints", "requirements/course.txt")


def lock(course, upgrade=False):
    """Write requirements/course.txt and, with the same versions in it, requirements/test.txt."""
    if shutil.which("uv") is None:
        raise Trouble("Locking needs the program uv: 'pip install uv', then run this again.")
    newer = ("--upgrade",) if upgrade else ()
    for kind, more in (("course", ()), ("test", TEST)):
        command = [*UV, *more, *newer, "--output-file", f"requirements/{kind}.txt"]
        if run(command, cwd=course.root, env=course.environment()):
            raise Trouble("uv found no set of versions that fits: its reason stands above.")
        say(f"requirements/{kind}.txt is written.")
    return 0
