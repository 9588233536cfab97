"""Every test in one command: the library's, the notebooks' cells, the browser's; and how many of each ran."""

import os
import tempfile
import xml.etree.ElementTree as xml
from dataclasses import dataclass
from pathlib import Path

from tools import chromium
from tools.console import run, say

OK, NONE_COLLECTED = 0, 5  # pytest's exit codes
KINDS = ("unit", "notebooks", "browser")
PROGRAMS = (
    "COURSE_PROGRAMS"  # environment variable: where kernels keep what JAX has compiled, for the run's other kernels
)


@dataclass
class Tally:
    """What one run of pytest came to."""

    kind: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    code: int = OK
    remark: str = ""

    def __str__(self):
        tail = f"  ({self.remark})" if self.remark else ""
        return f"{self.kind}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped{tail}"


def arguments(kind, course):
    """What pytest is given for each kind of test."""
    two = ["-n", str(min(2, os.cpu_count() or 1)), "--dist"]
    at_once = [*two, "loadscope"]
    return {
        "unit": ["tests", "--ignore=tests/browser", "-m", "not storm and not browser", *at_once],
        "notebooks": ["-p", "tests.kernels", "--nbval", "--nbval-current-env", *_files(course.notebooks), *at_once],
        "browser": ["tests/browser", "-m", "not storm", *two, "load"],
        "storm": ["tests", "-m", "storm"],
    }[kind]


def _files(notebooks):
    return [str(path) for path in sorted(notebooks.glob("*.ipynb"))]


def test(course, kinds=KINDS, extra=()):
    """Run the tests of `kinds` and print the sums.  Returns 0 if nothing failed and something ran."""
    with tempfile.TemporaryDirectory() as programs:
        tallies = [run_kind(course, kind, extra, programs) for kind in kinds]
    return report(tallies)


def compiled_once(programs):
    """Settings with which a kernel takes what was compiled before from that folder; of all tests' kernels, each
    chapter's is started four times."""
    least = {f"JAX_PERSISTENT_CACHE_MIN_{what}": "0" for what in ("COMPILE_TIME_SECS", "ENTRY_SIZE_BYTES")}
    return least | {"JAX_COMPILATION_CACHE_DIR": programs}


def run_kind(course, kind, extra=(), programs=None):
    """Run one kind of test, its pytest output on the screen; returns its `Tally`.

    programs: a folder in which the kernels of this run share what they compile; the tests' own processes do not.
    """
    if kind == "notebooks" and not _files(course.notebooks):
        return Tally(kind, remark="there are no notebooks yet")
    if kind == "browser" and not (course.root / "tests" / "browser").is_dir():
        return Tally(kind, remark="there are no browser tests yet")
    env = course.environment()
    if programs:
        env |= {PROGRAMS: programs} | (compiled_once(programs) if kind in ("notebooks", "browser") else {})
    if kind in ("browser", "storm"):
        browser = chromium.find(course.python)
        if not browser:
            return without_chromium(kind)
        env[chromium.SETTING] = browser
    return _pytest(course, kind, [*arguments(kind, course), *extra], env)


def without_chromium(kind, env=os.environ):
    """No Chromium: the browser tests are skipped with one line, but where CI=true that is a failure."""
    must = env.get("CI", "").lower() in ("1", "true")
    what = "not run" if must else "skipped"
    return Tally(kind, code=int(must), remark=f"{what}, no Chromium was found: {chromium.HOW}")


def _pytest(course, kind, given, env):
    say(f"\n----- {kind} -----")
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        command = [course.python, "-m", "pytest", *given, f"--junitxml={results}"]
        code = run(command, cwd=course.root, env=env)
        return count(kind, results, code)


def count(kind, results, code):
    """Count a results file of pytest (junit XML).  Nothing collected is no failure of one kind."""
    tally = Tally(kind, code=OK if code == NONE_COLLECTED else code)
    if not results.exists():
        return tally
    for case in xml.parse(results).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            tally.failed += 1
        elif case.find("skipped") is not None:
            tally.skipped += 1
        else:
            tally.passed += 1
    return tally


def report(tallies):
    """Print one line for each kind and one for all; the exit code is non-zero if any failed or none ran."""
    say("\n----- all tests -----")
    for tally in tallies:
        say(str(tally))
    sums = (sum(getattr(tally, name) for tally in tallies) for name in ("passed", "failed", "skipped"))
    total = Tally("total", *sums)
    say(str(total))
    broken = any(tally.code or tally.failed for tally in tallies)
    if not broken and not total.passed:
        say("No test ran.")
    return int(broken or not total.passed)
