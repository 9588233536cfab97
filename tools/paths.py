"""Where things are: the course's folder, its environment, its notebooks, the learner's copies."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WINDOWS = os.name == "nt"


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
        env = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
        env["PATH"] = str(self.python.parent) + os.pathsep + env.get("PATH", "")
        # No --user installs into a virtual environment; UTF-8 on Windows too; no chatter from the debugger.
        env.update(PIP_USER="0", PYTHONUTF8="1", PYDEVD_DISABLE_FILE_VALIDATION="1")
        if not self.here:
            env["VIRTUAL_ENV"] = str(self.venv)
        return env
