"""What a build leaves to others: feeds, data, the manifest. `site` knows no publisher; a build is given them.

A publisher is called when all pages, files and the search index are made and before the new tree takes the old one's
place, one publisher after the other; each sees the files made so far.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reftel.site.frame import Site
from reftel.site.records import Read
from reftel.site.theme import Page
from reftel.site.trees import File


@dataclass(frozen=True, slots=True)
class Finished:
    """What a publisher sees."""

    site: Site
    read: Read
    """The record of a cable by its entry's key, sidecar applied."""
    files: Sequence[File]
    """The figures of every file made so far."""
    folder: Path
    """A scratch folder. A publisher may write a large file there itself, at its address."""
    render: Callable[[Page], bytes]
    """A page in the site's theme."""


Published = Iterable[tuple[str, bytes | None]]
"""Address and bytes, or address and None for a file that the publisher has written itself."""

Publisher = Callable[[Finished], Published]
