"""The front end as a text: whole, in order, and without an address outside."""

import re
import shutil
import subprocess
from importlib.resources import files

import pytest

from nnlib.live.stage import STYLES, Stage, front_end

FOLDER = files("nnlib.live") / "front"
ORDER = (FOLDER / "ORDER").read_text("utf-8").split()
SOURCES = {name: (FOLDER / name).read_text("utf-8") for name in ORDER}


def test_every_module_is_in_the_order_once():
    assert sorted(ORDER) == sorted(p.name for p in FOLDER.iterdir() if p.name.endswith(".js"))


@pytest.mark.parametrize("name", ORDER)
def test_a_module_imports_only_names_that_earlier_ones_export(name):
    for names, source in re.findall(r'^import \{ (.*) \} from "\./(.*)";$', SOURCES[name], flags=re.M):
        assert ORDER.index(source) < ORDER.index(name)
        exported = re.findall(r"^export (?:async )?(?:function|const|class) (\w+)", SOURCES[source], flags=re.M)
        assert set(names.split(", ")) <= set(exported), f"{name} imports from {source} what it does not export"
    assert len(re.findall(r"^import ", SOURCES[name], flags=re.M)) == SOURCES[name].count(' from "./')


@pytest.mark.parametrize("name", [*ORDER, *STYLES])
def test_nothing_reaches_outside(name):
    text = (FOLDER / name).read_text("utf-8").replace('"http://www.w3.org/2000/svg"', "")  # the name of a language
    for forbidden in ("http:", "https:", "innerHTML", "eval(", "import(", "url("):
        assert forbidden not in text, f"{name} holds {forbidden}"
    assert len(text.splitlines()) <= (400 if name.endswith(".css") else 220)


def test_the_joined_module_has_one_export_and_no_name_twice():
    joined = front_end()
    assert joined.count("export ") == 1 and "export default" in joined and 'from "./' not in joined
    top = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", joined, flags=re.M)
    assert len(top) == len(set(top)), [name for name in top if top.count(name) > 1]


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_joined_module_is_valid(tmp_path):
    (tmp_path / "joined.mjs").write_text(front_end())
    run = subprocess.run(["node", "--check", str(tmp_path / "joined.mjs")], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


def test_the_widget_carries_both_texts():
    stage = Stage(spec={"controls": [], "name": "x"})
    assert "export default" in stage._esm and ".nnlib-live" in stage._css
