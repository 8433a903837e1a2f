"""From a cable's text to inert HTML: everything escaped, what is hostile made visible.

Whatever a cable holds, it must neither act nor hide on the page. Text is cleaned in two strengths: `clean` for any
place, attributes included, `visible` for running text, where it may also add elements (`<wbr>`, `<bdi>`,
redactions). Both look at a text once; the usual case, a text without anything unusual, is told apart by a few calls
that run in C.
"""

import re
from collections.abc import Callable
from functools import partial

from markupsafe import Markup

RUN = 80
"""Characters a run without a blank may have: longer ones may be broken there (browsers hang on runs of 50 KB)."""

# Control characters and lone surrogates cannot stand in HTML; noncharacters and tag characters only hide things.
_DEAD = "\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e007f"
# What turns the direction of the text around it, and the line ends that only some programs see.
_TURNING = "\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069"

_CONTROL = re.compile(f"[{_DEAD}{_TURNING}]")
# The alternatives are tried in this order at each place: a redaction, a long run, one character.
# One class of first characters, so that the search skips from one to the next.
_REDACTED = re.compile("[Xx](?:(?<=X)X{4,}|(?<=x)x{4,})")
_PRINTABLE = b"\t\n" + bytes(range(0x20, 0x7F))
_UNUSUAL = re.compile(rf"X{{5,}}|x{{5,}}|[{_DEAD}{_TURNING}]|[^\s{_DEAD}{_TURNING}]{{{RUN}}}(?=[^\s])")


finished: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A text that is HTML already, as such: what `Markup(text)` makes, in a third of the time."""


def clean(text: str) -> str:
    """`text` with dead characters as U+FFFD and bidi controls as `[U+202E]`: safe in any place of a page once
    escaped.
    """
    if text.isprintable():
        return text
    return _CONTROL.sub(_named, text)


def escaped(text: str) -> str:
    """`text` as it may stand between tags, where quotes mean nothing: it must be clean already."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """`text` between tags, cleaned and escaped, without any element of its own."""
    if text.isalnum():  # MRNs, numbers, anchors
        return text
    if not text.isprintable():
        text = clean(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """`text` between the double quotes of an attribute, cleaned and escaped."""
    if text.isalnum():
        return text
    if not text.isprintable():
        text = clean(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&#34;")


def strict(text: str) -> str:
    """`text` between tags or in an attribute with quotes of either kind, as `markupsafe.escape` has it."""
    if text.isalnum():
        return text
    if not text.isprintable():
        text = clean(text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&#34;").replace("'", "&#39;")


def visible(text: str) -> Markup:
    """`text` as HTML: escaped, nothing in it acts or hides, redactions marked, runs longer than `RUN` may be broken.

    Lines stay lines: `\\n` and tabs are kept as they are.
    """
    return text if isinstance(text, Markup) else finished(shown(text))


def shown(text: str) -> str:
    """The same, as text for larger pieces of HTML."""
    if is_usual(text):
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _shown(text)


def harmless(text: str) -> bool:
    """Whether `text` may stand in a page once it is escaped: nothing dead or turning in it, and no long run."""
    if len(text) <= RUN:
        return text.isprintable() or not _CONTROL.search(text)
    data = text.encode("utf-8", "replace")
    # Taking the printable bytes out of a long text is twice as fast as looking at each of its characters.
    is_plain = not data.translate(None, _PRINTABLE) if text.isascii() else text.isprintable()
    if not is_plain and _CONTROL.search(text):
        return False
    return not (_may_have_long_run(data) and max(map(len, text.split()), default=0) > RUN)


def _may_have_long_run(data: bytes) -> bool:
    """Whether more than `RUN` bytes stand without a blank. Leaps from the last blank of each stretch of so many to the
    next; that takes two thirds of the time in bytes, of which there are not fewer than characters.
    """
    at, last, find = 0, len(data) - RUN, data.rfind
    while at < last:
        blank = find(b" ", at, at + RUN + 1)
        if blank < 0:
            return True
        at = blank + 1
    return False


def is_usual(text: str) -> bool:
    """Whether nothing in `text` needs more than to be escaped."""
    return "XXXXX" not in text and "xxxxx" not in text and harmless(text)


def _shown(text: str) -> str:
    parts: list[str] = []
    done = 0
    for found in (_REDACTED if harmless(text) else _UNUSUAL).finditer(text):
        parts.append(escaped(text[done : found.start()]))
        parts.append(_unusual(found[0]))
        done = found.end()
    parts.append(escaped(text[done:]))
    return "".join(parts)


def _unusual(piece: str) -> str:
    if piece[0] in "Xx":
        runs = "<wbr>".join(piece[i : i + RUN] for i in range(0, len(piece), RUN))
        return f'<span class="redaction" role="img" aria-label="redacted">{runs}</span>'
    if len(piece) > 1:
        return f"{escaped(piece)}<wbr>"
    name = _name(piece)
    return name if name == "\ufffd" else f'<bdi class="control">{name}</bdi>'


def _named(found: re.Match[str]) -> str:
    return _name(found[0])


_TURNS = re.compile(f"[{_TURNING}]")


def _name(character: str) -> str:
    return f"[U+{ord(character):04X}]" if _TURNS.match(character) else "\ufffd"
