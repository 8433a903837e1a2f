"""The offline bundle as a reader opens it: unzipped into a folder with blanks and accents, from disk."""

import shutil
import socket
import subprocess
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

PROJECT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.browser


def test_start_here_leads_into_the_archive(page: Page, bundle: Path) -> None:
    """START-HERE.html opens from disk and leads to the archive; the footer names the edition."""
    page.goto((bundle / "START-HERE.html").as_uri())
    edition = (bundle / "edition.txt").read_text()[:12]
    page.get_by_role("link", name=f"Edition {edition}").wait_for()
    page.get_by_role("link", name="Open the archive").click()
    page.wait_for_url("**/index.html")


def test_the_search_works_from_disk(page: Page, bundle: Path) -> None:
    """The search inside the bundle finds cables without any server."""
    page.goto((bundle / "search.html").as_uri() + "?q=ferry")
    page.wait_for_selector("#results > li")


def test_a_range_of_paragraphs_is_marked_and_cited(page: Page, bundle: Path) -> None:
    """`#par2-par3` marks both paragraphs, and the citations name them; copying works without a server."""
    cable = next(bundle.glob("cable/2006/04/06PORTSORREL206.html"))
    page.goto(cable.as_uri() + "#par2-par3")
    assert page.locator(".par.chosen").count() >= 2
    assert "¶¶ 2–3" in (page.locator(".cite dd").first.text_content() or "")
    button = page.locator(".cite dd button.copy").first
    button.click()
    expect(button).not_to_have_text("Copy")


def test_a_record_can_be_kept_as_a_file(page: Page, bundle: Path) -> None:
    """The citation for reference managers downloads, from disk too."""
    page.goto(next(bundle.glob("cable/2006/04/06PORTSORREL206.html")).as_uri())
    page.locator("details.export summary").first.click()
    with page.expect_download() as kept:
        page.locator("details.export button", has_text="Download").first.click()
    assert kept.value.suggested_filename == "06PORTSORREL206.bib"
    assert Path(kept.value.path()).read_text("utf-8").startswith("@techreport{06PORTSORREL206,")


def made(folder: Path, *words: str) -> Path:
    command = ["reftel", "bundle", "--content", str(PROJECT / "content"), *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / words[-1]


def test_a_single_file_makes_no_request(page: Page, tmp_path: Path) -> None:
    """A thread in one file asks for nothing, alone in a folder, and can be followed from cable to cable."""
    target = made(tmp_path, "--thread", "06PORTSORREL206", "--output", "thread.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(target.as_uri())
    assert asked == [target.as_uri()]
    assert page.locator("article.entry").count() > 1


def test_a_selection_opens_and_searches(page: Page, tmp_path: Path) -> None:
    """A part of the archive is whole in itself: its search knows its cables only."""
    mrns = ("--mrn", "06PORTSORREL206", "--mrn", "06PORTSORREL61")
    with zipfile.ZipFile(made(tmp_path, *mrns, "--output", "part.zip")) as archive:
        archive.extractall(tmp_path / "part")
    (root,) = (tmp_path / "part").iterdir()
    assert len(list(root.glob("cable/*/*/*.json"))) == 2
    page.goto((root / "START-HERE.html").as_uri())
    assert "part of the archive" in page.inner_text("main")
    page.goto((root / "search.html").as_uri() + "?q=ferry")
    expect(page.locator("#search-status")).to_contain_text("cable")


def test_selected_words_get_a_link(page: Page, address: str) -> None:
    """The link of a selection names its paragraph and the words themselves; it lands on both."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}/cable/2006/04/06PORTSORREL206.html")
    page.locator("#par2 p").first.select_text()
    page.locator("button.copy.selection").click()
    link = page.evaluate("navigator.clipboard.readText()")
    place, _, words = link.partition(":~:text=")
    assert place.endswith("cable/2006/04/06PORTSORREL206.html#par2")
    begin, _, end = (unquote(part) for part in words.partition(","))
    text = " ".join((page.locator("#par2").text_content() or "").split())
    assert begin and end and text.index(begin) < text.index(end)


@contextmanager
def kiwix(path: Path) -> Iterator[str]:
    """The address of a running kiwix-serve of that file."""
    tool = shutil.which("kiwix-serve")
    if not tool:
        pytest.skip("no kiwix-serve here (Debian: kiwix-tools)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [tool, "--address", "127.0.0.1", "--port", str(port), str(path)], stdout=subprocess.DEVNULL
    )
    try:
        end = time.monotonic() + 30
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
                break
            except OSError:
                assert time.monotonic() < end and server.poll() is None, "kiwix-serve did not start"
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(20)


def test_kiwix_serves_the_archive(page: Page, tmp_path: Path) -> None:
    """In kiwix-serve our search finds cables and leads to them, and its own search finds them too."""
    pytest.importorskip("libzim")
    with kiwix(made(tmp_path, "--output", "a.zim")) as address:
        page.goto(f"{address}/a/search.html?q=ferry")
        page.locator("#results > li a").first.click()
        expect(page.locator("h1")).to_be_visible()
        assert page.url.startswith(f"{address}/a/cable/")
        with urllib.request.urlopen(f"{address}/search?content=a&pattern=ferry", timeout=30) as answer:
            assert 'href="/a/cable/' in answer.read().decode()
