"""Serial gaps in the list of a post: "3 serials between these two are not held"."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from reftel.archive.missing import Missing
from reftel.archive.model import Entry, group_of, serial_of
from reftel.site import addresses
from reftel.site.contexts import Gap, Link
from reftel.site.frame import Site

NAMED = 4
"""Cited ones of a gap that are named one by one."""


def gaps(site: Site, page: str, entries: Sequence[Entry]) -> Iterator[Gap | None]:
    """For each row of a page of a post's list, what is not held before it; None where nothing is missing.

    Rows stand in the order of time, serials nearly so: where the next lower serial that is held is not the row above,
    it is named.
    """
    above = ""
    for entry in entries:
        yield _gap(site, page, entry, above)
        above = entry.mrn


def _gap(site: Site, page: str, entry: Entry, above: str) -> Gap | None:
    gap = site.archive.serials.gap_before(entry.mrn)
    if not gap:
        return None
    serials, are = ("serials", "are") if gap.size > 1 else ("serial", "is")
    which = "these two" if gap.after == above else f"{gap.after} and the next"
    cited = _cited_between(site, gap.after, entry.mrn)
    return Gap(f"{gap.size:,} {serials} between {which} {are} not held", tuple(_links(page, cited)))


def _cited_between(site: Site, after: str, before: str) -> Sequence[Missing]:
    found = site.missing.get(group_of(before), ())
    low = bisect_right(found, serial_of(after), key=_serial)
    return found[low : bisect_left(found, serial_of(before), low, key=_serial)]


def _serial(missing: Missing) -> int:
    return serial_of(missing.mrn)


def _links(page: str, cited: Sequence[Missing]) -> Iterator[Link]:
    if len(cited) > NAMED:
        yield Link(addresses.relative(page, addresses.missing(cited[0].mrn)), f"{len(cited)} of them")
        return
    for missing in cited:
        yield Link(addresses.relative(page, addresses.missing(missing.mrn)), missing.mrn)
