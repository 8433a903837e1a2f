"""What every test may ask for: the reference material (or a skip that says why), a browser, the sample site."""

import os
import shutil
from pathlib import Path

import pytest

from reftel.site.theme import theme_folder

os.environ.setdefault("REFTEL_THEME", str(theme_folder()))  # where Node finds the scripts: the installed package's

PROJECT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def reference_folder() -> Path | None:
    """The folder of real cables that `REFTEL_REFERENCE` names (default `../shared`), None where it is absent."""
    folder = Path(os.environ.get("REFTEL_REFERENCE", PROJECT.parent / "shared"))
    return folder.resolve() if (folder / "corpus").is_dir() else None


def find_browser() -> str | None:
    """The path of a Chromium: `CHROMIUM` if set, else the first known name on PATH."""
    if named := os.environ.get("CHROMIUM"):
        return named
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def reference() -> Path:
    """The reference material; the test is skipped where it is absent."""
    folder = reference_folder()
    if folder is None:
        pytest.skip("no reference cables here: set REFTEL_REFERENCE to the folder that holds corpus/")
    return folder


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The path of a Chromium; the test is skipped where there is none."""
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium found: install it or set CHROMIUM to its path")
    return path


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests share one browser and one built site: under xdist they run in one worker."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in capitals what was not run, so that a green line is not taken for more than it is."""
    if not find_browser():
        message = "BROWSER TESTS NOT RUN: no Chromium found (install it or set CHROMIUM)"
        terminalreporter.write_line(message, red=True, bold=True)
    if reference_folder() is None:
        message = "TESTS ON REAL CABLES NOT RUN: set REFTEL_REFERENCE to their folder"
        terminalreporter.write_line(message, yellow=True, bold=True)
    if shutil.which("node") is None:
        terminalreporter.write_line("JAVASCRIPT TESTS NOT RUN: no node found", red=True, bold=True)
