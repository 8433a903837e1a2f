"""`reftel diff OLD NEW`: what happened to the cables between two editions of a site, folders or zips.

The records are compared, cable by cable; those whose bytes are the same are not even decoded. A
paragraph is followed by its anchor. An anchor whose text now stands under another one has moved; one that is nowhere
has vanished: links that were published lead into the void.
"""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from reftel.problems import Refusal
from reftel.publish.copies import open_copy
from reftel.publish.held_records import HeldRecords

FIELDS = ("created", "released", "classification", "origin", "subject", "tags", "refs")
LONGEST = 4000
"""Words of a paragraph up to which single words are compared; a longer one is shown as removed and added."""


class DiffBlock(msgspec.Struct, frozen=True):
    """Of a block, what is compared."""

    kind: str
    text: str
    anchor: str | None = None


class DiffRef(msgspec.Struct, frozen=True):
    """Of a reference, what is compared."""

    text: str
    label: str | None = None
    mrn: str | None = None


class DiffRecord(msgspec.Struct, frozen=True):
    """Of a record, what is compared; editions of any version of the program have it."""

    mrn: str | None = None
    created: str | None = None
    released: str | None = None
    classification: str | None = None
    origin: str | None = None
    subject: str | None = None
    tags: list[str] = []
    refs: list[DiffRef] = []
    redactions: int = 0
    blocks: list[DiffBlock] = []


class FieldChange(msgspec.Struct, frozen=True):
    name: str
    old: str
    new: str


class ParagraphChange(msgspec.Struct, frozen=True):
    """A paragraph that was "added", "removed" or "changed", or that "moved" (the anchor it had, the one it has).

    `words` tells its text as pieces: ("=", kept), ("-", gone), ("+", new).
    """

    what: str
    anchor: str
    now: str = ""
    words: list[tuple[str, str]] = []


class CableChange(msgspec.Struct, frozen=True):
    """A cable whose record is not what it was. `vanished` are anchors that lead nowhere any more."""

    name: str
    subject: str
    moved_from: str = ""
    fields: list[FieldChange] = []
    paragraphs: list[ParagraphChange] = []
    vanished: list[str] = []
    redactions_added: int = 0


class Difference(msgspec.Struct, frozen=True):
    """All that happened; cables by their file's name, which is the MRN."""

    added: list[tuple[str, str]]
    """(name, subject)."""
    withdrawn: list[tuple[str, str]]
    changed: list[CableChange]

    def vanished(self) -> list[str]:
        """Every published address that leads nowhere now: "07MOSCOW4307", "07MOSCOW4307#par4"."""
        gone = [name for name, _ in self.withdrawn]
        return gone + [f"{cable.name}#{anchor}" for cable in self.changed for anchor in cable.vanished]


def diff(old: Path, new: Path) -> Difference:
    """What happened between two editions. Raises Refusal when one of them cannot be read."""
    with open_copy(old) as before, open_copy(new) as after:
        was, now = HeldRecords(before), HeldRecords(after)
        there, here = was.places, now.places
        added = [(name, _subject(decode(now, name))) for name in sorted(here.keys() - there.keys())]
        withdrawn = [(name, _subject(decode(was, name))) for name in sorted(there.keys() - here.keys())]
        both = sorted(there.keys() & here.keys(), key=lambda name: (there[name].file, there[name].line))
        changed = [found for name in both if (found := _changed(was, now, name))]
        changed.sort(key=lambda change: change.name)
    return Difference(added, withdrawn, changed)


def decode(held: HeldRecords, name: str) -> DiffRecord:
    """A record of a copy. Raises Refusal when it is none."""
    try:
        return msgspec.json.decode(held.read(name), type=DiffRecord)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Refusal(f"{held.copy.name}: {held.places[name].file} is no record ({error})") from None


def _subject(record: DiffRecord) -> str:
    return record.subject or "No subject"


def _changed(was: HeldRecords, now: HeldRecords, name: str) -> CableChange | None:
    there, here = was.places[name], now.places[name]
    moved = there.page if there.page != here.page else ""
    if not moved and there.digest == here.digest:
        return None
    change = compare_records(name, decode(was, name), decode(now, name), moved)
    return change if change.moved_from or change.fields or change.paragraphs or change.redactions_added else None


def compare_records(name: str, was: DiffRecord, now: DiffRecord, moved_from: str = "") -> CableChange:
    """The changes from one record of a cable to another."""
    fields = [
        FieldChange(field, _shown(getattr(was, field)), _shown(getattr(now, field)))
        for field in FIELDS
        if getattr(was, field) != getattr(now, field)
    ]
    paragraphs = list(_paragraphs(was, now))
    held = {block.anchor for block in now.blocks}
    vanished = [block.anchor for block in was.blocks if block.anchor and block.anchor not in held]
    more = max(0, now.redactions - was.redactions)
    return CableChange(name, _subject(now), moved_from, fields, paragraphs, vanished, more)


def _shown(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(item.text if isinstance(item, DiffRef) else str(item) for item in value)
    return "" if value is None else str(value)


def _paragraphs(was: DiffRecord, now: DiffRecord) -> Iterator[ParagraphChange]:
    old = {block.anchor: block.text for block in was.blocks if block.anchor}
    new = {block.anchor: block.text for block in now.blocks if block.anchor}
    places = {text: anchor for anchor, text in reversed(new.items()) if text}
    for anchor, text in old.items():
        if new.get(anchor) == text:
            continue
        there = places.get(text)
        if there and old.get(there) != text:
            yield ParagraphChange("moved", anchor, there)
        elif anchor in new:
            yield ParagraphChange("changed", anchor, words=word_changes(text, new[anchor]))
        else:
            yield ParagraphChange("removed", anchor, words=[("-", text)])
    moved = {text for anchor, text in old.items()}
    for anchor, text in new.items():
        if anchor not in old and not (text and text in moved):
            yield ParagraphChange("added", anchor, words=[("+", text)])


def word_changes(old: str, new: str) -> list[tuple[str, str]]:
    """The way from one text to another, word by word."""
    a, b = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    if len(a) > LONGEST or len(b) > LONGEST:
        return [("-", old), ("+", new)]
    pieces: list[tuple[str, str]] = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(("=", "".join(a[i:j])))
            continue
        pieces += [(sign, "".join(words)) for sign, words in (("-", a[i:j]), ("+", b[k:m])) if words]
    return pieces
