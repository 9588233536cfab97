"""What is written twice agrees: lock files, conda, Binder, Makefile, README, the packaged files."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tools import links
from tools.commands import COMMANDS
from tools.install import locked
from tools.paths import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = [ROOT / "requirements" / f"{kind}.txt" for kind in ("course", "test")]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_has_hashes_and_no_address(path):
    text = path.read_text(encoding="utf-8")
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) > 50
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)
    assert "://" not in text and "index" not in text and "find-links" not in text
    assert text.count("jax==") == 1 and "python_full_version < '3.1" not in text.split("jaxlib==")[1].splitlines()[0]


def test_the_test_tools_lock_holds_the_course_lock():
    course, test = map(locked, LOCKS)
    assert course.items() < test.items()


@pytest.mark.parametrize(("path", "names"), [(LOCKS[0], []), (LOCKS[1], ["test"])], ids=["course", "test"])
def test_a_lock_holds_all_that_the_project_asks_for(path, names):
    asked = PROJECT["dependencies"] + [line for name in names for line in PROJECT["optional-dependencies"][name]]
    assert {re.match(r"[\w.-]+", line).group() for line in asked} <= set(locked(path))


def test_conda_and_binder_install_the_lock():
    conda = (ROOT / "environment.yml").read_text(encoding="utf-8")
    binder = (ROOT / "binder" / "requirements.txt").read_text(encoding="utf-8")
    assert requirements(conda.partition("- pip:\n")[2].replace("- ", "", 1), ROOT) == locked(LOCKS[0])
    assert requirements(binder, ROOT / "binder") == locked(LOCKS[0])


def requirements(text, folder):
    """The versions that requirement lines come to, files that they name with -r read from `folder`."""
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert all(line.startswith("-r ") for line in lines)
    return {name: pin for line in lines for name, pin in locked((folder / line[3:]).resolve()).items()}


def test_conda_and_binder_take_the_same_python():
    conda = re.search(r"python=(3\.\d+)", (ROOT / "environment.yml").read_text(encoding="utf-8")).group(1)
    assert (ROOT / "binder" / "runtime.txt").read_text(encoding="utf-8").strip() == f"python-{conda}"


def test_make_has_the_commands_of_the_script():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^COMMANDS = (.*)$", makefile, re.MULTILINE).group(1).split())
    assert targets | {"setup"} == set(COMMANDS) and "course.py setup" in makefile


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "environment.yml"])
def test_commands_that_are_written_down_exist(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"course\.py (\w+)", text)) | set(re.findall(r"(?:`|    )make (\w+)", text))
    assert named and named <= set(COMMANDS)


def test_the_readme_has_the_links_of_the_setting():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert links.linked(text, links.repository()) == text, "run python -m tools.links"
    assert "://" not in links.block("") and "labpath=notebooks%2F00_start_here.ipynb" in links.block("some/where")


def test_every_file_of_the_library_is_packaged(tmp_path):
    source = tmp_path / "source"
    shutil.copytree(ROOT / "nnlib", source / "nnlib", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    wheel = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", tmp_path, source]
    done = subprocess.run([*wheel, "-q"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    packed = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    wanted = {path.relative_to(source).as_posix() for path in (source / "nnlib").rglob("*") if path.is_file()}
    assert wanted <= packed


@pytest.mark.parametrize("path", sorted((ROOT / "tools").glob("*.py")), ids=lambda path: path.name)
def test_the_scripts_need_the_standard_library_only(path):
    names = re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(names) <= sys.stdlib_module_names | {"tools"}


def test_no_file_names_this_machine():
    files = [ROOT / name for name in ("course.py", "Makefile", "README.md", "CONTRIBUTING.md", "environment.yml")]
    files += [*(ROOT / "tools").glob("*.py"), *(ROOT / "requirements").iterdir(), *(ROOT / "binder").iterdir()]
    home = str(Path.home())
    assert [path.name for path in files if home in path.read_text(encoding="utf-8") and len(home) > 1] == []
