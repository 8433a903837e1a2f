"""Making the pages that are due: by workers where they are many, else here and in a copy of this process."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import partial

from reftel.site.crew import Crew, chunks
from reftel.site.making import Making
from reftel.site.render import Chunk, Order, Shop, Workshop, make_chunk, render_chunk, save_site
from reftel.site.stages import Tell

CHUNK, RENEWED = 32, 2_000
"""Tasks that one worker gets at a time, and how many such chunks until workers are made anew."""
FEW = 8
"""Tasks up to which a copy of the process would not help."""


def render(
    orders: Sequence[Order],
    here: Workshop,
    shop: Shop,
    crew: Crew,
    making: Making,
    tell: Tell,
    meanwhile: Iterator[object] | None,
) -> None:
    """Make pages. Workers load the site from the cache; what is done in this process uses the one that is here. While a
    copy of this process makes a few, steps of what can be done `meanwhile` are, and a share of them.
    """
    count = -(-len(orders) // CHUNK)
    if crew.is_elsewhere(count):
        save_site(here.site, shop.cache)
    done = 0
    is_few = crew.is_few(count) and len(orders) > FEW
    with _few_beside(orders, here, shop, crew, making, meanwhile) if is_few else nullcontext(orders) as left:
        parts = (Chunk(shop, part) for part in chunks(left, CHUNK))
        for made in crew.work(render_chunk, parts, partial(make_chunk, here), RENEWED):
            making.add(made)
            done += len(made)
            tell(done, len(orders))


@contextmanager
def _few_beside(
    orders: Sequence[Order],
    here: Workshop,
    shop: Shop,
    crew: Crew,
    making: Making,
    meanwhile: Iterator[object] | None,
) -> Iterator[Sequence[Order]]:
    """Make pages in a copy of this process, where that can be had; gives those that are left: every sixth, where there
    is something else to do, or half of them.
    """
    every = 6 if meanwhile else 2
    theirs = [order for number, order in enumerate(orders, 1) if number % every]
    beside = crew.beside(partial(make_chunk, here, Chunk(shop, theirs)))
    if beside is None:
        yield orders
        return
    with beside:
        deque(meanwhile or (), maxlen=0)
        yield orders[every - 1 :: every]
    making.add(beside.result())
