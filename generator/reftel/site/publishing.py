"""What a build leaves to others: feeds, data, the manifest. `site` knows no publisher; a build is given them.

A publisher is called when all pages, files and the search index are made and before the new tree takes the old one's
place, one publisher after the other; each sees the files made so far. Those that look at no other files are called
while the search index is still under way.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import msgspec

from reftel.site.frame import Site
from reftel.site.records import Read
from reftel.site.theme import Page
from reftel.site.trees import File, figures


class Later(NamedTuple):
    """A file that is only made when what it depends on, `inputs`, is not what it was in the last build."""

    inputs: bytes
    make: Callable[[], bytes]


class Figured(NamedTuple):
    """The bytes of a file whose figures its publisher has had to take already."""

    file: File
    data: bytes


def figured(address: str, data: bytes) -> Figured:
    """A file with its figures."""
    return Figured(figures(address, data), data)


class Piece(NamedTuple):
    """A piece of a large file, and a hash of what it is made from; two pieces of one hash are the same."""

    inputs: bytes
    make: Callable[[], bytes]


class News(NamedTuple):
    """How a site differs from the one that stands."""

    files: Mapping[str, File | None]
    """Every file that was made anew, by its address; None for one that is made no more."""
    changed: Mapping[str, File | None]
    """Those of them whose bytes are others."""
    last: Callable[[str], bytes | None]
    """A file of the site that stands; None when it is not as the last build made it."""


class Sees(StrEnum):
    """What a publisher's files depend on, beside the settings and pages of prose."""

    cards = "what lists show of the cables"
    links = "that, and how the cables cite each other"
    everything = "all files"


class Finished(msgspec.Struct, frozen=True):
    """What a publisher sees."""

    site: Site
    read: Read
    """The record of a cable by its entry's key, sidecar applied."""
    all_files: Callable[[], Sequence[File]]
    addresses: Callable[[], Sequence[str]]
    """The addresses of all files made so far, in any order."""
    folder: Path
    """A scratch folder. A publisher may write a large file there itself, at its address."""
    render: Callable[[Page], bytes]
    """A page in the site's theme."""
    join: Callable[[str, Iterable[Piece]], bytes]
    """The pieces of the file at an address as one; those that are as in the last build are not made again."""
    all_news: Callable[[], News | None]

    @property
    def files(self) -> Sequence[File]:
        """The figures of every file made so far, by their addresses. Of a large site it takes a while: see `news`."""
        return self.all_files()

    @property
    def news(self) -> News | None:
        """What is new since the last build; None when nothing is known of it."""
        return self.all_news()


Published = Iterable[tuple[str, bytes | Figured | Later | None]]
"""Address and bytes, or address and None for a file that the publisher has written itself."""

Publisher = Callable[[Finished], Published]


class Seeing(msgspec.Struct, frozen=True):
    """A publisher whose files do not depend on everything: it is called only when what it sees has changed."""

    publisher: Publisher
    sees: Sees | Callable[[Site], Sees]
    lists: bool = False
    """Whether its files list the others, which must be made before."""
    beside: bytes = b""
    """A hash of what its files depend on beside the site."""

    def at(self, site: Site) -> Sees:
        """What it sees of this site."""
        return self.sees if isinstance(self.sees, Sees) else self.sees(site)

    def is_free(self, site: Site) -> bool:
        """Whether it can be called before the other files are made."""
        return not self.lists and self.at(site) is not Sees.everything

    def __call__(self, finished: Finished) -> Published:
        """What the publisher makes."""
        return self.publisher(finished)
