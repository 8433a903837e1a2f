"""A blog's page in HTML: the entry's content as text, lines where a browser would break them."""

import re

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PreformattedString

from reftel.source.decode import clean
from reftel.source.recognise import is_cable

_ENTRIES = (
    ".entry-content",
    ".post-content",
    ".post-body",
    ".entry",
    ".entrytext",
    "[itemprop=articleBody]",
    "article",
    ".post",
    "#content",
    "main",
    "body",
)
"""Where blogs keep the text of an entry, the narrowest first."""

_NOT_TEXT = (
    "script",
    "style",
    "noscript",
    "template",
    "form",
    "nav",
    "aside",
    "iframe",
    "svg",
    "button",
    "select",
    "textarea",
    "head",
)
_FURNITURE = (
    "#comments, .comments-area, #respond, .sharedaddy, .jp-relatedposts, .wpcnt, .widget, "
    ".post-navigation, .navigation, .entry-meta, .postmetadata"
)
_PARAGRAPHS = (
    "p",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "table",
    "blockquote",
    "article",
    "section",
    "figure",
    "hr",
)
_LINES = ("div", "li", "tr", "dt", "dd", "caption")
_XML = re.compile(r"\A\s*<\?xml[^<>]{0,200}>")
_PARAGRAPH, _LINE = "\x1e", "\x1f"
_BREAKS = re.compile(r"[ \n\x1f]*\x1e[ \n\x1e\x1f]*")
_LINE_BREAKS = re.compile(r" *\n? *\x1f[ \x1f]*")


def read_blog(html: str) -> str:
    """The text of a page's entry, "" where it has none. Several entries on one page follow each other."""
    html = _XML.sub("", html)  # BeautifulSoup warns on the terminal of a page that says it is XML
    soup = BeautifulSoup(html.replace(_PARAGRAPH, "\ufffd").replace(_LINE, "\ufffd"), "lxml")
    for element in soup.find_all(_NOT_TEXT) + soup.select(_FURNITURE):
        if not element.decomposed:
            element.decompose()
    whole = ""
    for selector in _ENTRIES:
        entries = soup.select(selector)
        inside = {id(entry) for entry in entries}
        outer = [entry for entry in entries if not any(id(parent) in inside for parent in entry.parents)]
        whole = "\n".join(_text(entry) for entry in outer)
        if is_cable(whole):
            return whole
    return whole


def _text(entry: Tag) -> str:
    """An element's text: its own line breaks are blanks outside `<pre>`, `<br>` ends a line, paragraphs stand apart."""
    for string in list(entry.find_all(string=True)):
        if isinstance(string, PreformattedString):
            string.extract()
        elif "\n" in string and string.find_parent("pre") is None:
            joined = re.sub(r"[ \t]*\n\s*", " ", string)
            after_break = isinstance(string.previous_sibling, Tag) and string.previous_sibling.name == "br"
            string.replace_with(
                NavigableString(joined.removeprefix(" ") if after_break and string.startswith("\n") else joined)
            )
    for br in entry.find_all("br"):
        br.replace_with("\n")
    for cell in entry.find_all(("td", "th")):
        cell.append(" ")
    for element in entry.find_all(_LINES):
        element.insert_before(_LINE)
        element.append(_LINE)
    for element in entry.find_all(_PARAGRAPHS):
        element.insert_before(_PARAGRAPH)
        element.append(_PARAGRAPH)
    text = _BREAKS.sub("\n\n", entry.get_text())
    text = _LINE_BREAKS.sub("\n", text).replace("\xa0", " ")
    return clean(text).strip("\n") + "\n"
