"""The searched fields of a cable, their weights, and what stands in each."""

import re
from collections.abc import Iterator

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

_MRN = re.compile(r"^([0-9]{2})([A-Z]{2,})([0-9]+)$")


def field_chunks(document: SearchDocument) -> Iterator[list[str]]:
    """For each field, in their order, its chunks: what stands between blanks, TERM and a term, or BREAK."""
    yield document.subject.split()
    body: list[str] = []
    for _, text in document.paragraphs:
        body += text.split()
        body.append(BREAK)
    yield body
    yield document.summary.split()
    yield _mrn_chunks(document.mrn)
    yield [chunk for tag in document.tags for chunk in tag.split()]
    yield document.origin.split()
    yield document.signature.split()
    yield [chunk for ref in document.refs for chunk in _mrn_chunks(ref)]


def _mrn_chunks(text: str) -> list[str]:
    """An MRN with and without its year, so that "moscow 4307" finds it too; of any other text its chunks."""
    found = _MRN.match(text)
    if not found:
        return text.split()
    return [TERM + fold(text)[:LONGEST], TERM + fold(found[2] + found[3])[:LONGEST]]


def field_terms(document: SearchDocument) -> dict[str, list[str]]:
    """For each field the terms that lunr is given: sorted, so that which of two it numbers first does not depend on
    where they stand.
    """
    return {
        name: sorted((term for chunk in chunks for term in chunk_terms(chunk)), key=utf16_order)
        for name, chunks in zip(NAMES, field_chunks(document), strict=True)
    }


def chunk_terms(chunk: str) -> list[str]:
    """The terms of one chunk of a field."""
    if chunk == BREAK:
        return []
    return [chunk[1:]] if chunk.startswith(TERM) else terms(chunk)
