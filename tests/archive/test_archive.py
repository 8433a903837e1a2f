"""The archive's answers: order, neighbours, citers, missing cables."""

from collections.abc import Callable

from reftel.archive.archive import Archive, Neighbours, in_order
from reftel.archive.model import Entry

MakeEntry = Callable[..., Entry]


def test_cables_stand_in_zulu_order_the_undated_last(make_entry: MakeEntry) -> None:
    """Zulu time first, then the MRN by year, post and number; undated cables come last, by MRN."""
    entries = [
        make_entry("07OSLO2", day=None),
        make_entry("99OSLO2", day=None),
        make_entry("07OSLO10"),
        make_entry("07OSLO9"),
        make_entry("06RIGA1", day="2006-05-01"),
    ]
    archive = Archive(in_order(entries))
    assert [entry.mrn for entry in archive.entries] == ["06RIGA1", "07OSLO9", "07OSLO10", "99OSLO2", "07OSLO2"]


def test_neighbours_by_time_and_by_post(make_entry: MakeEntry) -> None:
    """Earlier and later by time are of any post, the others of the same one; an undated cable has none."""
    a, b, c = (make_entry(mrn, day=f"2007-01-0{i}") for i, mrn in enumerate(("07OSLO1", "07RIGA5", "07OSLO2"), 1))
    archive = Archive(in_order([c, a, b, make_entry("07OSLO3", day=None)]))
    assert archive.neighbours("07OSLO2") == Neighbours(b, None, a, None)
    assert archive.neighbours("07RIGA5") == Neighbours(a, c)
    assert archive.neighbours("07OSLO3") == Neighbours()
    assert archive.neighbours("07NONE1") == Neighbours()


def test_neighbours_in_the_thread(make_entry: MakeEntry) -> None:
    """Earlier and later in the thread pass over what stands between them in time; an undated cable has them too."""
    first, aside = make_entry("07OSLO1", day="2007-01-01"), make_entry("07RIGA5", day="2007-01-02")
    second, undated = make_entry("07OSLO2", "07OSLO1", day="2007-01-03"), make_entry("07OSLO3", "07OSLO1", day=None)
    archive = Archive(in_order([undated, second, aside, first]))
    assert archive.neighbours("07OSLO2")[4:] == (first, undated)
    assert archive.neighbours("07OSLO3") == Neighbours(earlier_in_thread=second)
    assert archive.neighbours("07RIGA5")[4:] == (None, None)


def test_cited_by_counts_ref_line_and_prose_once(make_entry: MakeEntry) -> None:
    """A citer is listed once, in Zulu order; a cable does not cite itself; a missing cable has citers too."""
    first = make_entry("07OSLO1", "07OSLO1", "06OSLO7", day="2007-01-01")
    second = make_entry("07OSLO2", "07OSLO1", says=("07OSLO1", "06OSLO7"), day="2007-01-02")
    third = make_entry("07OSLO3", says=("07OSLO1",), day="2007-01-03")
    archive = Archive(in_order([third, second, first]))
    assert archive.cited_by("07OSLO1") == [second, third]
    assert archive.cited_by("06OSLO7") == [first, second]
    assert [list(ends) for ends in archive.citations.ties] == [[1], [0]]
    assert archive.most_cited(5) == [(first, 2)]


def test_missing_are_cited_and_not_held(make_entry: MakeEntry) -> None:
    """Missing cables stand by year, post and number, each with its citers; what is held is not among them."""
    entries = [
        make_entry("07OSLO2", "07OSLO1", "06OSLO10", "06OSLO9", "98RIGA3"),
        make_entry("07OSLO1", "06OSLO9", day="2007-01-02"),
    ]
    archive = Archive(in_order(entries))
    assert list(archive.missing) == ["98RIGA3", "06OSLO9", "06OSLO10"]
    assert archive.missing["06OSLO9"].citers == ("07OSLO2", "07OSLO1")
    assert archive.missing["06OSLO9"].group == "06OSLO"


def test_twins_take_no_part(make_entry: MakeEntry) -> None:
    """A second file of an MRN has a page, and is counted nowhere else."""
    twin = make_entry("07OSLO1", "06OSLO9", twin="1a2b3c4d")
    archive = Archive(in_order([make_entry("07OSLO1")], {"07OSLO1": [twin]}))
    assert len(archive.entries) == 1
    assert len(archive.everything) == 2
    assert archive.missing == {}
