"""The reading text of a cable as finished HTML, block by block."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from markupsafe import Markup

from reftel.site.contexts import BlockView, Link
from reftel.site.markup import finished, plain, quoted

PARAGRAPHS = ("paragraph", "subparagraph", "text")


def body(blocks: Iterable[BlockView], level: int) -> Markup:
    """The blocks one after the other; `level` is the level of their headings. A portion mark is spelled out where it
    stands first.

    Inside a paragraph no line begins before its end tag: there, a line end is shown as one.
    """
    parts: list[str] = []
    seen: set[str] = set()
    for block in blocks:
        kind, mark = block.kind, block.mark
        if kind not in PARAGRAPHS:
            parts.append(_KINDS[kind](block, level))
            continue
        parts += (_start(kind, block.anchor, block.number, mark, None if mark in seen else block.mark_text), block.html)
        if block.cited_from:
            parts.append(f'<p class="margin">Cited from {", ".join(map(_place, block.cited_from))}')
        parts.append("</div>\n")
        seen.add(mark)
    return finished("".join(parts))


@lru_cache(maxsize=10_000)
def _start(kind: str, anchor: str, number: str, mark: str, spelled: str | None) -> str:
    """What stands before a paragraph's text: the same in most cables. `spelled` is None where the mark stood before."""
    sub = " sub" if kind == "subparagraph" else ""
    about = "" if spelled is None else f' title="{quoted(spelled)}"'
    label = f"<abbr{about}>({plain(mark)})</abbr> " if mark else ""
    number_link = f"{_number(anchor, number)}\n" if anchor else ""
    return f'<div class="par{sub}"{_id(anchor)}>{number_link}<p>{label}'


def _number(anchor: str, number: str) -> str:
    return f'<a class="num" href="#{quoted(anchor)}">¶{plain(number)}</a>'


def _id(anchor: str) -> str:
    return f' id="{quoted(anchor)}"' if anchor else ""


def _place(place: Link) -> str:
    about = f' aria-description="{quoted(place.note)}"' if place.note else ""
    return f'<a class="reftel" href="{quoted(place.href)}"{about}>{plain(place.text)}</a>'


def _heading(block: BlockView, level: int) -> str:
    return f"<h{level}{_id(block.anchor)}>{block.html}</h{level}>\n"


def _list(block: BlockView, _: int) -> str:
    items = "\n<li>".join(block.items)
    return f'<ul class="items">\n<li>{items}\n</ul>\n'


def _table(block: BlockView, _: int) -> str:
    rows = "\n".join(block.items)
    return f'<div class="wide" tabindex="0" role="group" aria-label="Table as printed"><pre>{rows}\n</pre></div>\n'


def _quote(block: BlockView, _: int) -> str:
    return f"<blockquote{_id(block.anchor)}><p>{block.html}</blockquote>\n"


def _missing(block: BlockView, _: int) -> str:
    return f'<p class="gap"{_id(block.anchor)}>{_number(block.anchor, block.number)} is missing from the text</p>\n'


_KINDS: Mapping[str, Callable[[BlockView, int], str]] = {
    "heading": _heading,
    "list": _list,
    "table": _table,
    "quote": _quote,
    "rule": lambda block, level: "<hr>\n",
    "missing": _missing,
}
