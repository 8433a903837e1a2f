"""The search page in a real browser, over http and from disk; the command line's engine is the oracle."""

import re
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from reftel.search.engine import run, search
from reftel.search.index import Index

sys.path.insert(0, str(Path(__file__).resolve().parent))
from firefox import find_firefox, firefox

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("search")]

READY = "main[data-search-state=done]"
QUERIES = [
    "water",
    "water gauge",
    "+water -gauge",
    "subject:water",
    "tags:prel",
    "wat*",
    "*ater",
    "watr~1",
    "water^5 gauge",
    '"the water"',
    "after:2005 before:2008 water",
    "class:confidential",
    "origin:halvern",
    "from:halvern",
    "tag:PREL -tag:ECON water",
    "07HALVERN8",
    "halvern 8",
    "07-Halvern-0008",
]


@pytest.fixture(params=["http", "file"])
def where(request: pytest.FixtureRequest) -> str:
    """The site's address, over http and from disk, with a slash at its end."""
    if request.param == "http":
        return str(request.getfixturevalue("address"))
    return Path(request.getfixturevalue("bundle")).as_uri() + "/"


@pytest.fixture
def index(sample_site: Path) -> Index:
    """The index that the page should answer from."""
    return Index(sample_site / "search")


def ask(page: Page, where: str, query: str, more: str = "") -> None:
    """Open the search page with a query, and wait for the answer."""
    page.goto(f"{where}search.html?q={quote(query)}{more}")
    page.wait_for_selector(READY)


def shown(page: Page) -> list[str]:
    """The MRNs of the results, in order."""
    return [str(item.get_attribute("data-mrn")) for item in page.locator("ol#results > li").all()]


@pytest.mark.parametrize("query", QUERIES)
def test_operators(query: str, where: str, page: Page, sample_site: Path) -> None:
    """Every operator gives on the page what it gives on the command line: number, order, paragraphs."""
    hits = run(sample_site, query)
    assert hits, "the sample archive holds nothing for this query"
    ask(page, where, query)
    assert shown(page) == [hit.mrn for hit in hits[:10]]
    assert page.inner_text("[role=status]").startswith(f"{len(hits)} cable" if hits else "no cable")
    for item, hit in zip(page.locator("ol#results > li").all(), hits, strict=False):
        if hit.anchor:
            assert (item.locator("a.passage").first.get_attribute("href") or "").endswith(
                f".html?hl={_terms(item)}#{hit.anchor}"
            )


def _terms(item: object) -> str:
    href = item.locator("a.passage").first.get_attribute("href") or ""  # type: ignore[attr-defined]
    return href.partition("?hl=")[2].partition("#")[0]


def test_each_hit_says_what_it_is(where: str, page: Page, index: Index) -> None:
    """Date, origin and classification stand beside each, and the words are marked."""
    ask(page, where, "water")
    card = index.card(int(search(index, "water").documents[0]))
    first = page.locator("ol#results > li").first
    for text in (card.mrn, card.date, card.origin):
        expect(first).to_contain_text(text)
    assert card.classification.lower() in first.inner_text().lower()
    assert "water" in [text.lower() for text in first.locator("mark").all_inner_texts()]


def test_nothing_is_fetched_before_it_is_used(address: str, page: Page) -> None:
    """Neither the search page nor a cable's page fetches the index or lunr.js by itself; the field's first letter
    does.
    """
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address + "index.html")
    page.goto(address + "search.html")
    page.wait_for_timeout(300)
    assert not [url for url in asked if "/search/" in url or "lunr" in url]
    page.fill("input[name=q]", "water")
    page.wait_for_selector(READY)
    assert [url for url in asked if url.endswith("/search/directory.js")]
    assert page.locator("ol#results > li").count() > 0


def test_as_you_type(where: str, page: Page, sample_site: Path) -> None:
    """Results follow the letters; the address follows too, and takes one step in the history."""
    page.goto(where + "search.html")
    page.locator("input[name=q]").press_sequentially("water gau", delay=30)
    page.wait_for_selector(READY)
    expect(page.locator("ol#results > li").first).to_be_visible()
    page.locator("input[name=q]").press_sequentially("ge")
    expect(page.locator("ol#results > li")).to_have_count(min(10, len(run(sample_site, "water gauge"))))
    expect(page).to_have_url(re.compile(r"\?q=water\+gauge$"))
    page.go_back()
    assert page.url.endswith("search.html")


def test_errors_are_explained_with_their_place(where: str, page: Page) -> None:
    """An unknown field: the caret stands under it."""
    page.goto(where + "search.html?q=" + quote("water foo:bar"))
    page.wait_for_selector("main[data-search-state=error]")
    assert page.locator("#search-error pre").inner_text() == "water foo:bar\n      ^"
    assert "neither a field nor a filter" in page.inner_text("#search-error p")
    assert "not understood" in page.inner_text("[role=status]")


def test_did_you_mean(where: str, page: Page, sample_site: Path) -> None:
    """Nothing found: a known word like it is offered at a click."""
    ask(page, where, "watter")
    assert page.inner_text("[role=status]") == "no cable found"
    page.click("#search-error button")
    page.wait_for_selector("ol#results > li")
    assert page.input_value("input[name=q]") == "water"
    assert page.url.endswith("?q=water")


def test_any_word_is_one_click_away(where: str, page: Page, sample_site: Path) -> None:
    """No cable has all words: those with any of them are offered."""
    query = "water zzzznothing"
    ask(page, where, query)
    page.click("#search-error button")
    page.wait_for_selector("ol#results > li")
    assert shown(page) == [hit.mrn for hit in run(sample_site, query, any_word=True)[:10]]
    assert "any=1" in page.url


def test_order_by_date(where: str, page: Page, sample_site: Path) -> None:
    """The newest first, and it stands in the address."""
    ask(page, where, "water")
    page.get_by_label("newest").check()
    expect(page.locator("[role=status]")).to_contain_text("newest first")
    assert shown(page) == [hit.mrn for hit in run(sample_site, "water", by_date=True)[:10]]
    assert page.url.endswith("sort=newest")
    page.reload()
    page.wait_for_selector(READY)
    assert shown(page) == [hit.mrn for hit in run(sample_site, "water", by_date=True)[:10]]


def test_facets_filter(where: str, page: Page) -> None:
    """A facet's value says how many there are; a click leaves these, another brings the others back."""
    ask(page, where, "water")
    before = page.inner_text("[role=status]")
    for title in ("Year", "Origin", "Classification", "TAGS"):
        facet = page.locator("details.facet", has_text=title).first
        facet.locator("summary").click()
        value = facet.locator("button").first
        count = value.locator(".count").inner_text()
        value.click()
        expect(page.locator("[role=status]")).to_have_text(re.compile(rf"^{count} cable"))
        pressed = page.locator("details.facet", has_text=title).locator("button[aria-pressed=true]").first
        pressed.click()
        expect(page.locator("[role=status]")).to_have_text(before)
    assert page.input_value("input[name=q]") == "water"


def test_histogram(where: str, page: Page) -> None:
    """A bar asks for its time; the dates can be typed; the back button undoes it."""
    ask(page, where, "water")
    before = page.inner_text("[role=status]")
    bar = page.locator(".histogram button:not([data-height='0'])").first
    label = str(bar.get_attribute("aria-label"))
    bar.click()
    count = label.partition(": ")[2].partition(" ")[0]
    expect(page.locator("[role=status]")).to_have_text(re.compile(rf"^{count} cable"))
    assert f"after:{label.partition(':')[0]}" in page.input_value("input[name=q]")
    page.go_back()
    expect(page.locator("[role=status]")).to_have_text(before)
    assert page.input_value("input[name=q]") == "water"
    page.locator("#search-histogram input[name=after]").fill("1900")
    page.locator("#search-histogram input[name=after]").press("Tab")
    expect(page.locator("input[name=q]")).to_have_value("water after:1900")


@pytest.mark.parametrize("query", ["water", "water after:2006-02 before:2006-12"])
def test_histogram_says_its_time(where: str, page: Page, query: str) -> None:
    """Below the bars stand years, or both ends within one year; above them the highest count."""
    ask(page, where, query)
    bars = page.locator(".histogram li").evaluate_all(
        "all => all.map(each => [each.dataset.label || '', each.firstChild.dataset.from, each.firstChild.title])"
    )
    labels = [(label, start) for label, start, _ in bars if label]
    assert 2 <= len(labels) <= 8
    assert all(start.startswith(label) for label, start in labels)
    if query != "water":
        assert labels == [(bars[0][1],) * 2, (bars[-1][1],) * 2]
    most = max(int(title.partition(": ")[2]) for _, _, title in bars)
    assert page.inner_text("#search-histogram .most") == f"up to {most} a {'month' if '-' in bars[0][1] else 'year'}"


def test_histogram_is_brushed(where: str, page: Page, sample_site: Path) -> None:
    """A drag over bars asks for all their time."""
    ask(page, where, "water")
    bars = page.locator(".histogram button")
    first, last = bars.first, bars.last
    start, end = first.get_attribute("data-from"), last.get_attribute("data-from")
    first.dispatch_event("pointerdown")
    last.dispatch_event("pointerup")
    expect(page.locator("input[name=q]")).to_have_value(re.compile(rf"^water after:{start} before:"))
    page.wait_for_selector(READY)
    dated = run(sample_site, f"water after:{start}")
    assert page.inner_text("[role=status]").startswith(f"{len(dated)} cable"), end


def test_back_and_forth(where: str, page: Page) -> None:
    """Each question asked is a step in the history."""
    ask(page, where, "water")
    page.fill("input[name=q]", "gauge")
    page.press("input[name=q]", "Enter")
    expect(page.locator("[role=status]")).to_contain_text("cable")
    page.wait_for_selector(READY)
    gauge = shown(page)
    page.go_back()
    expect(page.locator("input[name=q]")).to_have_value("water")
    page.wait_for_selector(READY)
    page.go_forward()
    expect(page.locator("input[name=q]")).to_have_value("gauge")
    page.wait_for_selector(READY)
    assert shown(page) == gauge


def test_more_results(where: str, page: Page, sample_site: Path) -> None:
    """Ten at first; the button brings the next."""
    hits = run(sample_site, "class:confidential")
    ask(page, where, "class:confidential")
    page.click("#search-more")
    expect(page.locator("ol#results > li")).to_have_count(min(20, len(hits)))
    assert shown(page) == [hit.mrn for hit in hits[:20]]


def test_keys(where: str, page: Page) -> None:
    """A slash leads to the field, the arrows and j and k through the results, Escape back, Enter to the cable."""
    page.goto(where + "index.html")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"
    ask(page, where, "water")
    page.focus("input[name=q]")
    page.keyboard.press("ArrowDown")
    current = "document.querySelector('li.result[aria-current=true]').dataset.mrn"
    names = shown(page)
    assert page.evaluate(current) == names[0]
    page.keyboard.press("j")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(current) == names[2]
    page.keyboard.press("k")
    assert page.evaluate(current) == names[1]
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(rf"/{names[0]}\.html"))


def test_a_passage_leads_to_its_paragraph(where: str, page: Page) -> None:
    """On the cable's page the words are marked, the paragraph is the target, and the marks can be stepped through."""
    ask(page, where, "water gauge")
    link = page.locator("a.passage[href*='#par']").first
    anchor = str(link.get_attribute("href")).rpartition("#")[2]
    link.click()
    page.wait_for_selector("main mark")
    assert page.evaluate("document.querySelector(':target').id") == anchor
    words = {text.lower() for text in page.locator("main mark").all_inner_texts()}
    assert words & {"water", "gauge"}
    finder = page.get_by_role("region", name="Searched words")
    finder.get_by_role("button", name="Next").click()
    expect(page.locator("mark.current")).to_have_count(1)
    finder.get_by_role("button", name="Unmark").click()
    expect(page.locator("main mark")).to_have_count(0)


def test_screen_readers_are_told(address: str, page: Page) -> None:
    """The status is a live region; it says that a search goes on, then its outcome."""
    page.goto(address + "search.html")
    said: list[str] = []
    page.expose_function("noteStatus", lambda text: said.append(text))
    page.evaluate(
        "() => new MutationObserver(() => noteStatus(document.querySelector('[role=status]').textContent))"
        ".observe(document.querySelector('[role=status]'), {childList: true})"
    )
    page.fill("input[name=q]", "water")
    page.wait_for_selector(READY)
    page.wait_for_timeout(100)
    assert "searching…" in said
    assert re.match(r"\d+ cables", said[-1])


def test_firefox_from_disk(bundle: Path, sample_site: Path, tmp_path: Path) -> None:
    """Firefox with strict file origins, which lets no file read another: the results are the same."""
    path = find_firefox()
    if path is None:
        pytest.skip("no Firefox found")
    with firefox(path, tmp_path / "profile") as tab:
        for query in ("water gauge", '"the water"', "watr~1"):
            tab.go(bundle.as_uri() + "/search.html?q=" + quote(query))
            tab.wait("return document.querySelector('main').dataset.searchState === 'done'")
            names = tab.script(
                "return Array.from(document.querySelectorAll('ol#results > li'), (item) => item.dataset.mrn)"
            )
            assert names == [hit.mrn for hit in run(sample_site, query)[:10]]
