"""The body as a whole: nothing lost, every place right, stable, linear; on invented, random and hostile texts."""

import re
import time
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reftel.cable.body import Body, read_body
from reftel.cable.furniture import mark_furniture
from reftel.cable.sheet import Sheet

PIECES = [
    "1. (C) ",
    "2. (S/NF) ",
    "3. ",
    "(C) ",
    "Fish and Chips",
    "The envoy said that he would be back in spring to talk about it.",
    "\n",
    "\n\n",
    " \n",
    "-------",
    "-- ",
    "A. ",
    "b) ",
    "1) ",
    "//X//",
    "SIPDIS",
    "FREEPORT 00000123  002 OF 003",
    "PAGE 02 FREEPORT 06677 01 OF 03 291400Z",
    "CONFIDENTIAL",
    "XXXXXXXXXXXX",
    "End summary.",
    "SUMMARY: ",
    "Comment: ",
    "Begin text: ",
    "End text.",
    "a    b    c",
    "ROE",
    "<br>",
    "\t",
    "\u2014",
    "\u2028",
    "\x00",
    "(",
    "polit\nicize",
    "...",
    '"',
]


def read_text(text: str, start: int = 0) -> tuple[Body, Sheet]:
    sheet = Sheet(text)
    mark_furniture(sheet, 0)
    return read_body(sheet, start), sheet


def letters(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\W_]", "", text))


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(0, 40))
def test_places_are_right(text: str, start: int) -> None:
    """Spans lie in the text, in order of their beginnings; every character leads back to its own; no anchor stands
    twice."""
    body, _ = read_text(text, start)
    anchors = [block.anchor for block in body.blocks if block.anchor]
    assert len(anchors) == len(set(anchors))
    assert len(body.blocks) == len(body.pieces)
    for block, piece in zip(body.blocks, body.pieces, strict=True):
        assert block.text == piece.text
        assert 0 <= block.span[0] <= block.span[1] <= len(text)
        for offset, letter in enumerate(block.text):
            if not letter.isspace():
                assert text[piece.origin(offset)] == letter
    for begin, end in body.spans.values():
        assert 0 <= begin < end <= len(text)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_nothing_is_lost(text: str) -> None:
    """Every letter that is no furniture is in a block or the signature, but for the labels of sub-paragraphs, and
    numbers and marks printed twice."""
    body, sheet = read_text(text)
    furniture = ("page marker", "telex page", "classification banner", "export debris", "line sent again")
    gone = {i for i, label in enumerate(sheet.labels) if label in furniture or label.startswith("repeated")}
    kept = Counter[str]()
    for i, line in enumerate(sheet.lines):
        if i not in gone:
            for start, end in sheet.uncut(sheet.starts[i], sheet.starts[i] + len(line)):
                kept += letters(text[start:end])
    found = letters(body.signature or "")
    for block in body.blocks:
        number = str(block.number) if block.kind == "paragraph" else ""
        found += letters(number + (block.mark_text or "") + block.text)
    lost = kept - found
    assert "".join(letter for letter in lost if letter not in "123ACSNFb" + (body.signature or "")) == ""


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["(C) ", "(S//NF) ", "(SBU) "]),
            st.lists(
                st.sampled_from(["The envoy", "came", "with fish.", "He said", "so,", "and went."]),
                min_size=6,
                max_size=40,
            ),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_printed_blocks_read_again(paragraphs: list[tuple[str, list[str]]]) -> None:
    """Parsing the printed blocks again gives the same blocks."""
    text = "\n\n".join(f"{n}. {mark}{' '.join(words)}" for n, (mark, words) in enumerate(paragraphs, 1))
    first = read_text(text)[0].blocks
    again = "\n\n".join(f"{block.number}. {block.mark_text} {block.text}" for block in first)
    second = read_text(again)[0].blocks
    assert [(b.kind, b.anchor, b.mark, b.text) for b in first] == [(b.kind, b.anchor, b.mark, b.text) for b in second]
    assert [block.number for block in first] == list(range(1, len(paragraphs) + 1))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.integers(-1, 220))
def test_any_text(text: str, start: int) -> None:
    """No text makes the reader raise."""
    read_text(text, max(0, start))


def test_empty() -> None:
    """An empty body, or one that begins behind the text, has no blocks."""
    assert read_text("")[0].blocks == []
    assert read_text("words", 99)[0].blocks == []
    assert read_text("\n \n\t\n")[0].blocks == []


def test_redactions() -> None:
    """Runs of x are counted, small or large, wherever they stand."""
    assert read_text("1. (C) XXXXXXXXXXXX said xxxxx and XXXXXXX, Xx.")[0].redactions == 3


HOSTILE = {
    "brackets": "(",
    "marks in a line": "1. (C) ",
    "marks": "1. (C) x\n",
    "numbers": "\n1. a",
    "falling numbers": "\n\n9. (C) x\n\n8. (C) y",
    "items": "\na. x\nb. y",
    "columns": "a    b    c\n",
    "rules": "-----\n",
    "rule": "-",
    "dashes": "- ",
    "blanks": " ",
    "line ends": "\n",
    "captions": "x SIPDIS y\n",
    "captions in a line": "x SIPDIS y ",
    "markers": "x FREEPORT 00000123 002 OF 002 y\n",
    "markers in a line": "x FREEPORT 00000123 002 OF 002 y ",
    "pages": "PAGE 02 FREEPORT 06677 01 OF 03 291400Z\n\n\n",
    "sections": "C O N F I D E N T I A L SECTION 02 OF 02 X\n",
    "tags": "<br>x",
    "end marks": "end summary comment: ",
    "quotes": '"',
    "quoted texts": "Begin text.\n\nx\n\nEnd text.\n\n",
    "names": "VAN ",
    "slashes": "//",
    "unended lines": "x \nx \na\nb",
    "sent again": "\n1. x\nQ1. x",
}


@pytest.mark.slow
@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_time_grows_with_the_text(unit: str) -> None:
    """Four times the text takes about four times as long: nothing is read again and again."""

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        begin = time.process_time()
        read_text(text)
        return time.process_time() - begin

    seconds(10_000)
    assert seconds(200_000) < 12 * seconds(50_000) + 0.5
