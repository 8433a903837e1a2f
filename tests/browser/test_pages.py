"""Each kind of page in a real browser: valid, accessible, readable without JavaScript, inside its window."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

KINDS = (
    "home",
    "cable",
    "raw",
    "thread",
    "timeline",
    "year",
    "month",
    "listing",
    "directory",
    "missing",
    "search",
    "prose",
    "404",
)
WIDTHS = (320, 375, 1280)
ABSOLUTE = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"


@pytest.fixture(scope="session")
def kinds(sample_site: Path) -> dict[str, str]:
    """The address of one page of each kind: the one with most in it, which has most to go wrong."""

    def largest(pattern: str, keep: str = "") -> str:
        found = [path for path in sample_site.glob(pattern) if re.search(keep, path.name)]
        return max(found, key=lambda path: path.stat().st_size).relative_to(sample_site).as_posix()

    return {
        "home": "index.html",
        "cable": largest("cable/*/*/*.html", r"^[^.]+\.html$"),
        "raw": largest("cable/*/*/*.raw.html"),
        "thread": largest("thread/*.html"),
        "timeline": "timeline/index.html",
        "year": largest("timeline/*.html", r"^\d{4}\.html$"),
        "month": largest("timeline/*.html", r"^\d{4}-\d\d\.html$"),
        "listing": largest("tag/*.html", r"^(?!index)"),
        "directory": "tag/index.html",
        "missing": largest("missing/*.html", r"^(?!index)"),
        "search": "search.html",
        "prose": largest("pages/*.html"),
        "404": "404.html",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_no_violation(
    kind: str, scheme: str, kinds: dict[str, str], address: str, page: Page, node_tools: Path
) -> None:
    """Each kind of page has no accessibility violation, in light and in dark."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address + kinds[kind])
    assert run_axe(page, node_tools) == []


def run_axe(page: Page, node_tools: Path) -> list[str]:
    """The rules axe-core finds violated, with the first element of each."""
    source = (node_tools / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate(source)
    result = page.evaluate("() => axe.run()")
    return [f"{v['id']}: {v['help']}: {v['nodes'][0]['html'][:200]}" for v in result["violations"]]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_wider_than_its_window(
    kind: str, width: int, kinds: dict[str, str], address: str, page: Page
) -> None:
    """Nothing but a box of its own scrolls sideways, from 320 px on."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + kinds[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_html_is_valid(sample_site: Path, node_tools: Path) -> None:
    """The Nu HTML checker has no error on any page of the sample site."""
    jar = node_tools / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = [
        "java",
        "-Xss16m",
        "-jar",
        str(jar),
        "--errors-only",
        "--format",
        "json",
        "--skip-non-html",
        str(sample_site),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    assert [f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}" for m in messages] == []


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A tab without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_reading_and_following_need_no_script(address: str, plain_page: Page) -> None:
    """Without JavaScript a reader goes from the home page over a listing to a cable, a paragraph and a REF."""
    plain_page.goto(address + "index.html")
    plain_page.get_by_role("link", name="Origin").first.click()
    plain_page.locator("main a").first.click()
    plain_page.locator("main .rows a[href*='cable/'], main li a[href*='cable/']").first.click()
    assert plain_page.locator("body.cable h1").count() == 1
    plain_page.locator("a[href^='#par'], a[href^='#u']").first.click()
    assert re.search(r"#(par|u)\d", plain_page.url)


def test_pages_work_from_disk(sample_site: Path, kinds: dict[str, str], page: Page) -> None:
    """Every kind of page opens from the disk, with its style, and no link of it leaves the site's folder."""
    for path in kinds.values():
        page.goto((sample_site / path).as_uri())
        assert page.evaluate("document.styleSheets.length") >= 1
        hrefs: list[str] = page.eval_on_selector_all("a[href]", ABSOLUTE)
        inside = sample_site.as_uri()
        assert [href for href in hrefs if not href.startswith((inside, "https://"))] == []
