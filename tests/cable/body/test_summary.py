"""Summary and comment: how they are marked, and what of them is text."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reftel.cable.body import Body, read_body
from reftel.cable.furniture import mark_furniture
from reftel.cable.preamble import read_preamble
from reftel.cable.sheet import Sheet

Reader = Callable[[str], tuple[Body, Sheet]]
REST = "\n\n9. (C) He went home with his minister."


@pytest.mark.parametrize(
    "text",
    [
        "1. (C) SUMMARY: The envoy came in spring. END SUMMARY.",
        "1. (C) Summary. The envoy came in spring. End summary.",
        "1. (C) Summary -- The envoy came in spring. (End summary.)",
        "1. (C) Summary and Comment: The envoy came in spring. End Summary and Comment.",
        "1. (C) Summary and action request. The envoy came in spring. End summary and action request.",
        "1. (C) BEGIN SUMMARY: The envoy came in spring. END\nSUMMARY.",
        "1. (C) The envoy came in spring. End Summary.",
        "SUMMARY\n-------\n\n1. (C) The envoy came in spring. End summary.",
        "Summary -------\n\n1. (C) The envoy came in spring. End summary",
        "SUMMARY\n-------\n\n1. (C) The envoy came in spring.\n\nFish\n----\n\n2. (C) More.",
        "1. (C) SUMMARY: The envoy came in spring.\n\n2. (C) More.",
        "SUMMARY: The envoy came in spring.\nEND SUMMARY\n\n1. (C) More.",
        "1. (C) Executive summary: The envoy came in spring. End summary.",
    ],
)
def test_summaries(read: Reader, text: str) -> None:
    """By first words, by title, by end mark: the summary's text is without its labels, and its span begins and ends
    it."""
    body, sheet = read(text + REST)
    assert body.summary == "The envoy came in spring."
    start, end = body.spans["summary"]
    assert sheet.text[start:end].split() == body.summary.split()


def test_summary_of_several_paragraphs(read: Reader) -> None:
    """It goes on to its end mark, a line for each block."""
    text = "1. (C) Summary: One.\n\n2. (C) Summary (continued): Two.\n\n3. (C) Three. End summary."
    assert (read(text + REST)[0].summary or "").startswith("One.")
    titled = "Summary\n-------\n\n1. (C) One and more.\n\n2. (C) Two and more. End summary."
    assert read(titled + REST)[0].summary == "One and more.\nTwo and more."


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("2. (C) COMMENT: He will be back. END COMMENT.", "He will be back."),
        ("2. (C) Embassy Comment. He will be back.", "He will be back."),
        ("COMMENT\n-------\n\n2. (C) He will be back.", "He will be back."),
        ("Comment: Fish or Chips?\n-----------------------\n\n2. (C) He stayed.", "He stayed."),
        (
            "Comment\n-------\n\n2. (C) COMMENT. He stayed.\n\n3. (C) COMMENT CONTINUED. So we hope.",
            "He stayed.\nCOMMENT CONTINUED. So we hope.",
        ),
        ("Comment\n-------\n\n2. (C) He stayed.\n\n3. (U) Codel Tarn has cleared this message.", "He stayed."),
        ("Comment\n-------\n\n2. (C) He stayed.\n\nVisit Embassy Orrin's Website: http://orrin.example", "He stayed."),
        ("2. (C) He stayed. (Comment: He will be back. End comment.) So we hope.", "He will be back."),
        ("2. (C) He made no comment.", None),
    ],
)
def test_comments(read: Reader, text: str, comment: str | None) -> None:
    """The last comment marked as one; a comment inside a paragraph where there is no other."""
    assert read(f"1. (C) The envoy came.\n\n{text}")[0].comment == comment


def test_none(read: Reader) -> None:
    """A cable that marks none has none."""
    body = read("1. (C) The envoy came and went.\n\n2. (C) In summary, he ate fish.")[0]
    assert (body.summary, body.comment, body.spans) == (None, None, {})


@pytest.mark.slow
def test_peer_summaries(reference: Path) -> None:
    """At least 90% of the summaries that the older parser's table expects are found."""
    cases = json.loads((reference / "peer_cases/summary.json").read_text(encoding="utf-8"))
    right = 0
    for case in cases:
        sheet = Sheet(case["input"]["text"])
        mark_furniture(sheet, 0)
        right += read_body(sheet, read_preamble(sheet, 0).end).summary == case["expected"]
    assert right >= 0.9 * len(cases)
