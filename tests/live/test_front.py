"""The front end as a text: whole, valid, and without an address outside."""

import shutil
import subprocess
from importlib.resources import files

import pytest

from nnlib.live.stage import STYLES, Stage, front_end

FOLDER = files("nnlib.live") / "front"
FILES = sorted(p.name for p in FOLDER.iterdir())


@pytest.mark.parametrize("name", FILES)
def test_nothing_reaches_outside(name):
    text = (FOLDER / name).read_text("utf-8").replace('"http://www.w3.org/2000/svg"', "")  # the name of a language
    for forbidden in ("http:", "https:", "innerHTML", "eval(", "import(", "url("):
        assert forbidden not in text, f"{name} holds {forbidden}"
    assert len(text.splitlines()) <= (400 if name.endswith(".css") else 220)


def test_every_file_is_used():
    joined = front_end()
    assert [n for n in FILES if n not in STYLES and f"// nnlib/live/front/{n}\n" not in joined] == []


def test_the_joined_module_has_one_export():
    joined = front_end()
    assert joined.count("\nexport ") == 1 and "\nexport default" in joined and "\nimport " not in joined


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_joined_module_is_valid(tmp_path):
    (tmp_path / "joined.mjs").write_text(front_end())
    run = subprocess.run(["node", "--check", str(tmp_path / "joined.mjs")], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_the_widget_carries_both_texts():
    stage = Stage(spec={"controls": [], "name": "x"})
    assert "export default" in stage._esm and ".nnlib-live" in stage._css
