"""What the pages say: contexts made from small archives."""

from collections.abc import Callable
from itertools import pairwise

import msgspec
import pytest
from markupsafe import Markup

from reftel.archive.archive import Archive, in_order
from reftel.archive.model import Entry, EntryRef, Pointing
from reftel.cable.model import Block, ClassifiedBy, Mention
from reftel.config import Settings
from reftel.editorial.prose import Prose
from reftel.site import addresses, cards, home, listing_pages, listings, meanings, missing_pages, thread_pages, timeline
from reftel.site.blocks import Target
from reftel.site.contexts import Gap, Link
from reftel.site.dates import written_date, written_day, written_month, written_span
from reftel.site.frame import Around, Site, frame, new_site
from reftel.site.gaps import gaps
from reftel.site.mentions import Anchors, anchors_of, pointers, resolver
from reftel.site.records import Kept


def entry(mrn: str, *cites: str, day: str | None = "2007-01-01", **more: object) -> Entry:
    """A cable that cites others under the letters A, B, ..."""
    values: dict[str, object] = {
        "key": mrn,
        "mrn": mrn,
        "path": f"{mrn}.txt",
        "line": 1,
        "sha256": "0" * 64,
        "created": f"{day}T12:00:00Z" if day else None,
        "post": mrn[2:].rstrip("0123456789"),
        "refs": [EntryRef("ABCDEFGH"[place], cited, "cable", cited, []) for place, cited in enumerate(cites)],
        "anchors": "par1 par2",
    }
    return Entry(**{**values, **more})  # type: ignore[arg-type]


def site_of(*entries: Entry, **settings: object) -> Site:
    return new_site(Settings(**settings), Archive(in_order(entries)), [], {})  # type: ignore[arg-type]


def test_the_frame_knows_its_way_home() -> None:
    """Every page leads to every place of the menu, and has a canonical address only where one is known."""
    page = "cable/2007/01/07OSLO1.html"
    made = frame(site_of(), page, "Title", "cable")
    assert (made.root, made.canonical) == ("../../../", "")
    assert made.nav[0].href == "../../../timeline/index.html"
    known = site_of(public_address="https://example.org/cables/")
    assert frame(known, page, "Title", "cable").canonical == "https://example.org/cables/cable/2007/01/07OSLO1.html"
    assert frame(known, addresses.HOME, "Title", "home").canonical == "https://example.org/cables/"


def test_the_404_page_works_at_any_depth() -> None:
    """A server shows it at any address: its links start with the site's path where that is known."""
    around = Around(foot=(("Data", "data/index.html"),), head=(("alternate", "application/atom+xml", "New", "a.xml"),))
    _, page = home.not_found_page(
        msgspec.structs.replace(site_of(public_address="https://example.org/cables"), around=around)
    )
    assert page.frame.root == "/cables/"
    assert page.frame.nav[0].href == "/cables/timeline/index.html"
    assert page.frame.foot[0].href == "/cables/data/index.html"
    assert page.frame.head[0].href == "/cables/a.xml"
    _, page = home.not_found_page(site_of())
    assert page.frame.root == ""


def test_ref_cards() -> None:
    """Each item has its anchor; held and missing cables are linked; the cable itself and what is no cable are not."""
    refs = [
        EntryRef("A", "OSLO 1", "cable", "07OSLO1", ["NOTAL"]),
        EntryRef("A", "RIGA 5", "cable", "07RIGA5", []),
        EntryRef(None, "E-MAIL OF MAY 1", "email", None, []),
        EntryRef("D", "OSLO 2", "cable", "07OSLO2", []),
        EntryRef("E", "OSLOW 3", "cable", None, []),
    ]
    site = site_of(entry("07OSLO1", subject="FERRY"), entry("07OSLO2", refs=refs))
    made = cards.ref_cards(site, "cable/2007/01/07OSLO2.html", "07OSLO2", refs, {})
    assert [(card.anchor, card.mrn, card.href, card.held, card.note) for card in made] == [
        ("refA", "07OSLO1", "07OSLO1.html", True, "NOTAL"),
        ("refA-2", "07RIGA5", "../../../missing/07RIGA.html#07RIGA5", False, ""),
        ("ref3", "", "", False, "e-mail"),
        ("refD", "07OSLO2", "", False, "this cable itself"),
        ("refE", "", "", False, "which cable is meant cannot be decided"),
    ]


def test_items_without_a_letter_bear_the_one_the_prose_gives_them() -> None:
    """10BRASILIA140 prints three without letters and speaks of "REFTEL C"; a printed letter stands as it is."""
    mentions = [Mention("ref B", (0, 5), (0, 5), "B", "07RIGA5"), Mention("ref D", (6, 11), (6, 11), "D", "07OSLO1")]
    spoken = cards.spoken_labels([Block("paragraph", "par1", 1, None, "", "ref B ref D", (0, 11), mentions)])
    refs = [
        EntryRef(None, "OSLO 7", "cable", "07OSLO7", []),
        EntryRef(None, "RIGA 5", "cable", "07RIGA5", []),
        EntryRef("A", "OSLO 1", "cable", "07OSLO1", []),
    ]
    made = cards.ref_cards(site_of(), "cable/2007/01/07OSLO2.html", "07OSLO2", refs, spoken)
    assert [(card.label, card.anchor) for card in made] == [("", "ref1"), ("(B)", "ref2"), ("A", "refA")]


@pytest.mark.parametrize(
    ("mention", "href"),
    [
        (Mention("ref A", (0, 5), (0, 5), "A", "07OSLO1"), "07OSLO1.html"),
        (Mention("ref A, para 2", (0, 5), (0, 5), "A", "07OSLO1", "par2"), "07OSLO1.html#par2"),
        (Mention("ref A, para 9", (0, 5), (0, 5), "A", "07OSLO1", "par9"), "07OSLO1.html"),
        (Mention("ref B", (0, 5), (0, 5), "B", "07RIGA5", "par2"), "../../../missing/07RIGA.html#07RIGA5"),
        (Mention("para 2", (0, 6), (0, 6), None, None, "par2"), "#par2"),
        (Mention("para 9", (0, 6), (0, 6), None, None, "par9"), None),
        (Mention("Oslo 2, para 1", (0, 6), (0, 6), None, "07OSLO2", "par1"), "#par1"),
        (Mention("ref C", (0, 5), (0, 5), "C"), "#refC"),
        (Mention("ref X", (0, 5), (0, 5), "X"), None),
    ],
)
def test_mentions_lead_to_one_thing_or_to_none(mention: Mention, href: str | None) -> None:
    """To the paragraph where it is there, else the cable, else its missing entry, else the REF item, else nowhere."""
    refs = [EntryRef("B", "RIGA 5", "cable", "07RIGA5", [])]
    site = site_of(entry("07OSLO1"), entry("07OSLO2", refs=refs))
    paragraphs = {name: Block("paragraph", name, 1, None, None, "Words.", (0, 6)) for name in ("par1", "par2")}
    anchors = Anchors(paragraphs, {"refC": EntryRef("C", "MEMO", "memo", None, [])})
    target = resolver(site, "cable/2007/01/07OSLO2.html", "07OSLO2", anchors)(mention)
    assert (target.href if target else None) == href


@pytest.mark.parametrize(
    ("mention", "expected"),
    [
        (Mention("", (0, 0), (0, 0), "A", "07OSLO1"), ("07OSLO1.html", "", "secret")),
        (Mention("", (0, 0), (0, 0), "A", "07OSLO1", "par4"), ("07OSLO1.html#par4", "\nparagraph 4", "secret")),
        (
            Mention("", (0, 0), (0, 0), "A", "07OSLO1", "par9"),
            ("07OSLO1.html", "\nno paragraph 9 in the text that is held", "secret"),
        ),
    ],
)
def test_a_mention_says_what_it_leads_to(mention: Mention, expected: tuple[str, str, str]) -> None:
    """The preview: subject; MRN, date, origin, classification; the paragraph, or that it is not there."""
    cited = entry("07OSLO1", subject="FERRY", origin="Embassy Oslo", classification="SECRET", anchors="par1 par4")
    href, more, slug = expected
    lines = f"FERRY\n07OSLO1 · 2007-01-01 12:00Z · Embassy Oslo · SECRET{more}"
    target = resolver(site_of(cited), "cable/2007/01/x.html", "07OSLO2", Anchors({}, {}))(mention)
    assert target == Target(href, lines, slug)


def test_other_previews() -> None:
    """A missing cable: when it was likely sent; a paragraph of this page: its words; a REF item: what it is."""
    block = Block("paragraph", "par1", 1, "C", "(C)", "The ferry sailed.", (0, 1))
    site = site_of(entry("07OSLO1", day="2007-03-04"), entry("07OSLO5", "07OSLO3", day="2007-03-09"))
    anchors = anchors_of([block], [EntryRef("C", "SMITH-JONES E-MAIL", "email", None, [])])
    resolve = resolver(site, "cable/2007/03/07OSLO5.html", "07OSLO5", anchors)
    assert [
        resolve(mention)
        for mention in (
            Mention("", (0, 0), (0, 0), "A", "07OSLO3"),
            Mention("", (0, 0), (0, 0), None, None, "par1"),
            Mention("", (0, 0), (0, 0), "C"),
        )
    ] == [
        Target(
            "../../../missing/07OSLO.html#07OSLO3",
            "07OSLO3: cited, not held\nlikely sent between 4 and 9 March 2007",
            "missing",
        ),
        Target("#par1", "¶1 The ferry sailed."),
        Target("#refC", "REF C: SMITH-JONES E-MAIL\ne-mail"),
    ]


def test_a_paragraph_knows_who_points_at_it() -> None:
    """Paragraphs of other cables, then those of its own page; each place once, a paragraph never itself."""
    here = Mention("para 1", (0, 1), (0, 1), None, None, "par1")
    blocks = [
        Block("paragraph", "par1", 1, "C", "(C)", "See para 1.", (0, 1), [here]),
        Block("paragraph", "par2", 2, "C", "(C)", "See para 1.", (0, 1), [here, here]),
    ]
    cited = entry("07OSLO1", anchors="par1 par2")
    citer = entry("07OSLO2", day="2007-01-02", mentions=[Pointing("07OSLO1", "par6", 6, "He said …", "par1")])
    found = pointers(site_of(cited, citer), "cable/2007/01/07OSLO1.html", cited, blocks)
    assert found == {
        "par1": [Link("07OSLO2.html#par6", "07OSLO2 ¶6", "He said …"), Link("#par2", "¶2", "¶2 See para 1.")]
    }


def test_listings_hold_names_of_one_slug_together() -> None:
    """Names that differ in case and blanks only are one listing, under the name used most."""
    site = site_of(
        entry("07OSLO1", origin="Embassy Oslo"),
        entry("07OSLO2", origin="EMBASSY OSLO"),
        entry("07OSLO3", origin="Embassy Oslo", tags=["PREL", "PREL"]),
        entry("07OSLO4", day=None),
    )
    origins = site.listings["origin"]
    assert [(found.slug, found.name, len(found.mrns)) for found in origins.values()] == [
        ("embassy-oslo", "Embassy Oslo", 3),
        ("not-stated", listings.UNSTATED, 1),
    ]
    assert site.listings["tag"]["prel"].mrns == ("07OSLO3",)
    assert list(site.listings["date"]) == ["2007-01", "undated"]
    assert site.listings["classification"]["not-stated"].mrns == ("07OSLO1", "07OSLO2", "07OSLO3", "07OSLO4")


def test_listings_are_paged_in_zulu_order() -> None:
    """About `listing_size` cables a page; each page knows its place, and the first how many there are in all."""
    site = site_of(*(entry(f"07OSLO{i}", day=f"2007-01-{i:02}") for i in range(5, 0, -1)), listing_size=2)
    listing = site.listings["date"]["2007-01"]._replace(ends=(2, 4, 5))
    pages = list(listing_pages.listing_pages(site, listing))
    assert [address for address, _ in pages] == ["date/2007-01.html", "date/2007-01.p2.html", "date/2007-01.p3.html"]
    first, last = pages[0][1], pages[2][1]
    assert ([card.mrn for card in first.cables], first.page, first.count) == (["07OSLO1", "07OSLO2"], 1, 5)
    assert ([card.mrn for card in last.cables], last.page, last.count) == (["07OSLO5"], 3, 1)
    assert [link.href for link in last.pages] == ["2007-01.html", "2007-01.p2.html", "2007-01.p3.html"]


def test_one_cable_more_changes_one_page_of_a_list() -> None:
    """Pages end by a hash of the cables, so that those after a new one hold what they held."""
    names = [f"07OSLO{i}" for i in range(3000)]
    ends = listings.page_ends(names, 100)
    sizes = [end - start for start, end in pairwise((0, *ends))]
    assert (ends[-1], max(sizes)) <= (3000, 200) and min(sizes[:-1]) >= 50
    assert 20 <= len(ends) <= 40
    pages = {tuple(names[start:end]) for start, end in pairwise((0, *ends))}
    more = [*names[:1000], "07RIGA1", *names[1000:]]
    again = {tuple(more[start:end]) for start, end in pairwise((0, *listings.page_ends(more, 100)))}
    assert 1 <= len(again - pages) <= 3


@pytest.mark.parametrize(("count", "size", "pages"), [(0, 2, 1), (2, 2, 1), (5, 1, 5)])
def test_pages_of_short_lists(count: int, size: int, pages: int) -> None:
    """There is always one page, and of size one as many as cables."""
    assert len(listings.page_ends([f"07OSLO{i}" for i in range(count)], size)) == pages


def test_directories_are_grouped() -> None:
    """Origins by kind of post, TAGS by what they are about, classifications from the most secret down."""
    site = site_of(
        entry(
            "07OSLO1",
            origin="Embassy Oslo",
            classification="CONFIDENTIAL",
            tags=["NO", "PREL"],
        ),
        entry("07RIO1", origin="Consulate Rio De Janeiro", classification="SECRET"),
    )
    _, origins = listing_pages.directory_page(site, "origin")
    assert [(group.title, [link.text for link in group.links]) for group in origins.groups] == [
        ("Consulates", ["Consulate Rio De Janeiro"]),
        ("Embassies", ["Embassy Oslo"]),
    ]
    _, tags = listing_pages.directory_page(site, "tag")
    assert [group.title for group in tags.groups] == ["Subjects", "Places"]
    _, classes = listing_pages.directory_page(site, "classification")
    assert [link.text for link in classes.groups[0].links] == ["SECRET", "CONFIDENTIAL"]


def test_months_show_each_cable_with_its_refs_both_ways() -> None:
    """Each row of a day lists what it cites, held or missing, and what cites it."""
    first, second = entry("07OSLO1", "06OSLO9"), entry("07OSLO2", "07OSLO1", day="2007-01-05")
    site = site_of(second, first)
    ((address, page),) = timeline.month_pages(site, "2007-01")
    assert address == "timeline/2007-01.html"
    assert [day.text for day in page.days] == ["Monday 1 January 2007", "Friday 5 January 2007"]
    row = page.days[0].rows[0]
    assert [(card.mrn, card.held) for card in row.earlier] == [("06OSLO9", False)]
    assert [card.mrn for card in row.later] == ["07OSLO2"]


def test_a_crowded_month_has_several_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A month's pages lead to each other, the first and last to the months beside."""
    monkeypatch.setattr(timeline, "MONTH_PAGE", 2)
    months = [entry(f"07OSLO{i}", day=f"2007-02-{i:02}") for i in range(1, 4)]
    site = site_of(entry("07OSLO90", day="2007-01-01"), *months, entry("07OSLO91", day="2007-05-01"))
    pages = list(timeline.month_pages(site, "2007-02"))
    turns = [(page.earlier and page.earlier.text, page.later and page.later.text) for _, page in pages]
    assert turns == [("January 2007", "Page 2"), ("Page 1", "May 2007")]
    assert [address for address, _ in pages] == ["timeline/2007-02.html", "timeline/2007-02.p2.html"]


def test_undated_cables_have_their_place() -> None:
    """The overview shows them, and leads to their list."""
    site = site_of(entry("07OSLO1"), entry("07OSLO2", day=None))
    _, page = timeline.overview(site)
    assert [card.mrn for card in page.undated] == ["07OSLO2"]
    assert page.months[-1].href == "../date/undated.html"
    assert [(bar.count, bar.period) for bar in page.bars] == [(1, "2007")]


def test_missing_cables_say_who_cites_them_and_where() -> None:
    """The item of the REF line, and each paragraph that mentions it."""
    citer = entry("07OSLO1", "06OSLO9", subject="FERRY", mentions=[Pointing("06OSLO9", "par2", 2, "He said …")])
    site = site_of(citer)
    address, page = missing_pages.missing_page(site, "06OSLO")
    assert address == "missing/06OSLO.html"
    (row,) = page.cables
    assert (row.card.mrn, row.card.anchor, row.card.note) == ("06OSLO9", "06OSLO9", "cited by one cable")
    assert (row.sent, row.bounds) == ("in 2006", ())
    assert [(link.href, link.text, link.note) for link in row.card.places] == [
        ("../cable/2007/01/07OSLO1.html#refA", "07OSLO1 REF A", "FERRY"),
        ("../cable/2007/01/07OSLO1.html#par2", "07OSLO1 ¶2", "He said …"),
    ]


def test_a_missing_cable_has_a_date_bracket_and_ways_to_ask_for_it() -> None:
    """The held serials around it bound it; pages of prose for its year are linked, and the other years of its post."""
    held = [entry("06OSLO3", day="2006-02-01"), entry("06OSLO9", day="2006-03-01")]
    citer = entry("07OSLO1", "06OSLO5", "05OSLO7", day="2007-01-05")
    pages = [
        Prose("asking", "How to ask", Markup("<p>Ask.</p>"), 1, "", "pages/asking.md", (2006, 9999)),
        Prose("old", "Old ones", Markup("<p>Look.</p>"), 2, "", "pages/old.md", (0, 1979)),
        Prose("about", "About", Markup("<p>Us.</p>"), 3, "About", "pages/about.md"),
    ]
    site = new_site(Settings(), Archive(in_order([*held, citer])), pages, {})
    _, page = missing_pages.missing_page(site, "06OSLO")
    assert page.title == "Missing: Embassy Oslo, 2006"
    (row,) = page.cables
    assert row.sent == "between 1 February and 1 March 2006"
    assert [(link.text, link.note) for link in row.bounds] == [
        ("06OSLO3", "the last serial held before it"),
        ("06OSLO9", "the next serial held"),
    ]
    assert page.requests == (Link("../pages/asking.html", "How to ask"),)
    assert page.earlier == Link("05OSLO.html", "2005", "1")
    _, directory = missing_pages.missing_directory(site)
    assert directory.groups[0].title == "How to ask for them"
    assert [link.note for link in directory.groups[0].links] == ["cables from 2006 on", "cables up to 1979"]


def test_the_list_of_a_post_says_what_lies_between() -> None:
    """How many serials are not held between two rows; which of them are cited; nothing over the turn of a year."""
    rows = [
        entry("06OSLO99", day="2006-12-30"),
        entry("07OSLO2", "07OSLO5", day="2007-01-02"),
        entry("07OSLO6", day="2007-01-06"),
        entry("07OSLO7", day="2007-01-07"),
        entry("07OSLO9", day="2007-01-05"),
    ]
    site = site_of(*rows)
    listing = site.listings["origin"]["not-stated"]
    found = list(gaps(site, "origin/not-stated.html", site.archive.entries_of(listing.mrns)))
    assert listing.mrns == ("06OSLO99", "07OSLO2", "07OSLO9", "07OSLO6", "07OSLO7")
    assert found == [
        None,
        None,
        Gap("1 serial between 07OSLO7 and the next is not held"),
        Gap(
            "3 serials between 07OSLO2 and the next are not held",
            (Link("../missing/07OSLO.html#07OSLO5", "07OSLO5"),),
        ),
        None,
    ]
    plain = site_of(entry("07OSLO1"), entry("07OSLO5", day="2007-01-02"))
    ((_, page),) = listing_pages.listing_pages(plain, plain.listings["origin"]["not-stated"])
    assert [card.gap and card.gap.text for card in page.cables] == [
        None,
        "3 serials between these two are not held",
    ]


def test_posts_and_tags_have_a_timeline() -> None:
    """The first page of their lists draws all cables and counts each year's; the others draw their own."""
    cables = [entry(f"{year % 100:02}OSLO1", day=f"{year}-03-01", tags=["PREL"]) for year in (2005, 2006, 2007)]
    site = site_of(*cables, listing_size=2)
    (_, first), (_, second) = listing_pages.listing_pages(site, site.listings["tag"]["prel"]._replace(ends=(2, 3)))
    assert first.drawing.count("<title>") == 3
    assert [(bar.period, bar.link.href) for bar in first.bars] == [
        ("2005", "prel.html"),
        ("2006", "prel.html"),
        ("2007", "prel.p2.html"),
    ]
    assert (second.drawing, second.bars, second.chart) == ("", (), "")
    ((_, month),) = listing_pages.listing_pages(site, site.listings["date"]["2007-03"])
    assert (month.drawing, month.bars) == ("", ())


def test_the_missing_cited_most_come_first() -> None:
    """The directory begins with those that several cables cite."""
    site = site_of(entry("07OSLO1", "06OSLO9", "06OSLO8"), entry("07OSLO2", "06OSLO9"))
    _, page = missing_pages.missing_directory(site)
    assert [(link.text, link.note) for link in page.groups[0].links] == [("06OSLO9", "cited by 2 cables")]
    assert page.explanation == "2 cables are cited in this archive and not held."


def test_threads_are_listed_by_year() -> None:
    """Each thread by the subject of its first cable, with its size."""
    site = site_of(entry("07OSLO1", subject="FERRY"), entry("07OSLO2", "07OSLO1", day="2007-02-01"))
    ((address, page),) = thread_pages.thread_directory(site)
    assert address == "thread/index.html" and page.pages == ()
    assert [(group.title, [(link.text, link.note) for link in group.links]) for group in page.groups] == [
        ("2007", [("FERRY", "2 cables from 07OSLO1")])
    ]


def test_many_threads_have_several_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Their directory is paged as the lists are, and each thread stands on one page of it."""
    monkeypatch.setattr(thread_pages, "DIRECTORY_PAGE", 2)
    cables = []
    for year in range(1, 6):
        first, second = f"0{year}OSLO1", f"0{year}OSLO2"
        cables += [entry(first, day=f"200{year}-01-01"), entry(second, first, day=f"200{year}-02-01")]
    site = site_of(*cables)
    made = list(thread_pages.thread_directory(site))
    assert [address for address, _ in made] == thread_pages.directory_addresses(site.archive)
    years = [[group.title for group in page.groups] for _, page in made]
    assert years == [["2001", "2002"], ["2003", "2004"], ["2005"]]
    assert [link.href for link in made[1][1].pages] == ["index.html", "index.p2.html", "index.p3.html"]


def test_a_thread_says_how_far_it_reaches(parsed: Callable[..., object]) -> None:
    """How many cables, from when to when, and how many are cited and not held."""
    site = site_of(entry("07OSLO1", "06RIGA4", subject="FERRY"), entry("07OSLO2", "07OSLO1", day="2007-02-01"))
    kept = Kept(parsed(), b"", 1)  # type: ignore[arg-type]
    ((_, page),) = thread_pages.thread_pages(site, site.archive.threads[0], lambda key: kept)
    assert (page.name, page.title) == ("The thread of 07OSLO1", "FERRY")
    assert page.extent == "2 cables, 1 January 2007 to 1 February 2007; 1 more is cited and not held"


def test_a_calendar_shows_what_is_missing_where_it_was_likely_sent() -> None:
    """Hollow where its serials say when; a ring at its citer where they say less than the calendar does."""
    held = [entry("07OSLO10", day="2007-06-02"), entry("07OSLO20", "07OSLO15", "07OSLO4", day="2007-06-22")]
    site = site_of(*held)
    ((_, page),) = timeline.month_pages(site, "2007-06")
    assert page.drawing.count('class="c-missing"') == 1
    assert "07OSLO15: not held" in page.drawing and "07OSLO4" not in page.drawing
    assert "that ends in a ring" in page.drawing


def test_the_home_page_counts() -> None:
    """Its figures, with the right number of the noun."""
    _, page = home.home_page(site_of(entry("07OSLO1", "06OSLO9"), entry("07OSLO2", "07OSLO1", day="2007-02-01")))
    assert [(fact.text, fact.note) for fact in page.facts] == [
        ("2", "cables"),
        ("1", "origin"),
        ("1", "thread"),
        ("1", "cable cited and not held"),
    ]
    assert (page.first_date, page.last_date) == ("2007-01-01", "2007-02-01")
    assert [card.mrn for card in page.latest] == ["07OSLO2", "07OSLO1"]


@pytest.mark.parametrize(
    ("function", "given", "expected"),
    [
        (written_date, "2007-08-31", "31 August 2007"),
        (written_date, "2007-02-31", "2007-02-31"),
        (written_day, "2007-08-31", "Friday 31 August 2007"),
        (written_day, "soon", "soon"),
        (written_month, "2007-08", "August 2007"),
        (written_month, "2007", "2007"),
        (written_month, "2007-13", "2007-13"),
        (lambda span: written_span(*span.split()), "2007-08-03 2007-08-03", "on 3 August 2007"),
        (lambda span: written_span(*span.split()), "2007-08-03 2007-08-17", "between 3 and 17 August 2007"),
        (lambda span: written_span(*span.split()), "2007-07-28 2007-08-03", "between 28 July and 3 August 2007"),
        (lambda span: written_span(*span.split()), "2007-01-01 2007-12-31", "in 2007"),
    ],
)
def test_dates_in_words(function: Callable[[str], str], given: str, expected: str) -> None:
    """English whatever the machine's language; what is no date stays as it is."""
    assert function(given) == expected


def test_justification_spells_the_reasons_out(parsed: Callable[..., object]) -> None:
    """Who classified it, why in words, until when."""
    by = ClassifiedBy("DCM Jane Example. Reason: 1.4 (b, d)", "Jane Example", "DCM", ["1.4(b)", "1.9(z)"])
    cable = parsed(classified_by=by, declassify_on="2019-03-01")
    assert meanings.justification(cable) == (  # type: ignore[arg-type]
        "Classified by Jane Example, DCM, because of foreign government information (reason 1.4(b)); reason 1.9(z). "
        "To be declassified on 2019-03-01."
    )
    assert meanings.justification(parsed(classified_by=ClassifiedBy("ILLEGIBLE"))) == "ILLEGIBLE"  # type: ignore[arg-type]
    assert meanings.justification(parsed()) == ""  # type: ignore[arg-type]


def test_a_long_thread_has_several_pages(parsed: Callable[..., object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of a thread lead to each other, then to the threads before and after; cables lead to their place in it."""
    monkeypatch.setattr(addresses, "THREAD_PAGE", 2)
    chain = [entry(f"07OSLO{i}", f"07OSLO{i - 1}", day=f"2007-03-{i:02}") for i in range(11, 14)]
    before = [entry("06OSLO1", day="2006-01-01"), entry("06OSLO2", "06OSLO1", day="2006-01-02")]
    site = site_of(*chain, entry("07OSLO10", "06RIGA9", day="2007-03-01"), *before)
    thread = site.archive.thread("07OSLO13")
    assert thread
    kept = Kept(parsed(), b"", 1)  # type: ignore[arg-type]
    pages = list(thread_pages.thread_pages(site, thread, lambda key: kept))
    assert [address for address, _ in pages] == ["thread/07OSLO10.html", "thread/07OSLO10.p2.html"]
    first, second = (page for _, page in pages)
    assert [cable.card.anchor for cable in first.cables] == ["07OSLO10", "07OSLO11"]
    assert [card.mrn for card in first.missing] == ["06RIGA9"]
    assert first.earlier and first.earlier.href == "06OSLO1.html"
    assert first.later and first.later.href == "07OSLO10.p2.html"
    assert second.earlier and second.earlier.text == "Page 1"
    assert second.later is None
    assert addresses.in_thread(thread.name, "07OSLO13", site.archive.place_in_thread("07OSLO13")) == (
        "thread/07OSLO10.p2.html#07OSLO13"
    )
