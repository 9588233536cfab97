"""Within `nnlib.live` a module imports from its own level or below, at its top, and never in a circle."""

import ast

import pytest

from tests.test_floors import ROOT, imported

LIVE = ROOT / "live"
LEVELS = [
    ("numbers", "refused", "bundle", "kinds", "capture", "compiles", "memory", "stats", "outbox", "worker"),
    ("controls",),
    ("rows", "folded", "views"),
    ("wire", "code", "assets"),
    ("frame", "still", "values", "widget"),
    ("engine",),
    ("link",),
    ("piece",),
    ("decorator",),
    ("page",),
]
LEVEL = {name: level for level, names in enumerate(LEVELS) for name in names}
FILES = sorted(path for path in LIVE.rglob("*.py") if path != LIVE / "__init__.py")
MODULES = {
    ".".join(path.relative_to(ROOT.parent).with_suffix("").parts).removesuffix(".__init__"): path for path in FILES
}


def used(path):
    """The modules of `nnlib.live` that a file imports."""
    for name in imported(path):
        found = name if name in MODULES else name.rpartition(".")[0]
        if found in MODULES and MODULES[found] != path:
            yield found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(LIVE)))
def test_imports_go_down_and_stand_at_the_top(path):
    own = path.relative_to(LIVE).parts[0].removesuffix(".py")
    assert own in LEVEL, f"expected {own} on one of the levels, got none; add it to LEVELS"
    for name in used(path):
        assert LEVEL[name.split(".")[2]] <= LEVEL[own], f"{own} is below {name}"
    inner = [
        n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.ImportFrom) and n.col_offset and n.level
    ]
    assert not inner, f"expected imports of {own} at its top, got one at line {inner[0].lineno}"


def test_there_is_no_circle():
    below = {name: set(used(path)) for name, path in MODULES.items()}
    while free := {name for name, others in below.items() if not others}:
        below = {name: others - free for name, others in below.items() if name not in free}
    assert not below, f"expected modules that import downward, got a circle among {sorted(below)}"


def test_the_check_can_fail():
    assert "nnlib.live.engine" in used(LIVE / "link.py") and LEVEL["engine"] < LEVEL["link"]
