"""The date-time group in its printed forms."""

import pytest

from reftel.cable.dtg import DATE_TIME_GROUP, full_year, moment, zulu


@pytest.mark.parametrize(
    ("printed", "created"),
    [
        ("311351Z AUG 07", "2007-08-31T13:51:00Z"),
        ("220927Z AUG 72", "1972-08-22T09:27:00Z"),
        ("010000Z JAN 66", "1966-01-01T00:00:00Z"),
        ("311351Z aug 2007", "2007-08-31T13:51:00Z"),
        ("311351Z AUGUST 07", "2007-08-31T13:51:00Z"),
        ("311351Z AUG07", "2007-08-31T13:51:00Z"),
        ("31 1351Z AUG 07", "2007-08-31T13:51:00Z"),
        ("311351 AUG 07", "2007-08-31T13:51:00Z"),
        ("O31351Z SEP O7", "2007-09-03T13:51:00Z"),
        ("290000Z FEB 08", "2008-02-29T00:00:00Z"),
        ("290000Z FEB 07", None),
        ("312460Z AUG 07", None),
        ("002359Z AUG 07", None),
    ],
)
def test_zulu(printed: str, created: str | None) -> None:
    """A group is read with or without blanks, in any case, with O for 0; a day or hour that is none gives nothing."""
    group = DATE_TIME_GROUP.match(printed)
    assert (zulu(group) if group else None) == created


def test_years() -> None:
    """Two-digit years run from 1966, when the collection begins, to 2065."""
    assert [full_year(year) for year in (66, 99, 0, 10)] == [1966, 1999, 2000, 2010]


def test_moment() -> None:
    """A moment that does not exist is none."""
    assert moment(2007, 2, 31) is None
    assert moment(2007, 2, 28, 23, 59) == "2007-02-28T23:59:00Z"
