"""Threads: what REFs connect, and what they do not."""

import random
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reftel.archive import threads as module
from reftel.archive.archive import Archive, in_order
from reftel.archive.model import Entry, EntryRef
from reftel.archive.threads import HUBS, LARGEST

MakeEntry = Callable[..., Entry]
HUB = HUBS[0]


def threads(entries: list[Entry]) -> list[tuple[str, ...]]:
    return [thread.mrns for thread in Archive(in_order(entries)).threads]


def test_a_chain_of_refs_is_one_thread_in_zulu_order(make_entry: MakeEntry) -> None:
    """Cables connected by REF, directly or by a chain, are one thread, named by the earliest."""
    entries = [
        make_entry("07OSLO30", "07OSLO20", day="2007-03-01"),
        make_entry("07OSLO20", "07RIGA10", day="2007-02-01"),
        make_entry("07RIGA10", day="2007-01-01"),
        make_entry("07RIGA99", day="2007-01-15"),
    ]
    archive = Archive(in_order(entries))
    assert [thread.mrns for thread in archive.threads] == [("07RIGA10", "07OSLO20", "07OSLO30")]
    assert archive.threads[0].name == "07RIGA10"
    assert archive.thread("07RIGA99") is None
    assert archive.place_in_thread("07OSLO30") == 2


def test_the_surroundings_of_a_cable_in_its_thread() -> None:
    """So many on each side; fewer at an end."""
    thread = module.Thread("a", tuple(str(i) for i in range(100)))
    assert thread.around(50) == tuple(str(i) for i in range(50 - module.BESIDE, 51 + module.BESIDE))
    assert thread.around(1) == tuple(str(i) for i in range(2 + module.BESIDE))
    assert thread.around(99)[-1] == "99"


def test_what_is_missing_connects_nothing(make_entry: MakeEntry) -> None:
    """Two cables that cite the same missing cable are no thread: what would join them is not here."""
    assert threads([make_entry("07OSLO1", "06OSLO9"), make_entry("07OSLO2", "06OSLO9")]) == []


def test_prose_connects_nothing(make_entry: MakeEntry) -> None:
    """An MRN in the prose is a pointer, not an answer."""
    assert threads([make_entry("07OSLO1"), make_entry("07OSLO2", says=("07OSLO1",))]) == []


def test_a_ref_to_itself_is_no_thread(make_entry: MakeEntry) -> None:
    """A cable that cites its own MRN (a misprint) stands alone."""
    assert threads([make_entry("07OSLO1", "07OSLO1")]) == []


@pytest.mark.parametrize(("citers", "joined"), [(HUB, True), (HUB + 1, False)])
def test_a_circular_cited_by_very_many_does_not_glue(make_entry: MakeEntry, citers: int, joined: bool) -> None:
    """A hub's citers are one thread up to `HUBS[0]` of them; beyond, each keeps its own conversation."""
    circular = make_entry("07STATE1", day="2007-01-01")
    answers = [make_entry(f"07OSLO{i}", "07STATE1", day="2007-02-01") for i in range(10, 10 + citers)]
    own = make_entry("07OSLO900", "07OSLO10", day="2007-03-01")
    found = threads([circular, *answers, own])
    assert found[0] == (
        ("07STATE1", *(answer.mrn for answer in answers), "07OSLO900") if joined else ("07OSLO10", "07OSLO900")
    )
    assert len(found) == 1


def test_a_report_that_lists_very_many_does_not_glue(make_entry: MakeEntry) -> None:
    """A cable that cites more than `HUBS[0]` held cables joins none of them, but is joined by those that answer it."""
    cited = [make_entry(f"07OSLO{i}", day="2007-01-01") for i in range(10, 11 + HUB)]
    report = make_entry("07OSLO800", *(entry.mrn for entry in cited), day="2007-06-01")
    answer = make_entry("07STATE1", "07OSLO800", day="2007-06-02")
    assert threads([*cited, report, answer]) == [("07OSLO800", "07STATE1")]


def test_undated_cables_stand_last(make_entry: MakeEntry) -> None:
    """A thread is named by its earliest dated cable."""
    entries = [make_entry("07OSLO1", day=None), make_entry("07OSLO2", "07OSLO1", day="2007-01-01")]
    assert threads(entries) == [("07OSLO2", "07OSLO1")]


def test_what_is_too_large_is_cut_at_its_busiest_cables(make_entry: MakeEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two chains that one much-cited cable joins are one thread while they are small, and two when they are not."""
    middle = make_entry("07OSLO50", day="2007-01-01")
    chains = [
        make_entry(f"07OSLO{start + i}", f"07OSLO{start + i - 1}" if i else "07OSLO50", day=f"2007-02-{i + 1:02}")
        for start in (100, 200, 300)
        for i in range(5)
    ]
    assert [len(found) for found in threads([middle, *chains])] == [16]
    monkeypatch.setattr(module, "LARGEST", 15)
    found = threads([*chains, middle])
    assert [len(part) for part in found] == [5, 5, 5]
    assert {part[0] for part in found} == {"07OSLO100", "07OSLO200", "07OSLO300"}


def test_a_large_archive_falls_into_threads_of_a_readable_size(make_entry: MakeEntry) -> None:
    """Cables that cite two others at random would nearly all hang together."""
    chance = random.Random(1)
    entries = [make_entry("07OSLO0")]
    for number in range(1, 3000):
        entries.append(make_entry(f"07OSLO{number}", *(f"07OSLO{chance.randrange(number)}" for _ in range(2))))
    sizes = [len(found) for found in threads(entries)]
    assert max(sizes) <= LARGEST
    assert sum(sizes) > 300


pairs = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=60)


@settings(max_examples=60)
@given(pairs=pairs, order=st.randoms(use_true_random=False))
def test_threads_are_the_connected_parts_whatever_the_order(pairs: list[tuple[int, int]], order: object) -> None:
    """The order of cables and of REFs does not matter, and without hubs threads are the graph's components."""
    cites: dict[int, list[int]] = {number: [] for number in range(31)}
    for citing, cited in pairs:
        cites[citing].append(cited)
    entries = [entry(number, found) for number, found in cites.items()]
    shuffled = [entry(number, order.sample(found, len(found))) for number, found in cites.items()]  # type: ignore[attr-defined]
    order.shuffle(shuffled)  # type: ignore[attr-defined]
    found = threads(entries)
    assert found == threads(shuffled)
    if all(len(set(targets)) <= HUB for targets in cites.values()) and most_cited(cites) <= HUB:
        assert {frozenset(mrns) for mrns in found} == components(cites)


def most_cited(cites: dict[int, list[int]]) -> int:
    return max(Counter(cited for found in cites.values() for cited in set(found)).values(), default=0)


def entry(number: int, cites: list[int]) -> Entry:
    refs = [EntryRef(None, "", "cable", f"07OSLO{cited}", []) for cited in cites]
    return Entry(key="", mrn=f"07OSLO{number}", path="", line=1, sha256="", created="2007-01-01T00:00:00Z", refs=refs)


def components(cites: dict[int, list[int]]) -> set[frozenset[str]]:
    """The slow way: grow each part until nothing is added."""
    beside: dict[int, set[int]] = {number: set(found) for number, found in cites.items()}
    for number, found in cites.items():
        for cited in found:
            beside[cited].add(number)
    parts = set()
    for number in cites:
        part = {number}
        while more := {there for here in part for there in beside[here]} - part:
            part |= more
        if len(part) > 1:
            parts.add(frozenset(f"07OSLO{one}" for one in part))
    return parts
