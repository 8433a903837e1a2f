"""The reading text of a cable as finished HTML, block by block."""

from collections.abc import Callable, Iterable, Mapping

from markupsafe import Markup

from reftel.site.contexts import BlockView, Link
from reftel.site.markup import plain, quoted

PARAGRAPHS = ("paragraph", "subparagraph", "text")


def body(blocks: Iterable[BlockView], level: int) -> Markup:
    """The blocks one after the other; `level` is the level of their headings. A portion mark is spelled out where it
    stands first.

    Inside a paragraph no line begins before its end tag: there, a line end is shown as one.
    """
    parts: list[str] = []
    seen: set[str] = set()
    for block in blocks:
        if block.kind in PARAGRAPHS:
            parts.append(_paragraph(block, block.mark not in seen))
            seen.add(block.mark)
        else:
            parts.append(_KINDS[block.kind](block, level))
    return Markup("".join(parts))


def _paragraph(block: BlockView, is_spelled: bool) -> str:
    sub = " sub" if block.kind == "subparagraph" else ""
    about = f' title="{quoted(block.mark_text)}"' if is_spelled else ""
    mark = f"<abbr{about}>({plain(block.mark)})</abbr> " if block.mark else ""
    number = f"{_number(block)}\n" if block.anchor else ""
    margin = f'<p class="margin">Cited from {", ".join(map(_place, block.cited_from))}' if block.cited_from else ""
    return f'<div class="par{sub}"{_id(block)}>{number}<p>{mark}{block.html}{margin}</div>\n'


def _number(block: BlockView) -> str:
    return f'<a class="num" href="#{quoted(block.anchor)}">¶{plain(block.number)}</a>'


def _id(block: BlockView) -> str:
    return f' id="{quoted(block.anchor)}"' if block.anchor else ""


def _place(place: Link) -> str:
    about = f' aria-description="{quoted(place.note)}"' if place.note else ""
    return f'<a class="reftel" href="{quoted(place.href)}"{about}>{plain(place.text)}</a>'


def _heading(block: BlockView, level: int) -> str:
    return f"<h{level}{_id(block)}>{block.html}</h{level}>\n"


def _list(block: BlockView, _: int) -> str:
    items = "\n<li>".join(block.items)
    return f'<ul class="items">\n<li>{items}\n</ul>\n'


def _table(block: BlockView, _: int) -> str:
    rows = "\n".join(block.items)
    return f'<div class="wide" tabindex="0" role="group" aria-label="Table as printed"><pre>{rows}\n</pre></div>\n'


def _quote(block: BlockView, _: int) -> str:
    return f"<blockquote{_id(block)}><p>{block.html}</blockquote>\n"


def _missing(block: BlockView, _: int) -> str:
    return f'<p class="gap"{_id(block)}>{_number(block)} is missing from the text</p>\n'


_KINDS: Mapping[str, Callable[[BlockView, int], str]] = {
    "heading": _heading,
    "list": _list,
    "table": _table,
    "quote": _quote,
    "rule": lambda block, level: "<hr>\n",
    "missing": _missing,
}
