"""Addressees."""

import pytest

from reftel.cable.addressees import AddresseeList, read_addressee
from reftel.cable.model import Addressee


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("RUEHOR/SECSTATE WASHDC IMMEDIATE 3484", ("RUEHOR", "SECSTATE WASHDC", "IMMEDIATE", "3484")),
        ("RUEHOR/AMEMBASSY ORRIN 0121", ("RUEHOR", "AMEMBASSY ORRIN", None, "0121")),
        ("SPECIAL EMBASSY PROGRAM NIACT IMMEDIATE", (None, "SPECIAL EMBASSY PROGRAM", "NIACT IMMEDIATE", None)),
        ("RUEHOR/DET 1 39LG ORRIN TU", ("RUEHOR", "DET 1 39LG ORRIN TU", None, None)),
        ("COMBINED TASK FORCE 150", (None, "COMBINED TASK FORCE 150", None, None)),
        ("SECSTATE WASHDC 785", (None, "SECSTATE WASHDC", None, "785")),
        ("AMEMBASSY ORRIN IMMEDIATE 7721-7722", (None, "AMEMBASSY ORRIN", "IMMEDIATE", "7721-7722")),
        ("AMEMBASSY ORRIN PIORITY", (None, "AMEMBASSY ORRIN", "PRIORITY", None)),
        ("RHMFISS/HQ ORRCOM//J-3/J-5//", ("RHMFISS", "HQ ORRCOM//J-3/J-5//", None, None)),
        ("ZEN/AMCONSUL ORRIN", ("ZEN", "AMCONSUL ORRIN", None, None)),
    ],
)
def test_read_addressee(line: str, expected: tuple[str | None, ...]) -> None:
    """Route, name, precedence and number are told apart; a number keeps its zeros."""
    assert read_addressee(line) == Addressee(*expected, [])  # type: ignore[arg-type]


def test_exclusions() -> None:
    """XMT names belong to the collective before them until a routed addressee follows."""
    names = AddresseeList()
    names.add("RUEHX/ORRIN COLLECTIVE", 10)
    names.exclude("AMEMBASSY TARN", 40)
    names.add("AMEMBASSY VELL", 60)
    names.add("RUEHOR/AMEMBASSY ORRIN", 80)
    assert [(entry.name, entry.excluded) for entry in names.entries] == [
        ("ORRIN COLLECTIVE", ["AMEMBASSY TARN", "AMEMBASSY VELL"]),
        ("AMEMBASSY ORRIN", []),
    ]
    assert names.span == (10, 102)
