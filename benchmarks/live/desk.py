"""A desk to work at: a chapter's copy, open in a JupyterLab of its own, in a Chromium."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools import chromium
from tools.console import Trouble

ROOT = Path(__file__).parents[2]


@contextmanager
def open_chapter(name: str) -> Iterator:
    """The `NotebookPage` of a temporary copy, not yet run.  Raises Trouble if there is no browser to open it in."""
    try:
        from playwright.sync_api import sync_playwright

        from tests.browser.conftest import FLAGS
        from tests.browser.lab import Lab
        from tests.browser.pages import NotebookPage
    except ModuleNotFoundError as missing:
        raise Trouble(f"not run, {missing.name} is not installed: set up with `python course.py bench`") from None
    path = chromium.find(sys.executable)
    if path is None:
        raise Trouble(f"not run, no Chromium was found: {chromium.HOW}")
    with ExitStack() as stack:
        folder, home = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        shutil.copy(ROOT / "notebooks" / name, folder)
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=path, args=FLAGS)
        stack.callback(browser.close)
        notebook = NotebookPage(browser, stack.enter_context(Lab(folder, home)), name)
        stack.callback(notebook.close)
        yield notebook
