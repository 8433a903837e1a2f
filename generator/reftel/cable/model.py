"""The record of one cable: what `reftel parse` prints and the site shows. The JSON names are promises.

Spans are character offsets `[start, end)` in the cable's text as its `Source` yields it; lines count in it from 1.
"""

from typing import Literal

import msgspec

Span = tuple[int, int]

BlockKind = Literal["paragraph", "subparagraph", "text", "heading", "list", "table", "quote", "rule", "missing"]
RefKind = Literal["cable", "email", "telcon", "report", "memo", "other"]
CreatedSource = Literal["dtg", "metadata"]
TagKind = Literal["subject", "geographic", "organization", "program", "person", "unknown"]


class Addressee(msgspec.Struct, frozen=True, gc=False):
    """One action or info addressee: `RUEHC/SECSTATE WASHDC IMMEDIATE 3484`."""

    route: str | None
    name: str
    precedence: str | None = None
    number: str | None = None
    """The message continuity number as printed, zeros included ("0121")."""
    excluded: list[str] = []
    """The posts of a collective that do not get it (the XMT lines after it)."""


class Ref(msgspec.Struct, frozen=True, gc=False):
    """One item of the REF line. `mrn` is null when it is no cable or cannot be decided (then there is a problem)."""

    label: str | None
    text: str
    kind: RefKind
    mrn: str | None
    captions: list[str]
    span: Span


class ClassifiedBy(msgspec.Struct, frozen=True, gc=False):
    """The `Classified By` line: `text` as printed (joined), `reasons` as "1.4(b)"."""

    text: str
    name: str | None = None
    title: str | None = None
    reasons: list[str] = []


class Sections(msgspec.Struct, frozen=True, gc=False):
    """`SECTION 01 OF 02`: the section the text begins with, and how many there are."""

    number: int
    of: int


class Mention(msgspec.Struct, frozen=True, gc=False):
    """A place in the prose that points somewhere: "REF A", "reftel", "REF B para 4", "para 4", "Moscow 4008".

    `text` is the words that become the link, `at` their offsets in the block's `text`, `span` in the cable's text. What
    it points to: with an `mrn` another cable (with an `anchor` that paragraph of it); with an `anchor` alone a
    paragraph of this cable; with a `label` alone the item of the REF line, which is no cable or undecided. It points to
    one thing; what is undecidable is no mention.
    """

    text: str
    at: Span
    span: Span
    label: str | None = None
    mrn: str | None = None
    anchor: str | None = None


class Block(msgspec.Struct, frozen=True, gc=False):
    """A piece of the reading text, in order. Page markers and repeated captions are gone, wrapped lines joined.

    `text` begins after the printed number and mark. In a list, an item is a line (its bullet kept); in a table, a row
    is a line, blanks kept. `number` is the printed paragraph number (a sub-paragraph has its paragraph's). `anchor` is
    null for headings, rules, lists, tables and quotes.
    """

    kind: BlockKind
    anchor: str | None
    number: int | None
    mark: str | None
    mark_text: str | None
    text: str
    span: Span
    mentions: list[Mention] = []


class RecordProblem(msgspec.Struct, frozen=True, gc=False):
    """A doubtful place, by its line in the cable's text."""

    line: int
    message: str


class SourceRef(msgspec.Struct, frozen=True, gc=False):
    """Where the record came from."""

    path: str
    sha256: str
    format: str


class Cable(msgspec.Struct, frozen=True, gc=False):
    """One parsed cable."""

    mrn: str | None
    created: str | None
    """Zulu time, "2007-08-31T13:51:00Z"."""
    created_source: CreatedSource | None
    released: str | None
    classification: str | None
    captions: list[str]
    origin: str | None
    post: str | None
    subject: str | None
    tags: list[str]
    tag_kinds: dict[str, TagKind]
    dtg: str | None
    precedence: str | None
    transmission_id: str | None
    from_: str | None = msgspec.field(name="from")
    action: list[Addressee]
    info: list[Addressee]
    refs: list[Ref]
    classified_by: ClassifiedBy | None
    declassify_on: str | None
    declassify_text: str | None
    summary: str | None
    comment: str | None
    signature: str | None
    sections: Sections | None
    corrected: bool
    partial: bool
    redactions: int
    spans: dict[str, Span]
    """Where each field that was found stands: "subject", "tags", "refs", "classified_by", "declassify_on",
    "classification", "dtg", "from", "action", "info", "captions", "summary", "comment", "signature", "transmission_id".
    """
    blocks: list[Block]
    problems: list[RecordProblem]
    source: SourceRef
