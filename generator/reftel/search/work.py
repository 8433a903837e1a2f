"""What an index is made from, who does the work, and what came of it. The making itself is loaded only where it is
done: in a small build that is a copy of the process.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from reftel.search.document import SearchDocument

Read = Callable[[Sequence[int]], list[SearchDocument]]
"""Reads documents by their places in the list of keys."""
Put = Callable[[str, bytes], bool]
"""Makes the file of a name; True when it was not there with these bytes."""

Given = TypeVar("Given")
Made = TypeVar("Made")


class Source(NamedTuple):
    """Documents to be indexed: their keys, how to read some of them in this process, and how elsewhere (picklable)."""

    keys: Sequence[str]
    here: Read
    elsewhere: Read


class Work(Protocol):
    """How pieces of work are done: by this process, or by several; results in order. `here` takes the place of
    `function` in this process and its copies.
    """

    def __call__(
        self, function: Callable[[Given], Made], parts: Iterable[Given], /, here: Callable[[Given], Made] | None = None
    ) -> Iterator[Made]:
        """The function of each part, in order."""


def alone(
    function: Callable[[Given], Made], parts: Iterable[Given], /, here: Callable[[Given], Made] | None = None
) -> Iterator[Made]:
    """All work done by this process."""
    return map(here or function, parts)


class Written(NamedTuple):
    """A file of the folder: its name, its bytes counted, their SHA-256 in hex, whether it was not there before."""

    name: str
    size: int
    sha256: str
    changed: bool


class IndexReport(msgspec.Struct):
    """What was indexed, and the files that were written, with names relative to the search folder."""

    documents: int = 0
    terms: int = 0
    shards: int = 0
    files: list[Written] = []
    gone: list[str] = []
    """Names that an older index had and this one has not."""

    @property
    def size(self) -> int:
        """Bytes of the files written."""
        return sum(file.size for file in self.files)
