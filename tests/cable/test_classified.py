"""`Classified By`."""

import json
from pathlib import Path

import pytest

from reftel.cable.classified import mended, read_classified_by, read_reasons, reasons_end
from reftel.cable.preamble import read_preamble
from reftel.cable.sheet import Sheet


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Reason: 1.4 (b, d)", "1.4(b) 1.4(d)"),
        ("reasons 1.4 b and d", "1.4(b) 1.4(d)"),
        ("REASON: 1.4(B), (D)", "1.4(b) 1.4(d)"),
        ("REASON 1.5.D", "1.5(d)"),
        ("1.4 (B/D)", "1.4(b) 1.4(d)"),
        ("1,4 (C) AND (D)", "1.4(c) 1.4(d)"),
        ("1. 4 (b&d)", "1.4(b) 1.4(d)"),
        ("1.4 (b. and d.)", "1.4(b) 1.4(d)"),
        ("1.4 (b) a nd (d)", "1.4(b) 1.4(d)"),
        ("1.5 (B) and 1.5 (D)", "1.5(b) 1.5(d)"),
        ("1.4", "1.4"),
        ("for reasons b and d", ""),
        ("see 11.4 (b)", ""),
    ],
)
def test_read_reasons(text: str, reasons: str) -> None:
    """Reasons are numbered clauses with letters, in many prints."""
    assert read_reasons(text) == reasons.split()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("REASON: 1.4(B), (D) 1. (U) Text", "1. (U) Text"),
        ("PER 1.5 (B) AND (D).  ACTION REQUEST", "ACTION REQUEST"),
        ("for reasons 1.4 (b) an d (d)", ""),
        ("no reason", None),
    ],
)
def test_reasons_end(text: str, rest: str | None) -> None:
    """The reasons end with their last letter and its bracket: what follows is text."""
    end = reasons_end(text)
    assert (None if end is None else text[end:]) == rest


def test_mended() -> None:
    """A line cut at 71 characters goes on in mid-word, unless a common word ends there."""
    start = "Classified By: " + "Deputy Chief of the Section of Fisheries Oscar Tarn, for rea"[-56:].rjust(56, "x")
    assert len(start) == 71
    assert mended(f"{start} \nsons 1.4 (b)").endswith("for reasons 1.4 (b)")
    assert mended(f"{start[:67]} and \nd) ").endswith("and d)")
    assert mended("Classified By: Oscar \nTarn") == "Classified By: Oscar Tarn"


@pytest.mark.parametrize(
    ("text", "name", "title", "reasons"),
    [
        ("Classified By: DCM Oscar Tarn for reasons 1.4 (b) and (d)", "Oscar Tarn", "DCM", ["1.4(b)", "1.4(d)"]),
        ("Classified By: Classified by DCM Oscar Tarn, E.O. 12958, reason 1.4 (d)", "Oscar Tarn", "DCM", ["1.4(d)"]),
        ("Classified By: DCM Oscar Tarn for reaons 1.4 (d)", "Oscar Tarn", "DCM", ["1.4(d)"]),
        ("(U) Classified by DCM Oscar Tarn under 1.5 (d)", "Oscar Tarn", "DCM", ["1.5(d)"]),
        ("Classified By: DCM Oscar Tarn", "Oscar Tarn", "DCM", []),
        ("DERIVED FROM: DSCG 05-1 B, D", None, "DSCG 05-1 B, D", []),
        ("Classified By:", None, None, []),
    ],
)
def test_read_classified_by(text: str, name: str | None, title: str | None, reasons: list[str]) -> None:
    """The field is the officer, then the reasons; what is derived from a source has no officer."""
    found = read_classified_by(text)
    assert (found.text, found.name, found.title, found.reasons) == (text, name, title, reasons)


def test_peer_cases(reference: Path) -> None:
    """At least 85% of the older parser's cases: all of them."""
    for case in json.loads((reference / "peer_cases/classified_by.json").read_text("utf-8")):
        found = read_preamble(Sheet(case["input"]["text"]), 0).classified_by
        names = [found.name] if found and found.name else []
        if case["input"]["normalize"]:
            names = [name.replace("0", "O").upper() for name in names]
            case["expected"] = [name.upper() for name in case["expected"]]
        assert names == case["expected"], case["id"]
