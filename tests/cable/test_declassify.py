"""The E.O. line."""

import pytest

from reftel.cable.declassify import read_declassification


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("E.O. 12958: DECL: 08/31/2017", ("2017-08-31", None)),
        ("EO 12958 DECL: 2020/02/23", ("2020-02-23", None)),
        ("E.o. 12958: decl: 07/01/2034", ("2034-07-01", None)),
        ("E. O. 12958: DECL: 6/30/08", ("2008-06-30", None)),
        ("E.O. 12356: DECL: 12/31/85", ("1985-12-31", None)),
        ("E.O. 12958: 07/22/2019", ("2019-07-22", None)),
        ("E.O. 12958: DECL 31 AUGUST 2017", ("2017-08-31", None)),
        ("E.O. 13526: DECLASSIFY ON: AUGUST 31, 2017", ("2017-08-31", None)),
        ("E.O. 12958: DECL: 31/08/2017", ("2017-08-31", None)),
        ("E.O. 12958: DECL: 20170831", ("2017-08-31", None)),
        ("E.O. 12958: N/A", (None, "N/A")),
        ("E.O. 12958: DECL: X1, X5", (None, "X1, X5")),
        ("E.O. 12356: DECL: OADR", (None, "OADR")),
        ("E.O. 12958: DECL: AFTER THE ORRIN SUMMIT", (None, "AFTER THE ORRIN SUMMIT")),
        ("E.O. 12958: DECL: 08/31/2017 (X1)", ("2017-08-31", "08/31/2017 (X1)")),
        ("E.O. 12958: DECL: 02/30/2014", (None, "02/30/2014")),
        ("E.O. 12065: RDS-3 8/20/99 (TARN, A.) OR-P", (None, "RDS-3 8/20/99 (TARN, A.) OR-P")),
        ("E.O. 12065: GDS 8/20/85 (TARN, A.) OR-P", ("1985-08-20", "GDS 8/20/85 (TARN, A.) OR-P")),
        ("E.O. 11652: GDS", (None, "GDS")),
        ("E.O. 12958:", (None, None)),
        ("", (None, None)),
    ],
)
def test_read_declassification(line: str, expected: tuple[str | None, str | None]) -> None:
    """A date becomes ISO, whatever its form; an event, a code or an impossible date stays as printed."""
    assert read_declassification(line) == expected
