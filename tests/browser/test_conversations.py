"""References as a reader meets them: previews, marks, foldable texts, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.browser

CABLE = "cable/2006/05/06PORTSORREL231.html"
THREAD = "thread/73PORTSORREL402.html"
MENTION = ".par > p:not(.margin) a.reftel[aria-description]"
SHOWN = "link => getComputedStyle(link, '::after').content"


def shown(link: Locator) -> str:
    """What the style sheet shows beside a link, "none" for nothing."""
    return str(link.evaluate(SHOWN))


@pytest.fixture
def touch_page(browser: Browser) -> Iterator[Page]:
    """A tab on a telephone."""
    context = browser.new_context(viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_a_preview_comes_with_pointer_and_focus(how: str, address: str, page: Page) -> None:
    """Subject, MRN, date, origin and classification stand beside the link, inside the window; nothing moves for it."""
    page.goto(address + CABLE)
    link = page.locator(MENTION).first
    assert shown(link) == "none"
    height = page.evaluate("document.documentElement.scrollHeight")
    getattr(link, how)()
    said = link.get_attribute("aria-description") or ""
    assert re.search(r"\n\d\d[A-Z]+\d+ · \d{4}-\d\d-\d\d \d\d:\d\dZ · \S.* · [A-Z/]+(\nparagraph \d+)?$", said)
    assert said.split("\n")[0] in shown(link)
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("how", ["hover", "focus"])
@pytest.mark.parametrize(("place", "is_above"), [("start", False), ("end", True)])
def test_a_preview_stays_in_the_window(how: str, place: str, is_above: bool, address: str, page: Page) -> None:
    """It stands below its link, and above it where the window ends."""
    page.goto(address + CABLE)
    link = page.locator(MENTION).first
    link.evaluate("(link, block) => link.scrollIntoView({ block, behavior: 'instant' })", place)
    getattr(link, how)()
    moved = link.evaluate("link => new DOMMatrix(getComputedStyle(link, '::after').transform).f")
    assert (moved < -20) == is_above


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_escape_closes_a_preview(how: str, address: str, page: Page) -> None:
    """Until pointer or focus come again, so that it is never in the way of what it covers."""
    page.goto(address + CABLE)
    link = page.locator(MENTION).first
    getattr(link, how)()
    assert shown(link) != "none"
    page.keyboard.press("Escape")
    assert shown(link) == "none"
    page.mouse.move(0, 0)
    link.blur()
    getattr(link, how)()
    assert shown(link) != "none"


def test_the_first_touch_shows_the_second_follows(address: str, touch_page: Page) -> None:
    """Under a finger, a link says what it leads to before it leads there; a touch elsewhere takes that back."""
    touch_page.goto(address + CABLE)
    link = touch_page.locator(MENTION).first
    target = link.get_attribute("href") or ""
    link.tap()
    assert touch_page.url.endswith(CABLE)
    assert shown(link) != "none"
    touch_page.locator("h1").tap()
    assert shown(link) == "none"
    link.tap()
    link.tap()
    touch_page.wait_for_url("**/" + target.rpartition("/")[2])


def test_the_tab_key_reaches_every_mark_in_the_order_of_time(address: str, page: Page) -> None:
    """Marks are links, held or missing, from the left to the right; a focused one draws its arcs."""
    page.goto(address + THREAD)
    marks = page.locator(".cables a")
    count = marks.count()
    order = page.evaluate("[...document.querySelectorAll('.cables a')].map(a => a.getBoundingClientRect().left)")
    assert order == sorted(order)
    marks.first.focus()
    for _ in range(count - 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === [...document.querySelectorAll('.cables a')].at(-1)")
    tied = page.locator(".cables a:has(use)").first
    tied.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert tied.locator("use").first.evaluate("use => getComputedStyle(use).display") != "none"


def test_a_thread_unfolds_without_a_script(address: str, browser: Browser) -> None:
    """Full texts are `<details>`; a tie to a cable of the same page leads to its place there."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + THREAD)
    text = page.locator("details.full .body").first
    assert not text.is_visible()
    page.locator("details.full summary").first.click()
    assert text.is_visible()
    page.locator(".ties a[href^='#']").first.click()
    assert "#" in page.url
    context.close()
