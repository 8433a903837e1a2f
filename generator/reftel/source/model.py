"""What reading yields: the text of one cable, and where it came from."""

from typing import Literal

import msgspec

from reftel.problems import Problem

Format = Literal["text", "html", "blog", "csv"]
"""How a cable was found: raw text (also a blog's page copied as text), a page of the 2010 site, a blog's HTML page, a
row of the full set.
"""

METADATA_LABELS = "Reference ID Created Released Classification Origin"


class Source(msgspec.Struct, frozen=True, gc=False):
    """One cable's text as found in a content folder.

    `text` is what the parser reads: the metadata line pair first where there is one (`METADATA_LABELS`, then its
    values), LF line ends, no page furniture, no NUL and no lone surrogate (both are U+FFFD; other control characters
    stay); spans and line numbers of a record count in it. HTML pages and CSV rows are rebuilt into the same form (a
    CSV row knows no release date: its values have one date only). `raw` is the cable's own slice of the file, byte for
    byte (a CSV row: header and body unescaped, UTF-8); the slices of a file with several cables in it make up the
    whole file.
    """

    path: str
    """Relative to the content folder, with forward slashes; for `reftel parse` as typed."""
    format: Format
    raw: bytes
    sha256: str
    """Of `raw`, hexadecimal."""
    text: str
    line: int = 1
    """The line of the file on which `text` begins, counted from 1: file line = line + text line - 1. Of an HTML page
    1, because its text is rebuilt; of a CSV row the line on which the row begins.
    """
    encoding: str = "utf-8"
    """As detected."""
    problems: tuple[Problem, ...] = ()
    """What was doubtful while reading it."""
