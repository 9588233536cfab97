"""Notebooks as they are stored: executed, with their outputs, and the same on every machine and Python."""

import json
import re

WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
# A place on somebody's machine: of no use to a reader, and different on the next machine.
ABSOLUTE = re.compile(r"(?<![\w.:/])(?:/(?:home|Users|root|tmp|work|opt|usr|var|private)/|[A-Za-z]:\\\w)\S*")


def read(path):
    """The notebook at `path`, as a dict."""
    return json.loads(path.read_text(encoding="utf-8"))


def write(path, notebook):
    """Write `notebook` in the form that Jupyter itself uses."""
    text = json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def normalise(notebook):
    """Take out, in place, what differs between machines or needs a live kernel; ids are kept."""
    notebook["metadata"].pop("widgets", None)
    notebook["metadata"]["kernelspec"] = dict(KERNEL)
    notebook["metadata"].get("language_info", {}).pop("version", None)
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        if "outputs" in cell:
            cell["outputs"] = _joined(cell["outputs"])
        for output in cell.get("outputs", []):
            # Without its kernel a widget is an error message; the still beside it is a picture.
            output.get("data", {}).pop(WIDGET, None)
            output.get("metadata", {}).pop(WIDGET, None)
    return notebook


def _joined(outputs):
    """The outputs of a cell, where what was printed in several goes stands in one piece: that depends on the time."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] = "".join([*last["text"], *output["text"]]).splitlines(keepends=True)
        else:
            joined.append(output)
    return joined


def problems(notebook):
    """Sentences that say what should not be stored as it is; none if all is well."""
    cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and "".join(cell["source"])]
    found = [] if normalise(json.loads(json.dumps(notebook))) == notebook else ["it is not normalised"]
    found += [] if all(cell.get("id") for cell in notebook["cells"]) else ["a cell has no id"]
    counts = [cell.get("execution_count") for cell in cells]
    if counts != list(range(1, len(cells) + 1)):
        found.append(f"its cells were not run once each, in order: {counts}")
    for number, cell in enumerate(cells, start=1):
        may_raise = "raises-exception" in cell["metadata"].get("tags", [])
        for output in cell["outputs"]:
            found += [f"code cell {number}: {fault}" for fault in _faults(output, may_raise)]
    return found


def _faults(output, may_raise):
    """What is wrong with one output of a cell."""
    if output["output_type"] == "error" and not may_raise:
        yield f"it stores an error, {output['ename']}, and is not tagged raises-exception"
    if output.get("name") == "stderr":
        yield f"it stores a warning: {_text(output)[:80]!r}"
    place = ABSOLUTE.search(_text(output))
    if place:
        yield f"it stores a path of one machine: {place.group()}"


def _text(output):
    """All that a reader can read in an output, pictures left out."""
    parts = [output.get("text", ""), output.get("traceback", "")]
    parts += [value for kind, value in output.get("data", {}).items() if kind.startswith("text/")]
    return "\n".join("".join(part) for part in parts)
