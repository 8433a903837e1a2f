"""The E.O. line: under which executive order, and until when, a cable was classified.

`E.O. 12958: DECL: 08/31/2017` names a date. Others name an event (`DECL: TEN YEARS AFTER KOREAN UNIFICATION`,
09MOSCOW1108), an exemption (`DECL: X1, X5`), the originating agency's decision (`OADR`, older cables), or say that
nothing is classified (`N/A`).
"""

import re
from functools import lru_cache

from reftel.cable.dtg import MONTHS, moment

ORDER = re.compile(r"\s*(?:(?:E\.? ?[O0]\.?|EXECUTIVE ORDER)[ :.]*\d{0,5}[ ]*[:;,.]?[ ]*)?", re.I)
DECLASSIFY = re.compile(
    r"\s*(?:DECL[A-Z]*\b\.?|DECK?\b|DEL\b|DCL\b|ECL\b)\s*(?:ON\b)?\s*[:;.,]*\s*(?:DECL\b\s*:?\s*)?", re.I
)
DATE = re.compile(
    r"""(?<![\d/.-])(?:
    (?P<y1>(?:19|20)\d\d)[/.-]?(?P<m1>\d\d?)[/.-]?(?P<d1>\d\d?)
    | (?P<m2>\d\d?)[ ]?[/.-][ ]?(?P<d2>\d\d?)[ ]?[/.-][ ]?(?P<y2>(?:19|20)?\d\d)
    | (?P<d3>\d\d?)[ ](?P<n3>[A-Z]{3,9})\.?,?[ ](?P<y3>(?:19|20)\d\d)
    | (?P<n4>[A-Z]{3,9})\.?[ ](?P<d4>\d\d?)(?:ST|ND|RD|TH)?,?[ ](?P<y4>(?:19|20)\d\d)
    )(?![\d/-])""",
    re.X | re.I,
)
LATE_YEAR = 70
"""Of a declassification's two-digit years, those from here on are of the twentieth century (`12/31/85`)."""
REVIEW = re.compile(r"\b(?:X?RDS|XDS|RDS-\d|REVIEW)\b", re.I)
"""Under E.O. 12065 such a date was one of review, not of declassification."""


@lru_cache(maxsize=2048)
def read_declassification(text: str) -> tuple[str | None, str | None]:
    """`E.O. 12958: DECL: 08/31/2017` → ("2017-08-31", None); without such a date the printed reason: (None, "N/A").

    A date with words beside it gives both. A date that is none (02/30/2014) stays in the text. Kept, for the cables of
    one day name the same date.
    """
    value = text[ORDER.match(text).end() :]  # type: ignore[union-attr]
    value = value[found.end() :] if (found := DECLASSIFY.match(value)) else value
    value = " ".join(value.split()).strip(" :;,")
    if not value:
        return None, None
    date = DATE.search(value)
    day = iso_day(date) if date else None
    if date and day and not REVIEW.search(value):
        rest = (value[: date.start()] + value[date.end() :]).strip(" .:;,()\\/-")
        return day, value if rest else None
    return day if day and not REVIEW.search(value) else None, value


def iso_day(date: re.Match[str]) -> str | None:
    """A match of DATE as "2017-08-31"; None where no such day exists. The month comes first, unless it is none."""
    parts = date.groupdict()
    name = parts["n3"] or parts["n4"]
    year = int(parts["y1"] or parts["y2"] or parts["y3"] or parts["y4"])
    day = int(parts["d1"] or parts["d2"] or parts["d3"] or parts["d4"])
    month = MONTHS.get(name[:3].upper(), 0) if name else int(parts["m1"] or parts["m2"])
    if year < 100:
        year += 1900 if year >= LATE_YEAR else 2000
    if month > 12 >= day:
        month, day = day, month
    found = moment(year, month, day)
    return found[:10] if found else None
