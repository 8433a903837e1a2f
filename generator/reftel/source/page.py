"""A page of the 2010 site: a table of metadata, then the header and the body of the cable in two `<pre>`.

Nine tenths of a page are its menu: it is cut away before BeautifulSoup sees anything. The site escaped neither `<` nor
`&` in a cable's text, so whatever in a `<pre>` is not one of the site's own links (paragraph signs, TAGS) is the
cable's text (09PARIS1426 has `&micro-`).
"""

import re
from collections.abc import Iterator
from html.entities import html5
from itertools import pairwise

import msgspec
from bs4 import BeautifulSoup, SoupStrainer, Tag

from reftel.source.decode import clean, without_escaped_ends
from reftel.source.model import METADATA_LABELS

_TABLE = re.compile(r"<table\b[^<>]{0,200}\bclass\s{0,4}=\s{0,4}['\"]?cable\b", re.I)
_PRE = re.compile(r"(?P<code><code[^<>]{0,100}>\s{0,20})?<pre[^<>]{0,100}>", re.I)
_OWN_LINK = re.compile(
    r"<a\s{1,4}(?:(?:id|name)=['\"]par[^'\"<>]{0,20}['\"]\s{1,4}href=['\"]#par[^'\"<>]{0,20}['\"]"
    r"|href=['\"][^'\"<>]{0,120}tag/[^'\"<>]{0,80}['\"])>([^<>]{0,80})</a>",
    re.I,
)
"""A paragraph sign or a linked TAG."""

_AND = re.compile(r"&(?:#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|([A-Za-z][A-Za-z0-9]{1,31};))?")
_LARGEST_TABLE = 100_000
_TAG = re.compile(r"<[^<>]*>")
_PARTS = SoupStrainer(["table", "pre"])
_LABELS = ("Reference ID", "Created", "Released", "Classification", "Origin")


class PageCable(msgspec.Struct, frozen=True):
    """One cable of a page: where its part of the page begins, and its text rebuilt."""

    start: int
    text: str


def read_page(html: str) -> Iterator[PageCable]:
    """The cables of a page of the 2010 site (one, as the site made them); none where the page is another."""
    tables = [found.start() for found in _TABLE.finditer(html)]
    for i, (start, end) in enumerate(zip(tables, [*tables[1:], len(html)], strict=False)):
        if text := _read_cable(html[start:end]):
            yield PageCable(start if i else 0, text)


def _read_cable(part: str) -> str | None:
    """The text of the cable whose table opens this part of a page, None without a table of its labels or a text."""
    table_end = part.find("</table>")
    if not 0 <= table_end <= _LARGEST_TABLE:
        return None
    texts = list(_pre_texts(part, table_end))
    fragment = part[:table_end] + "</table>" + "".join(f"<pre>.{_protected(text)}</pre>" for text in texts)
    soup = BeautifulSoup(fragment, "lxml", parse_only=_PARTS)
    values = _values(soup)
    if values is None or not texts:
        return None
    text = f"{METADATA_LABELS}\n{' '.join(values)}\n\n" + "\n\n".join(_texts(soup)).rstrip("\n") + "\n"
    return without_escaped_ends(clean(text))


def _pre_texts(part: str, start: int) -> Iterator[str]:
    """What stands in each `<pre>`, of which the first follows the table; none where other words stand between them.

    Where a `<pre>` stands in a `<code>`, both end together: a text may hold `</pre>`.
    """
    first = _PRE.search(part, start)
    if not first or _TAG.sub("", part[start : first.start()]).strip():
        return
    while opening := _PRE.search(part, start):
        close = "</pre></code>" if opening["code"] else "</pre>"
        end = part.find(close, opening.end())
        if end < 0:
            end = len(part)
        if opening.end() < end:
            yield part[opening.end() : end]
        start = end + len(close)


def _protected(text: str) -> str:
    """A `<pre>`'s content without the site's own links; all other markup and each `&` that begins no entity escaped."""
    text = text.replace("&#x000A;", "\n")  # the site's line ends: as entities each is an event of its own
    text = _OWN_LINK.sub(lambda link: "" if link[1] == "¶" else link[1], text)
    return _AND.sub(_entity, text).replace("<", "&lt;")


def _entity(found: re.Match[str]) -> str:
    """An entity as it is, a bare `&` escaped."""
    known = len(found[0]) > 1 and (found[1] is None or found[1] in html5)
    return found[0] if known else f"&amp;{found[0][1:]}"


def _texts(soup: BeautifulSoup) -> Iterator[str]:
    """The text of each `<pre>` without the dot that keeps a parser from dropping a first empty line."""
    return (pre.get_text()[1:] for pre in soup.find_all("pre"))


def _values(soup: BeautifulSoup) -> list[str] | None:
    """The metadata in the order of the labels, None where the table has other ones."""
    table = soup.find("table")
    rows = table.find_all("tr") if isinstance(table, Tag) else []
    for labels, cells in pairwise(rows):
        names = [label.get_text().strip() for label in labels.find_all("th")]
        if _LABELS[0] in names:
            texts = [" ".join(cell.get_text().split()) for cell in cells.find_all("td")]
            values = dict(zip(names, texts, strict=False))
            return [values[name] for name in _LABELS if values.get(name)]
    return None
