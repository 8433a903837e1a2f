"""A hub as a reader uses it: its search leads to the paragraph on another site, over http and from disk."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

PROJECT = Path(__file__).resolve().parents[2]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("search")]

ARCHIVE = '[[federation.archives]]\naddress = "../{name}/"\ninventory = "../sites/{name}/inventory.json"\n'
SHARED = '[federation]\nsearch = "../all/search.html"\n'
YEARS = ("2006", "2007")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sites of two years of the sample archive, in a folder with blanks and accents, and beside them their hub."""
    folder = tmp_path_factory.mktemp("sites with à hub")
    (folder / "all").mkdir()
    (folder / "all" / "archive.toml").write_text(
        "[federation]\nhub = true\n" + "".join(ARCHIVE.format(name=name) for name in YEARS)
    )
    for year in YEARS:
        (folder / year / "cables").mkdir(parents=True)
        (folder / year / "archive.toml").write_text(f'title = "Cables of {year}"\n{SHARED}')
        for cable in (PROJECT / "content" / "cables" / year).iterdir():
            (folder / year / "cables" / cable.name).write_bytes(cable.read_bytes())
        (folder / "all" / year).symlink_to(folder / year / "cables", target_is_directory=True)
    for name in (*YEARS, "all"):
        command = ["reftel", "build", "--content", name, "--output", f"sites/{name}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return folder / "sites"


@pytest.fixture(params=["http", "file"])
def where(request: pytest.FixtureRequest, sites: Path, serve: Callable[[Path], str]) -> str:
    """The address of the folder of the sites, over http and from disk, with a slash at its end."""
    return serve(sites) if request.param == "http" else sites.as_uri() + "/"


def test_a_result_leads_to_the_paragraph_on_another_site(page: Page, where: str) -> None:
    """From a year's search field to the hub's results, to the paragraph on the site of another year, where the words
    are marked, and back.
    """
    page.goto(f"{where}2007/index.html")
    page.fill("input[name=q]", "ferry")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{where}all/search.html?q=ferry")
    page.wait_for_selector("main[data-search-state=done]")
    found = page.locator("li[data-mrn='06PORTSORREL206']")
    expect(found.locator("h2 a")).to_have_attribute(
        "href", re.compile(r"^\.\./2006/cable/2006/04/06PORTSORREL206\.html")
    )
    link = found.locator("a.passage").first
    anchor = (link.get_attribute("href") or "").partition("#")[2]
    link.click()
    page.wait_for_url(f"{where}2006/cable/2006/04/06PORTSORREL206.html?hl=*#{anchor}")
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()
    page.wait_for_selector(f"#{anchor} mark")
    page.go_back()
    page.wait_for_selector("li[data-mrn='06PORTSORREL206']")


def test_the_first_page_of_a_hub(page: Page, where: str) -> None:
    """It has the search first, then the sites, whose links lead there."""
    page.goto(f"{where}all/index.html")
    page.get_by_role("link", name="Cables of 2007").click()
    page.wait_for_url(f"{where}2007/index.html")
    page.go_back()
    page.fill("input[name=q]", "halvern 8")
    page.keyboard.press("Enter")
    expect(page.locator("#results h2 a").first).to_have_attribute("href", re.compile("07HALVERN8.html"))
