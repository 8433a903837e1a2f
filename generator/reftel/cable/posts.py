"""Posts: the places cables come from, by the many ways their names are printed.

A post is known by one canonical name, capitals without blanks (`MOSCOW`, `RIODEJANEIRO`). Cables print it with
blanks, hyphens and apostrophes (`PORT-AU-PRINCE`, `N'DJAMENA`), abbreviated (`RIO`, `CASA`), cut to the ten
characters of a page line (`PORT AU PR`), or misspelled (`TALLIN`). `vocabulary/posts.csv` holds the names and
abbreviations; cuts and slips of one letter are recognised here, and only when exactly one post is meant.

Columns of the CSV: `post` (canonical), `name` (as an origin is printed), `station` (the routing indicator, where
known), `spellings` (other printed forms, separated by `|`), `successor` and `until`: the post that took over the
name's series, and the last year (`06`) or year and serial (`06 3950`) of the old name.
"""

import csv
import re
from functools import lru_cache

import msgspec

from reftel.cable.vocabulary import read_rows

COLUMNS = ("post", "name", "station", "spellings", "successor", "until")
_LETTERS = re.compile(r"[^A-Z]+")
_CUT = 5
"""The fewest letters of a name that is cut short: `VATIC`, `PORT A`."""
_SLIP = 5
"""The fewest letters in which any slip is recognised; in shorter words only a letter left out (`BAU` for BAKU)."""
_NOT_POSTS = frozenset(("MARCH", "APRIL", "PART", "SECT", "POINTS", "REPORT", "DATED", "OTHER", "FRENCH", "NATIONAL"))
"""Words of the REF line that are near a post's name, or begin one, and never mean it."""


class Post(msgspec.Struct, frozen=True):
    """One row of the vocabulary."""

    id: str
    name: str
    station: str | None
    spellings: tuple[str, ...]
    successor: str | None
    until: tuple[int, int] | None
    """The last (year of four digits, serial) of this name; serial 0: the year in which both names are in use."""


class Posts(msgspec.Struct, frozen=True, eq=False):
    """The vocabulary, ready for look-up. Two are the same where they are one: so what a name means can be kept."""

    by_id: dict[str, Post]
    by_spelling: dict[str, str]
    """Letters of any known form → canonical post."""
    former: dict[str, str]
    """Post → the post whose series it took over."""
    by_length: dict[int, list[str]]
    last_words: frozenset[str]
    """The words a printed name may end in, in capitals: where prose names a post, one of them stands before the number.
    """

    def spelled(self, words: str) -> str | None:
        """The post that `words` (any case, blanks, hyphens) is a known form of."""
        return self.by_spelling.get(letters(words))

    def meant(self, words: str) -> str | None:
        """The post that `words` means, allowing a cut or one slip; None when none is meant, or one of several."""
        key = letters(words)
        if known := self.by_spelling.get(key):
            return known
        return _nearly(self, key) if 3 <= len(key) <= 20 and key not in _NOT_POSTS else None

    def near(self, key: str) -> list[str]:
        """The names of which `key` is a cut or has one slip."""
        cut = [name for name in self.by_id if name.startswith(key)] if len(key) >= _CUT else []
        lengths = (len(key) - 1, len(key), len(key) + 1) if len(key) >= _SLIP else (len(key) + 1,)
        first, last = key[0], key[-1]  # of which a slip leaves one as it was
        return cut + [
            name
            for n in lengths
            for name in self.by_length.get(n, ())
            if (name[0] == first or name[-1] == last) and one_slip(key, name)
        ]

    def in_series(self, post: str, year: int, serial: int) -> str:
        """The name under which `post` numbered its cables then: `KIEV` until 06 3950, `KYIV` after it."""
        row = self.by_id.get(post)
        if row and row.successor and row.until and _after(year, serial, row.until):
            return row.successor
        former = self.by_id.get(self.former.get(post, ""))
        if former and former.until and _not_after(year, serial, former.until):
            return former.id
        return post


@lru_cache(maxsize=4096)
def _nearly(posts: Posts, key: str) -> str | None:
    """The one post that `key` nearly names; kept, for all names are looked at."""
    near = {posts.by_spelling[name] for name in posts.near(key)}
    return near.pop() if len(near) == 1 else None


def _after(year: int, serial: int, until: tuple[int, int]) -> bool:
    return year > until[0] or (year == until[0] and 0 < until[1] < serial)


def _not_after(year: int, serial: int, until: tuple[int, int]) -> bool:
    return year < until[0] or (year == until[0] and serial <= until[1])


def letters(words: str) -> str:
    """Capitals only: `Port-au-Prince` → `PORTAUPRINCE`."""
    return _LETTERS.sub("", words.upper())


def one_slip(printed: str, name: str) -> bool:
    """Whether `printed` is `name` with one letter wrong, more or less, two swapped, or two garbled to Q (`QXICO`)."""
    end = min(len(printed), len(name))
    head = 0
    while head < end and printed[head] == name[head]:
        head += 1
    tail = 0
    while tail < end - head and printed[-1 - tail] == name[-1 - tail]:
        tail += 1
    wrong, right = printed[head : len(printed) - tail], name[head : len(name) - tail]
    return (
        (len(wrong) <= 1 and len(right) <= 1)
        or (len(wrong) == 2 and wrong == right[::-1])
        or (wrong == "Q" and len(right) == 2)
    )


def read_posts() -> Posts:
    """The vocabulary of `vocabulary/posts.csv`."""
    return _ready([_post(row) for row in read_rows("posts.csv")])


@lru_cache(maxsize=1)
def with_own_posts(text: str) -> Posts:
    """The vocabulary with an archive's own posts before it, made once: `text` is a CSV of the same columns.

    Raises BadPosts with the line that is wrong.
    """
    reader = csv.DictReader(text.splitlines(), strict=True)
    own: list[Post] = []
    try:
        if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
            raise BadPosts(1, f"the column {missing[0]} is missing; the first line names {','.join(COLUMNS)}")
        for row in reader:
            own.append(_own_post(row, reader.line_num))
    except csv.Error as error:
        raise BadPosts(reader.line_num, f"not valid CSV ({error})") from None
    names = {post.id for post in own}
    return _ready([post for post in POSTS.by_id.values() if post.id not in names] + own)


class BadPosts(ValueError):
    """A row of an archive's own posts that cannot be used: `line` of the file, and why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def _own_post(row: dict[str, str], line: int) -> Post:
    if None in row or None in row.values():
        raise BadPosts(line, f"the row has not {len(COLUMNS)} columns")
    if not row["post"] or letters(row["post"]) != row["post"]:
        raise BadPosts(line, f"post {row['post']!r} must be capitals without blanks, as in an MRN")
    if not re.fullmatch(r"(\d{2}|\d{4})( \d+)?|", row["until"]):
        raise BadPosts(line, f"until {row['until']!r} must be a year, or a year and a serial: 06 or 06 3950")
    return _post(row)


def _ready(rows: list[Post]) -> Posts:
    by_spelling = {letters(form): row.id for row in rows for form in row.spellings}
    by_spelling.update({row.id: row.id for row in rows})
    by_length: dict[int, list[str]] = {}
    for name in by_spelling:
        by_length.setdefault(len(name), []).append(name)
    former = {row.successor: row.id for row in rows if row.successor}
    forms = (form for row in rows for form in (*row.spellings, row.name, row.id))
    last_words = frozenset(re.split(r"[ .'-]+", form.upper())[-1] for form in forms)
    return Posts({row.id: row for row in rows}, by_spelling, former, by_length, last_words)


def _post(row: dict[str, str]) -> Post:
    until = None
    if row["until"]:
        year, _, serial = row["until"].partition(" ")
        until = (four_digits(year), int(serial or 0))
    spellings = tuple(filter(None, row["spellings"].split("|")))
    return Post(row["post"], row["name"], row["station"] or None, spellings, row["successor"] or None, until)


def four_digits(year: str) -> int:
    """`06` → 2006, `72` → 1972: cables of this genre run from 1966 to 2010 (so 30–99 are of the last century)."""
    number = int(year)
    if number > 99:
        return number
    return number + (1900 if number >= 30 else 2000)


POSTS = read_posts()
