"""One Chromium for all browser tests, and desks to work at; without a Chromium they are skipped, under CI they fail."""

import os
import re
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

from tools import chromium

from .lab import Lab
from .pages import OPEN, NotebookPage

ROOT = Path(__file__).parents[2]
GALLERY = Path(__file__).with_name("gallery.ipynb")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


class ByNotebook(LoadScopeScheduling):
    """What works at one notebook goes to one process, so that the notebook is opened once.

    (xdist's own `loadgroup` would do, but does nothing with pytest 9.2: it writes to a field that is no more.)
    """

    def _split_scope(self, nodeid: str) -> str:
        """A chapter's tests name it in their parameters; all others work at the gallery, or at a notebook as short."""
        chapter = re.search(r"[\w-]+\.ipynb", nodeid)
        return chapter[0] if chapter else "no-subshells" if "no-subshells" in nodeid else "gallery"


def pytest_xdist_make_scheduler(config, log):
    return ByNotebook(config, log)


def pytest_terminal_summary(terminalreporter):
    """What the tests have to say, also those that ran in another process."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "said":
                terminalreporter.write_line(value)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """With a failure comes what the open pages have to say."""
    report = yield
    if report.failed:
        report.sections.append(("open pages", "\n".join(page.told() for page in OPEN)))
    return report


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


class Desk:
    """A JupyterLab over copies of the course's notebooks and the gallery, and the one notebook that is open in it."""

    def __init__(self, browser, lab: Lab):
        self.browser, self.lab = browser, lab
        self._name, self._page = "", None

    def open(self, name: str) -> NotebookPage:
        """The notebook, run; as it is if it is open already, or else in place of the one that was."""
        if name != self._name:
            self.leave()
            self._page = NotebookPage(self.browser, self.lab, name)
            self._name = name
            self._page.run_all()
        self._page.page.bring_to_front()  # a page behind another one is painted once a second
        return self._page

    def leave(self) -> None:
        """Closes what is open, and ends its kernel: the next test begins with a fresh one."""
        page, self._page, self._name = self._page, None, ""
        if page is not None:
            page.close()


@pytest.fixture(scope="session")
def desks(tmp_path_factory, browser):
    """`desks(True)` works with subshells, as JupyterLab does by itself, `desks(False)` without; made when asked for."""
    made, stack = {}, ExitStack()

    def desk(subshells: bool) -> Desk:
        if subshells not in made:
            folder, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("lab")
            for notebook in (*ROOT.glob("notebooks/*.ipynb"), GALLERY):
                shutil.copy(notebook, folder)
            made[subshells] = Desk(browser, stack.enter_context(Lab(folder, home, subshells=subshells)))
        return made[subshells]

    yield desk
    for each in made.values():
        each.leave()
    stack.close()


@pytest.fixture(params=["subshells", pytest.param("no-subshells", marks=pytest.mark.hands)])
def desk(desks, request) -> Desk:
    """With subshells, and in the thorough run without them too; tests about the kernel ask for both at all times."""
    return desks(request.param == "subshells")


BOTH = pytest.mark.parametrize("desk", ["subshells", "no-subshells"], indirect=True)


@pytest.fixture
def lab(desks) -> Lab:
    """JupyterLab as it is by itself, for a page of a test's own."""
    return desks(True).lab


@pytest.fixture
def gallery(desk) -> NotebookPage:
    """Every kind of control and view, and what goes wrong, each in its place and at its start."""
    return desk.open(GALLERY.name)


@pytest.fixture
def chapter(desks, request) -> NotebookPage:
    """The chapter that the test's parameter names."""
    return desks(True).open(request.param)
