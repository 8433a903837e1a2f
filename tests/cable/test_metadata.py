"""The metadata line."""

import pytest

from reftel.cable.metadata import Metadata, read_metadata
from reftel.cable.sheet import Sheet

LABELS = "Reference ID Created Released Classification Origin\n"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            "07ORRIN4307 2007-08-31 13:51 2011-08-30 01:44 CONFIDENTIAL Embassy Orrin",
            ("07ORRIN4307", "2007-08-31T13:51:00Z", "2011-08-30T01:44:00Z", "CONFIDENTIAL", "Embassy Orrin"),
        ),
        (
            "10ORRIN1 2010-02-12 15:03 2010-12-08 23:11 UNCLASSIFIED//FOR OFFICIAL USE ONLY Embassy Orrin",
            (
                "10ORRIN1",
                "2010-02-12T15:03:00Z",
                "2010-12-08T23:11:00Z",
                "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
                "Embassy Orrin",
            ),
        ),
        (
            "10ORRIN1\t2010-02-12 15:03\t2010-12-08 23:11\tSECRET//NOFORN\tSecretary of State",
            ("10ORRIN1", "2010-02-12T15:03:00Z", "2010-12-08T23:11:00Z", "SECRET//NOFORN", "Secretary of State"),
        ),
        (
            "10ORRIN1 2010-02-12 15:03 SECRET//REL TO USA, ORR Embassy Orrin",
            ("10ORRIN1", "2010-02-12T15:03:00Z", None, "SECRET//REL TO USA, ORR", "Embassy Orrin"),
        ),
        (
            "10ORRIN1\n2/12/2010 15:03\nCONFIDENTIAL//NOFORN\nUSUN New York",
            ("10ORRIN1", "2010-02-12T15:03:00Z", None, "CONFIDENTIAL//NOFORN", "USUN New York"),
        ),
        ("10ORRIN1 2010-02-31 15:03 SECRET Embassy Orrin", ("10ORRIN1", None, None, "SECRET", "Embassy Orrin")),
        ("10ORRIN1 2010-02-12 Embassy Orrin", ("10ORRIN1", "2010-02-12T00:00:00Z", None, None, "Embassy Orrin")),
    ],
)
def test_values(values: str, expected: tuple[str | None, ...]) -> None:
    """Values are told apart by their shape and by the vocabulary of classifications, on one line or one a line."""
    sheet = Sheet(f"{LABELS}{values}\n\nS E C R E T ORRIN 000001\n")
    found = read_metadata(sheet)
    assert (found.mrn, found.created, found.released, found.classification, found.origin) == expected
    assert found.end == 1 + values.count("\n") + 1
    assert sheet.labels[: found.end] == ["metadata"] * found.end
    assert not sheet.problems


def test_without_metadata_line() -> None:
    """A text that begins otherwise has no metadata, and nothing is claimed."""
    sheet = Sheet("VZCZCXRO5660\nOO RUEHDBU\n")
    assert read_metadata(sheet) == Metadata()
    assert sheet.labels == ["", "", ""]


def test_without_reference_id() -> None:
    """A metadata line that names no cable is a problem on its line."""
    sheet = Sheet(f"{LABELS}2007-08-31 13:51 SECRET Embassy Orrin\n")
    assert read_metadata(sheet).mrn is None
    assert [(problem.line, problem.message) for problem in sheet.problems] == [
        (2, "the metadata line holds no reference id")
    ]
