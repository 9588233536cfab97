"""Every test in one command: the library's, the notebooks' cells, the browser's; how many of each ran, and how long."""

import os
import tempfile
import time
import xml.etree.ElementTree as xml
from dataclasses import dataclass
from pathlib import Path

from tools import chromium
from tools.console import run, say

# The library's tests have some ten thousand programs, most of them for one call.  Without the compiler's optimisations,
# and without its newer way to write loops (faster programs, and slower to make), they take half of the time.
HASTY = {"JAX_DISABLE_MOST_OPTIMIZATIONS": "1", "XLA_FLAGS": "--xla_cpu_use_fusion_emitters=false"}
OK, NONE_COLLECTED = 0, 5  # pytest's exit codes
KINDS = ("unit", "notebooks", "chapters", "browser")
THOROUGH = (*KINDS, "hands", "storm")
AS_LEARNERS_HAVE_IT = ("tests/course", "tests/train/test_chunks.py")  # what is compiled without haste
PLANNED = 20  # chapters: how long all of them would take is told after every run


@dataclass
class Tally:
    """What one run of pytest came to; `chapters` are those of its seconds that went into single chapters."""

    kind: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    code: int = OK
    remark: str = ""
    seconds: float = 0.0
    chapters: float = 0.0

    def __str__(self):
        remarks = [f"{self.seconds:.0f} s"] if self.seconds else []
        tail = ", ".join([*remarks, *filter(None, [self.remark])])
        tail = f"  ({tail})" if tail else ""
        return f"{self.kind}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped{tail}"


def arguments(kind, course):
    """What pytest is given for each kind of test."""
    two = ["-n", str(min(2, os.cpu_count() or 1)), "--dist", "loadscope"]
    nbval = ["-p", "tests.notebooks.plugin", "--nbval", "--nbval-current-env"]
    others = ["-p", "no:nbval"]  # to load it takes two seconds
    return {
        "unit": [*others, "tests", *(f"--ignore={path}" for path in ("tests/browser", *AS_LEARNERS_HAVE_IT)), *two],
        "notebooks": [*nbval, *_files(course.notebooks), *two],
        "chapters": [*others, *AS_LEARNERS_HAVE_IT, *two],
        "browser": [*others, "tests/browser", "-m", "not hands and not storm", *two],
        "hands": [*others, "tests/browser", "-m", "hands", *two],
        # one at a time: they measure the memory and the time of a cell
        "storm": [*others, "tests/browser", "-m", "storm"],
    }[kind]


def _files(notebooks):
    return [str(path) for path in sorted(notebooks.glob("*.ipynb"))]


def test(course, kinds=KINDS, extra=(), quick=True):
    """Run the tests of `kinds` and print the sums.  Returns 0 if nothing failed and something ran.

    quick: the library's tests are compiled in haste.  What a learner sees, what a chapter says of its numbers and what
    must hold to the last bit is always compiled as learners have it.
    """
    with tempfile.TemporaryDirectory() as programs:
        settings = compiled_once(programs)
        hasty = HASTY if quick else {}
        tallies = [run_kind(course, kind, extra, settings | (hasty if kind == "unit" else {})) for kind in kinds]
    return report(tallies, len(_files(course.notebooks)))


def compiled_once(programs):
    """Settings with which a process takes from that folder what another one of the same run has compiled."""
    least = {f"JAX_PERSISTENT_CACHE_MIN_{what}": "0" for what in ("COMPILE_TIME_SECS", "ENTRY_SIZE_BYTES")}
    return least | {"JAX_COMPILATION_CACHE_DIR": programs}


def run_kind(course, kind, extra, settings):
    """Run one kind of test, its pytest output on the screen; returns its `Tally`.  settings: environment variables."""
    if kind == "notebooks" and not _files(course.notebooks):
        return Tally(kind, remark="there are no notebooks yet")
    env = course.environment() | settings
    if kind in ("browser", "hands", "storm"):
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
        results, began = Path(folder) / "results.xml", time.monotonic()
        command = [course.python, "-m", "pytest", *given, f"--junitxml={results}"]
        code = run(command, cwd=course.root, env=env)
        return count(kind, results, code, time.monotonic() - began)


def count(kind, results, code, seconds=0.0):
    """Count a results file of pytest (junit XML).  Nothing collected is no failure of one kind.

    seconds: how long the run took; it is shared out among the tests as their own times are.
    """
    tally = Tally(kind, code=OK if code == NONE_COLLECTED else code, seconds=seconds)
    if not results.exists():
        return tally
    of_chapters, of_all = 0.0, 0.0
    for case in xml.parse(results).getroot().iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            tally.failed += 1
        elif case.find("skipped") is not None:
            tally.skipped += 1
        else:
            tally.passed += 1
        took = float(case.get("time", 0))
        of_all += took
        of_chapters += took if _of_a_chapter(case) else 0.0
    tally.chapters = seconds * of_chapters / of_all if of_all else 0.0
    return tally


def _of_a_chapter(case):
    """Whether a test belongs to one chapter: its cells, its course code, its pieces in the browser."""
    return "tests.course" in case.get("classname", "") or ".ipynb" in f"{case.get('classname')} {case.get('name')}"


def report(tallies, chapters=0):
    """Print one line for each kind and one for all; the exit code is non-zero if any failed or none ran.

    chapters: how many there are, to tell what one of them costs.
    """
    say("\n----- all tests -----")
    for tally in tallies:
        say(str(tally))
    names = ("passed", "failed", "skipped", "seconds", "chapters")
    total = Tally("total", **{name: sum(getattr(tally, name) for tally in tallies) for name in names})
    say(str(total))
    if chapters and total.seconds:
        each, rest = total.chapters / chapters, total.seconds - total.chapters
        many = (rest + PLANNED * each) / 60
        say(f"{rest:.0f} s for the library, {each:.0f} s for a chapter; {PLANNED} chapters would take {many:.0f} min.")
    broken = any(tally.code or tally.failed for tally in tallies)
    if not broken and not total.passed:
        say("No test ran.")
    return int(broken or not total.passed)
