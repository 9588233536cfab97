"""The learner's copies in `work/`: never overwritten once changed, never left old while unchanged.

`work/.copies.json` remembers two hashes of each file that was copied: of the whole file, which tells when the
course has a newer one, and of what a person writes in it (a notebook's cells, not their outputs), which tells
whether the copy has become the learner's own.  Running a chapter does not make it so; typing in it does.
"""

import hashlib
import json
import os
import shutil

from tools.console import Trouble

MANIFEST = ".copies.json"


def whole(path):
    """A hash of the file at `path`."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def written(path):
    """A hash of what somebody wrote in the file at `path`."""
    data = path.read_bytes()
    return hashlib.sha256(_cells(data) if path.suffix == ".ipynb" else data).hexdigest()


def _cells(data):
    """A notebook's cells without their outputs; all of a file that is no proper notebook."""
    try:
        cells = json.loads(data)["cells"]
        written = [[c["cell_type"], "".join(c["source"]), c.get("attachments", {})] for c in cells]
        return json.dumps(written, sort_keys=True).encode()
    except (ValueError, KeyError, TypeError):
        return data


def originals(course):
    """Paths, relative to `notebooks/`, of all files there, without hidden ones."""
    files = (path for path in sorted(course.notebooks.rglob("*")) if path.is_file())
    names = (path.relative_to(course.notebooks) for path in files)
    return [name for name in names if not any(part.startswith((".", "__")) for part in name.parts)]


def chapters(course):
    """The chapters' notebooks, in order, relative to `notebooks/`."""
    return [path for path in originals(course) if path.suffix == ".ipynb"]


def refresh(course):
    """Bring the copies up to date.  Returns the files kept as they are although the course has newer ones."""
    manifest, kept = _read_manifest(course), []
    for name in originals(course):
        original, copy, entry = course.notebooks / name, course.work / name, manifest.get(name.as_posix(), {})
        newer = entry.get("whole") != whole(original)
        if copy.exists() and written(copy) not in (entry.get("written"), written(original)):
            kept += [name] if newer else []
        elif newer or not copy.exists():
            manifest[name.as_posix()] = _copy(original, copy)
    _write_manifest(course, manifest)
    return kept


def fresh(course, chapter):
    """Put a fresh copy of `chapter` in place.  Returns (copy, where the learner's own went, or None)."""
    name = find(course, chapter)
    original, copy = course.notebooks / name, course.work / name
    moved = None
    if copy.exists() and copy.read_bytes() != original.read_bytes():
        moved = _free_name(copy)
        copy.rename(moved)
    _write_manifest(course, _read_manifest(course) | {name.as_posix(): _copy(original, copy)})
    return copy, moved


def find(course, chapter):
    """The notebook of `chapter`: a number (1, 01), or the beginning of a name (01_perc)."""
    start = chapter.zfill(2) if chapter.isdigit() else chapter
    fitting = [name for name in chapters(course) if name.name.startswith(start)]
    if len(fitting) != 1:
        names = ", ".join(name.stem for name in chapters(course)) or "none yet"
        raise Trouble(f"'{chapter}' fits {len(fitting)} chapters and should fit one: choose from {names}.")
    return fitting[0]


def _free_name(path):
    """A name beside `path` that is not taken: 01_perceptron_mine_1.ipynb, and so on."""
    number = 1
    while (free := path.with_stem(f"{path.stem}_mine_{number}")).exists():
        number += 1
    return free


def _copy(original, copy):
    """Copy, so that an interruption leaves the old file or the new; returns the entry for the manifest."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    half = copy.with_name(f".{copy.name}.half")
    shutil.copyfile(original, half)
    os.replace(half, copy)
    return {"whole": whole(original), "written": written(original)}


def _read_manifest(course):
    try:
        manifest = json.loads((course.work / MANIFEST).read_text(encoding="utf-8"))
        return {name: dict(entry) for name, entry in manifest.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def _write_manifest(course, manifest):
    course.work.mkdir(exist_ok=True)
    half = course.work / f"{MANIFEST}.half"
    half.write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    os.replace(half, course.work / MANIFEST)
