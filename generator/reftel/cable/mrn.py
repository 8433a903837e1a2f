"""MRNs: what a cable is called and cited by, `07MOSCOW4307`: two-digit year, post without blanks, serial without zeros.

A catalogued cable keeps the MRN its catalogue gives it. The canonical form is what all printed forms of it come to,
garbled ones of the catalogue included (`09AMEMBASSYHANOI909`, `08SECTION01OF02CHISINAU976`), so that a reference
finds its cable.
"""

import re

from reftel.cable.posts import POSTS, Posts, four_digits

_PLAIN = re.compile(r"(\d{2})([A-Z]+)([1-9]\d*)")
_TWO_NUMBERS = re.compile(r"([A-Z]+)(\d{3,})([A-Z]+)(\d+)")
_SPACE = re.compile(r"[^A-Z0-9]+")
_LONGEST = 80
"""Characters; an MRN with its garbling is shorter."""
_BEFORE_A_POST = re.compile(
    r"(?:AM|US)?(?:EMBASSY|CONSULATE|CONSUL|MISSION)|EFTO|NOFORN|SIPDIS|(?:[A-Z]*(?:IFIED|DENTIAL|ECRET))"
)
_AFTER_A_POST = re.compile(r"WASH(?:DC|INGTON(?:DC)?)?$")


def canonical_mrn(text: str, year: str | None = None, posts: Posts = POSTS) -> str | None:
    """The canonical MRN that `text` is a printed or garbled form of, or None when it cannot be decided.

    `07MOSCOW4307`, `07 MOSCOW 004307`, `2007 Moscow 4307`, `10-OTTAWA-57`; `Moscow 4307` with `year` ("07" or "2007").
    """
    if len(text) > _LONGEST:
        return None
    if (plain := _PLAIN.fullmatch(text)) and plain[2] in posts.by_id:
        return mrn(plain[1], plain[2], int(plain[3]), posts)
    squeezed = _SPACE.sub("", text.upper())
    if year is not None and not squeezed[:2].isdigit():
        squeezed = year + squeezed
    printed_year, rest = _year_and_rest(squeezed)
    if printed_year is None:
        return None
    serial = re.search(r"(\d+)$", rest)
    if twice := _TWO_NUMBERS.fullmatch(rest):
        # 90STATE255577TOSEC140323 and 06MADRID002583ZFR2585 are known by their first number,
        # 08ACCRA001382SUSPECTEDDUPLICATE1392 by its last
        number, name = twice[4] if "DUPLICATE" in twice[3] else twice[2], twice[1]
    elif serial:
        number, name = serial[1], re.split(r"\d", rest[: serial.start()])[-1]
    else:
        return None
    post = _post(name, posts)
    return mrn(printed_year, post, int(number), posts) if post and 0 < int(number) < 10_000_000 else None


def _year_and_rest(squeezed: str) -> tuple[str | None, str]:
    """`2007MOSCOW4307` → "07", "MOSCOW4307"; `7575LIBREVILLE1895` has its year twice."""
    digits = re.match(r"\d*", squeezed)
    length = len(digits[0]) if digits else 0
    if length >= 4 and (squeezed[:2] in ("19", "20") or squeezed[:2] == squeezed[2:4]):
        return squeezed[2:4], squeezed[4:]
    return (squeezed[:2], squeezed[2:]) if length >= 2 else (None, squeezed)


def _post(name: str, posts: Posts) -> str | None:
    """The post of a name that may have a stray word before or after it: `EFTOATHENS`, `SIFIEDABUJA`, `USDOCWASHDC`."""
    if post := posts.meant(name):
        return post
    if (lead := _BEFORE_A_POST.match(name)) and (post := posts.meant(name[lead.end() :])):
        return post
    return posts.meant(_AFTER_A_POST.sub("", name))


def mrn(year: str, post: str, serial: int, posts: Posts = POSTS) -> str:
    """The MRN of a year ("07", "2007"), a canonical post and a serial, under the name the post had then."""
    return f"{year[-2:]}{posts.in_series(post, four_digits(year), serial)}{serial}"


def split(canonical: str) -> tuple[str, str, int]:
    """`07MOSCOW4307` → ("07", "MOSCOW", 4307). Raises ValueError for what is no canonical MRN."""
    parts = _PLAIN.fullmatch(canonical)
    if not parts:
        raise ValueError(f"no canonical MRN: {canonical!r}")
    return parts[1], parts[2], int(parts[3])


def post_of(canonical: str) -> str | None:
    """The post of an MRN ("MOSCOW"), None for what is none."""
    parts = _PLAIN.fullmatch(canonical)
    return parts[2] if parts else None
