"""Serial numbers: what they say about cables that are not held."""

from collections.abc import Callable

import pytest

from reftel.archive.archive import Archive, in_order
from reftel.archive.model import Entry
from reftel.archive.serials import Bracket, Gap, Serials

MakeEntry = Callable[..., Entry]


@pytest.mark.parametrize(
    ("mrn", "expected"),
    [
        ("07OSLO20", Bracket("2007-02-01", "2007-03-01", "07OSLO10", "07OSLO30", "2007-02-15")),
        ("07OSLO5", Bracket("2007-01-01", "2007-02-01", "", "07OSLO10", "2007-01-16")),
        ("07OSLO40", Bracket("2007-03-01", "2007-12-31", "07OSLO30", "", "2007-03-21")),
        ("07RIGA1", Bracket("2007-01-01", "2007-12-31", "", "")),
        ("06OSLO20", Bracket("2006-01-01", "2006-12-31", "", "")),
    ],
)
def test_the_serials_around_it_date_a_cable(make_entry: MakeEntry, mrn: str, expected: Bracket) -> None:
    """The nearest held serials of the same post and year, else the ends of the year; undated ones say nothing. The
    likeliest day is half the way at half the serials, and beyond the last at the pace of the year so far.
    """
    held = [
        make_entry("07OSLO10", day="2007-02-01"),
        make_entry("07OSLO15", day=None),
        make_entry("07OSLO30", day="2007-03-01"),
    ]
    assert Serials(held).bracket(mrn, None) == expected


@pytest.mark.parametrize(
    ("citing", "expected"),
    [
        ("2007-02-14", Bracket("2007-02-01", "2007-02-14", "07OSLO10", "07RIGA1", "2007-02-14")),
        ("2007-05-01", Bracket("2007-02-01", "2007-03-01", "07OSLO10", "07OSLO30", "2007-02-15")),
        ("2007-01-10", Bracket("2007-01-01", "2007-01-10", "", "07RIGA1", "2007-01-10")),
        ("2006-12-30", Bracket("2007-02-01", "2007-03-01", "07OSLO10", "07OSLO30", "2007-02-15")),
    ],
)
def test_a_cable_is_older_than_the_first_that_cites_it(make_entry: MakeEntry, citing: str, expected: Bracket) -> None:
    """The first citer bounds it too; a bound that contradicts it says nothing, nor does a citer of an earlier year."""
    held = [make_entry("07OSLO10", day="2007-02-01"), make_entry("07OSLO30", day="2007-03-01")]
    assert Serials(held).bracket("07OSLO20", make_entry("07RIGA1", day=citing)) == expected


def test_the_likeliest_day_lies_within_the_bracket(make_entry: MakeEntry) -> None:
    """A citer bounds it, as it does the bracket; so does the year, however high a serial that was misread."""
    serials = Serials([make_entry("07OSLO10", day="2007-02-01"), make_entry("07OSLO30", day="2007-03-01")])
    assert serials.bracket("07OSLO25", make_entry("07RIGA1", day="2007-02-10")).likely == "2007-02-10"
    assert serials.bracket("07OSLO999999999", None).likely == "2007-12-31"


def test_missing_cables_carry_their_bracket(make_entry: MakeEntry) -> None:
    """The archive's missing cables say when they were likely sent."""
    archive = Archive(in_order([make_entry("07OSLO10"), make_entry("07OSLO30", "07OSLO20", day="2007-03-01")]))
    assert archive.missing["07OSLO20"].sent == Bracket("2007-01-01", "2007-03-01", "07OSLO10", "07OSLO30", "2007-01-30")


def test_gaps_are_counted_within_post_and_year(make_entry: MakeEntry) -> None:
    """Between a cable and the next lower serial that is held; the first of a year has no gap before it."""
    serials = Serials([make_entry(mrn) for mrn in ("07OSLO9", "07OSLO5", "07OSLO6", "07RIGA7", "06OSLO1")])
    assert serials.gap_before("07OSLO9") == Gap(2, "07OSLO6")
    assert serials.gap_before("07OSLO6") is None
    assert serials.gap_before("07OSLO5") is None
    assert serials.gap_before("07RIGA7") is None
    assert [entry.mrn for entry in serials.of_group("07OSLO6")] == ["07OSLO5", "07OSLO6", "07OSLO9"]
