"""The lexer for cables: each part of a cable is recognised, no character is lost, no line takes long."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Punctuation, Text, _TokenType

from reftel.site.lexer import CableLexer, coloured


def kinds(text: str) -> list[tuple[str, _TokenType]]:
    """The pieces that are not plain text, with their kinds."""
    return [(value, kind) for _, kind, value in CableLexer().get_tokens_unprocessed(text) if kind is not Text]


LINES = [
    (
        "Reference ID Created Released Classification Origin",
        Keyword.Declaration,
        "Reference ID Created Released Classification Origin",
    ),
    ("07KARLSKAI412 2007-06-18 09:40 2011-08-30 01:44 SECRET//NOFORN Embassy Karlskai", Name.Label, "07KARLSKAI412"),
    ("07KARLSKAI412 2007-06-18 09:40 2011-08-30 01:44 SECRET//NOFORN Embassy Karlskai", Keyword.Type, "SECRET//NOFORN"),
    (
        "07KARLSKAI412 2007-06-18 09:40 2011-08-30 01:44 SECRET//NOFORN Embassy Karlskai",
        Name.Namespace,
        "Embassy Karlskai",
    ),
    ("VZCZCXRO5660", Comment, "VZCZCXRO5660"),
    ("OO RUEHDBU", Comment, "OO RUEHDBU"),
    ("DE RUEHKK #0412/01 1690940", Name.Attribute, "RUEHKK"),
    ("ZNY CCCCC ZZH", Comment, "ZNY CCCCC ZZH"),
    ("P 180940Z JUN 07", Literal.Date, "180940Z JUN 07"),
    ("FM AMEMBASSY KARLSKAI", Keyword.Declaration, "FM"),
    ("INFO RUEHOS/AMEMBASSY OSTRAVNIK 0121", Name.Attribute, "RUEHOS/"),
    ("RUEHOS/AMEMBASSY OSTRAVNIK 0121", Name.Namespace, "AMEMBASSY OSTRAVNIK 0121"),
    ("C O N F I D E N T I A L SECTION 01 OF 02 KARLSKAI 000412 ", Keyword.Type, None),
    ("UNCLAS KARLSKAI 000412", Keyword.Type, None),
    ("S e c r e t Karlskai 000412", Keyword.Type, None),
    ("SIPDIS", Name.Decorator, "SIPDIS"),
    ("NOFORN, SIPDIS (CORRECTED PARA 4)", Name.Decorator, None),
    ("KARLSKAI 00000412  002 OF 002", Comment, None),
    ("PAGE 02 KARLSKAI 00412 01 OF 03 291400Z", Comment, None),
    ("E.O. 12958: DECL: 06/18/2017", Keyword.Declaration, "E.O. 12958:"),
    ("EO 12958 DECL: 06/18/2017", Keyword.Declaration, "EO 12958"),
    ("TAGS: ETRD, ELAB VR", Name.Tag, "ELAB"),
    ("TAGS ETRD ELAB", Name.Tag, "ETRD"),
    ("Tags: prel", Name.Tag, "prel"),
    ("SUBJECT: PILOTS REJECT 1 PLAN", Generic.Emph, " PILOTS REJECT 1 PLAN"),
    ("REF: A. 07 KARLSKAI 377", Name.Label, "07 KARLSKAI 377"),
    ("Classified By: Ruth Ekdal", Keyword.Declaration, "Classified By:"),
    ("------- ", Punctuation, "------- "),
    ("1. (C) The pilots", Number, "1"),
    ("1. (C) The pilots", Name.Decorator, "(C)"),
    ("12.(S//NF) The pilots", Name.Decorator, "(S//NF)"),
    ("(SBU) The pilots", Name.Decorator, "(SBU)"),
    ("as ref B says, XXXXXXXXXXXX left", Generic.Deleted, "XXXXXXXXXXXX"),
    ("as ref B says, XXXXXXXXXXXX left", Name.Variable, "ref B"),
    ("MORROW", Name.Function, "MORROW"),
    ("NNNN", Comment, "NNNN"),
]


@pytest.mark.parametrize(("line", "kind", "piece"), LINES)
def test_lines(line: str, kind: _TokenType, piece: str | None) -> None:
    """A line is told by what it begins with."""
    assert ((piece or line), kind) in kinds(line)


@pytest.mark.parametrize(
    "line", ["The minister said so in 2006.", "Confidential talks went on until May.", "to which the referee agreed"]
)
def test_prose_is_plain(line: str) -> None:
    """What looks like a field only from afar is text."""
    assert kinds(line + "\n\nMORROW") == [("MORROW", Name.Function)]


def test_fields_go_on() -> None:
    """A subject goes on over lines, until a blank line or the next label."""
    found = kinds("SUBJECT: ONE\nTWO\nTAGS: PREL,\nPGOV\n\nPGOV")
    assert ("TWO", Generic.Emph) in found
    assert ("PGOV", Name.Tag) in found
    assert found[-1] == ("PGOV", Name.Function)


def test_headings_stand_above_a_rule() -> None:
    """A line with a rule below it is a heading."""
    assert kinds("\nSummary\n-------\n1. text")[0] == ("Summary", Generic.Heading)


@given(st.text(st.sampled_from("AR EFU/.:()-XDZ0123\n\r\t\x0c\u2028é"), max_size=300))
def test_nothing_is_lost(text: str) -> None:
    """The pieces joined are the text."""
    assert "".join(value for _, _, value in CableLexer().get_tokens_unprocessed(text)) == text


def test_every_line_has_its_number() -> None:
    """Line 12 of the text has the id L12, whatever characters stand in it."""
    html = coloured("one\n\ntwo\u2028<b>\x00\x0c\nthree\n")
    assert re.findall(r'id="(L\d+)"', html) == ["L1", "L2", "L3", "L4"]
    assert "<b>" not in html
    assert html.count("\n") == 4


def test_pygments_finds_it() -> None:
    """The lexer is registered under the name "cable" where the package is installed."""
    try:
        lexer = get_lexer_by_name("cable")
    except Exception:
        pytest.skip("reftel is not installed here, only importable")
    assert type(lexer).__name__ == "CableLexer"


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "X",
        "A ",
        "C O N F I D E N T I A L ",
        "SIPDIS ",
        "RU",
        "/",
        " ",
        "-",
        "07KARLSKAI",
        "(",
        "1.",
        "REF ",
        "\n",
        "- \n",
    ],
)
def test_hostile_lines_take_linear_time(piece: str) -> None:
    """A million characters of anything come out again."""
    text = piece * (1_000_000 // len(piece))
    assert sum(len(value) for _, _, value in CableLexer().get_tokens_unprocessed(text)) == len(text)


@pytest.mark.slow
def test_corpus_is_lost_nowhere() -> None:
    """Every reference cable comes out of the lexer as it went in."""
    corpus = Path(os.environ.get("REFTEL_REFERENCE", "../shared")) / "corpus" / "raw"
    if not corpus.is_dir():
        pytest.skip(f"no reference corpus at {corpus}")
    for path in sorted(corpus.iterdir()):
        text = path.read_bytes().decode("utf-8", "replace")
        assert "".join(value for _, _, value in CableLexer().get_tokens_unprocessed(text)) == text
