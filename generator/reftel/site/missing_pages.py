"""Missing cables, by post and year: what is cited and not held, who cites it and where, when it was likely sent, and
how to ask for it; and their directory.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from reftel.archive.missing import Missing
from reftel.archive.model import Entry, serial_key
from reftel.cable.posts import POSTS
from reftel.site import addresses
from reftel.site.cards import missing_card, place_link, ref_anchors
from reftel.site.contexts import DirectoryGroup, DirectoryPage, Link, MissingCable, MissingPage
from reftel.site.dates import written_span
from reftel.site.frame import Site, frame

MOST_CITED = 50


def missing_page(site: Site, group: str) -> tuple[str, MissingPage]:
    """The missing cables of one post and year."""
    found = site.missing[group]
    page = addresses.missing_page(found[0].mrn)
    year, post, _, _ = serial_key(found[0].mrn)
    title = f"Missing: {_post_name(site, found[0].mrn)}, {year}"
    count = "These cables are" if len(found) > 1 else "This cable is"
    earlier, later = (_other_year(site, page, year, post, way) for way in (-1, 1))
    return page, MissingPage(
        frame=frame(site, page, title, "missing", "Missing", [("Missing", addresses.MISSING)]),
        title=title,
        explanation=f"{count} cited by cables of this archive, and not in it.",
        cables=tuple(_row(site, page, missing) for missing in found),
        requests=request_links(site, page, year),
        earlier=earlier,
        later=later,
    )


def request_links(site: Site, page: str, year: int) -> tuple[Link, ...]:
    """The pages of prose that tell how to ask for a cable of a year."""
    return tuple(
        Link(addresses.relative(page, addresses.prose(prose.slug)), prose.title)
        for prose in site.prose
        if prose.request and prose.request[0] <= year <= prose.request[1]
    )


def _row(site: Site, page: str, missing: Missing) -> MissingCable:
    sent = missing.sent
    bounds = (
        _bound(site, page, sent.after, "the last serial held before it"),
        _bound(site, page, sent.before, "cites it" if sent.before in missing.citers else "the next serial held"),
    )
    places = tuple(_places(site, page, missing))
    return MissingCable(
        card=missing_card(page, missing.mrn, anchor=missing.mrn, note=times(missing), places=places),
        sent=written_span(sent.earliest, sent.latest),
        bounds=tuple(bound for bound in bounds if bound),
    )


def _bound(site: Site, page: str, mrn: str, what: str) -> Link | None:
    entry = site.archive.get(mrn)
    return Link(addresses.relative(page, addresses.cable(entry)), mrn, what) if entry else None


def _other_year(site: Site, page: str, year: int, post: str, way: int) -> Link | None:
    """The nearest year before (-1) or after (1) one in which the post has missing cables."""
    for other in range(year + way, year + way * 45, way):
        found = site.missing.get(f"{other % 100:02}{post}")
        if found and serial_key(found[0].mrn).year == other:
            return Link(addresses.relative(page, addresses.missing_page(found[0].mrn)), str(other), f"{len(found)}")
    return None


def missing_directory(site: Site) -> tuple[str, DirectoryPage]:
    """The most cited of the missing cables, then all posts with their years, then how to ask for them."""
    page = addresses.MISSING
    often = sorted(
        (missing for missing in site.archive.missing.values() if len(missing.citers) > 1),
        key=lambda missing: -len(missing.citers),
    )
    groups: list[DirectoryGroup] = []
    if often:
        links = tuple(_entry_link(page, missing) for missing in often[:MOST_CITED])
        groups.append(DirectoryGroup("Most cited", links))
    asking = [prose for prose in site.prose if prose.request]
    if asking:
        targets = (addresses.relative(page, addresses.prose(prose.slug)) for prose in asking)
        links = tuple(
            Link(target, prose.title, _years(prose.request)) for target, prose in zip(targets, asking, strict=True)
        )
        groups.append(DirectoryGroup("How to ask for them", links))
    posts: dict[str, list[Link]] = {}
    for found in site.missing.values():
        year, post, _, _ = serial_key(found[0].mrn)
        posts.setdefault(post, []).append(
            Link(addresses.relative(page, addresses.missing_page(found[0].mrn)), str(year), str(len(found)))
        )
    names = _post_names(site)
    groups += (
        DirectoryGroup(names.get(post, post), tuple(links))
        for post, links in sorted(posts.items(), key=lambda pair: (names.get(pair[0], pair[0]), pair[0]))
    )
    count = len(site.archive.missing)
    cited = f"{count:,} cables are" if count > 1 else "One cable is"
    return page, DirectoryPage(
        frame=frame(site, page, "Missing cables", "directory", "Missing"),
        title="Missing cables",
        explanation=f"{cited} cited in this archive and not held." if count else "Every cable that is cited is held.",
        groups=tuple(groups),
    )


def _years(years: tuple[int, int] | None) -> str:
    first, last = years or (0, 9999)
    if first and last < 9999:
        return f"cables of {first} to {last}" if first < last else f"cables of {first}"
    return f"cables from {first} on" if first else f"cables up to {last}" if last < 9999 else ""


def _post_name(site: Site, mrn: str) -> str:
    """What the post of an MRN is called, as its cables of that year print it."""
    return _most_printed(site.archive.serials.of_group(mrn)) or _known_names().get(serial_key(mrn).post, "") or mrn


def _post_names(site: Site) -> dict[str, str]:
    """What the posts are called: as the archive's own cables print their origin, else as the vocabulary has it."""
    printed: dict[str, list[Entry]] = {}
    for entry in site.archive.entries:
        if entry.post and entry.origin:
            printed.setdefault(entry.post, []).append(entry)
    return _known_names() | {post: _most_printed(entries) for post, entries in printed.items()}


def _most_printed(entries: Sequence[Entry]) -> str:
    counts = Counter(entry.origin for entry in entries if entry.origin)
    return min(counts, key=lambda name: (-counts[name], name)) if counts else ""


def _known_names() -> dict[str, str]:
    return {post: row.name for post, row in POSTS.by_id.items() if row.name}


def _entry_link(page: str, missing: Missing) -> Link:
    return Link(addresses.relative(page, addresses.missing(missing.mrn)), missing.mrn, times(missing))


def times(missing: Missing) -> str:
    """By how many cables it is cited, in words."""
    return f"cited by {len(missing.citers)} cables" if len(missing.citers) > 1 else "cited by one cable"


def _places(site: Site, page: str, missing: Missing) -> Iterator[Link]:
    """Who cites it and where: the item of the REF line, and the paragraphs."""
    for mrn in missing.citers:
        citer = site.archive.get(mrn)
        if citer:
            yield from _places_of(page, citer, missing.mrn)


def _places_of(page: str, citer: Entry, mrn: str) -> Iterator[Link]:
    for ref, anchor in zip(citer.refs, ref_anchors(citer.refs), strict=True):
        if ref.mrn == mrn:
            target = f"{addresses.cable(citer)}#{anchor}"
            words = f"{citer.mrn} REF {ref.label}" if ref.label else f"{citer.mrn} REF"
            yield Link(addresses.relative(page, target), words, citer.subject or "")
            break
    for pointing in citer.mentions:
        if pointing.mrn == mrn:
            yield place_link(page, citer, pointing, with_mrn=True)
