"""The commands of course.py: what each is called, what it takes, and what it calls."""

import argparse
import signal

from tools import copies, install, lab, lock, notebooks, testing
from tools.console import Trouble, complain, run, say
from tools.paths import Course


def _lab(course, given, extra):
    return lab.open_course(course, given.chapter, given.port, not given.no_browser, extra)


def _setup(course, given, extra):
    if given.again:
        install.forget(course)
    install.ensure(course, "course")
    say(f"Ready: {course.python}")
    return 0


def _test(course, given, extra):
    install.ensure(course, "test")
    thorough = given.command == "thorough"
    kinds = testing.THOROUGH if thorough else testing.KINDS
    return testing.test(course, given.only or kinds, extra, quick=not thorough)


def _notebooks(course, given, extra):
    if given.check:
        return notebooks.check(course)
    install.ensure(course, "test")
    return notebooks.execute(course, given.chapters)


def _bench(course, given, extra):
    install.ensure(course, "test")
    if given.peers:
        install.add_peers(course)
    return _module(course, "benchmarks", *extra)


def _thorough(course, given, extra):
    failed = _test(course, given, extra)
    return failed if failed or given.only else _looks(course, given, ())


def _looks(course, given, extra):
    install.ensure(course, "test")
    return _module(course, "tests.browser.looks", *extra)


def _lint(course, given, extra):
    install.ensure(course, "test")
    return _module(course, "ruff", "check", ".", *extra) or _module(course, "ruff", "format", "--check", "--quiet", ".")


def _lock(course, given, extra):
    return lock.lock(course, given.upgrade)


def _fresh(course, given, extra):
    copy, mine = copies.fresh(course, given.chapter)
    kept = f" Yours is now {mine.name}, beside it." if mine else ""
    say(f"{copy.relative_to(course.root)} is fresh.{kept}")
    return 0


def _module(course, name, *arguments):
    return run([course.python, "-m", name, *arguments], cwd=course.root, env=course.environment())


COMMANDS = {
    "lab": (_lab, "set up what is missing and open the course in JupyterLab"),
    "setup": (_setup, "only set up"),
    "test": (_test, "run every test; more options go to pytest"),
    "notebooks": (_notebooks, "run every notebook and store it with its outputs"),
    "bench": (_bench, "run the benchmarks; names and options go to them"),
    "thorough": (_thorough, "every test, each control by each hand, long storms, and the pictures: hours"),
    "looks": (_looks, "take a picture of every live piece"),
    "lock": (_lock, "write the lock files from pyproject.toml"),
    "lint": (_lint, "check the style and the layout of the code"),
    "fresh": (_fresh, "put a fresh copy of a chapter in work/, keeping yours beside it"),
}


def parser():
    """The command line."""
    whole = argparse.ArgumentParser(prog="course.py", description="A course on neural networks.")
    commands = whole.add_subparsers(dest="command", required=True, metavar="COMMAND")
    of = {name: commands.add_parser(name, help=says) for name, (_, says) in COMMANDS.items()}
    for name in ("lab", "setup"):
        of[name].add_argument("--here", action="store_true", help="use this Python (conda), not .venv")
    of["lab"].add_argument("chapter", nargs="?", default="0", help="a chapter's number; 0 is the start")
    of["lab"].add_argument("--port", type=int, help="serve on this port; otherwise a free one is found")
    of["lab"].add_argument("--no-browser", action="store_true", help="only print the address")
    of["setup"].add_argument("--again", action="store_true", help="from nothing")
    for name, kinds in {"test": testing.KINDS, "thorough": testing.THOROUGH}.items():
        of[name].add_argument("--only", action="append", choices=kinds, help="one kind of test")
    of["notebooks"].add_argument("chapters", nargs="*", help="chapters' numbers; all if none is given")
    of["notebooks"].add_argument("--check", action="store_true", help="run nothing, say what is wrong")
    of["bench"].add_argument("--peers", action="store_true", help="first install the peers (large)")
    of["lock"].add_argument("--upgrade", action="store_true", help="take the newest versions that fit")
    of["fresh"].add_argument("chapter", help="a chapter's number, or how its name begins")
    return whole


def main(arguments):
    """Run one command; a `Trouble` is one sentence and exit code 1, never a traceback."""
    given, extra = parser().parse_known_args(arguments)
    course = Course(here=getattr(given, "here", False))
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # asked to end is like Ctrl-C: what was started ends too
    try:
        return COMMANDS[given.command][0](course, given, extra)
    except Trouble as trouble:
        complain(str(trouble))
    except KeyboardInterrupt:
        complain("Stopped. Run the same command again to go on.")
    except OSError as error:
        complain(_explain(error))
    return 1


def _explain(error):
    if error.errno == 28:
        return "The disk is full: free some space, then run this again."
    return f"{error.strerror or error}: {error.filename or 'no file named'}; mend that, then run this again."
