"""A part of an archive: the cables of a thread, a TAG, an origin, a span of time, a list of MRNs.

The part is an archive of its own. The cables that it leaves out and that its own cite, or are cited by, are known to it
still: they are not missing, they are elsewhere.
"""

from collections.abc import Collection

import msgspec

from reftel.archive.archive import Archive, Catalogue, in_order
from reftel.archive.model import Entry
from reftel.problems import Refusal


class Selection(msgspec.Struct, frozen=True):
    """What to take; a cable must fit everything that is named. Dates are "2007", "2007-08" or "2007-08-31", both ends
    included; a cable without a date fits no span.
    """

    thread: str | None = None
    """The MRN of any cable of the thread; of one that stands alone, just that cable."""
    tag: str | None = None
    origin: str | None = None
    since: str | None = None
    until: str | None = None
    mrns: tuple[str, ...] | None = None

    def named(self) -> str:
        """What is taken, for people: "TAGS PREL, from 2007"."""
        words = (
            ("the thread of ", self.thread),
            ("TAGS ", self.tag),
            ("origin ", self.origin),
            ("from ", self.since),
            ("until ", self.until),
            ("", f"{len(self.mrns)} listed cables" if self.mrns is not None and len(self.mrns) != 1 else None),
            ("", self.mrns[0] if self.mrns and len(self.mrns) == 1 else None),
        )
        return ", ".join(before + word for before, word in words if word)


def choose(archive: Archive, selection: Selection) -> tuple[Catalogue, dict[str, Entry]]:
    """The part of `archive` that a selection names, and what it leaves out and still knows, by MRN. Raises Refusal when
    a named cable is not held, or nothing fits.
    """
    listed = _listed(archive, selection)
    chosen = [entry for entry in archive.entries if _fits(entry, selection, listed)]
    if not chosen:
        raise Refusal(f"no cable fits the selection ({selection.named()})")
    mrns = {entry.mrn for entry in chosen}
    twins = {mrn: same for mrn, same in archive.twins.items() if mrn in mrns}
    beside = {mrn for entry in chosen for mrn in entry.cited()}
    beside.update(citer.mrn for entry in chosen for citer in archive.cited_by(entry.mrn))
    left_out = {entry.mrn: entry for entry in archive.entries_of(sorted(beside - mrns))}
    for entry in archive.left_out.values():
        if entry.mrn in beside or not mrns.isdisjoint(entry.cited()):
            left_out[entry.mrn] = entry
    return in_order(chosen, twins), left_out


def _listed(archive: Archive, selection: Selection) -> Collection[str] | None:
    """The MRNs that a selection names one by one or by their thread, None where it names none."""
    for mrn in (*(selection.mrns or ()), *([selection.thread] if selection.thread else ())):
        if archive.get(mrn) is None:
            raise Refusal(f"{mrn}: this archive does not hold that cable")
    listed = None if selection.mrns is None else set(selection.mrns)
    if selection.thread:
        thread = archive.thread(selection.thread)
        members = set(thread.mrns) if thread else {selection.thread}
        listed = members if listed is None else listed & members
    return listed


def _fits(entry: Entry, selection: Selection, listed: Collection[str] | None) -> bool:
    created = entry.created or ""
    return (
        (listed is None or entry.mrn in listed)
        and (not selection.tag or selection.tag.casefold() in (tag.casefold() for tag in entry.tags))
        and (not selection.origin or selection.origin.casefold() == (entry.origin or "").casefold())
        and (not selection.since or (bool(created) and created >= selection.since))
        and (not selection.until or (bool(created) and created[: len(selection.until)] <= selection.until))
    )
