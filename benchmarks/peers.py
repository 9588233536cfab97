"""Who is there: a peer that is not installed is named, and the rest runs."""

import importlib
from collections.abc import Iterator, Sequence
from types import ModuleType

from tools.console import complain


def present(package: str, names: Sequence[str]) -> Iterator[ModuleType]:
    """The modules `package.name` whose libraries are installed; the others are named on stderr."""
    for name in names:
        try:
            yield importlib.import_module(f"{package}.{name}")
        except ModuleNotFoundError as missing:
            if missing.name.startswith(package):
                raise  # a mistake of ours, not a library that is missing
            complain(f"{name} is left out: {missing.name} is not installed (python course.py bench --peers)")
