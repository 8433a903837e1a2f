"""Classification and handling: the word above the text, its sections, and the captions under it.

The classification line opens the body: `C O N F I D E N T I A L SECTION 01 OF 02 MOSCOW 004307`. It is often spaced,
sometimes lower-cased (88BAGHDAD28: `S e c r e t state 068250`), and a few lost their first letter (07SANAA473:
`E C R E T SANAA 000473`).
"""

import re
from functools import lru_cache

import msgspec

from reftel.cable.model import Sections
from reftel.cable.posts import POSTS
from reftel.cable.vocabulary import names, read_rows

CLASSIFICATIONS: tuple[str, ...] = tuple(
    sorted((row["word"] for row in read_rows("classifications.csv")), key=lambda word: (-len(word), word))
)
"""The words of the metadata line, longest first."""

CAPTIONS: dict[str, str] = {
    name: row["caption"] for row in read_rows("captions.csv") for name in (row["caption"], *names(row["aliases"]))
}
"""A caption by each of its spellings."""

CAPTION_SIGNS = " \t,;/"
CAPTION_STARTS = frozenset(name[:3] for name in CAPTIONS)

_SPACED = r"[A-Z]{1,2}(?:[ ]{1,2}[A-Z]{1,2}(?=[ ]{1,2}[A-Z](?![A-Z])))*[ ]{1,2}[A-Z](?![A-Z])"
_WORD = rf"{_SPACED}|U?NCLAS(?:SIFIED)?|C?ONFIDENTIAL|S?ECRET|TOP[ ]SECRET|LIMITED[ ]OFFICIAL[ ]USE"
_TAIL = r"NOFORN|N[ ]O[ ]F[ ]O[ ]R[ ]N|FOUO|SBU|FOR[ ]OFFICIAL[ ]USE[ ]ONLY|SENSITIVE|NODIS|EXDIS|LIMDIS"
CLASSIFICATION_LINE = re.compile(
    rf"""[ \t]*+(?P<word>{_WORD})
    (?P<tail>[ ]?/[ ]?/?[ ]?(?:{_TAIL})(?:/\w+)*)?
    (?:[ ]+(?:FINAL[ ]+)?SECTION[ ]+(?P<section>\d{{1,3}})[ ]+OF[ ]+(?P<sections>\d{{1,3}}))?
    (?:[ ]+(?P<post>[A-Z][A-Z .'/-]{{1,40}}?)[ ]+(?P<serial>\d{{3,6}})(?![\d/]))?""",
    re.X | re.I | re.A,
)
_WORD_STARTS = frozenset(("UNC", "NCL", "CON", "ONF", "SEC", "ECR", "TOP", "LIM"))
"""The first letters of the words that are not spaced."""
SPELLED = {
    "CONFIDENTIAL": "CONFIDENTIAL",
    "SECRET": "SECRET",
    "UNCLAS": "UNCLASSIFIED",
    "UNCLASSIFIED": "UNCLASSIFIED",
    "TOPSECRET": "TOP SECRET",
    "LIMITEDOFFICIALUSE": "LIMITED OFFICIAL USE",
    "RESTRICTED": "RESTRICTED",
}
LONGEST_SPELLED = 1 + max(map(len, SPELLED))
CAPTION = re.compile(r"[ \t,;/]*[^ \t,;/]+(?:[ \t]+[^ \t,;/]+){0,5}")
WORD = re.compile(r"[ \t,;/]*[^ \t,;/]+")
LONGEST_CAPTIONS = 120


class ClassificationLine(msgspec.Struct, frozen=True, gc=False):
    """What the classification line says. `end` is where it ends in the line's text; `post` and `serial` as printed."""

    word: str
    captions: list[str]
    sections: Sections | None
    post: str | None
    serial: str | None
    end: int


@lru_cache(maxsize=16)
def read_classification_line(line: str) -> ClassificationLine | None:
    """The classification that a line begins with, or None. A line that says no more than the word is one, too.

    Kept for a moment: the header asks whether the body begins with a line, then the preamble reads it.
    """
    first = line.lstrip(" \t")[:3]
    may_be = " " in first or first.upper() in _WORD_STARTS
    found = CLASSIFICATION_LINE.match(line) if may_be else None
    word = spelled_out(found["word"]) if found else None
    if not found or not word:
        return _read_scattered(line)
    if not _is_marking(found):
        return None
    rest = line[found.end() :]
    if not found["serial"] and not found["section"] and not found["tail"] and rest.strip() and not caption_words(rest):
        return None
    sections = Sections(int(found["section"]), int(found["sections"])) if found["section"] else None
    captions = [CAPTIONS[name] for name in _tail_names(found["tail"]) if name in CAPTIONS] if found["tail"] else []
    post = " ".join(found["post"].upper().split()) if found["post"] else None
    return ClassificationLine(word, captions, sections, post, found["serial"], found.end())


def _read_scattered(line: str) -> ClassificationLine | None:
    """A whole classification line but for the blanks in its word, or one letter too many.

    `C ONFIDENTIAL SECTION 01 OF 03 BAKU 000744` (09BAKU744), `CSE C R E T SECTION ...` (09MOSCOW1108).
    """
    if not line.rstrip()[-1:].isdigit():
        return None
    letters = ""
    for word in WORD.finditer(line, 0, LONGEST_CAPTIONS):
        letters += word.group().strip().upper()
        if len(letters) > LONGEST_SPELLED or not letters.isalpha():
            return None
        if letters in SPELLED or letters[1:] in SPELLED:
            mended = read_classification_line((SPELLED.get(letters) or SPELLED[letters[1:]]) + line[word.end() :])
            if mended and mended.serial and len(mended.serial) > 3:
                return msgspec.structs.replace(mended, end=len(line.rstrip()))
    return None


def _is_marking(found: re.Match[str]) -> bool:
    """Whether it is no prose: spaced, the telex word UNCLAS, capitals with a known post or a serial like `000886`."""
    word, post, serial = found["word"], found["post"], found["serial"]
    if word[1:2] == " " or word[2:3] == " ":
        return True
    if word != word.upper():
        return False
    return word == "UNCLAS" or not serial or serial[0] == "0" or len(serial) > 4 or POSTS.spelled(post) is not None


def spelled_out(word: str) -> str | None:
    """ "C O N F I D E N T I A L" → "CONFIDENTIAL"; also of a word that lost its first letters or has one twice."""
    letters = word.upper().replace(" ", "")
    if letters in SPELLED:
        return SPELLED[letters]
    if len(letters) < 4:
        return None
    for whole, plain in SPELLED.items():
        if whole.endswith(letters) or (letters.endswith(whole) and len(letters) == len(whole) + 1):
            return plain
    return None


def caption_words(line: str) -> list[str]:
    """The captions of a line that holds nothing else: "NOFORN SIPDIS" → both; [] when anything else stands in it."""
    if len(line) > LONGEST_CAPTIONS or line.strip(CAPTION_SIGNS)[:3].upper() not in CAPTION_STARTS:
        return []
    return list(_captions_alone(line))


@lru_cache(maxsize=1024)
def _captions_alone(line: str) -> tuple[str, ...]:
    """The same, kept: such lines are few, and stand in every cable."""
    captions, at = leading_captions(line, 0)
    return tuple(captions) if not line[at:].strip(CAPTION_SIGNS) else ()


def leading_captions(line: str, at: int) -> tuple[list[str], int]:
    """The captions that follow each other from `at` on, and the offset at which the last of them ends."""
    captions: list[str] = []
    while found := CAPTION.match(line, at):
        words = found.group().upper().strip(CAPTION_SIGNS).split()
        name = next((name for size in range(len(words), 0, -1) if (name := " ".join(words[:size])) in CAPTIONS), None)
        if name is None:
            break
        captions.append(CAPTIONS[name])
        at = _after_words(line, at, len(name.split()))
    return captions, at


def _after_words(line: str, at: int, count: int) -> int:
    """The offset behind so many words from `at` on."""
    for _ in range(count):
        word = WORD.match(line, at)
        at = word.end() if word else at
    return at


def _tail_names(tail: str) -> list[str]:
    spaced = re.sub(r"(?<=\b[A-Z]) (?=[A-Z]\b)", "", tail.upper())
    return [part.strip() for part in spaced.split("/") if part.strip()]
