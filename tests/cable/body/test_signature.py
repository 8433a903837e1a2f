"""The signature: where a surname is one, and where a last word is none."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from reftel.cable.body import Body, read_body
from reftel.cable.furniture import mark_furniture
from reftel.cable.sheet import Sheet

Reader = Callable[[str], tuple[Body, Sheet]]
LAST = "1. (C) The envoy came.\n\n2. (C) He went home with his minister."


@pytest.mark.parametrize(
    ("ending", "name"),
    [
        ("\n\nROE", "ROE"),
        ("\nROE\n", "ROE"),
        ("\n\nRoe\n\n", "Roe"),
        ("\nroes", "roes"),
        ("\n\nMcRoe", "McRoe"),
        ("\n\nLeRoe", "LeRoe"),
        ("\n\nROE-DOE", "ROE-DOE"),
        ("\n\nO'ROE", "O'ROE"),
        ("\n\nLA ROE", "LA ROE"),
        ("\n\nROE JR", "ROE JR"),
        ("\n\nROE ROE\n", "ROE"),
        ("\n\nROE Roe\n", "ROE"),
        ("\n\nROE 2008-01-08", "ROE"),
        ("\n\nROE##", "ROE"),
        ("\n\nROE\n.", "ROE"),
        ("\n\nROE\n\nNNNN\n", "ROE"),
        ("\n\nROE\n\n                CONFIDENTIAL\n\n>\n", "ROE"),
        ("\n\nROE\nLIMITED OFFICIAL USE\nNNNN", "ROE"),
        ("\n\nROE\n\nNOTE: NOT PASSED TO ABOVE ADDRESSEE(S)\n", "ROE"),
        ("\n\nROE\nNNNN\nEnd Cable Text", "ROE"),
        ("\n\nROE\n\nVisit Freeport's Classified Website:\nhttp://example.org/p/fr eeport", "ROE"),
        ("\n\nVisit Freeport's Website:\nhttp://example.org/wiki/Portal:Free port\nRoe", "Roe"),
        ("\n\nVisit Freeport's Website: http://example.org/index. cfm ROE", "ROE"),
        (" ROE", "ROE"),
        (" Roe", "Roe"),
        (" End comment. ROE", "ROE"),
        ("\n\nEND TEXT ROE", "ROE"),
        ("\nMINIMIZE CONSIDERED ROE", "ROE"),
        ("\nXXXXXXXXXXXX\nROE", "ROE"),
        ("\n***************\nROE", "ROE"),
        ("\n\nFREEPORT 00000123  003 OF 003 \n \n \nROE \n", "ROE"),
    ],
)
def test_signatures(read: Reader, ending: str, name: str) -> None:
    """Capitals, title case, doubled, behind the last sentence, above what pages and exports add: a surname at the
    end."""
    body, sheet = read(LAST + ending)
    assert body.signature == name
    assert sheet.text[slice(*body.spans["signature"])] == name
    assert all(name not in block.text.split() for block in body.blocks)


@pytest.mark.parametrize(
    "ending",
    [
        "",
        "\n\nCOMMENT",
        "\n\nEnd comment.",
        "\n\nEND COMMENT",
        "\n\nEnd summary",
        " The",
        "\nand with his\ninterests.",
        "\nASSISTANCE.",
        "\nXXXXXXXXXXXX",
        "\n\nPoint of contact is Andrew B. Roe",
        "\n\n3. (U) Roe",
        "\n\nSECRET",
    ],
)
def test_no_signatures(read: Reader, ending: str) -> None:
    """A last word, an end mark, a redaction, a paragraph are no signature."""
    assert read(LAST + ending)[0].signature is None


@pytest.mark.slow
def test_peer_signers(reference: Path) -> None:
    """At least 95% of the signers that the older parser's table expects are found."""
    cases = json.loads((reference / "peer_cases/signers.json").read_text(encoding="utf-8"))
    right = 0
    for case in cases:
        sheet = Sheet(case["input"]["text"])
        mark_furniture(sheet, 0)
        signature = read_body(sheet, 0).signature
        right += ([signature] if signature else []) == case["expected"]
    assert right >= 0.95 * len(cases)
