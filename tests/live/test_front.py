"""The front end as a text: whole, valid, and without an address outside."""

import shutil
import subprocess
from pathlib import Path

import pytest

import nnlib.live
from nnlib.live.assets import front_end, style
from nnlib.live.widget import PieceWidget

HERE = Path(nnlib.live.__file__).parent
FILES = [p for p in sorted(HERE.rglob("*")) if p.suffix in (".js", ".css") and p.parent.name != "page"]
NAMES = [str(p.relative_to(HERE)) for p in FILES]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_nothing_reaches_outside(path):
    text = path.read_text("utf-8").replace('"http://www.w3.org/2000/svg"', "")  # the name of a language
    for forbidden in ("http:", "https:", "innerHTML", "eval(", "import(", "url("):
        assert forbidden not in text, f"{path.name} holds {forbidden}"
    assert len(text.splitlines()) <= (250 if path.name == "base.css" else 220)


def test_every_file_is_used():
    joined, sheet = front_end(), style()
    used = {p: f"// nnlib/live/{n}\n" in joined or p.read_text() in sheet for p, n in zip(FILES, NAMES, strict=True)}
    assert [path.name for path, found in used.items() if not found] == []


def test_the_joined_module_has_one_export():
    joined = front_end()
    assert joined.count("\nexport ") == 1 and "\nexport default" in joined and "\nimport " not in joined


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_joined_module_is_valid(tmp_path):
    (tmp_path / "joined.mjs").write_text(front_end())
    run = subprocess.run(["node", "--check", str(tmp_path / "joined.mjs")], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_the_widget_carries_both_texts():
    widget = PieceWidget(spec={"controls": [], "name": "x"})
    assert "export default" in widget._esm and ".nnlib-live" in widget._css
