"""A built sample site, over http and from disk, and a real Chromium to look at it."""

import fcntl
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves without a word."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="session")
def sample_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive's site, built by the command a user types."""
    folder = tmp_path_factory.mktemp("sample")
    command = ["reftel", "build", "--content", str(PROJECT / "content"), "--output", str(folder / "site")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive's bundle, unzipped into a folder with blanks and accents in its name."""
    folder = tmp_path_factory.mktemp("bundle")
    command = ["reftel", "bundle", "--content", str(PROJECT / "content"), "--output", str(folder / "archive.zip")]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    unzipped = folder / "Clé USB – câbles (été)"
    with zipfile.ZipFile(folder / "archive.zip") as archive:
        archive.extractall(unzipped)
    (root,) = unzipped.iterdir()
    return root


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serves a folder over http until the tests end, and says its address, with a slash at its end."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def address(sample_site: Path, serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample site's address over http, under a sub-path as on a project page."""
    root = tmp_path_factory.mktemp("host")
    (root / "some").mkdir()
    (root / "some" / "archive").symlink_to(sample_site, target_is_directory=True)
    return f"{serve(root)}some/archive/"


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh tab; the test fails on a script error or a request that leaves the site."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    tab.on("console", lambda line: wrong.append(f"console: {line.text}") if line.type == "error" else None)
    tab.on("request", lambda request: wrong.append(f"left the site: {request.url}") if _leaves(request.url) else None)
    yield tab
    context.close()
    assert wrong == []


def _leaves(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "file://", "data:", "about:"))


@pytest.fixture(scope="session")
def node_tools() -> Path:
    """The folder of axe-core and vnu, installed at their locked versions when they are not there yet; of several test
    processes one installs and the others wait.
    """
    modules = HERE / "node_modules"
    with (HERE / "package-lock.json").open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (modules / ".package-lock.json").is_file():  # npm writes it last
            npm = shutil.which("npm")
            if npm is None:
                pytest.skip("no npm found: axe-core and vnu cannot be installed")
            subprocess.run([npm, "ci", "--silent", "--no-audit", "--no-fund"], cwd=HERE, check=True)
    return modules
