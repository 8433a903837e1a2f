"""What holds for every text whatever, a cable or not."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reftel.cable.inspect import inspect
from reftel.cable.model import Block, Cable, Span
from reftel.cable.parse import parse
from reftel.source.model import Source

LINES = (
    "Reference ID Created Released Classification Origin",
    "07MOSCOW4307 2007-08-31 13:51 2011-08-30 01:44 CONFIDENTIAL Embassy Moscow",
    "VZCZCXRO5660",
    "OO RUEHDBU RUEHAB",
    "DE RUEHMO #4307/01 2431351",
    "ZNY CCCCC ZZH",
    "O 311351Z AUG 07",
    "P R 320000Z XXX 99",
    "FM AMEMBASSY MOSCOW",
    "TO RUEHC/SECSTATE WASHDC IMMEDIATE 3484",
    "INFO RUCNCIS/CIS COLLECTIVE PRIORITY",
    "INFO  LOG-00   NP-00    AID-00",
    "XMT AMEMBASSY SOFIA",
    "AMEMBASSY BUCHAREST",
    "PAGE 02        STATE   050524  131535Z",
    "C O N F I D E N T I A L SECTION 01 OF 02 MOSCOW 004307 ",
    "E C R E T MOSCOW 000473",
    "UNCLAS//FOUO",
    "SIPDIS ",
    "NOFORN SIPDIS",
    "C O R R E C T E D  C O P Y (ADDED TAG)",
    "STATE FOR EUR/RUS",
    "E.O. 12958: DECL: 08/31/2017 TAGS: PREL",
    "E.O. 12958: DECL: X1",
    "TAGS: OVIP (CLINTON, HILLARY), PREL,",
    "KFRDKIRFCVIS RS NATO",
    "SUBJECT: (S) RUSSIA/GEORGIA: UN 1267 (AL-QAIDA) AND",
    "A SECOND LINE OF IT REF: MOSCOW 1",
    "REF: A. MOSCOW 4008 (EXDIS)",
    "B. 06 STATE 80908 AND PREVIOUS",
    "Classified By: Political Minister-Counselor Alice G. Wells.  Reason:  1",
    ".4 (b, d) 1. (C) Text.",
    "1. (U) CLASSIFIED BY DCM OSCAR TARN. REASON 1.5 (D).",
    "SUMMARY",
    "-------",
    "1. (C) Summary: Text of a paragraph that",
    "goes on until polit",
    "icize. END SUMMARY.",
    "MOSCOW 00004307  002 OF 002",
    "2.(S//NF) More of it (reftel).",
    "4, (C) Out of order in 2006.",
    "in",
    "2006. A wrapped year.",
    "-- a bullet, see para 4",
    "   A. (SBU) A sub-paragraph (REF B, paragraph 3)",
    "XXXXXXXXXXXX",
    "Comment: it ends. End comment.",
    "BURNS",
    "NNNN",
    "",
)
"""Lines of the genre, whole and broken."""
MARKS = ("(C)", "(S//NF)", "(SBU)", "(U)")
WORDS = ("the minister", "said", "that", "fisheries,", "and", "ferries", "would", "not", "wait", "in Orrin")
paragraphs = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(lambda words: f"He {' '.join(words)}.")

signs = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40)
lines = st.one_of(st.sampled_from(LINES), st.sampled_from(LINES), signs)
cables = st.builds("\n".join, st.lists(lines, max_size=40))
"""Texts of up to 40 such lines in any order, with any signs between them."""


def source(text: str) -> Source:
    """A text as a source."""
    return Source("a.txt", "text", text.encode(), "0" * 64, text)


def all_spans(cable: Cable) -> list[Span]:
    """Every span in a record."""
    spans = [*cable.spans.values(), *(ref.span for ref in cable.refs), *(block.span for block in cable.blocks)]
    return spans + [mention.span for block in cable.blocks for mention in block.mentions]


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(cables)
def test_spans_lie_in_the_text(text: str) -> None:
    """Parsing never raises, the record can be written, and every span lies in the text and is not turned round."""
    cable = parse(source(text))
    msgspec.json.encode(cable)
    assert all(0 <= start <= end <= len(text) for start, end in all_spans(cable))
    assert all(1 <= problem.line <= text.count("\n") + 1 for problem in cable.problems)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(cables)
def test_nothing_is_lost(text: str) -> None:
    """Every line with a letter is of the metadata, the header, a field or furniture, or stands in a block."""
    shown = inspect(source(text))[2 : 3 + text.count("\n")]
    unknown = [line for line in shown if line[8:].startswith("? ")]
    assert [line for line in unknown if any(map(str.isalnum, line[28:100]))] == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MARKS), paragraphs), min_size=2, max_size=9))
def test_printed_blocks_are_stable(numbered: list[tuple[str, str]]) -> None:
    """The blocks of a body, printed and parsed again, print the same."""
    text = "".join(f"{number}. {mark} {words}\n\n" for number, (mark, words) in enumerate(numbered, 1))
    once = printed(parse(source(text)).blocks)
    assert once == text[:-1]
    assert printed(parse(source(once)).blocks) == once


@pytest.mark.slow
def test_printed_real_blocks_are_stable(reference: Path) -> None:
    """So do those of 97 in 100 real cables, once their lists and headings are printed in one way."""
    texts = [path.read_text("utf-8") for path in sorted((reference / "corpus/raw").glob("*.txt"))]
    stable = 0
    for text in texts:
        once = printed(parse(source(printed(parse(source(text)).blocks))).blocks)
        stable += printed(parse(source(once)).blocks) == once
    assert stable >= 0.97 * len(texts)


def printed(blocks: list[Block]) -> str:
    """Blocks as a telex would have them, each with a blank line after it."""
    return "\n\n".join(_printed(block) for block in blocks if block.kind != "missing") + "\n"


def _printed(block: Block) -> str:
    parts = [f"{block.number}." if block.kind == "paragraph" else "", block.mark_text or "", block.text]
    text = " ".join(part for part in parts if part)
    return f"{text}\n{'-' * max(4, len(text))}" if block.kind == "heading" else text
