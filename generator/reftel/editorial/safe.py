"""HTML that anybody may have written, made safe: what is left is text, links, tables, images of this site and the
classes of coloured code.
"""

from collections.abc import Callable

import nh3
from pygments.token import STANDARD_TYPES

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("blockquote", "details", "div", "figcaption", "figure", "hr", "p", "pre", "summary", *_HEADINGS)
_LISTS = ("dd", "dl", "dt", "li", "ol", "ul")
_TABLES = ("caption", "col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr")
_WORDS = (
    "abbr",
    "b",
    "cite",
    "code",
    "del",
    "dfn",
    "em",
    "i",
    "ins",
    "kbd",
    "mark",
    "q",
    "s",
    "samp",
    "small",
    "strong",
)
_MORE_WORDS = ("a", "br", "img", "span", "sub", "sup", "time", "u", "var")
_TAGS = {*_BLOCKS, *_LISTS, *_TABLES, *_WORDS, *_MORE_WORDS}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "title", "width", "height"},
    "li": {"id", "value"},
    "ol": {"start"},
    "sup": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
    **{heading: {"id"} for heading in _HEADINGS},
}
_ALIGNMENTS = {"left", "center", "right"}
_CLASSES = {
    "div": {"highlight", "footnote", "toc"},
    "span": {name for name in STANDARD_TYPES.values() if name},
    "a": {"footnote-ref", "footnote-backref"},
    "sup": {"footnote-ref"},
    "td": _ALIGNMENTS,
    "th": _ALIGNMENTS,
}


def safe_html(html: str, link: Callable[[str], str | None]) -> str:
    """The HTML without anything that acts or reaches out: no scripts, styles, forms, frames, handlers, foreign images.

    `link` gives for each address of a link the address to write, or None to leave it out.
    """

    def attribute(tag: str, name: str, value: str) -> str | None:
        if name == "href":
            return link(value)
        if name == "src" and (":" in value or value.startswith(("/", "\\"))):
            return None  # a request to another site, or a path that breaks below a sub-folder
        return value

    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags={
            "script",
            "style",
            "template",
            "iframe",
            "object",
            "svg",
            "math",
            "noscript",
            "textarea",
            "title",
        },
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        attribute_filter=attribute,
        url_schemes={"http", "https", "mailto", "cable"},
        link_rel=None,
    )
