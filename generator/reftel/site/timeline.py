"""The timeline: an overview of the years, a page for each year and each month; every cable with its REF links to
earlier and later ones.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from markupsafe import Markup

from reftel.archive.model import Entry
from reftel.site import addresses
from reftel.site.cards import card, date_of, held_card
from reftel.site.chart import chart, new_bar
from reftel.site.contexts import Bar, Link, TimelineDay, TimelinePage, TimelineRow
from reftel.site.dates import written_day, written_month
from reftel.site.drawings import month_drawing, year_drawing, years_drawing
from reftel.site.frame import Site, frame
from reftel.site.listings import UNDATED

MONTH_PAGE = 350
"""Cables on one page of a month."""
SHOWN_IN_YEAR = 100
"""A year with no more cables than these shows them all; others show their months."""


def overview(site: Site) -> tuple[str, TimelinePage]:
    """All years, and the undated cables: they have their own place and are never dropped."""
    page = addresses.TIMELINE
    years = periods(site, 4)
    undated = site.listings["date"].get(UNDATED)
    entries = site.archive.entries_of(undated.mrns if undated else ())
    dated = [entry for entry in site.archive.entries if entry.created]
    more = (
        (Link(addresses.relative(page, addresses.listing("date", UNDATED)), "Undated", str(len(entries))),)
        if entries
        else ()
    )
    bars = tuple(bar(site, page, year, found) for year, found in years.items())
    return page, TimelinePage(
        frame=frame(
            site, page, "Timeline", "timeline", "Timeline", description="All cables in the order they were sent."
        ),
        title="Timeline",
        bars=bars,
        chart=chart(bars, "Cables by year"),
        drawing=years_drawing(site, page, dated, list(years)) if dated else Markup(""),
        days=(),
        undated=tuple(held_card(page, entry) for entry in entries[: site.settings.listing_size]),
        earlier=None,
        later=None,
        months=(*(_period_link(page, year, len(found)) for year, found in years.items()), *more),
    )


def year_page(site: Site, year: str) -> tuple[str, TimelinePage]:
    """One year: its months, and its cables where they are few."""
    page = addresses.timeline(year)
    all_months = periods(site, 7)
    months = {month: mrns for month, mrns in all_months.items() if month.startswith(year)}
    found = [mrn for mrns in months.values() for mrn in mrns]
    bars = tuple(bar(site, page, month, mrns) for month, mrns in months.items())
    earlier, later = _beside(page, year, list(dict.fromkeys(month[:4] for month in all_months)))
    few = len(found) <= SHOWN_IN_YEAR
    return page, TimelinePage(
        frame=frame(site, page, f"Timeline of {year}", "timeline", "Timeline", [("Timeline", addresses.TIMELINE)]),
        title=year,
        bars=bars,
        chart=chart(bars, f"Cables of {year} by month"),
        drawing=year_drawing(site, page, site.archive.entries_of(found), year, months),
        days=_days(site, page, found) if few else (),
        undated=(),
        earlier=earlier,
        later=later,
        months=tuple(_period_link(page, month, len(mrns)) for month, mrns in months.items()),
    )


def month_pages(site: Site, month: str) -> Iterator[tuple[str, TimelinePage]]:
    """One month, on one page or, where it has more than `MONTH_PAGE` cables, on several, each with the whole month's
    drawing.
    """
    found = periods(site, 7)[month]
    entries = site.archive.entries_of(found)
    where: dict[str, str] = {}
    for place, entry in enumerate(entries):
        where.setdefault(date_of(entry), addresses.timeline(month, place // MONTH_PAGE + 1))
    drawing = month_drawing(site, addresses.TIMELINE, entries, month, where)  # all pages stand beside that one
    before, after = _months_beside(site, month)
    last = page_count(len(found))
    for number in range(1, last + 1):
        page = addresses.timeline(month, number)
        mrns = found[(number - 1) * MONTH_PAGE : number * MONTH_PAGE]
        title = written_month(month) + (f", page {number} of {last}" if last > 1 else "")
        turned = (number - 1, before), (number + 1, after)
        earlier, later = (
            Link(addresses.relative(page, addresses.timeline(month, at)), f"Page {at}")
            if 1 <= at <= last
            else _turn(page, beside)
            for at, beside in turned
        )
        crumbs = [("Timeline", addresses.TIMELINE), (month[:4], addresses.timeline(month[:4]))]
        yield (
            page,
            TimelinePage(
                frame=frame(site, page, f"Timeline of {title}", "timeline", "Timeline", crumbs),
                title=title,
                bars=(),
                chart=Markup(""),
                drawing=drawing,
                days=_days(site, page, mrns),
                undated=(),
                earlier=earlier,
                later=later,
            ),
        )


def page_count(cables: int) -> int:
    """How many pages a month of so many cables has."""
    return max(1, -(-cables // MONTH_PAGE))


def periods(site: Site, digits: int) -> dict[str, Sequence[str]]:
    """The MRNs of each year (4 digits) or month (7), in order; the undated are in none."""
    months = {name: listing.mrns for name, listing in site.listings["date"].items() if name != UNDATED}
    if digits == 7:
        return dict(months)
    return {
        year: [mrn for month in found for mrn in months[month]]
        for year, found in groupby(months, key=lambda month: month[:4])
    }


def bar(site: Site, page: str, period: str, mrns: Sequence[str]) -> Bar:
    """A year or a month as a bar that leads to its page."""
    return new_bar(_period_link(page, period, len(mrns)), period, site.archive.entries_of(mrns))


def _days(site: Site, page: str, mrns: Sequence[str]) -> tuple[TimelineDay, ...]:
    rows = groupby(site.archive.entries_of(mrns), key=date_of)
    return tuple(
        TimelineDay(day, written_day(day), tuple(_row(site, page, entry) for entry in found)) for day, found in rows
    )


def _row(site: Site, page: str, entry: Entry) -> TimelineRow:
    cited = dict.fromkeys(ref.mrn for ref in entry.refs if ref.mrn and ref.mrn != entry.mrn)
    return TimelineRow(
        card=held_card(page, entry),
        earlier=tuple(card(site, page, mrn) for mrn in cited),
        later=tuple(held_card(page, citer) for citer in site.archive.cited_by(entry.mrn)),
    )


def _period_link(page: str, period: str, count: int) -> Link:
    return Link(addresses.relative(page, addresses.timeline(period)), written_month(period), str(count))


def _months_beside(site: Site, month: str) -> tuple[str | None, str | None]:
    months = list(periods(site, 7))
    here = months.index(month)
    return months[here - 1] if here else None, months[here + 1] if here + 1 < len(months) else None


def _beside(page: str, period: str, all_periods: list[str]) -> tuple[Link | None, Link | None]:
    here = all_periods.index(period)
    before = all_periods[here - 1] if here else None
    after = all_periods[here + 1] if here + 1 < len(all_periods) else None
    return _turn(page, before), _turn(page, after)


def _turn(page: str, period: str | None) -> Link | None:
    return Link(addresses.relative(page, addresses.timeline(period)), written_month(period)) if period else None
