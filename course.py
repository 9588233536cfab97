"""The one script of the course: `python course.py lab` sets up what is missing and opens the first chapter.

Only the standard library is needed.  `python course.py --help` lists the other commands; `make` wraps them.
This file and tools/pythons.py keep to words that a very old Python can read too, so that it can be told so.
"""

import sys

from tools import pythons


def main(arguments):
    """Run one command of the course and return its exit code, 0 if all went well."""
    if not pythons.suits(sys.version_info):
        return pythons.hand_over([__file__] + arguments)
    from tools import commands

    return commands.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
