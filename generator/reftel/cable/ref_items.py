"""The items of a REF line: where each begins, and the letter the author gave it.

Items are lettered `A.` `A)` `(A)` `A.)` `A:` `A -` `[A]` `REF A`, sometimes bare (`A Montreal 365, B Ottawa 406`),
numbered `(1)`, or carry nothing. Letters count only in their order, so that initials and portion marks are none.
Where a later hand put letters before the author's own (`A. A) SECSTATE 54183 B. B) 07 BRASILIA 1868`, 08BRASILIA806),
the author's are the ones the prose uses.
"""

import re
from string import ascii_lowercase, ascii_uppercase

import msgspec

from reftel.cable.posts import POSTS, Posts

_SIGNS = {"‘": "'", "’": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
_CAPITALS = str.maketrans(
    dict(zip(ascii_lowercase, ascii_uppercase, strict=True)) | _SIGNS | dict.fromkeys("\xa0¶\\\n\t", " ")
)
_NOISE = re.compile(r"\bREF(?:ERENCE)?(?:TEL)?(?:\(S\)|S)?\b[.:]?|<BR ?/?>")
_SUBJECT = re.compile(r"(?<=\d)\s*(?:\([^()]{13,}\)|\"[^\"]{8,}\")")
"""What the cited cable is about, after its serial: `HANOI 330 (IDEOLOGY RESURGENT? ...)`; it names nothing."""
_ZERO_FOR_O = re.compile(r"(?<=[A-Z])0(?=[A-Z])|(?<![A-Z\d])0(?=[A-Z]{3})|(?<=[A-Z]{4})0(?= +\d)")
_O_FOR_ZERO = re.compile(r"(?<![A-Z\d])O(?=\d)|(?<=\d)O(?=\d)")
_LABEL = re.compile(
    r"(?<![A-Z\d'/&-])"
    r"(?:[(\[] ?(?P<in>[A-Z]|\d\d?)\.? ?[)\]][.:]?|(?P<out>[A-Z]|\d\d?)(?:\.\)|[.):\]]| -(?= ))|(?P<bare>[A-Z])(?= ))"
    r"(?![A-Z]\.(?! )) *"
)
_CABLE_AHEAD = re.compile(r"\s*(?:'?\d{2,4}[ -]?)?([A-Z]{3,}(?:[ .'-]{1,2}[A-Z]+){0,3})")


class Item(msgspec.Struct, frozen=True, gc=False):
    """One item: its text stands at `[start, end)` of the field."""

    label: str | None
    start: int
    end: int


class _Letter(msgspec.Struct, frozen=True, gc=False):
    """A place that looks like an item's letter. `start` is where it begins, `text` where the item's text begins."""

    label: str
    start: int
    text: int
    sure: bool
    """With a sign of its own, and not like an initial."""


def capitals(text: str) -> str:
    """The field in capitals, as long as it was: `REF` and subjects blanked, `0TTAWA` and `O4` put right."""
    plain = text.translate(_CAPITALS)
    if "REF" in plain or "<" in plain:
        plain = _NOISE.sub(lambda found: " " * len(found[0]), plain)
    if "(" in plain or '"' in plain:
        plain = _SUBJECT.sub(lambda found: " " * len(found[0]), plain)
    if "0" in plain:
        plain = _ZERO_FOR_O.sub("O", plain)
    return _O_FOR_ZERO.sub("0", plain) if "O" in plain else plain


def items(plain: str, posts: Posts = POSTS) -> list[Item]:
    """The items of a field in `capitals`, in order. Text before the first letter is an item without one."""
    letters = _candidates(plain, posts)
    numbered = bool(letters) and letters[0].label == "1" and not plain[: letters[0].start].strip()
    chosen = _in_order(_authors_own([letter for letter in letters if letter.label.isdigit() == numbered]))
    if not chosen:
        return [Item(None, 0, len(plain))]
    ends = [letter.start for letter in chosen[1:]] + [len(plain)]
    found = [Item(letter.label, letter.text, end) for letter, end in zip(chosen, ends, strict=True)]
    lead = plain[: chosen[0].start].strip(" .,;:-")
    return [Item(None, 0, chosen[0].start), *found] if lead else found


def _candidates(plain: str, posts: Posts) -> list[_Letter]:
    found = []
    for match in _LABEL.finditer(plain):
        label = match["in"] or match["out"] or match["bare"]
        before = plain[max(0, match.start() - 2) : match.start()].rstrip()
        initial = match["in"] is None and "." in match[0] and before[-1:].isalpha()
        sure = match["bare"] is None and not initial
        if not sure and (ahead := _CABLE_AHEAD.match(plain, match.end())):
            sure = _names_a_post(ahead[1], posts)
        found.append(_Letter(label, match.start(), match.end(), sure))
    return found


def _names_a_post(words: str, posts: Posts) -> bool:
    parts = re.split(r"[ .'-]+", words)
    return any(posts.spelled("".join(parts[:n])) for n in range(1, len(parts) + 1))


def _authors_own(letters: list[_Letter]) -> list[_Letter]:
    """Of two letters with nothing between them the second, beginning where the first did."""
    own: list[_Letter] = []
    for letter in letters:
        if own and own[-1].text == letter.start and letter.sure:
            letter = _Letter(letter.label, own.pop().start, letter.text, True)
        own.append(letter)
    return own


def _in_order(letters: list[_Letter]) -> list[_Letter]:
    """The letters that count on from A (or numbers from 1). A sure one may come twice, or after a missing one."""
    last_seen = {letter.label: index for index, letter in enumerate(letters)}
    chosen: list[_Letter] = []
    for index, letter in enumerate(letters):
        place = _place(letter.label)
        if not chosen:
            step = 1 if place == 1 or (place == 2 and letter.sure) else 0
            fits = step == 1
        else:
            step = place - _place(chosen[-1].label)
            fits = step == 1 or (step in (0, 2) and letter.sure)
        if fits and (letter.sure or last_seen[letter.label] == index):
            chosen.append(letter)
    return chosen if len(chosen) > 1 or (chosen and chosen[0].sure) else []


def _place(label: str) -> int:
    return int(label) if label.isdigit() else ord(label) - ord("A") + 1
