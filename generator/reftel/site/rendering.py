"""Making the pages that are due: by workers where they are many, else here and in a copy of this process."""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from functools import partial

from reftel.site.crew import Crew, Turns, chunks
from reftel.site.ledger import Made
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
    """Make pages. Workers load the site from the cache; what is done in this process uses the one that is here. Where
    pages are few, a copy of this process begins with them; here all steps of what can be done `meanwhile` come first.
    """
    done = 0
    for made in _made(orders, here, shop, crew, meanwhile):
        making.add(made)
        done += len(made)
        tell(done, len(orders))


def _made(
    orders: Sequence[Order], here: Workshop, shop: Shop, crew: Crew, meanwhile: Iterator[object] | None
) -> Iterator[list[Made]]:
    count = -(-len(orders) // CHUNK)
    if crew.is_few(count) and len(orders) > FEW:
        with Turns(orders) as turns:
            work = partial(make_chunk, here, Chunk(shop, turns))
            with crew.beside(work) or nullcontext() as copy:
                deque(meanwhile or (), maxlen=0)
                yield work()
                if copy:
                    yield copy.result()
        return
    if crew.is_elsewhere(count):
        save_site(here.site, shop.cache)
    elif crew.is_copied(count):
        here.ready()
    parts = (Chunk(shop, part) for part in chunks(orders, CHUNK))
    yield from crew.work(render_chunk, parts, partial(make_chunk, here), RENEWED)
