"""The date-time group: `311351Z AUG 07` is the 31st of August 2007 at 13:51 Zulu (UTC)."""

import re
from datetime import datetime
from functools import lru_cache

_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
FIRST_YEAR = 66
"""Of the two-digit years: the collection begins in 1966, so 66 to 99 are of the twentieth century."""
DATE_TIME_GROUP = re.compile(
    r"(?P<day>[0-3O][0-9O]) ?(?P<hour>[0-2O][0-9O]) ?:?(?P<minute>[0-5O][0-9O]) ?Z?[ ,]{0,3}"
    rf"(?P<month>{'|'.join(MONTHS)})[A-Z]{{0,6}}[ .,']{{0,3}}(?P<year>(?:19|20)?[0-9O]{{2}})(?![0-9])",
    re.I | re.A,
)


def zulu(group: re.Match[str]) -> str | None:
    """A match of DATE_TIME_GROUP as "2007-08-31T13:51:00Z"; None where no such day or hour exists."""
    parts = group.group("day", "hour", "minute", "year")
    day, hour, minute, year = map(int, [part.upper().replace("O", "0") for part in parts])
    month = MONTHS[group["month"].upper()]
    if year < 100:
        year = full_year(year)
    return moment(year, month, day, hour, minute)


@lru_cache(maxsize=4096)
def moment(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> str | None:
    """A moment of Zulu time as the record has it, "2007-08-31T13:51:00Z"; None where there is none such.

    Kept, for the metadata line repeats the date-time group, and many cables were released at once.
    """
    try:
        return datetime(year, month, day, hour, minute, second).isoformat() + "Z"
    except ValueError:
        return None


def full_year(two_digits: int) -> int:
    """7 → 2007, 72 → 1972."""
    return two_digits + (1900 if two_digits >= FIRST_YEAR else 2000)
