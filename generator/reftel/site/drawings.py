"""Which cables and REFs stand in which drawing: from the archive's entries to the marks and arcs of `site.drawing`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from reftel.archive.entries import shortened
from reftel.archive.missing import Missing
from reftel.archive.model import Entry, serial_key, serial_of
from reftel.site import addresses
from reftel.site.axes import Axis, month_axis, year_axis, years_axis
from reftel.site.dates import written_month, written_span
from reftel.site.drawing import SHOWN, Arc, Mark, draw
from reftel.site.frame import Site
from reftel.site.meanings import level

TITLE = 40
"""Characters of a subject in a mark's title."""
MANY, SHORT = 300, 24
"""Marks beyond which a drawing's titles are shorter, so that a month of 1,000 cables stays small."""
EACH = 300
"""An archive or a listing with no more cables than these is drawn cable by cable."""


def thread_drawing(site: Site, page: str, mrns: Sequence[str], name: str, focus: str = "") -> Markup:
    """The cables of a thread and the missing ones they cite, with their REFs; the cable in focus is marked."""
    entries = site.archive.entries_of(mrns)
    marks = [_mark(page, entry) for entry in entries] + [_missing_mark(page, one) for one in _lost(site, entries)]
    return draw(marks, _arcs(site, entries), focus=focus, title=f"The thread of {name}")


def month_drawing(site: Site, page: str, entries: Sequence[Entry], month: str, where: Mapping[str, str]) -> Markup:
    """The cables of a month, in lanes by post; a day of the axis leads to its place on the page that `where` names."""
    axis = month_axis(month, {day: addresses.relative(page, f"{address}#{day}") for day, address in where.items()})
    return _calendar(site, page, entries, axis, written_month(month))


def year_drawing(site: Site, page: str, entries: Sequence[Entry], year: str, months: Iterable[str]) -> Markup:
    """The cables of a year; a month of the axis leads to its page."""
    return _calendar(site, page, entries, year_axis(year, _period_hrefs(page, months)), year)


def years_drawing(site: Site, page: str, entries: Sequence[Entry], years: Sequence[str]) -> Markup:
    """The cables of several years; a year of the axis leads to its page."""
    axis = years_axis(years, _period_hrefs(page, years))
    return _calendar(site, page, entries, axis, "Cables by post", EACH)


def span_drawing(site: Site, page: str, entries: Sequence[Entry], title: str) -> Markup:
    """The cables of a listing, or of a page of it, on the calendar that holds them: a month, a year, several years; ""
    for fewer than two dated ones. What the axis names leads to the timeline, where `page` does not stand.
    """
    days = [entry.created[:10] for entry in entries if entry.created]
    if len(days) < 2:
        return Markup("")
    first, last = min(days), max(days)
    if first[:7] == last[:7]:
        axis = month_axis(first[:7])
    elif first[:4] == last[:4]:
        axis = year_axis(first[:4], _period_hrefs(page, dict.fromkeys(day[:7] for day in days)))
    else:
        axis = _axis_of_years(addresses.root(page), tuple(sorted({day[:4] for day in days})))
    return _calendar(site, page, entries, axis, title, EACH)


@lru_cache(maxsize=1000)
def _axis_of_years(root: str, years: tuple[str, ...]) -> Axis:
    """The axis of these years on pages that lie as deep as `root` says: many listings have the same."""
    return years_axis(years, {year: root + addresses.timeline(year) for year in years})


def _calendar(site: Site, page: str, entries: Sequence[Entry], axis: Axis, title: str, shown: int = SHOWN) -> Markup:
    """Cables on a calendar, with the missing ones they cite: each, or beyond `shown` only how many there are."""
    if len(entries) > shown:
        bare = [Mark(entry.mrn, "", entry.created or "", _post(entry)) for entry in entries]
        return draw(bare, (), axis, title=title, shown=shown)
    length = TITLE if len(entries) <= MANY else SHORT
    marks = [_mark(page, entry, length) for entry in entries]
    lanes = {mark.lane for mark in marks}
    for missing in _lost(site, entries):
        when = _likely(missing, axis)
        if when and serial_key(missing.mrn).post in lanes:
            marks.append(_missing_mark(page, missing, when))
    return draw(marks, _arcs(site, entries), axis, title=title)


def _likely(missing: Missing, axis: Axis) -> str:
    """The day on which a missing cable stands on a calendar; "" where it stands outside, or where all that is known is
    a span longer than the whole calendar: a mark would only pretend to know.
    """
    sent = missing.sent
    known, whole = (
        (date.fromisoformat(last) - date.fromisoformat(first)).days
        for first, last in ((sent.earliest, sent.latest), (axis.start, axis.end))
    )
    return sent.likely if known <= whole and axis.start <= sent.likely < axis.end else ""


def _lost(site: Site, entries: Iterable[Entry]) -> Iterator[Missing]:
    """What some cables' REF lines cite and the archive does not hold."""
    missing = site.archive.missing
    for mrn in dict.fromkeys(ref.mrn for entry in entries for ref in entry.refs if ref.mrn):
        if mrn in missing:
            yield missing[mrn]


def _period_hrefs(page: str, periods: Iterable[str]) -> Mapping[str, str]:
    return {period: addresses.relative(page, addresses.timeline(period)) for period in periods}


def _mark(page: str, entry: Entry, length: int = TITLE) -> Mark:
    return Mark(
        key=entry.mrn,
        href=addresses.relative(page, addresses.cable(entry)),
        when=entry.created or "",
        lane=_post(entry),
        label=_label(entry.mrn),
        title=_title(entry.mrn, entry.subject, length) if entry.subject else entry.mrn,
        class_slug=level(entry.classification).slug,
    )


@lru_cache(maxsize=20_000)
def _label(mrn: str) -> str:
    return str(serial_of(mrn))


@lru_cache(maxsize=20_000)
def _title(mrn: str, subject: str, length: int) -> str:
    """What is said of a cable's mark: it stands in a handful of drawings."""
    return f"{mrn}: {shortened(subject, length)}"


def _missing_mark(page: str, missing: Missing, when: str = "") -> Mark:
    mrn, parts = missing.mrn, serial_key(missing.mrn)
    href = addresses.relative(page, addresses.missing(mrn))
    title = f"{mrn}: not held, likely sent {written_span(missing.sent.earliest, missing.sent.latest)}"
    return Mark(mrn, href, when, lane=parts.post, label=str(parts.serial), title=title, held=False)


def _post(entry: Entry) -> str:
    return entry.post or serial_key(entry.mrn).post


def _arcs(site: Site, entries: Iterable[Entry]) -> list[Arc]:
    """One for each cable that an entry's REF line cites."""
    pairs = dict.fromkeys([(entry.mrn, ref.mrn) for entry in entries for ref in entry.refs])
    missing = site.archive.missing
    return [Arc(citing, cited, cited not in missing) for citing, cited in pairs if cited and cited != citing]
