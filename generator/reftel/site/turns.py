"""Calling the publishers, one after the other, in small steps: those that look at no other files need not wait for
these, and are called while workers make the search index.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from reftel.problems import Refusal
from reftel.site.frame import Site
from reftel.site.making import PUBLISHED, Making
from reftel.site.publishing import Finished, Publisher, Seeing, Sees
from reftel.site.render import Workshop
from reftel.site.stages import Tell


class Named(NamedTuple):
    """A publisher, and the name in the ledger of what it makes."""

    name: str
    publisher: Publisher


def in_turn(publishers: Sequence[Publisher], site: Site) -> tuple[list[Named], list[Named]]:
    """The publishers that can be called before the search index is made, and those that come after it."""
    named = [Named(f"{PUBLISHED}{number}", publisher) for number, publisher in enumerate(publishers, 1)]
    free = [one for one in named if isinstance(one.publisher, Seeing) and one.publisher.is_free(site)]
    return free, [one for one in named if one not in free]


def publish(named: Sequence[Named], here: Workshop, seen: Mapping[Sees, bytes], making: Making) -> Iterator[int]:
    """Call publishers one after the other, in steps, each of which says how many are done; each publisher is told what
    has been made before it. `seen` are hashes of what publishers depend on. Raises Refusal when one of them cannot
    write its files.
    """
    for number, (name, publisher) in enumerate(named, 1):
        inputs = seen[Sees.everything]
        if isinstance(publisher, Seeing):
            inputs = seen[publisher.at(here.site)] + publisher.beside
        if not making.is_current(name, inputs):
            later = [one.name for one in named[number - 1 :]]
            finished = Finished(
                here.site,
                here.read,
                cache(lambda: sorted(making.files())),
                partial(making.addresses, later),
                making.trees.scratch,
                here.theme.bytes_of,
                partial(making.join, name),
                cache(partial(making.news, later)),
            )
            try:
                for _ in making.writing(name, publisher(finished), inputs):
                    yield number - 1
            except sqlite3.Error as error:
                raise Refusal(f"data: a database cannot be written ({error}); is the disk full?") from None
        yield number


def told(steps: Iterator[int], count: int, tell: Tell) -> None:
    """Do these steps, telling how many of so many publishers are done."""
    for done in steps:
        tell(min(done, count), count)
