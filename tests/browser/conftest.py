"""One JupyterLab and one Chromium for all browser tests; without a Chromium they are skipped, under CI they fail."""

import os
import shutil
from pathlib import Path

import pytest

from tools import chromium

from . import trouble
from .lab import Lab

ROOT = Path(__file__).parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_terminal_summary(terminalreporter):
    """What the tests have to say, also those that ran in another process."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "said":
                terminalreporter.write_line(value)


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    path = chromium.find()
    with playwright.sync_playwright() as play:
        if path is None and not Path(play.chromium.executable_path).exists():
            _without_chromium()
        running = play.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


def _without_chromium():
    line = "no Chromium found: the browser tests need one (install chromium, or run `playwright install chromium`)"
    pytest.fail(line, pytrace=False) if os.environ.get("CI") == "true" else pytest.skip(line)


@pytest.fixture(scope="session", params=[True, False], ids=["subshells", "no-subshells"])
def lab(tmp_path_factory, browser, request):
    """JupyterLab over copies of the course's notebooks and the tests' own, with and without subshells."""
    folder, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("lab")
    for chapter in ROOT.glob("notebooks/*.ipynb"):
        shutil.copy(chapter, folder)
    trouble.write(folder / "trouble.ipynb")
    with Lab(folder, home, subshells=request.param) as running:
        yield running
