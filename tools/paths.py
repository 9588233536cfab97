"""Where things are: the course's folder, its environment, its notebooks, the learner's copies."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"
# Set for other projects, these would put packages elsewhere, or make JAX compute otherwise than the course says.
ELSEWHERE = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "XLA_FLAGS")
KEPT = ("JAX_COMPILATION_CACHE_DIR",)  # where programs are kept says nothing about what they compute


@dataclass(frozen=True)
class Course:
    """One copy of the course on this machine.  `here`: use the running Python instead of a `.venv`."""

    root: Path = ROOT
    here: bool = False

    @property
    def venv(self):
        return self.root / ".venv"

    @property
    def notebooks(self):
        return self.root / "notebooks"

    @property
    def work(self):
        return self.root / "work"

    @property
    def python(self):
        """The Python that runs JupyterLab and the tests."""
        if self.here:
            return Path(sys.executable)
        return self.venv / ("Scripts/python.exe" if WINDOWS else "bin/python")

    @property
    def prefix(self):
        """The folder of the environment of `python`."""
        return Path(sys.prefix) if self.here else self.venv

    def lock(self, kind):
        """The file of exact versions: `kind` is "course" or "test"; the second holds the first."""
        return self.root / "requirements" / f"{kind}.txt"

    def environment(self):
        """Environment variables for programs in the environment of `python`."""
        env = {name: value for name, value in os.environ.items() if not _foreign(name)}
        env["PATH"] = str(self.python.parent) + os.pathsep + env.get("PATH", "")
        # No --user installs into a virtual environment; UTF-8 on Windows too; no chatter from the debugger.
        env.update(PIP_USER="0", PYTHONUTF8="1", PYDEVD_DISABLE_FILE_VALIDATION="1")
        env["JAX_PLATFORMS"] = "cpu"  # what is installed computes there, whatever else the computer has
        if not self.here:
            env["VIRTUAL_ENV"] = str(self.venv)
        return env


def _foreign(name):
    """Whether a variable of the environment is left out for the course."""
    return name in ELSEWHERE or (name.startswith("JAX_") and name not in KEPT)
