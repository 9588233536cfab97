"""Every stored picture is redrawn and compared, and none is blank; nbval compares the text, but not the pictures."""

import base64
import io
import json
from pathlib import Path

import nbformat
import numpy as np
import pytest
from matplotlib.image import imread
from nbclient import NotebookClient

FOLDER = Path(__file__).parents[2] / "notebooks"
CHAPTERS = sorted(path.name for path in FOLDER.glob("*.ipynb"))
TOLERANCE = 0.01  # mean difference of a pixel, of 1: another CPU's rounding moves a boundary by a hair, not more

pytestmark = pytest.mark.notebook


def stills(notebook) -> dict[str, np.ndarray]:
    """Cell id -> picture (H, W, 3), for every cell with one."""
    found = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            if png := output.get("data", {}).get("image/png"):
                found[cell["id"]] = imread(io.BytesIO(base64.b64decode(png)))[..., :3]
    return found


@pytest.mark.parametrize("name", CHAPTERS)
def test_stored_pictures_are_what_the_notebook_draws(name):
    stored = nbformat.read(FOLDER / name, as_version=4)
    fresh = nbformat.from_dict(json.loads(json.dumps(stored)))
    place = {"metadata": {"path": str(FOLDER)}}
    NotebookClient(fresh, timeout=120, resources=place, store_widget_state=False).execute()
    old, new = stills(stored), stills(fresh)
    assert list(old) == list(new), "run `make notebooks`"
    for cell, picture in new.items():
        assert picture.std() > 0.02, f"the still of cell {cell} is blank"
        assert old[cell].shape == picture.shape, f"the still of cell {cell} has another size; run `make notebooks`"
        difference = np.abs(old[cell] - picture).mean()
        assert difference < TOLERANCE, f"the still of cell {cell} differs by {difference:.3f}; run `make notebooks`"


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_live_piece_is_stored_as_a_picture_and_a_sentence(name):
    notebook = json.loads((FOLDER / name).read_text("utf-8"))
    for cell in notebook["cells"]:
        if "live" not in cell["metadata"]:
            continue
        data = [output.get("data", {}) for output in cell["outputs"]]
        assert any("image/png" in d and len("".join(d.get("text/plain", ""))) > 20 for d in data), cell["id"]
