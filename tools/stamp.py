"""The stamp in `.venv`: written last, so that a half-finished installation is never used."""

import hashlib
import json
from pathlib import Path

HOLDS = {"course": ("course",), "test": ("course", "test")}  # the second lock holds the first


def fingerprint(course, kind):
    """A hash of all that an installation of `kind` depends on; it changes when the lock does."""
    digest = hashlib.sha256()
    for path in (course.lock(kind), course.root / "pyproject.toml"):
        digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def path(course):
    """The stamp's file, inside the environment, so that it goes when the environment goes."""
    return course.venv / "course-stamp.json"


def read(course):
    """What was installed completely, as a dict; None if nothing was, or if the folder has moved since."""
    try:
        stamp = json.loads(path(course).read_text(encoding="utf-8"))
        return stamp if Path(stamp["root"]) == course.root else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_current(course, kind):
    """Whether the environment holds what the lock of `kind` asks for."""
    stamp = read(course)
    return stamp is not None and stamp.get(kind) == fingerprint(course, kind)


def write(course, stamp):
    """Put `stamp` in place as the last step of an installation."""
    path(course).write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def complete(course, kind):
    """The stamp of a complete installation of `kind`."""
    return {"root": str(course.root)} | {held: fingerprint(course, held) for held in HOLDS[kind]}


def remove(course):
    """Take the stamp away, before anything in the environment changes."""
    path(course).unlink(missing_ok=True)
