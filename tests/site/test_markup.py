"""Cable text as HTML: nothing in it acts, nothing in it hides, mentions are links."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from reftel.cable.model import Block, BlockKind, Mention
from reftel.site.blocks import Target, block_views, linked
from reftel.site.contexts import Link
from reftel.site.markup import RUN, clean, visible

REDACTED = '<span class="redaction" role="img" aria-label="redacted">{}</span>'

VISIBLE = [
    ("plain text, é and 漢", "plain text, é and 漢"),
    ("AT&T <b>\"x\" 'y'", "AT&amp;T &lt;b&gt;\"x\" 'y'"),
    ("two\nlines\tand a tab", "two\nlines\tand a tab"),
    ("a\x00b\x07c\x85d", "a\ufffdb\ufffdc\ufffdd"),
    ("a\ud800b\uffffc\U000e0041d", "a\ufffdb\ufffdc\ufffdd"),
    ("left \u202eright", 'left <bdi class="control">[U+202E]</bdi>right'),
    ("a\u2028b", 'a<bdi class="control">[U+2028]</bdi>b'),
    ("met XXXXXXXXXXXX at noon", f"met {REDACTED.format('XXXXXXXXXXXX')} at noon"),
    ("gluedXXXXXXXXXXXXword", f"glued{REDACTED.format('XXXXXXXXXXXX')}word"),
    ("xxxxx", REDACTED.format("xxxxx")),
    ("Louis XXXX", "Louis XXXX"),
    ("a" * 80, "a" * 80),
    ("a" * 81, "a" * 80 + "<wbr>a"),
    ("&" * 161, "&amp;" * 80 + "<wbr>" + "&amp;" * 80 + "<wbr>&amp;"),
    ("X" * 100, REDACTED.format("X" * 80 + "<wbr>" + "X" * 20)),
]


@pytest.mark.parametrize(("text", "html"), VISIBLE)
def test_visible(text: str, html: str) -> None:
    """Everything is escaped; what is dead, turning, redacted or unbroken is shown for what it is."""
    assert visible(text) == html


def test_visible_keeps_finished_html() -> None:
    """What is HTML already stays as it is."""
    assert visible(Markup("<b>x</b>")) == "<b>x</b>"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain <b>", "plain <b>"),
        ("a\x00\u202eb", "a\ufffd[U+202E]b"),
        ("line\nline", "line\nline"),
        ("\ud8ff", "\ufffd"),
    ],
)
def test_clean(text: str, shown: str) -> None:
    """For attributes: no elements, nothing that must not stand in a page."""
    assert clean(text) == shown


@given(st.text(st.characters(), max_size=400))
def test_any_text_is_inert(text: str) -> None:
    """Whatever a text holds, its HTML can be written, has only our elements, and no run is longer than `RUN`."""
    html = visible(text)
    html.encode()
    rest = html.replace('<span class="redaction" role="img" aria-label="redacted">', "").replace("</span>", "")
    rest = rest.replace('<bdi class="control">', " ").replace("</bdi>", " ").replace("<wbr>", " ")
    assert "<" not in rest and ">" not in rest
    assert max((len(run) for run in Markup(rest).unescape().split()), default=0) <= 2 * RUN
    plain = str(escape(text)).replace("&#34;", '"').replace("&#39;", "'")
    assert html == plain or not text.isprintable() or len(text) > RUN or "xxxxx" in text.lower()


@pytest.mark.parametrize(
    "text", ["x" * 3_000_000, "a" * 3_000_000, "\u202e" * 300_000, "aX" * 1_500_000, "XXXX " * 600_000]
)
def test_long_runs_are_no_trouble(text: str) -> None:
    """Millions of characters without a blank take linear time."""
    assert len(visible(text)) >= len(text)


def resolve(mention: Mention) -> Target | None:
    """Leads to a cable, to a paragraph, or nowhere for "Z"."""
    if mention.label == "Z":
        return None
    return Target(f"{mention.mrn or ''}#{mention.anchor or ''}", "a & b" if mention.mrn else "")


def test_mentions_become_links() -> None:
    """A mention is a link with its title; one that leads nowhere, or overlaps the one before, stays text."""
    text = "See ref A, ref Z and para <4>."
    mentions = [
        Mention("para <4>", (21, 29), (0, 1), anchor="par4"),
        Mention("ref A", (4, 9), (0, 1), label="A", mrn="07KARLSKAI398"),
        Mention("A, ref", (8, 14), (0, 1), label="B", mrn="07KARLSKAI399"),
        Mention("ref Z", (11, 16), (0, 1), label="Z"),
        Mention("beyond", (25, 99), (0, 1), label="Q"),
    ]
    assert linked(text, mentions, resolve) == (
        'See <a class="reftel" href="07KARLSKAI398#" aria-description="a &amp; b">ref A</a>, ref Z and '
        '<a class="reftel" href="#par4">para &lt;4&gt;</a>.'
    )


def block(kind: BlockKind, text: str, **more: object) -> Block:
    """A block with little in it."""
    values = {"anchor": None, "number": None, "mark": None, "mark_text": None, "span": (0, len(text)), **more}
    return Block(kind=kind, text=text, **values)  # type: ignore[arg-type]


def test_block_views() -> None:
    """A paragraph has number, mark in words, and the places that point to it; anchors get the prefix."""
    place = Link("x.html#par1", "07LINDHAVEN77 ¶1")
    blocks = [
        block("heading", "Summary"),
        block("paragraph", "Text & more", anchor="par4", number=4, mark="S//NF", mark_text="(S/NF)"),
        block("subparagraph", "first", anchor="par4-a", number=4),
        block("missing", "", anchor="par5", number=5),
        block("rule", "-----"),
    ]
    heading, paragraph, sub, missing, rule = block_views(blocks, resolve, prefix="07X1-", cited_from={"par4": [place]})
    assert (heading.kind, heading.anchor, heading.html) == ("heading", "", "Summary")
    assert (paragraph.anchor, paragraph.number, paragraph.mark) == ("07X1-par4", "4", "S//NF")
    assert paragraph.mark_text.lower() == "secret, not for foreign nationals"
    assert paragraph.html == "Text &amp; more"
    assert paragraph.cited_from == (place,)
    assert (sub.number, missing.number, rule.html) == ("a", "5", "")


def test_rows_of_lists_and_tables() -> None:
    """Each line of a list is an item, with the mentions that stand in it."""
    mention = Mention("ref A", (12, 17), (0, 1), label="A", mrn="07KARLSKAI398")
    (view,) = block_views([block("list", "-- one <\n-- ref A\n-- two", mentions=[mention])], resolve)
    assert view.items[0] == "-- one &lt;"
    assert view.items[1] == '-- <a class="reftel" href="07KARLSKAI398#" aria-description="a &amp; b">ref A</a>'
    assert view.items[2] == "-- two"
