"""The officer of a `Classified By` line: which words are the name, and which the title.

Title first is the older habit (`Acting Deputy Chief of Mission Marc Wall`), name first the one of 2009 and later
(`Rose E. Gottemoeller, Assistant Secretary, VCI`). Which words are of a title or a place is vocabulary
(name_words.csv, posts.csv); the name is what stands before a comma or at the end and is neither.
"""

import re
from functools import lru_cache

from reftel.cable.posts import POSTS
from reftel.cable.vocabulary import read_rows

_WORDS = {row["word"]: row["kind"] for row in read_rows("name_words.csv")}
TITLES = frozenset(word for word, kind in _WORDS.items() if kind == "title")
WORD = re.compile(r"[^\W\d_][\w.'’`-]*|\d\.|\([^()]*\)|[,:;/&(-]")
BREAKS = frozenset(",:;/&(-")
OFFICE = re.compile(r"(?:POL|ECON?|MIN|COUNS(?:ELOR)?|MIL|OFF|MC|AD|CHIEF|AMB|DEP|EMB|CON|GEN|CULT|LEG)+")
"""A post's short words run together: PolMC, EconMinCouns."""
INITIALS = re.compile(r"(?:\w\.){1,3}\w?\.?")
REDACTED = re.compile(r"X{4,}", re.I)
JUNIOR = re.compile(r"\b[JS]r$", re.I)
NO_NAME = frozenset(("title", "place", "suffix", "initial"))


@lru_cache(maxsize=8192)
def name_and_title(who: str) -> tuple[str | None, str | None]:
    """ "DCM Liz Dibble" → ("Liz Dibble", "DCM"); the name is None where none is printed or it is redacted.

    Kept, for the officers of a post sign one cable after another.
    """
    words = [word for word in WORD.finditer(who) if word.group()[0] != "(" or len(word.group()) == 1]
    span = None if REDACTED.search(who) else _name(words)
    if not span:
        return None, who.strip(" ,") or None
    start, end = words[span[0]].start(), words[span[1] - 1].end()
    name = " ".join(who[start:end].split()).rstrip(".")
    if JUNIOR.search(name):
        name += "."
    rest = [who[:start].strip(" ,:;/-"), who[end:].strip(" ,.:;/-")]
    return name, ", ".join(part for part in rest if part).replace(", (", " (") or None


def _name(words: list[re.Match[str]]) -> tuple[int, int] | None:
    """The indexes of the name's words: of the stretches between commas and the like, the first that ends in a name."""
    kinds = [kind_of_word(word.group()) for word in words]
    stretches: list[tuple[int, int]] = []
    start = 0
    for i in range(len(words) + 1):
        if i == len(words) or kinds[i] == "break":
            if start < i:
                stretches.append((start, i))
            start = i + 1
    names = [name for stretch in stretches if (name := _trailing_name(words, kinds, stretch))]
    whole = next((name for name in names if name[1] - name[0] > 1), None) or _surname(words, kinds, names)
    return (whole[0], _with_suffix(words, kinds, whole[1])) if whole else None


def _trailing_name(words: list[re.Match[str]], kinds: list[str], stretch: tuple[int, int]) -> tuple[int, int] | None:
    """From the stretch's end, past what is no name: the last name and its given names."""
    first, end = stretch
    while end > first and kinds[end - 1] in NO_NAME and not (end - 1 > first and _is_surname(words, kinds, end - 1)):
        end -= 1
    if end == first:
        return None
    start = end - 1
    while start > first and kinds[start - 1] == "particle":
        start -= 1
    given = 0
    while start > first and given < 3:
        if kinds[start - 1] == "initial" and not _is_office(words, start - 1):
            start -= 1
        elif _may_be_given(words[start - 1].group(), kinds[start - 1], given):
            start -= 1
            given += 1
        else:
            break
    return start, end


def _may_be_given(word: str, kind: str, given: int) -> bool:
    """Whether a word goes before the given names so far: a second one if written as a name ("Sylvia Reed Curran")."""
    return kind == "given" or (kind == "name" and (given == 0 or (given == 1 and word[1:].islower())))


def _is_surname(words: list[re.Match[str]], kinds: list[str], index: int) -> bool:
    """Whether a place's or title's word makes a name with the one before it: `William Jordan`, `Adam Center`."""
    before, word = kinds[index - 1], words[index - 1].group()
    named = before == "given" or (before == "name" and len(word) > 2 and word[1:].islower())
    return named and kinds[index] in ("place", "title")


def _surname(words: list[re.Match[str]], kinds: list[str], names: list[tuple[int, int]]) -> tuple[int, int] | None:
    """A last name alone ("Ambassador Ricciardone"), or before a given name: `Martinez, Vilma, Ambassador`."""
    alone = [name for name in names if kinds[name[0]] == "name" and len(words[name[0]].group()) > 3]
    if not alone:
        return None
    start, end = alone[0]
    if start == 0 and kinds[1:4] == ["break", "name", "break"] and words[1].group() == ",":
        return 0, 3
    return start, end


def _is_office(words: list[re.Match[str]], index: int) -> bool:
    """Whether a single letter is a part of an office ("A/DCM", "E/P")."""
    return any(0 <= i < len(words) and words[i].group() in "/&-" for i in (index - 1, index + 1))


def _with_suffix(words: list[re.Match[str]], kinds: list[str], end: int) -> int:
    """The end of the name with "Jr." or "III" behind it."""
    after = end + 1 if end < len(words) and words[end].group() == "," else end
    return after + 1 if after < len(words) and kinds[after] == "suffix" else end


@lru_cache(maxsize=8192)
def kind_of_word(word: str) -> str:
    """ "title", "place", "given", "particle", "suffix", "initial", "break" or, of what is in no list, "name"."""
    if word in BREAKS:
        return "break"
    plain = word.strip(".'`’-").replace("’", "'").upper()
    if kind := _WORDS.get(plain):
        return kind
    if len(plain) == 1 or INITIALS.fullmatch(word):
        return "initial"
    if plain in POSTS.by_id:
        return "place"
    parts = [_WORDS.get(part) for part in plain.split("-")]
    hyphened = len(parts) > 1 and all(part in ("title", "place") for part in parts)
    return "title" if hyphened or OFFICE.fullmatch(plain) or _misspelt_title(plain) else "name"


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _near_titles() -> dict[str, list[str]]:
    """Titles of seven letters and more, by each form with one letter left out."""
    near: dict[str, list[str]] = {}
    for title in sorted(title for title in TITLES if len(title) > 6):
        for form in (title, *sorted(_deletions(title))):
            near.setdefault(form, []).append(title)
    return near


_NEAR_TITLES = _near_titles()


def _misspelt_title(word: str) -> bool:
    """Whether a long word is a title but for one letter, or for two neighbours exchanged ("Ambassadro", "Counseor")."""
    if not 5 < len(word) < 30:
        return False
    return any(_one_slip(word, title) for near in (word, *_deletions(word)) for title in _NEAR_TITLES.get(near, ()))


def _one_slip(word: str, title: str) -> bool:
    """Whether two words differ by one letter, or by two neighbours exchanged."""
    length = min(len(word), len(title))
    at = next((i for i in range(length) if word[i] != title[i]), length)
    one, other = word[at:], title[at:]
    exchanged = one[2:] == other[2:] and one[:2] == other[:2][::-1]
    return exchanged or one[1:] == other[1:] or one == other[1:] or one[1:] == other
