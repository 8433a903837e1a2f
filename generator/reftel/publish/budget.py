"""What a site takes: its files, their bytes as they are and compressed, by part; and how near that comes to what hosts
take.

Figures of the hosts, as they stood in 2026: GitHub Pages 1 GB, deployed in 10 minutes; GitLab Pages 1 GB and 200,000
files; Cloudflare Pages 20,000 files without a paid plan (100,000 with one), none above 25 MiB; Netlify 54,000 files in
a folder.
"""

import gzip
import heapq
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

SIZE, MINUTES = 10**9, 10.0
"""Bytes that GitHub Pages takes, and GitLab Pages too; minutes in which GitHub must be done."""
MIB = 2**20
FILES_A_MINUTE = 30_000
"""A cautious guess of how many files a deploy takes in a minute, and of bytes below: GitHub names neither."""
BYTES_A_MINUTE = 150 * 10**6
NEAR = 0.8
"""Of a limit: from here on it is named."""
SAMPLE, HEAD = 40, 200_000
"""Files of a part that are compressed to guess how far the part can be, and bytes of each."""
LARGEST = 5
SMALL = 10_000
"""Files up to which a site is measured after every build."""
PARTS = ("pages", "texts", "search", "data", "other")
REMEDY = 'leave forms out (README, "For machines"), split the archive by years ("Several sites"), or use another host'


class Sized(NamedTuple):
    """A file of a site."""

    size: int
    address: str


class Part(NamedTuple):
    """Some files of a site. `packed` is a guess of their bytes when gzipped one by one, as servers send them."""

    name: str
    files: int
    size: int
    packed: int


class Budget(NamedTuple):
    """What a site takes."""

    parts: Sequence[Part]
    largest: Sequence[Sized]
    fullest: int
    """Files of the folder that has most."""

    @property
    def files(self) -> int:
        """Files of all parts."""
        return sum(part.files for part in self.parts)

    @property
    def size(self) -> int:
        """Bytes of all parts."""
        return sum(part.size for part in self.parts)

    @property
    def minutes(self) -> float:
        """A guess of how long a deploy takes."""
        return self.files / FILES_A_MINUTE + self.size / BYTES_A_MINUTE


class Limit(NamedTuple):
    """What a host takes, and what a site has of it, in words."""

    host: str
    what: str
    share: float


def budget(site: Path) -> Budget:
    """Measure a built site: all that lies in its folder and is not hidden."""
    parts: dict[str, list[Sized]] = {name: [] for name in PARTS}
    fullest = 0
    for here, count, files in _folders(site):
        fullest = max(fullest, count)
        for file in files:
            parts[_part_of(here, file.address)].append(file)
    everything = (file for files in parts.values() for file in files)
    largest = heapq.nsmallest(LARGEST, everything, key=lambda file: (-file.size, file.address))
    return Budget([_summed(site, name, files) for name, files in parts.items() if files], largest, fullest)


def limits(found: Budget) -> list[Limit]:
    """What hosts take, that which the site comes nearest to first."""
    top = found.largest[0].size if found.largest else 0
    size, files = f"{found.size / 1e6:,.0f} of {SIZE / 1e6:,.0f} MB", f"{found.files:,} files"
    minutes = f"about {found.minutes:.0f} of {MINUTES:.0f} minutes to deploy"
    return sorted(
        [
            Limit("GitHub Pages", size, found.size / SIZE),
            Limit("GitHub Pages", minutes, found.minutes / MINUTES),
            Limit("GitLab Pages", size, found.size / SIZE),
            Limit("GitLab Pages", f"{files} of 200,000", found.files / 200_000),
            Limit("Cloudflare Pages", f"{files} of 20,000 (100,000 with a paid plan)", found.files / 20_000),
            Limit("Cloudflare Pages", f"a file of {top / MIB:.0f} of 25 MiB", top / (25 * MIB)),
            Limit("Netlify", f"{found.fullest:,} of 54,000 files in a folder", found.fullest / 54_000),
        ],
        key=lambda limit: -limit.share,
    )


def said(found: Budget) -> str:
    """The budget as a table, and the limits that are near."""
    row = "{:<8} {:>10} {:>12} {:>14}".format
    lines = [row("", "files", "MB", "gzipped, about")]
    whole = Part("all", found.files, found.size, sum(part.packed for part in found.parts))
    for part in (*found.parts, whole):
        lines.append(row(part.name, f"{part.files:,}", f"{part.size / 1e6:,.1f}", f"{part.packed / 1e6:,.1f}"))
    lines.append("largest: " + ", ".join(f"{file.address} {file.size / 1e6:,.1f} MB" for file in found.largest[:3]))
    near = [limit for limit in limits(found) if limit.share >= NEAR]
    lines += [f"{one.host}: {one.what}{', too much' if one.share > 1 else ''}" for one in near]
    return "\n".join([*lines, f"if that is your host: {REMEDY}"] if near else lines)


def _folders(site: Path) -> Iterator[tuple[str, int, list[Sized]]]:
    """Each folder by its path from the top, with how many entries it has, and its files."""
    left = [""]
    while left:
        here = left.pop()
        files: list[Sized] = []
        with os.scandir(site / here) as entries:
            found = [entry for entry in entries if not entry.name.startswith(".")]
        for entry in found:
            address = f"{here}/{entry.name}" if here else entry.name
            if entry.is_dir(follow_symlinks=False):
                left.append(address)
            else:
                files.append(Sized(entry.stat(follow_symlinks=False).st_size, address))
        yield here, len(found), files


def _part_of(folder: str, address: str) -> str:
    top = folder.partition("/")[0]
    if top in ("search", "data"):
        return top
    if address.endswith(".html"):
        return "pages"
    if top == "cable":
        return "texts"
    return "data" if top == "feeds" or not top else "other"


def _summed(site: Path, name: str, files: Sequence[Sized]) -> Part:
    """The files of a part together; some of them, evenly picked, say how far they can be compressed."""
    size = sum(file.size for file in files)
    picked = sorted(files, key=lambda file: file.address)[:: max(1, len(files) // SAMPLE)]
    raw = packed = 0
    for file in picked:
        with (site / file.address).open("rb") as opened:
            head = opened.read(HEAD)
        raw += len(head)
        packed += len(gzip.compress(head, 6))
    return Part(name, len(files), size, round(size * packed / raw) if raw else 0)
