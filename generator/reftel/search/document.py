"""What search knows of one cable."""

import msgspec


class SearchDocument(msgspec.Struct, frozen=True):
    """One cable as it is indexed and shown among the results.

    `paragraphs` holds every block with text in reading order, headings, lists, tables and quotes too, as (anchor,
    text); a block without an anchor of its own has the anchor of the last one before it, "" when there is none.
    """

    key: str
    """Unique in the archive: the MRN, or the page's stem where two files have one MRN ("07MOSCOW4307.dup-1a2b3c4d")."""
    mrn: str
    """Canonical, "07MOSCOW4307"; "" where the cable has none."""
    address: str
    """From the top of the site: "cable/2007/08/07MOSCOW4307.html"; or on another site, by its address."""
    subject: str
    date: str
    """"2007-08-31"; "" when undated."""
    origin: str
    classification: str
    class_slug: str
    tags: list[str]
    signature: str
    refs: list[str]
    """For each REF item its canonical MRN, or its printed text where it is no cable or undecided."""
    summary: str
    paragraphs: list[tuple[str, str]]
