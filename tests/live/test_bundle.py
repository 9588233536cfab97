"""Modules joined into one string: each keeps its names to itself, the order comes from the imports, errors say what."""

import shutil
import subprocess

import pytest

from nnlib.live.bundle import bundle

NODE = pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes modules, which can import each other from "nnlib/", too."""
    monkeypatch.setattr("nnlib.live.bundle.ROOT", tmp_path)

    def files(**texts):
        """The modules, by name."""
        (tmp_path / "nnlib").mkdir(exist_ok=True)
        made = {name: tmp_path / "nnlib" / f"{name}.js" for name in texts}
        for name, text in texts.items():
            made[name].write_text(text)
        return made

    return files


def told(source, tmp_path):
    """What a joined module logs."""
    (tmp_path / "joined.mjs").write_text(source)
    return subprocess.run(["node", tmp_path / "joined.mjs"], capture_output=True, text=True, check=True).stdout.split()


@NODE
def test_every_form_of_import_and_export(write, tmp_path):
    modules = write(
        low="export const ONE = 1;\nexport function two() { return 2; }\nexport class Three {}\n",
        names='import {\n  ONE,\n  two as b,\n} from "./low.js";\nexport default class N { static all = [ONE, b()] }\n',
        value='import * as low from "nnlib/low.js";\nexport default { three: new low.Three() instanceof low.Three };\n',
        last='import N from "../nnlib/names.js";\nimport value from "./value.js";\nconsole.log(...N.all, value.three);',
    )
    assert told(bundle({"last": modules["last"]}, ""), tmp_path) == ["1", "2", "true"]


@NODE
def test_a_module_keeps_its_names_to_itself_and_runs_once(write, tmp_path):
    modules = write(
        a='const own = "a";\nconsole.log(own);\nexport function f() { return own; }\n',
        b='import { f } from "./a.js";\nconst own = "b";\nexport function g() { return own + f(); }\n',
    )
    joined = bundle({"b": modules["b"], "a": modules["a"]}, "console.log(b.g(), a.f());")
    assert told(joined, tmp_path) == ["a", "ba", "a"]


@pytest.mark.parametrize("texts, says", [
    ({"a": 'import { x } from "./b.js";\n'}, 'nnlib/a.js: expected a file for "./b.js", got none; write'),
    ({"a": 'import { x } from "b";\n'}, 'nnlib/a.js: expected a file for "b", got none'),
    ({"a": 'import { x } from "./b.js";\n', "b": "export const y = 1;\n"}, "expected x from nnlib/b.js, got only y;"),
    ({"a": 'import x from "./b.js";\n', "b": ""}, "expected default from nnlib/b.js, got only nothing"),
    ({"a": 'import { x } from "./b.js";\nexport const y = 1;', "b": 'import { y } from "./a.js";\nexport const x = 1;'},
     "got a circle: nnlib/a.js -> nnlib/b.js -> nnlib/a.js; move what both need"),
    ({"a": 'import "./b.js";\n', "b": ""}, "or export before a function, a class or a const, got 'import \"./b.js\";'"),
    ({"a": "const x = 1;\nexport { x };\n"}, "got 'export { x };'; write it like that"),
])  # fmt: skip
def test_what_is_wrong_is_said(write, texts, says):
    modules = write(**texts)
    with pytest.raises(ImportError) as error:
        bundle({"a": modules["a"]}, "")
    assert says in str(error.value)


def test_a_file_that_has_changed_is_read_anew(write):
    before = bundle(write(a="export const x = 1;\n"), "")
    assert "2222" not in before and "2222" in bundle(write(a="export const x = 2222;\n"), "")
