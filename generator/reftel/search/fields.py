"""The searched fields of a cable, their weights, and what stands in each."""

import re

from reftel.search.document import SearchDocument
from reftel.search.packing import utf16_order
from reftel.search.words import LONGEST, fold, terms

FIELDS = {"subject": 8, "body": 1, "summary": 2, "mrn": 60, "tags": 4, "origin": 3, "signature": 4, "refs": 6}
"""Field and boost, in lunr's order. The boosts put a cable first when its MRN or subject is typed."""
NAMES = tuple(FIELDS)
LONG_FIELDS = ("body",)
"""Fields whose lengths stand in a table of their own; a posting carries those of the others, in which fewer words
stand.
"""
SUBJECT, BODY = NAMES.index("subject"), NAMES.index("body")
READ_FIELDS = (SUBJECT, BODY)
"""The numbers of the fields in which phrases are found."""

TERM = "\0"
"""Stands before what is a term already and not to be analysed."""
BREAK = "\1"
"""Between paragraphs: no phrase reaches across it."""
END = b"\xff"
"""Behind each field: a byte that no text in UTF-8 has."""

_MRN = re.compile(r"^([0-9]{2})([A-Z]{2,})([0-9]+)$")


def field_texts(document: SearchDocument) -> tuple[str, ...]:
    """For each field, in their order, its text: chunks with blanks between them. TERM stands before what is a term."""
    paragraphs = [text for _, text in document.paragraphs]
    return (
        document.subject, f" {BREAK} ".join([*paragraphs, ""]), document.summary, _mrn_text(document.mrn),
        " ".join(document.tags), document.origin, document.signature, " ".join(map(_mrn_text, document.refs)),
    )  # fmt: skip


def field_bytes(document: SearchDocument) -> bytes:
    """The texts of all fields in UTF-8, a blank before and END behind each."""
    return b"".join([b" %b %b" % (text.encode(), END) for text in field_texts(document)])


def _mrn_text(text: str) -> str:
    """An MRN with and without its year, so that "moscow 4307" finds it too; any other text as it is."""
    found = _MRN.match(text)
    if not found:
        return text
    return f"{TERM}{fold(found[0])[:LONGEST]} {TERM}{fold(found[2] + found[3])[:LONGEST]}"


def field_terms(document: SearchDocument) -> dict[str, list[str]]:
    """For each field the terms that lunr is given: sorted, so that which of two it numbers first does not depend on
    where they stand.
    """
    return {
        name: sorted((term for chunk in text.split() for term in chunk_terms(chunk)), key=utf16_order)
        for name, text in zip(NAMES, field_texts(document), strict=True)
    }


def chunk_terms(chunk: str) -> list[str]:
    """The terms of one chunk of a field."""
    if chunk == BREAK:
        return []
    return [chunk[1:]] if chunk.startswith(TERM) else terms(chunk)
