"""ES modules joined into one string: it needs no server and no address, so that a notebook works offline.

Each module becomes a function that is called where it stands, and so keeps its names to itself; its imports become the
first lines of that function, its exports what it returns.  The order comes from the `import` lines alone.  The files
stay valid modules on their own.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

__all__ = ["bundle"]

ROOT = Path(__file__).parents[2]  # what "nnlib/live/front/dom.js" begins from
IMPORT = re.compile(r'^import\s+(\{[^}]*\}|\*\s+as\s+\w+|\w+)\s+from\s+"([^"]+)";[ \t]*\n?', re.M)
EXPORT = re.compile(r"^export\s+(default\s+)?(?:((?:async\s+)?function\*?|class|const)\s+(\w+))?", re.M)
LEFT = re.compile(r"^(?:import\b|export\b(?! default )).*", re.M)


@dataclass(frozen=True)
class Module:
    """A file: what it imports (names, file), what it exports under which name, and the rest."""

    imports: tuple[tuple[str, Path], ...]
    exports: Mapping[str, str]
    body: str


def bundle(modules: Mapping[str, Path], last: str) -> str:
    """The modules and all that they import as one module, which ends in the line `last`.

    modules: files by the names by which `last` knows what they export.
    Raises ImportError where a file is not there, does not export what is imported, or imports itself by a circle.
    """
    joined = _Joined()
    heads = [joined.head(f"* as {name}", path.resolve(), "") for name, path in modules.items()]
    return sys.intern("\n".join([*joined.parts, *heads, last, ""]))  # one text for all pieces of a notebook


class _Joined:
    """The modules that are written down already, each after those that it imports."""

    def __init__(self):
        self.parts: list[str] = []
        self._names: dict[Path, str] = {}
        self._open: list[Path] = []  # those on the way to the one at hand

    def head(self, names: str, path: Path, importer: str) -> str:
        """The line that stands for an `import` line."""
        module = _module(path, path.stat().st_mtime_ns)
        scope = self._scope(path, module)
        if names.startswith("{"):
            asked = [name.strip() for name in names[1:-1].split(",") if name.strip()]
            _check_exported([name.split(" as ")[0] for name in asked], module, path, importer)
            return f"const {{ {', '.join(name.replace(' as ', ': ') for name in asked)} }} = {scope};"
        if names.startswith("*"):
            return f"const {names.split()[-1]} = {scope};"
        _check_exported(["default"], module, path, importer)
        return f"const {names} = {scope}.default;"

    def _scope(self, path: Path, module: Module) -> str:
        """The name of what a module exports; the module is written down first if it is not yet."""
        if path in self._open:
            circle = " -> ".join(_short(one) for one in [*self._open[self._open.index(path) :], path])
            raise ImportError(f"expected modules that import downward, got a circle: {circle}; move what both need")
        if path not in self._names:
            self._open.append(path)
            heads = [self.head(names, source, _short(path)) for names, source in module.imports]
            self._open.pop()
            given = ", ".join(f"{name}: {local}" for name, local in module.exports.items())
            self._names[path] = name = f"module{len(self._names)}"
            body = "\n".join([*heads, module.body.strip("\n")])
            self.parts.append(f"// {_short(path)}\nconst {name} = (() => {{\n{body}\nreturn {{ {given} }};\n}})();\n")
        return self._names[path]


def _check_exported(names: list[str], module: Module, path: Path, importer: str) -> None:
    for name in names:
        if name not in module.exports:
            there = ", ".join(module.exports) or "nothing"
            raise ImportError(
                f"{importer}: expected {name} from {_short(path)}, got only {there}; export it there, or import another"
            )


@lru_cache(maxsize=512)
def _module(path: Path, changed: int) -> Module:
    """A file, read and taken apart; anew when it has changed."""
    text = path.read_text("utf-8")
    imports = tuple((names, _resolved(source, path)) for names, source in IMPORT.findall(text))
    exports: dict[str, str] = {}

    def without(match: re.Match) -> str:
        default, sort, name = match.groups()
        if not default and not name:
            return match[0]
        exports["default" if default else name] = name or "itself"
        return f"{sort} {name}" if name else "const itself = "

    body = EXPORT.sub(without, IMPORT.sub("", text))
    if left := LEFT.search(body):
        raise ImportError(
            f'{_short(path)}: expected import {{ a }} from "./x.js"; or export before a function, a class or a const, '
            f"got {left[0][:60]!r}; write it like that"
        )
    return Module(imports, exports, body)


def _resolved(source: str, importer: Path) -> Path:
    """The file that an `import` line means."""
    path = ((ROOT if source.startswith("nnlib/") else importer.parent) / source).resolve()
    if not source.startswith(("./", "../", "nnlib/")) or not path.is_file():
        raise ImportError(
            f'{_short(importer)}: expected a file for "{source}", got none; write "./x.js" or "nnlib/live/front/x.js"'
        )
    return path


def _short(path: Path) -> str:
    """A file as messages name it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
