"""Which cables and REFs stand in which drawing: from the archive's entries to the marks and arcs of `site.drawing`."""

from collections.abc import Iterable, Mapping, Sequence

from markupsafe import Markup

from reftel.archive.catalogue import shortened
from reftel.archive.missing import Missing
from reftel.archive.model import Entry, serial_key
from reftel.site import addresses
from reftel.site.axes import month_axis, year_axis, years_axis
from reftel.site.dates import written_month, written_span
from reftel.site.drawing import Arc, Mark, draw
from reftel.site.frame import Site
from reftel.site.meanings import level

TITLE = 40
"""Characters of a subject in a mark's title."""


def thread_drawing(site: Site, page: str, mrns: Sequence[str], name: str, focus: str = "") -> Markup:
    """The cables of a thread and the missing ones they cite, with their REFs; the cable in focus is marked."""
    entries = site.archive.entries_of(mrns)
    cited = dict.fromkeys(ref.mrn for entry in entries for ref in entry.refs if ref.mrn in site.archive.missing)
    missing = [site.archive.missing[mrn] for mrn in cited if mrn]
    marks = [_mark(page, entry) for entry in entries] + [_missing_mark(page, one) for one in missing]
    return draw(marks, _arcs(entries), focus=focus, title=f"The thread of {name}")


def month_drawing(page: str, entries: Sequence[Entry], month: str, where: Mapping[str, str]) -> Markup:
    """The cables of a month, in lanes by post; a day of the axis leads to its place on the page that `where` names."""
    axis = month_axis(month, {day: addresses.relative(page, f"{address}#{day}") for day, address in where.items()})
    return draw([_mark(page, entry) for entry in entries], _arcs(entries), axis, title=written_month(month))


def year_drawing(page: str, entries: Sequence[Entry], year: str, months: Iterable[str]) -> Markup:
    """The cables of a year; a month of the axis leads to its page."""
    axis = year_axis(year, _period_hrefs(page, months))
    return draw([_mark(page, entry) for entry in entries], _arcs(entries), axis, title=year)


def years_drawing(page: str, entries: Sequence[Entry], years: Sequence[str]) -> Markup:
    """The cables of several years; a year of the axis leads to its page."""
    axis = years_axis(years[0], years[-1], _period_hrefs(page, years))
    return draw([_mark(page, entry) for entry in entries], _arcs(entries), axis, title="Timeline")


def span_drawing(page: str, entries: Sequence[Entry], title: str) -> Markup:
    """Some cables of a listing on the calendar that holds them: a month, a year, several years; "" for fewer than two
    dated ones. What the axis names leads to the timeline.
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
        axis = years_axis(first[:4], last[:4], _period_hrefs(page, dict.fromkeys(day[:4] for day in days)))
    return draw([_mark(page, entry) for entry in entries], _arcs(entries), axis, title=title)


def _period_hrefs(page: str, periods: Iterable[str]) -> Mapping[str, str]:
    return {period: addresses.relative(page, addresses.timeline(period)) for period in periods}


def _mark(page: str, entry: Entry) -> Mark:
    parts = serial_key(entry.mrn)
    return Mark(
        key=entry.mrn,
        href=addresses.relative(page, addresses.cable(entry)),
        when=entry.created or "",
        lane=entry.post or parts.post,
        label=str(parts.serial),
        title=f"{entry.mrn}: {shortened(entry.subject, TITLE)}" if entry.subject else entry.mrn,
        class_slug=level(entry.classification).slug,
    )


def _missing_mark(page: str, missing: Missing) -> Mark:
    mrn, parts = missing.mrn, serial_key(missing.mrn)
    href = addresses.relative(page, addresses.missing(mrn))
    title = f"{mrn}: not held, likely sent {written_span(missing.sent.earliest, missing.sent.latest)}"
    return Mark(mrn, href, lane=parts.post, label=str(parts.serial), title=title, held=False)


def _arcs(entries: Iterable[Entry]) -> list[Arc]:
    """One for each cable that an entry's REF line cites."""
    pairs = dict.fromkeys((entry.mrn, ref.mrn) for entry in entries for ref in entry.refs)
    return [Arc(citing, cited) for citing, cited in pairs if cited and cited != citing]
