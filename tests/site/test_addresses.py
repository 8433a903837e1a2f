"""Addresses: stable, relative, safe on every file system."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reftel.archive.model import Entry
from reftel.problems import Refusal
from reftel.site import addresses


def entry(mrn: str, created: str | None, twin: str = "") -> Entry:
    return Entry(key="", mrn=mrn, path="a.txt", line=1, sha256="", created=created, twin=twin)


@pytest.mark.parametrize(
    ("cable", "expected"),
    [
        (entry("07MOSCOW4307", "2007-08-31T13:51:00Z"), "cable/2007/08/07MOSCOW4307.html"),
        (entry("07MOSCOW4307", None), "cable/undated/07MOSCOW4307.html"),
        (entry("07MOSCOW4307", "2007-08-31T13:51:00Z", "1a2b3c4d"), "cable/2007/08/07MOSCOW4307.dup-1a2b3c4d.html"),
    ],
)
def test_cable_addresses_are_permanent(cable: Entry, expected: str) -> None:
    """A cable stands in the folder of its month; a second file of an MRN beside the first."""
    assert addresses.cable(cable) == expected


def test_what_stands_beside_a_cable() -> None:
    """Raw view, bytes as found and record share the cable's address but for the ending."""
    page = "cable/2007/08/07MOSCOW4307.html"
    assert addresses.raw_view(page) == "cable/2007/08/07MOSCOW4307.raw.html"
    assert addresses.raw_text(page) == "cable/2007/08/07MOSCOW4307.txt"
    assert addresses.raw_text(page, is_page=True) == "cable/2007/08/07MOSCOW4307.source.txt"
    assert addresses.record(page) == "cable/2007/08/07MOSCOW4307.json"


def test_other_addresses() -> None:
    """Threads, timeline, listings, missing cables and prose, as promised."""
    assert addresses.thread("07MOSCOW1") == "thread/07MOSCOW1.html"
    assert addresses.thread("07MOSCOW1", 2) == "thread/07MOSCOW1.p2.html"
    assert addresses.in_thread("07MOSCOW1", "07MOSCOW9", addresses.THREAD_PAGE) == "thread/07MOSCOW1.p2.html#07MOSCOW9"
    assert addresses.timeline("2007-08") == "timeline/2007-08.html"
    assert addresses.listing("origin", "embassy-moscow", 2) == "origin/embassy-moscow.p2.html"
    assert addresses.missing("07MOSCOW4008") == "missing/07MOSCOW.html#07MOSCOW4008"
    assert addresses.prose("about") == "pages/about.html"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Embassy Moscow", "embassy-moscow"),
        ("EMBASSY  MOSCOW", "embassy-moscow"),
        ("Consulate São Paulo", "consulate-sao-paulo"),
        ("CONFIDENTIAL//NOFORN", "confidential-noforn"),
        ("Embassy N'Djamena", "embassy-n-djamena"),
        ("con", "con_"),
        ("LPT1", "lpt1_"),
        ("Index", "index_"),
        ("Посольство", "ea4523bc"),
        ("Embassy Посольство", "embassy-e7bf847f"),
        ("", "e3b0c442"),
    ],
)
def test_slugs_are_stable(name: str, expected: str) -> None:
    """A slug depends on its name alone; letters it cannot show are told apart by a hash; reserved names are avoided."""
    assert addresses.slug(name) == expected


@given(st.text(max_size=300))
def test_file_names_are_safe(name: str) -> None:
    """Whatever a name holds, its file name is short, plain, and not reserved."""
    for safe in (addresses.file_name(name), addresses.slug(name)):
        assert 0 < len(safe) <= 81
        assert all(char.isascii() and (char.isalnum() or char in "-_") for char in safe)
        assert safe.lower() not in {"con", "prn", "aux", "nul", "com1", "lpt9", "index"}


@pytest.mark.parametrize(
    ("page", "target", "expected"),
    [
        ("index.html", "search.html", "search.html"),
        ("index.html", "cable/2007/08/A.html#par4", "cable/2007/08/A.html#par4"),
        ("cable/2007/08/A.html", "index.html", "../../../index.html"),
        ("cable/2007/08/A.html", "cable/2007/09/B.html", "../09/B.html"),
        ("cable/2007/08/A.html", "cable/2007/08/B.html", "B.html"),
        ("cable/2007/08/A.html", "cable/2007/08/A.html", "A.html"),
        ("cable/2007/08/A.html", "cable/2007/08/A.html#par1", "#par1"),
        ("timeline/2007.html", "timeline/index.html", "index.html"),
    ],
)
def test_relative_links_name_their_file(page: str, target: str, expected: str) -> None:
    """Links work under any sub-path and from disk."""
    assert addresses.relative(page, target) == expected


def test_two_things_at_one_address_are_refused() -> None:
    """The message names both; names that differ in case only are one on Windows."""
    taken = addresses.Taken()
    taken.take("a.html", "one.txt")
    taken.take("b.html", "two.txt")
    with pytest.raises(Refusal, match=r"^two\.txt: A\.html is already taken by one\.txt; rename one of the two$"):
        taken.take("A.html", "two.txt")


def test_long_addresses_are_refused() -> None:
    """A path of 180 characters does not survive unzipping on Windows."""
    with pytest.raises(Refusal, match="has 180 characters"):
        addresses.Taken().take("a" * 180, "one.txt")


def test_many_addresses_are_given_out_at_once() -> None:
    """As one after the other, with the same words where two are one."""
    names = ["one.txt", "two.txt", "three.txt"]
    addresses.Taken().take_all(["a.html", "b.html"], names.__getitem__)
    for several in (["c.html", "d.html", "C.html"], ["c.html", "a.html", "x"], ["c.html", "c" * 180, "x"]):
        one, other = addresses.Taken(), addresses.Taken()
        one.take("a.html", "page")
        other.take("a.html", "page")
        with pytest.raises(Refusal) as all_at_once:
            one.take_all(several, names.__getitem__)
        with pytest.raises(Refusal) as one_by_one:
            for address, name in zip(several, names, strict=True):
                other.take(address, name)
        assert str(all_at_once.value) == str(one_by_one.value)
