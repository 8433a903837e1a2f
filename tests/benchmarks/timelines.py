"""Do relating and drawing grow with the archive and its references, and no faster?

    python tests/benchmarks/timelines.py 1000 10000 100000

Invented entries, no texts: 150 posts over ten years, REFs in 56% of the cables, two thirds of them held. Microseconds
of processor time a cable, in one process: the archive with its threads and missing cables; all pages of the timeline,
of threads and of missing cables, as contexts with their drawings. The collector rests as it does in a build, since it
would look through the whole archive again and again.
"""

import gc
import random
import sys
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from reftel.archive.archive import Archive, in_order
from reftel.archive.model import Entry, EntryRef
from reftel.cable.parse import parse
from reftel.config import Settings
from reftel.site import missing_pages, thread_pages, timeline
from reftel.site.frame import Site, new_site
from reftel.site.records import Kept
from reftel.source.model import Source

T = TypeVar("T")
POSTS = [f"POST{chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(150)]
LEVELS = ("UNCLASSIFIED", "CONFIDENTIAL", "SECRET", "SECRET//NOFORN")


def invent(count: int) -> list[Entry]:
    """So many entries, the same each time."""
    chance = random.Random(1)
    serials: dict[tuple[int, str], int] = {}
    sent: dict[str, list[str]] = {}
    entries = []
    for i in range(count):
        post = POSTS[min(len(POSTS) - 1, int(chance.expovariate(1 / 25)))]
        day = i * 3650 // count
        year, month, date = 2000 + day // 365, day % 365 // 31 + 1, day % 28 + 1
        serials[year, post] = serials.get((year, post), 0) + chance.randrange(1, 3)
        mrn = f"{year % 100:02}{post}{serials[year, post]}"
        refs = []
        for letter in "ABC"[: chance.randrange(1, 4)] if chance.random() < 0.56 else "":
            own = sent.get(post, [])[-8:]
            held = own and chance.random() < 0.66
            cited = chance.choice(own) if held else f"{year % 100:02}{chance.choice(POSTS)}{chance.randrange(1, 5000)}"
            refs.append(EntryRef(letter, cited, "cable", cited, []))
        sent.setdefault(post, []).append(mrn)
        created = f"{year}-{month:02}-{date:02}T{i % 24:02}:00:00Z"
        more = {"origin": f"Embassy {post}", "post": post, "classification": chance.choice(LEVELS)}
        entries.append(Entry(mrn, mrn, "x", 1, "0", created=created, subject=f"ABOUT {i}", refs=refs, **more))
    return entries


class _Same(NamedTuple):
    """Reads one record for all."""

    kept: Kept

    def __call__(self, key: str, /) -> Kept:
        return self.kept

    def summary(self, entry: Entry, /) -> str | None:
        return self.kept.cable.summary


def draw_all(site: Site) -> int:
    """Make every page of the timeline, of threads and of missing cables; how many there are."""
    kept = Kept(parse(Source("a.txt", "text", b"", "0" * 64, "1. (C) Words.\n")), b"", 1)
    made = 2
    timeline.overview(site)
    missing_pages.missing_directory(site)
    for year in timeline.periods(site, 4):
        timeline.year_page(site, year)
        made += 1
    for month in timeline.periods(site, 7):
        made += len(list(timeline.month_pages(site, month)))
    for thread in site.archive.threads:
        made += len(list(thread_pages.thread_pages(site, thread, _Same(kept))))
    for group in site.missing:
        missing_pages.missing_page(site, group)
        made += 1
    return made + len(list(thread_pages.thread_directory(site)))


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What it gives, and its processor time in seconds."""
    gc.collect()
    gc.disable()
    began = time.process_time()
    found = work()
    taken = time.process_time() - began
    gc.enable()
    return found, taken


def main() -> None:
    """Measure each size that is asked for."""
    for count in map(int, sys.argv[1:]):
        entries = invent(count)
        archive, relating = timed(lambda entries=entries: Archive(in_order(entries)))  # type: ignore[misc]
        site = new_site(Settings(), archive, (), {})
        pages, drawing = timed(lambda site=site: draw_all(site))  # type: ignore[misc]
        each = f"{1e6 * relating / count:.1f} µs to relate, {1e6 * drawing / count:.0f} µs to draw a cable"
        print(f"{count:>7,} cables: {each}; {len(archive.threads):,} threads, {pages:,} pages", flush=True)


if __name__ == "__main__":
    main()
