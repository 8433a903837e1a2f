"""Dates in words, in English whatever the machine's language."""

from datetime import date

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def written_date(iso: str) -> str:
    """ "2007-08-31" → "31 August 2007"; what is no date stays as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def written_day(iso: str) -> str:
    """ "2007-08-31" → "Friday 31 August 2007"."""
    try:
        return f"{DAYS[date.fromisoformat(iso).weekday()]} {written_date(iso)}"
    except ValueError:
        return iso


def written_month(iso: str) -> str:
    """ "2007-08" → "August 2007"; a year stays a year."""
    if len(iso) < 7 or not iso[5:7].isdecimal() or not 1 <= int(iso[5:7]) <= 12:
        return iso
    return f"{MONTHS[int(iso[5:7]) - 1]} {iso[:4]}"


def written_span(first: str, last: str) -> str:
    """Two days as one span: "on 3 August 2007", "between 3 and 17 August 2007", "between 28 July and 3 August 2007"."""
    if first == last:
        return f"on {written_date(first)}"
    if first[:4] == last[:4] and first[5:] == "01-01" and last[5:] == "12-31":
        return f"in {first[:4]}"
    end = written_date(last)
    kept = 1 if first[:7] == last[:7] else 2 if first[:4] == last[:4] else 3
    return f"between {' '.join(written_date(first).split()[:kept])} and {end}"
