"""Entries as they lie in memory: what many of them say alike is there once."""

from sys import intern

from msgspec.structs import force_setattr

from reftel.archive.model import Entry, EntryRef, Pointing

Captions = dict[tuple[str, ...], list[str]]
"""The lists of captions there are."""

_ALIKE = ("released", "classification", "origin", "post", "signature", "anchors")
_NO_REFS: list[EntryRef] = []
_NO_MENTIONS: list[Pointing] = []


def share(entry: Entry, captions: Captions) -> Entry:
    """An entry that has just been decoded, and that nobody else holds yet, with its repeated words and lists exchanged
    for those of the entries before it: a third smaller so. `captions` are taken from there, or go there.
    """
    for name in _ALIKE:
        if value := getattr(entry, name):
            force_setattr(entry, name, intern(value))
    entry.tags[:] = map(intern, entry.tags)
    force_setattr(entry, "captions", captions.setdefault(tuple(entry.captions), entry.captions))
    for ref in entry.refs:
        force_setattr(ref, "captions", captions.setdefault(tuple(ref.captions), ref.captions))
    for pointing in entry.mentions:
        force_setattr(pointing, "anchor", intern(pointing.anchor))
    if not entry.refs:
        force_setattr(entry, "refs", _NO_REFS)
    if not entry.mentions:
        force_setattr(entry, "mentions", _NO_MENTIONS)
    return entry
