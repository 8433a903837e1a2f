"""Pages of the 2010 site. The page here is built after its shape; the cable in it is invented."""

import html
from pathlib import Path

import pytest

from reftel.source.model import METADATA_LABELS, Source
from reftel.source.page import read_page
from reftel.source.read import read_folder

VALUES = ("07PORTSORREL12", "2007-03-01 10:10", "2010-12-03 21:09", "CONFIDENTIAL//NOFORN", "Embassy Port Sorrel")
HEADER = "DE RUEHPS #0012 0601020\nFM AMEMBASSY PORT SORREL"
MENU = "<a href='/date/2007-03_0.html'>2007/03</a>\n" * 300


def cell(value: str) -> str:
    return f"<td>\n<a href='/x/{value[:2]}_0.html' title='t'>{value}</a>\n</td>"


def page(*texts: str, values: tuple[str, ...] = VALUES, more: str = "") -> str:
    """A page as the 2010 site made it: its line ends are entities, `<` and `&` stand bare."""
    labels = METADATA_LABELS.replace("Reference ID", "Reference_ID").split()
    heads = "".join(f"<th>{label.replace('_', ' ')}</th>\n" for label in labels)
    boxes = "\n".join(f"<code><pre>{text.replace(chr(10), '&#x000A;')}</pre></code>" for text in texts)
    return f"""<?xml version='1.0' encoding='utf-8' ?>
<!DOCTYPE html>
<html><head><title>Cable Viewer</title></head><body>
{MENU}<h3>Viewing cable {values[0]}</h3>
<table class='cable'>
<tr>
{heads}</tr>
<tr>
{"".join(cell(value) for value in values)}
</tr>
{more}</table>
{boxes}
</div>
<script src='/static/js/js.js' type='text/javascript'></script>
</body>
</html>
"""


def text_of(*texts: str) -> str:
    return f"{METADATA_LABELS}\n{' '.join(VALUES)}\n\n" + "\n\n".join(texts) + "\n"


def read(html_: str) -> list[str]:
    return [cable.text for cable in read_page(html_)]


def test_text_is_rebuilt() -> None:
    """Metadata lines, header, body: as the raw text of the same cable."""
    assert read(page(HEADER, "SUBJECT: THE FERRY \n \n1. (C) It sailed. ")) == [
        text_of(HEADER, "SUBJECT: THE FERRY \n \n1. (C) It sailed. ")
    ]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("<a id='par1' href='#par1'>¶</a>1. (C) It sailed.", "1. (C) It sailed."),
        ("<a id='parA' href='#parA'>¶</a>A. Halvern", "A. Halvern"),
        ("TAGS: <a href='/tag/PREL_0.html'>PREL</a> <a href='../../../tag/PS_0.html'>PS</a>", "TAGS: PREL PS"),
        (
            "fish & chips, R&D, &micro-trade &nosuch; &copyright;",
            "fish & chips, R&D, &micro-trade &nosuch; &copyright;",
        ),
        ("caf&eacute; &amp; &#233; &#xe9; &lt;b&gt;", "café & é é <b>"),
        ("a < b > c <br> d </td></tr> <b>e</b>", "a < b > c <br> d </td></tr> <b>e</b>"),
        ("see <a href='http://example.org'>this</a>", "see <a href='http://example.org'>this</a>"),
        (
            "he wrote </pre> and <!-- this --> <script>x</script>",
            "he wrote </pre> and <!-- this --> <script>x</script>",
        ),
        ("\n\n  first lines may be empty", "\n\n  first lines may be empty"),
        ("¶ alone stays", "¶ alone stays"),
        ("nul \x00 here", "nul \ufffd here"),
    ],
)
def test_what_stands_in_a_text(printed: str, text: str) -> None:
    """Only the site's own links are markup: the rest of a text is the cable's, tags and bare ampersands included."""
    assert read(page(HEADER, printed)) == [text_of(HEADER, text)]


def test_escaped_line_ends() -> None:
    """A page that kept the export's backslash at each line end loses them; a single one is the cable's (07BERN881)."""
    lines = [f"line {i} " for i in range(20)]
    assert read(page(HEADER, "\\\n".join([*lines, ""]))) == [text_of(HEADER, "\n".join(lines))]
    assert read(page(HEADER, "one \\\n" + "\n".join(lines))) == [text_of(HEADER, "one \\\n" + "\n".join(lines))]


def test_a_further_row_of_the_table() -> None:
    """Some pages name the articles a cable appears in: that is no value."""
    more = "<tr><td colspan='5'>Appears in these articles:<br /><a href='http://example.org'>x</a></td></tr>\n"
    assert read(page(HEADER, "Words.", more=more)) == [text_of(HEADER, "Words.")]


def test_an_empty_value_is_left_out() -> None:
    """A page may have lost a value."""
    values = (*VALUES[:2], "", *VALUES[3:])
    assert read(page("Words.", values=values))[0].split("\n")[1] == " ".join(value for value in values if value)


def test_two_pages_in_one_file() -> None:
    """Each table with its texts is a cable, and begins where its table does."""
    other = page("Other words.", values=("07HALVERN9", *VALUES[1:]))
    whole = page(HEADER, "Words.") + other
    found = list(read_page(whole))
    assert [cable.text.split("\n")[1].split()[0] for cable in found] == ["07PORTSORREL12", "07HALVERN9"]
    assert found[0].start == 0
    assert whole[found[1].start :].startswith("<table")


@pytest.mark.parametrize(
    "other",
    [
        "<html><body><p>Nothing here.</p></body></html>",
        "<html><table class='cable'><tr><td>unclosed",
        "<html><table class='cable'><tr><th>Other</th></tr><tr><td>x</td></tr></table><pre>x</pre></html>",
        page(),
        page("Words.").replace("<code>", "<p>The text is here, not in the box.</p><code>"),
        "<html>" + "<table class='cable'>" * 50 + "<code><pre>" * 50,
    ],
)
def test_other_pages(other: str) -> None:
    """A page without the site's table, or without a text, is none of the site's."""
    assert read(other) == []


@pytest.mark.slow
def test_real_pages_equal_their_raw_text(reference: Path) -> None:
    """The texts of the corpus's pages are those of its raw files, to the last blank."""
    raw = {
        found.path.removesuffix(".txt"): found
        for found in read_folder(reference / "corpus" / "raw")
        if isinstance(found, Source)
    }
    pages = [found for found in read_folder(reference / "corpus" / "html") if isinstance(found, Source)]
    assert len(pages) == 231
    assert all(found.format == "html" for found in pages)
    assert [found.path for found in pages if found.text != raw[found.path.removesuffix(".html")].text] == []


def test_entities_are_decoded_once() -> None:
    """An escaped entity is text."""
    assert read(page(HEADER, html.escape("&lt;")))[0].endswith("\n&lt;\n")
