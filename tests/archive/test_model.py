"""Entries: what they cite, and the order of MRNs."""

from collections.abc import Callable

import pytest

from reftel.archive.missing import by_group, find_missing
from reftel.archive.model import Entry, group_of, serial_key, serial_of
from reftel.archive.serials import Serials


@pytest.mark.parametrize(
    ("mrn", "expected"),
    [
        ("07MOSCOW4307", (2007, "MOSCOW", 4307)),
        ("66BUENOSAIRES2481", (1966, "BUENOSAIRES", 2481)),
        ("06ASTANA", (2006, "ASTANA", 0)),
        ("7575LIBREVILLE1895", (1975, "75LIBREVILLE", 1895)),
        ("90STATE255195TOSEC140301", (1990, "STATE255195TOSEC", 140301)),
        ("MOSCOW1", (9999, "MOSCOW1", 0)),
        ("", (9999, "", 0)),
    ],
)
def test_serial_key(mrn: str, expected: tuple[int, str, int]) -> None:
    """An MRN sorts by its full year, post and number; what is no MRN sorts last."""
    assert serial_key(mrn)[:3] == expected
    assert serial_of(mrn) == expected[2]


@pytest.mark.parametrize(("mrn", "group"), [("07MOSCOW4008", "07MOSCOW"), ("06ASTANA", "06ASTANA"), ("07", "07")])
def test_group_of(mrn: str, group: str) -> None:
    """A missing cable's page is that of its post and year."""
    assert group_of(mrn) == group


def test_groups_hold_every_missing_cable(make_entry: Callable[..., Entry]) -> None:
    """Odd MRNs whose groups do not stand together are not lost."""
    cited = ["A1", "A1B2", "A2", "07OSLO1", "07OSLO10"]
    missing = find_missing({mrn: [make_entry("08OSLO1", *cited)] for mrn in cited}, Serials([]))
    groups = by_group(missing.values())
    assert sorted(one.mrn for found in groups.values() for one in found) == sorted(cited)
    assert [one.mrn for one in groups["A"]] == ["A1", "A2"]


def test_cited_names_each_once_ref_line_first(make_entry: Callable[..., Entry]) -> None:
    """What a cable cites: its REF line in order, then its prose; each once, itself never."""
    entry = make_entry("07OSLO1", "07OSLO3", "07OSLO2", "07OSLO1", says=("07OSLO2", "07RIGA1"))
    assert entry.cited() == ["07OSLO3", "07OSLO2", "07RIGA1"]
