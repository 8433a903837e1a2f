"""The blocks of a cable's text as a page shows them: their text as HTML, with the mentions in it as links."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter

import msgspec
from markupsafe import Markup

from reftel.cable.marks import mark_meaning
from reftel.cable.model import Block, Mention
from reftel.site.contexts import BlockView, Link
from reftel.site.markup import clean, escaped, finished, is_usual, quoted, shown


class Target(msgspec.Struct, frozen=True, gc=False):
    """Where a mention leads: the address relative to the page, some lines about it for the reader who points at it or
    asks, and the slug of what it leads to: a classification, "missing", "" for this page.
    """

    href: str
    title: str = ""
    class_slug: str = ""


Resolve = Callable[[Mention], Target | None]
"""Says where a mention leads from the page being made, None when it leads nowhere."""
Show = Callable[[str], str]
"""Makes HTML of a text, or of a piece of one."""
Places = Mapping[str, Sequence[Link]]
"""By anchor, the places that point there."""


def block_views(
    blocks: Sequence[Block],
    resolve: Resolve,
    *,
    prefix: str = "",
    cited_from: Places | None = None,
) -> tuple[BlockView, ...]:
    """The body's blocks as the templates show them.

    `prefix` goes before every anchor (a thread page shows several cables: `07MOSCOW4307-`); `cited_from` says, by
    anchor, which places point to that block.
    """
    show = _way_to_show(" ".join([block.text for block in blocks]))
    places = cited_from or {}
    return tuple([_view(block, resolve, prefix, places, show) for block in blocks])


def _way_to_show(text: str) -> Show:
    """How all pieces of a text may be shown: what is usual as a whole, and most cables are, need not be looked at piece
    by piece.
    """
    if not is_usual(text):
        return shown
    return escaped if "&" in text or "<" in text or ">" in text else str


def linked(text: str, mentions: Sequence[Mention], resolve: Resolve) -> Markup:
    """`text` as HTML with its mentions as links. A mention that overlaps one before it, or leads nowhere, is text.

    What is said about a target stands in `aria-description`: screen readers say it, and the style sheet shows it to who
    points at, focuses or touches the link.
    """
    return finished(_linked(text, mentions, resolve, _way_to_show(text)))


def _linked(text: str, mentions: Sequence[Mention], resolve: Resolve, show: Show) -> str:
    parts: list[str] = []
    done = 0
    for mention in sorted(mentions, key=_at) if len(mentions) > 1 else mentions:
        start, end = mention.at
        if start < done or end > len(text) or not (target := resolve(mention)):
            continue
        about = f' aria-description="{quoted(target.title)}"' if target.title else ""
        slug = f" c-{target.class_slug}" if target.class_slug else ""
        parts += (
            show(text[done:start]),
            f'<a class="reftel{slug}" href="{quoted(target.href)}"{about}>{show(text[start:end])}</a>',
        )
        done = end
    parts.append(show(text[done:]))
    return "".join(parts)


_at = attrgetter("at")


def _view(block: Block, resolve: Resolve, prefix: str, places: Places, show: Show) -> BlockView:
    kind, anchor, mark = block.kind, block.anchor, block.mark
    html = ""
    items: tuple[Markup, ...] = ()
    if kind in ("list", "table"):
        items = _rows(block, resolve, show)
    elif kind != "rule":
        html = _linked(block.text, block.mentions, resolve, show) if block.mentions else show(block.text)
    return BlockView(
        kind,
        prefix + anchor if anchor else "",
        _printed_number(block),
        mark or "",
        _spelled(mark) if mark else "",
        finished(html),
        items,
        tuple(places[anchor]) if anchor and anchor in places else (),
    )


def _rows(block: Block, resolve: Resolve, show: Show) -> tuple[Markup, ...]:
    """Each line of a list or a table as HTML, the mentions of the block dealt out to their lines."""
    if not block.mentions:
        return tuple([finished(show(line)) for line in block.text.split("\n")])
    rows: list[Markup] = []
    start = 0
    for line in block.text.split("\n"):
        end = start + len(line)
        here = [m for m in block.mentions if start <= m.at[0] and m.at[1] <= end]
        moved = [Mention(m.text, (m.at[0] - start, m.at[1] - start), m.span, m.label, m.mrn, m.anchor) for m in here]
        rows.append(finished(_linked(line, moved, resolve, show)))
        start = end + 1
    return tuple(rows)


def _printed_number(block: Block) -> str:
    if block.kind == "subparagraph" and block.anchor:
        return block.anchor.rpartition("-")[2]
    return "" if block.number is None else str(block.number)


@lru_cache(maxsize=1000)
def _spelled(mark: str) -> str:
    return clean(mark_meaning(mark))
