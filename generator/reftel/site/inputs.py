"""What each page depends on, as a hash: a page whose hash is that of the last build is neither made nor written again.

A hash may cover more than its page shows (then the page is made in vain, and the same bytes are not written), never
less; the tests compare builds after random edits with clean ones. The hashes of all cables are folded together at once
from the fingerprints that lie with their entries, so that it takes a microsecond or two for each page.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from reftel.archive import fingerprints
from reftel.archive.model import group_of
from reftel.archive.threads import BESIDE
from reftel.site import addresses
from reftel.site.folding import Hashes, Rows, fold, hash_of, hashes_of, mix, parts, rows_at, rows_in, rows_of
from reftel.site.frame import Site
from reftel.site.listings import Listing
from reftel.site.plan import Task
from reftel.site.prints import Prints
from reftel.site.publishing import Sees
from reftel.site.thread_pages import thread_title
from reftel.site.timeline import periods
from reftel.site.versions import code_version, digest

_encode = msgspec.msgpack.Encoder(enc_hook=str).encode
_NONE = np.array([hash_of("none")], np.uint64)
_LEFT_OUT, _HELD, _CITED_BY_TWINS = hash_of("left out"), hash_of("held"), hash_of("cited by twins")


class _Related(NamedTuple):
    """Hashes of cables with what they cite and what cites them: of the REFs alone, of a row of a list, of all that the
    cable's page shows.
    """

    links: Hashes
    rows: Hashes
    whole: Hashes


class Inputs:
    """The hashes of a site's pages.

    The arrays of hashes have the order of `archive.everything`: the entries, then the twins.
    """

    def __init__(self, site: Site, prints: Prints, theme: Path) -> None:
        self._site, self._own, self._searched = site, prints.own, prints.searched
        menu = [(page.menu, page.slug) for page in site.prose]
        self._common = digest(code_version(theme), _encode((site.settings, site.forms, menu, site.around)))
        self._hub = _encode((site.hub.sites, len(site.hub.cables)))
        self._card, self._refs = prints.rows[:, fingerprints.CARD], prints.rows[:, fingerprints.REFS]
        self._anchors, self._mentions = prints.rows[:, fingerprints.ANCHORS], prints.rows[:, fingerprints.MENTIONS]
        self._listed = mix(self._card, self._refs)
        self.all_cards = digest(self._card.tobytes())

    @cached_property
    def all_links(self) -> bytes:
        """A hash of how the cables cite each other."""
        return digest(self._related.links.tobytes(), _encode(sorted(self._site.archive.left_out)))

    @cached_property
    def _related(self) -> _Related:
        """What each cable cites and what cites it, folded."""
        archive, citations = self._site.archive, self._site.archive.citations
        cited = Rows(citations.sizes, citations.cited)
        state, shown = self._of_others()
        states = np.concatenate([np.full(len(self._card), _HELD, np.uint64), state])
        links = mix(self._card, self._refs, self._mentions, fold(states, cited))
        shown = np.concatenate([mix(self._card, self._anchors), shown])
        places = np.fromiter((archive.places[entry.mrn] for entry in archive.everything), np.int64, len(self._card))
        related = mix(fold(shown, cited), fold(links, parts(citations.citing, *citations.citing_bounds(places))))
        whole = mix(self._own, self._card, related, self._cited_from_outside())
        return _Related(links, mix(self._listed, related), whole)

    def _of_others(self) -> tuple[Hashes, Hashes]:
        """Of each cable that is cited and not held: in what way it is not, and what a page that cites it shows."""
        archive = self._site.archive
        about: list[tuple[int, int]] = []
        for mrn in archive.citations.beyond:
            if missing := archive.missing.get(mrn):
                about.append((hash_of(missing.sent), len(missing.citers)))
            elif left_out := archive.left_out.get(mrn):
                about.append((_LEFT_OUT, hash_of(left_out.prints)))
            else:
                about.append((_CITED_BY_TWINS, 0))
        states, shown = np.array(about, np.uint64).reshape(-1, 2).T
        return states, mix(states, shown)

    def _cited_from_outside(self) -> Hashes:
        """The cables of other archives, or left out, that cite each."""
        archive = self._site.archive
        found = np.zeros(len(self._card), np.uint64)
        for mrn, citers in archive.outside_citers.items():
            if (place := archive.places.get(mrn)) is not None:
                found[place] = hash_of([citer.prints for citer in citers])
        return found

    @cached_property
    def everything(self) -> bytes:
        """A hash of all cables and pages, texts too."""
        prose = _encode(list(self._site.prose))
        return digest(self._common, prose, self.all_links, self._searched, self._hub)

    def seen(self, files: bytes) -> dict[Sees, bytes]:
        """What publishers depend on; `files` is a hash of the static files."""
        cards = digest(self._common, _encode(list(self._site.prose)), self.all_cards, self._hub)
        links = digest(cards, self.all_links)
        return {Sees.cards: cards, Sees.links: links, Sees.everything: digest(self.everything, files)}

    def of(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, bytes]]:
        """Each task with the hash of what its pages and files show."""
        found: dict[str, Mapping[str, bytes]] = {}
        for task in tasks:
            kind = task.kind
            if kind not in _KINDS:
                yield task, digest(self._common, self._all_of_it(task))
                continue
            if kind not in found:
                found[kind] = self._of_kind(kind)
            yield task, self._common + found[kind][task.key]

    def of_cables(self) -> list[bytes]:
        """The hash of what each cable's page and files show, in the order of `archive.everything`."""
        raw = self._cables().astype("<u8").tobytes()
        return [self._common + raw[at : at + 8] for at in range(0, len(raw), 8)]

    def _of_kind(self, kind: str) -> Mapping[str, bytes]:
        keys, hashes = _KINDS[kind](self)
        raw = hashes.astype("<u8").tobytes()
        return {key: raw[8 * i : 8 * i + 8] for i, key in enumerate(keys)}

    def _cables(self) -> Hashes:
        return mix(self._related.whole, self._beside(), self._in_threads(), self._among_twins())

    def _beside(self) -> Hashes:
        """The cards of the cables before and after each, by time, at the post, in the thread."""
        archive = self._site.archive
        cards = np.concatenate([self._card, _NONE])
        dated = [place for place, entry in enumerate(archive.entries) if entry.created]
        rows: tuple[Rows, ...] = rows_of([dated]), rows_of(archive.places_at_post.values()), self._thread_rows
        around = []
        for found in rows:
            starts, _ = found.bounds
            follows = np.ones(len(found.places), bool)
            follows[starts[found.sizes > 0]] = False
            at = np.flatnonzero(follows)
            before, after = (np.full(len(self._card), len(self._card)) for _ in range(2))
            before[found.places[at]], after[found.places[at - 1]] = found.places[at - 1], found.places[at]
            around += [cards[before], cards[after]]
        return mix(*around)

    @cached_property
    def _thread_rows(self) -> Rows:
        """Where the cables of each thread stand."""
        return rows_at([thread.mrns for thread in self._site.archive.threads], self._site.archive.places.__getitem__)

    def _in_threads(self) -> Hashes:
        """The thread of each cable, its place there, and the drawing of those around it."""
        threads, (sizes, places) = self._site.archive.threads, self._thread_rows
        starts, ends = (np.repeat(bound, sizes) for bound in self._thread_rows.bounds)
        at = np.arange(len(places))
        windows = parts(places, np.maximum(starts, at - BESIDE), np.minimum(ends, at + BESIDE + 1))
        names = np.repeat(hashes_of((thread.name, len(thread.mrns)) for thread in threads), sizes)
        found = np.zeros(len(self._card), np.uint64)
        found[places] = mix(names, (at - starts).astype(np.uint64), fold(self._related.links, windows))
        return found

    def _month_records(self) -> tuple[Iterable[str], Hashes]:
        """All that the records of each month's cables say."""
        months: dict[str, list[int]] = {}
        for place, entry in enumerate(self._site.archive.everything):
            months.setdefault(addresses.month_of(entry), []).append(place)
        return months, fold(self._own, rows_of(months.values()))

    def _among_twins(self) -> Hashes:
        """The other files of each cable's MRN."""
        archive = self._site.archive
        found = np.zeros(len(self._card), np.uint64)
        for place, entry in enumerate(archive.everything if archive.twins else ()):
            if same := archive.twins.get(entry.mrn):
                first = archive.get(entry.mrn)
                found[place] = hash_of([(one.prints, one.twin, one.path) for one in (first, *same) if one])
        return found

    def _threads(self) -> tuple[Iterable[str], Hashes]:
        archive = self._site.archive
        names = [(len(thread.mrns), thread.name, thread_title(self._site, thread)) for thread in archive.threads]
        ends = [None, *names, None]
        around = hashes_of(ends[here : here + 3] for here in range(len(names)))
        hashes = mix(around, fold(self._related.whole, self._thread_rows))
        return map(str, range(len(names))), hashes

    def _periods(self, digits: int) -> tuple[Iterable[str], Hashes]:
        found = periods(self._site, digits)
        ends = ["", *found, ""]
        around = hashes_of(ends[here : here + 3] for here in range(len(found)))
        place = self._site.archive.places
        rows = rows_at(found.values(), place.__getitem__)
        return found, mix(around, fold(self._related.rows, rows))

    def _listings(self) -> tuple[Iterable[str], Hashes]:
        listings = [listing for found in self._site.listings.values() for listing in found.values()]
        pages = [(one, number) for one in listings for number in range(1, len(one.ends) + 1)]
        about = [
            (one.name, one.group, one.ends if number == 1 else len(one.ends), self._gaps(one, number))
            for one, number in pages
        ]
        rows = rows_in([one.places if number == 1 else one.places[one.span(number)] for one, number in pages])
        hashes = mix(hashes_of(about), fold(self._related.links, rows))
        return [f"{number}/{one.kind}/{one.slug}" for one, number in pages], hashes

    def _gaps(self, listing: Listing, number: int) -> list[object]:
        """What is not held between the cables of a post."""
        if listing.kind != "origin":
            return []
        site, mrns = self._site, listing.page(number)
        groups = dict.fromkeys(map(group_of, mrns))
        return [
            [site.archive.serials.held(group) for group in groups],
            [[missing.mrn for missing in site.missing.get(group, ())] for group in groups],
        ]

    def _missing(self) -> tuple[Iterable[str], Hashes]:
        site = self._site
        requests = [(page.title, page.slug, page.request) for page in site.prose if page.request]
        years: dict[str, list[tuple[str, int]]] = {}
        for group, found in site.missing.items():
            years.setdefault(group.lstrip("0123456789"), []).append((group, len(found)))
        about = []
        for group, found in site.missing.items():
            origins = [entry.origin for entry in site.archive.serials.of_group(found[0].mrn)]
            about.append((origins, years[group.lstrip("0123456789")], requests, found))
        citers = (tuple(at for one in found for at in site.archive.citers(one.mrn)) for found in site.missing.values())
        return list(site.missing), mix(hashes_of(about), fold(self._related.links, rows_of(citers)))

    def _prose(self) -> tuple[Iterable[str], Hashes]:
        return [page.slug for page in self._site.prose], hashes_of(self._site.prose)

    def _all_of_it(self, task: Task) -> bytes:
        """Pages that stand for the whole archive."""
        index = [page for page in self._site.prose if page.slug == "index"]
        return digest(self.all_links, _encode((task.kind, task.key, index)), self._hub)


_KINDS: Mapping[str, Callable[[Inputs], tuple[Iterable[str], Hashes]]] = {
    "thread": Inputs._threads,
    "month": lambda inputs: inputs._periods(7),
    "year": lambda inputs: inputs._periods(4),
    "listing": Inputs._listings,
    "records": Inputs._month_records,
    "missing": Inputs._missing,
    "prose": Inputs._prose,
}
