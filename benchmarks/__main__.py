"""The command line: run benchmarks by name, and print tables, or one JSON object for each.

    python -m benchmarks                      all of them
    python -m benchmarks small_mlp --json     one, as one JSON object on stdout; all else goes to stderr

Exit code 0; 1 if one could not be run, and the rest was; 2 if there is none of that name.
"""

import argparse
import contextlib
import importlib
import json
import sys

import benchmarks
from benchmarks import report
from tools.console import Trouble, complain


def main(arguments: list[str]) -> int:
    """Run the benchmarks named, all if none is; returns the exit code."""
    given = _parser().parse_args(arguments)
    unknown = [name for name in given.names if name not in benchmarks.NAMES]
    if unknown:
        complain(f"There is no benchmark {unknown[0]!r}: choose from {', '.join(benchmarks.NAMES)}, or give no name.")
        return 2
    answers = [_run(name, given.json) for name in given.names or benchmarks.NAMES]
    return int(not all(answers))


def _run(name: str, as_json: bool) -> bool:
    """Run one and print what came out; False, and one line that says why, if it could not be run."""
    try:
        with contextlib.redirect_stdout(sys.stderr):  # libraries may print; stdout is for the result
            result = importlib.import_module(f"benchmarks.{name}").run()
    except Trouble as trouble:
        complain(f"{name}: {trouble}")
        return False
    text = json.dumps(report.as_json(name, result)) if as_json else report.as_table(name, result)
    print(text, flush=True)
    return True


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="The course beside others.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"from {', '.join(benchmarks.NAMES)}; all if none")
    parser.add_argument("--json", action="store_true", help="one JSON object for each name, on stdout")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
