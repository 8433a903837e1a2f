"""The timeline's drawing: every cable is a mark in the order of time, every REF an arc, and it stays small."""

import random
import re
from xml.etree import ElementTree

import pytest

from reftel.site.axes import GAP, elastic_gap, month_axis, year_axis, years_axis
from reftel.site.chart import chart
from reftel.site.contexts import Bar, Link
from reftel.site.drawing import SHOWN, Arc, Mark, draw
from reftel.site.layout import COLUMN, LANES, bar_height, counted, elastic, stacked
from reftel.site.shapes import shape

SLUGS = ("unclassified", "confidential", "secret", "secret-noforn")


def marks(count: int, days: int = 30, posts: int = 5, month: str = "2007-06") -> list[Mark]:
    """Marks spread over the days of a month, always the same."""
    chance = random.Random(7)
    found = []
    for i in range(count):
        when = f"{month}-{chance.randrange(days) + 1:02}T{chance.randrange(24):02}:{chance.randrange(60):02}:00Z"
        found.append(
            Mark(
                f"07K{i}", f"{i}.html", when, f"POST{chance.randrange(posts)}", str(i), f"07K{i}", chance.choice(SLUGS)
            )
        )
    return found


def svg(html: str) -> ElementTree.Element:
    """The field of marks, which must be well-formed."""
    return ElementTree.fromstring(re.findall(r"<svg.*?</svg>", html, re.S)[1])


def links(html: str) -> list[str]:
    """Where the marks lead, in the order of the Tab key."""
    cables = next(group for group in svg(html).iter("g") if group.get("class") == "cables")
    return [link.get("href", "") for link in cables.iter("a")]


@pytest.mark.parametrize("axis", [None, month_axis("2007-06"), year_axis("2007"), years_axis(["2005", "2009"])])
@pytest.mark.parametrize("count", [1, 2, 12, 200, 1000])
def test_every_cable_is_a_mark_in_order(count: int, axis: object) -> None:
    """No cable is dropped, and the Tab key goes through time."""
    found = marks(count)
    html = draw(found, (), axis)  # type: ignore[arg-type]
    assert links(html) == [mark.href for mark in sorted(found, key=lambda mark: (mark.when, mark.key))]


@pytest.mark.parametrize("axis", [None, month_axis("2007-06")])
def test_order_of_input_is_all_the_same(axis: object) -> None:
    """The same cables give the same bytes."""
    found = marks(60)
    assert draw(found, (), axis) == draw(found, (), axis)  # type: ignore[arg-type]
    places = stacked(found, month_axis("2007-06")).places
    assert places == stacked(found[::-1], month_axis("2007-06")).places


def test_no_two_marks_share_a_place() -> None:
    """Marks never hide each other."""
    for layout in (stacked(marks(1000), month_axis("2007-06")), elastic(marks(300), ())):
        assert len(set(layout.places.values())) == len(layout.places)


def test_days_keep_their_columns() -> None:
    """A cable of the 18th stands in the three columns of the 18th."""
    found = [Mark(f"07K{i}", "", f"2007-06-18T{i:02}:00:00Z", "POST") for i in range(20)]
    for x, _ in stacked(found, month_axis("2007-06")).places.values():
        assert 17 * 3 <= x / COLUMN < 18 * 3


def test_marks_outside_the_axis_stand_at_its_ends() -> None:
    """A date beyond the calendar is not dropped."""
    layout = stacked(
        [Mark("a", "", "1999-01-01T00:00:00Z", "P"), Mark("b", "", "2020-01-01", "P")], month_axis("2007-06")
    )
    assert [x for x, _ in layout.places.values()] == [COLUMN * 1.5, 90 * COLUMN - COLUMN * 1.5]


def test_undated_cables_have_their_own_place() -> None:
    """An undated cable is drawn apart: in a lane of its own, or before the elastic axis begins."""
    found = [*marks(3), Mark("07K9", "undated.html", "", "POST1")]
    assert "undated.html" in links(draw(found, (), month_axis("2007-06")))
    assert ">undated</text>" in draw(found, (), month_axis("2007-06"))
    layout = elastic(found, ())
    assert layout.places["07K9"][0] < layout.undated < min(layout.places[mark.key][0] for mark in found[:3])


def test_missing_cables_are_hollow_and_stand_before_their_citer() -> None:
    """What is cited and not held has a hollow mark, left of the first cable that cites it."""
    first, second = Mark("a", "a.html", "2007-06-01", "P"), Mark("b", "b.html", "2007-06-09", "P")
    lost = Mark("z", "z.html", "", "P", held=False, class_slug="secret")
    layout = elastic([second, lost, first], [Arc("b", "z")])
    assert layout.places["a"] < layout.places["z"] < layout.places["b"]
    html = draw([second, lost, first], [Arc("b", "z")])
    assert 'class="c-missing"' in html and "c-secret" not in html and "cited, not held" in html


def test_arcs_are_named_in_both_their_marks() -> None:
    """An arc is drawn once, and named in the link of its citing and of its cited mark."""
    html = draw(marks(3), [Arc("07K1", "07K0"), Arc("07K1", "07K0"), Arc("07K2", "07K2")])
    assert html.count('<path id="arc1"') == 1 and "arc2" not in html
    assert html.count('<use href="#arc1"/>') == 2


def test_arcs_that_leave_are_whiskers() -> None:
    """An arc with one end outside is a stroke at the other; one with none is nothing."""
    html = draw(marks(3), [Arc("07K1", "gone"), Arc("later", "07K2"), Arc("x", "y")], month_axis("2007-06"))
    assert 'class="whiskers"' in html and "<use" not in html
    (path,) = re.findall(r'class="whiskers" d="([^"]*)"', html)
    assert path.count("M") == 2


def test_a_whisker_to_what_is_not_held_ends_in_a_ring() -> None:
    """So a missing cable is seen even where no day can be said for it."""
    html = draw(marks(3), [Arc("07K1", "gone", held=False), Arc("07K1", "elsewhere")], month_axis("2007-06"))
    (path,) = re.findall(r'class="whiskers" d="([^"]*)"', html)
    assert path.count("M") == 1 and path.count("a") == 2
    assert "ends in a ring" in html
    assert "ends in a ring" not in draw(marks(3), [Arc("07K1", "elsewhere")], month_axis("2007-06"))


def test_a_few_cables_of_a_month_carry_their_serials() -> None:
    """Each stands in the column of its day; those of one day are stacked."""
    found = [Mark(f"07K{i}", "", f"2007-06-18T{i:02}:00:00Z", "POST", str(4000 + i)) for i in range(3)]
    layout = stacked(found, month_axis("2007-06"))
    assert {x for x, _ in layout.places.values()} == {17.5 * 3 * COLUMN}
    assert len({y for _, y in layout.places.values()}) == 3
    assert ">4002</text>" in draw(found, (), month_axis("2007-06"))
    assert not stacked(marks(200), month_axis("2007-06")).labelled


def test_the_pages_own_cable_is_ringed() -> None:
    """The cable in focus says so to the eye and to a screen reader."""
    html = draw(marks(3), [Arc("07K1", "07K0")], focus="07K1")
    assert html.count('aria-current="page"') == 1 == html.count('class="ring"')


def test_small_posts_share_a_lane() -> None:
    """There are never more than `LANES` lanes; the last says how many posts it holds."""
    html = draw(marks(900, posts=60), (), month_axis("2007-06"))
    names = re.findall(r"<text[^>]*>([^<]*)</text>", html.partition("</svg>")[0])
    assert len(names) == LANES
    assert names[-1] == f"{60 - LANES + 1} other posts"


def test_the_bars_of_many_cables_are_read_off() -> None:
    """The tallest is said; a single cable is seen beside it."""
    layout = counted(
        [Mark(f"07K{i}", "", f"2007-06-{1 if i else 9:02}", "POST") for i in range(401)], month_axis("2007-06")
    )
    assert max(layout.counts[0]) == 400 == layout.most
    assert bar_height(1, 400) == pytest.approx(bar_height(400, 400) / 20) and bar_height(400, 400) == 34


def test_a_month_of_1000_cables_stays_small() -> None:
    """A drawing of 1,000 cables with a REF each leaves most of a page's 400 KB to its list."""
    found = marks(1000, posts=40)
    arcs = [Arc(f"07K{i}", f"07K{i * 7 % 1000}") for i in range(0, 1000, 5)]
    assert len(draw(found, arcs, month_axis("2007-06"))) < 170_000


def test_too_many_cables_are_counted() -> None:
    """Beyond `SHOWN` marks a calendar shows how many there are, and loses none."""
    found = marks(SHOWN + 1)
    html = draw(found, (), month_axis("2007-06"))
    assert "cables" not in {group.get("class") for group in svg(html).iter("g")}
    assert sum(int(count) for count in re.findall(r"<title>POST\d: (\d+)</title>", html)) == SHOWN + 1


def test_nothing_to_draw_is_nothing() -> None:
    """No marks, no figure."""
    assert draw([]) == "" == chart([], "x")


def test_hostile_words_are_inert() -> None:
    """Titles, labels and lanes are escaped."""
    html = draw([Mark("a", '"><script>', "2007-06-01", "<lane>", "<label>", "<title>\u202e", "secret")])
    assert "<script>" not in html and "<lane>" not in html and "<label>" not in html and "\u202e" not in html
    svg(html)


def test_time_is_elastic() -> None:
    """The longer a silence, the more it is shortened, but order stays."""
    day, year = elastic_gap("2007-06-01", "2007-06-02"), elastic_gap("2007-06-01", "2008-06-01")
    assert 0 < day < year < 365 * day
    assert elastic_gap("2007-06-02", "2007-06-01") == 0


@pytest.mark.parametrize(
    ("axis", "columns", "words"),
    [
        (month_axis("2008-02"), 87, 29),
        (year_axis("2008"), 92, 12),
        (years_axis(map(str, range(1966, 2011))), 90, 45),
        (years_axis(["1966", "2008", "2010"]), 90, 5),
    ],
)
def test_axes(axis: object, columns: int, words: int) -> None:
    """A month has a stretch for each day, a year for each month, a span for each year."""
    assert (axis.columns, len(axis.ticks)) == (columns, words)  # type: ignore[attr-defined]
    assert axis.place(axis.ticks[0].when) == 0  # type: ignore[attr-defined]


def test_a_long_silence_is_one_stretch() -> None:
    """Years without cables keep their places, but for many in a row; time is even within each stretch."""
    axis = years_axis(["1973", "2006", "2008"], {"2006": "2006.html"})
    assert [tick.text for tick in axis.ticks] == ["1973", GAP, "2006", "2007", "2008"]
    assert [axis.place(f"{year}-01-01") for year in (1960, 1973, 1974, 2006, 2008, 2009)] == [0, 0, 0.2, 0.4, 0.8, 1]
    assert axis.place("1973-07-02T12:00:00Z") == pytest.approx(0.1)


SHAPES = [
    "unclassified",
    "unclassified-for-official-use-only",
    "restricted",
    "confidential",
    "confidential-noforn",
    "secret",
    "secret-noforn",
    "top-secret",
    "not-stated",
    "missing",
]


def test_shapes_differ() -> None:
    """Every classification has a shape of its own, told without colour."""
    assert len({shape(slug, 10, 10, 4) for slug in SHAPES}) == len(SHAPES)
    assert shape("secret-nodis", 10, 10, 4) == shape("secret-noforn", 10, 10, 4)


def test_chart_keeps_empty_periods() -> None:
    """The chart's axis runs from the first year to the last; bars are links, lanes go from the most secret down."""
    bars = [
        Bar(Link("2003.html", "2003"), 2, (("unclassified", 2),), "2003"),
        Bar(Link("2006.html", "2006"), 5, (("confidential", 1), ("secret", 4)), "2006"),
    ]
    html = chart(bars, "Cables by year")
    names = re.findall(r"<text[^>]*>([^<]*)</text>", html.partition("</svg>")[0])
    assert names == ["all cables", "secret", "confidential", "unclassified"]
    field = svg(html)
    assert [link.get("href") for link in field.iter("a")] == ["2003.html", "2006.html"]
    assert [text.text for text in field.iter("text")] == ["2", "5", "2003", "2004", "2005", "2006"]
    long_ago = Bar(Link("1979.html", "1979"), 1, (("unclassified", 1),), "1979")
    words = [text.text for text in svg(chart([long_ago, *bars], "Cables by year")).iter("text")]
    assert words == ["1", "2", "5", "1979", GAP, "2003", "2004", "2005", "2006"]


def test_chart_of_months() -> None:
    """Months are named in short, all twelve of the year."""
    html = chart([Bar(Link("2007-06.html", "June 2007"), 2, (("secret", 2),), "2007-06")], "2007")
    assert [text.text for text in svg(html).iter("text")][1:] == [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ]
