"""Finding a Chromium for the browser tests: the system's own, or the one that Playwright keeps."""

import os
import shutil
import subprocess
from pathlib import Path

SETTING = "COURSE_CHROMIUM"  # environment variable: the path of a browser to use before all others
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
HOW = "install Chromium or Chrome, or name one in the environment variable " + SETTING
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright as start\n"
    "with start() as playwright: print(playwright.chromium.executable_path)"
)


def find(python=None):
    """The path of a Chromium, or None.  `python`: one that has Playwright, to be asked last."""
    named = os.environ.get(SETTING)
    if named:
        return named if Path(named).is_file() else None
    on_path = (shutil.which(name) for name in NAMES)
    installed = (place for place in PLACES if Path(place).is_file())
    return next(filter(None, on_path), None) or next(installed, None) or (python and _playwrights(python))


def _playwrights(python):
    answer = subprocess.run([python, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    path = answer.stdout.strip()
    return path if path and Path(path).is_file() else None
