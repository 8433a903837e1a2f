"""MRNs: every printed form comes to one canonical form, or to none."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reftel.cable.mrn import canonical_mrn, mrn, post_of, split
from reftel.cable.posts import POSTS


@pytest.mark.parametrize(
    ("printed", "canonical"),
    [
        ("07MOSCOW4307", "07MOSCOW4307"),
        ("07 MOSCOW 004307", "07MOSCOW4307"),
        ("2007 Moscow 4307", "07MOSCOW4307"),
        ("10-OTTAWA-57", "10OTTAWA57"),
        ("07 Port-au-Prince 12", "07PORTAUPRINCE12"),
        ("06SECSTATE123", "06STATE123"),
        ("09AMEMBASSYHANOI909", "09HANOI909"),
        ("06EFTOBAKU1449", "06BAKU1449"),
        ("08SECTION01OF02CHISINAU976", "08CHISINAU976"),
        ("90STATE255577TOSEC140323", "90STATE255577"),
        ("08ACCRA001382SUSPECTEDDUPLICATE1392", "08ACCRA1392"),
        ("7575LIBREVILLE1895", "75LIBREVILLE1895"),
        ("05KYIV123", "05KIEV123"),
        ("Moscow 4307", None),
        ("07MOSCOW", None),
        ("07MOSCOW0", None),
        ("07 NARNIA 12", None),
        ("UNSCR 1737", None),
        ("", None),
        ("07" + "X" * 5000 + "1", None),
    ],
)
def test_canonical(printed: str, canonical: str | None) -> None:
    """Year of two digits, post without blanks, serial without zeros; no year or post is invented."""
    assert canonical_mrn(printed) == canonical


def test_year_given() -> None:
    """A year that is known from elsewhere stands in for one that is not printed."""
    assert canonical_mrn("Moscow 4307", "2007") == "07MOSCOW4307"
    assert canonical_mrn("06 Moscow 4307", "2007") == "06MOSCOW4307"


def test_parts() -> None:
    """An MRN comes apart into year, post and serial; what is none is refused."""
    assert split("07MOSCOW4307") == ("07", "MOSCOW", 4307)
    assert post_of("07MOSCOW4307") == "MOSCOW"
    assert post_of("nothing") is None
    with pytest.raises(ValueError, match="no canonical MRN"):
        split("07 MOSCOW 4307")


@given(st.text(max_size=60))
def test_any_text(text: str) -> None:
    """Any text is an MRN or none; a canonical one is its own canonical form."""
    found = canonical_mrn(text)
    assert found is None or canonical_mrn(found) == found


@given(st.integers(1966, 2010), st.sampled_from(sorted(POSTS.by_id)), st.integers(1, 999_999))
def test_round_trip(year: int, post: str, serial: int) -> None:
    """What is put together comes apart again, under the name the post had then."""
    made = mrn(str(year), post, serial)
    assert split(made) == (f"{year % 100:02d}", POSTS.in_series(post, year, serial), serial)
    assert canonical_mrn(made) == made


def test_peer_cases(reference: Path) -> None:
    """At least 97% of the older parser's table; `092OF5` holds neither post nor number of the cable it stands for."""
    rows = json.loads((reference / "peer_cases/id_c14n.json").read_text("utf-8"))
    wrong = [row["id"] for row in rows if canonical_mrn(row["input"]["reference_id"]) != row["expected"]]
    assert wrong == ["id_c14n-093"]
