"""`make notebooks`: run every chapter from top to bottom in place, and store it normalised."""

from tools import copies, stored
from tools.console import complain, run, say

# The state of widgets is never stored: with it nbconvert would show it, from outside, instead of the stills.
EXECUTE = (
    "-m nbconvert --to notebook --execute --inplace --log-level=WARN "
    "--ExecutePreprocessor.kernel_name=python3 --ExecutePreprocessor.timeout=600 "
    "--ExecutePreprocessor.store_widget_state=False"
).split()


def execute(course, names=()):
    """Run the named chapters, or all; returns 0 if all ran.  One that fails stays as it was."""
    chosen = [copies.find(course, name) for name in names] or copies.chapters(course)
    failed = [name for name in chosen if not _execute(course, course.notebooks / name)]
    for name in failed:
        complain(f"{name} stopped with an error (above) and was left as it was.")
    say(f"{len(chosen) - len(failed)} of {len(chosen)} notebooks run and stored.")
    return int(bool(failed))


def _execute(course, path):
    say(f"running {path.name}")
    if run([course.python, *EXECUTE, path], cwd=course.root, env=course.environment()):
        return False
    stored.write(path, stored.normalise(stored.read(path)))
    return True


def check(course):
    """Say what is wrong with the notebooks as stored; returns 0 if nothing is."""
    chapters = copies.chapters(course)
    faults = [(name, fault) for name in chapters for fault in stored.problems(stored.read(course.notebooks / name))]
    for name, fault in faults:
        complain(f"{name}: {fault}")
    remedy = " They are mended by: python course.py notebooks" if faults else ""
    say(f"{len(chapters)} notebooks looked at, {len(faults)} faults.{remedy}")
    return int(bool(faults))
