"""From records to entries, and what is doubtful between them."""

from collections.abc import Callable

import msgspec
import pytest

from reftel.archive.archive import Archive
from reftel.archive.catalogue import catalogue, later_refs
from reftel.archive.entries import entry_of, shortened
from reftel.archive.model import Entry
from reftel.cable.model import Block, Cable, Mention, Ref

MakeEntry = Callable[..., Entry]
MakeCable = Callable[..., Cable]


def paragraph(number: int, text: str, mentions: list[Mention]) -> Block:
    return Block("paragraph", f"par{number}", number, "C", "(C)", text, (0, len(text)), mentions)


def test_entry_keeps_what_relations_need(make_cable: MakeCable) -> None:
    """An entry has the record's facts, its anchors, the lines of its REFs and the places that point elsewhere."""
    text = "REF: A. OSLO 3\n B. OSLO 4\n1. (C) See ref A, para 2, and again ref A, para 2."
    refs = [Ref("A", "OSLO 3", "cable", "07OSLO3", [], (8, 14)), Ref("B", "OSLO 4", "cable", "07OSLO4", [], (19, 25))]
    mention = Mention("ref A, para 2", (4, 17), (37, 50), "A", "07OSLO3", "par2")
    own = Mention("para 1", (0, 4), (0, 4), None, None, "par1")
    blocks = [paragraph(1, "See ref A, para 2, and again ref A, para 2.", [mention, mention, own])]
    entry = entry_of(make_cable(refs=refs, blocks=blocks), text, 11, "key")
    assert entry
    assert (entry.mrn, entry.key, entry.path, entry.line, entry.anchors) == (
        "07OSLO12",
        "key",
        "cables/a.txt",
        11,
        "par1",
    )
    assert [(ref.mrn, ref.line) for ref in entry.refs] == [("07OSLO3", 11), ("07OSLO4", 12)]
    assert [(one.mrn, one.anchor, one.number, one.target) for one in entry.mentions] == [("07OSLO3", "par1", 1, "par2")]
    assert entry.mentions[0].words == "See ref A, para 2, and again ref A, para 2."
    assert entry.preview == entry.mentions[0].words


def test_a_cable_without_mrn_has_no_entry(make_cable: MakeCable) -> None:
    """Without an MRN there is no address."""
    assert entry_of(make_cable(None), "", 1, "key") is None


@pytest.mark.parametrize(
    ("text", "size", "expected"),
    [
        ("short", 10, "short"),
        ("two\n  lines", 10, "two lines"),
        ("several words, and more", 16, "several words …"),
        ("x" * 50, 10, "x" * 10 + " …"),
        ("ab " + "x" * 50, 10, "ab xxxxxxx …"),
        ("", 10, ""),
    ],
)
def test_shortened(text: str, size: int, expected: str) -> None:
    """A text is cut at a blank where one is near, on one line, and says that it was cut."""
    assert shortened(text, size) == expected


def test_two_files_of_one_mrn_are_both_kept_and_reported(make_entry: MakeEntry) -> None:
    """The first in path order holds the address, the other its own, and the message names both files."""
    first = make_entry("07OSLO1", path="a.txt", sha256="11" * 32)
    second = make_entry("07OSLO1", path="b/a.txt", sha256="22" * 32, line=7)
    held, problems = catalogue([second, first])
    assert held.entries == (first,)
    assert [twin.twin for twin in held.twins["07OSLO1"]] == ["22222222"]
    assert [str(problem) for problem in problems] == [
        "b/a.txt:7: warning: 07OSLO1 stands in a.txt:1 too, in another copy; both are kept, this one as "
        "07OSLO1.dup-22222222: remove one"
    ]


def test_the_same_bytes_twice_are_both_kept_a_third_copy_is_not(make_entry: MakeEntry) -> None:
    """Identical copies cannot all have addresses of their own: the third is left out and reported as an error."""
    copies = [make_entry("07OSLO1", path=f"{name}.txt", sha256="11" * 32) for name in "abc"]
    held, problems = catalogue(copies)
    assert [entry.path for entry in held.everything] == ["a.txt", "b.txt"]
    assert [(problem.path, problem.severity) for problem in problems] == [("b.txt", "warning"), ("c.txt", "error")]
    assert "byte for byte" in problems[0].message


def test_a_ref_to_a_later_cable_resolves_and_is_reported(make_entry: MakeEntry) -> None:
    """Nobody cites what is not yet written: something is misprinted or misread, and a person should look."""
    later = make_entry("07OSLO9", day="2007-09-01")
    earlier = make_entry("07OSLO1", "07OSLO9", day="2007-01-01")
    refs = [msgspec.structs.replace(earlier.refs[0], line=14)]
    held, problems = catalogue([later, msgspec.structs.replace(earlier, refs=refs)])
    archive = Archive(held)
    assert [entry.mrn for entry in archive.cited_by("07OSLO9")] == ["07OSLO1"]
    assert not problems
    assert [str(problem) for problem in later_refs(archive)] == [
        "07OSLO1.txt:14: warning: REF cites a later cable: 07OSLO9 of 2007-09-01, this one is of 2007-01-01"
    ]


def test_the_order_of_entries_does_not_matter(make_entry: MakeEntry) -> None:
    """The same files in any order are the same archive."""
    entries = [make_entry(f"07OSLO{i}", f"07OSLO{i - 1}", day=f"2007-01-0{1 + i % 5}") for i in range(1, 9)]
    twins = [make_entry("07OSLO3", path="z.txt", sha256="3" * 64), make_entry("07OSLO3", path="y.txt", sha256="4" * 64)]
    forward, problems = catalogue([*entries, *twins])
    backward, same = catalogue([*twins[::-1], *entries[::-1]])
    assert (forward, problems) == (backward, same)
