"""The pages that show cables' text: the cable, its raw view, the thread."""

import msgspec
from markupsafe import Markup

from reftel.site.contexts.parts import AddresseeRow, BlockView, CableCard, Field, Frame, Link, MetaTag


class CablePage(msgspec.Struct, frozen=True, gc=False):
    frame: Frame
    mrn: str
    subject: str
    classification: str
    class_slug: str
    class_meaning: str
    """What this classification means, in a sentence or two."""
    justification: str
    """How it was justified: reasons spelled out, who classified it, until when. "" when the cable does not say."""
    captions: tuple[Field, ...]
    """Each caption with its meaning."""
    date: str
    time: str
    fields: tuple[Field, ...]
    """Created, released, origin, TAGS, from..., in order, linked to their browse pages."""
    header: tuple[Field, ...]
    action: tuple[AddresseeRow, ...]
    info: tuple[AddresseeRow, ...]
    refs: tuple[CableCard, ...]
    cited_by: tuple[CableCard, ...]
    thread: Link | None
    timeline: Markup
    """The thread's drawing (SVG) with this cable in focus, "" when it stands alone."""
    blocks: tuple[BlockView, ...]
    contents: tuple[Link, ...]
    """Headings and paragraphs to jump to; the note is "heading" for a heading."""
    signature: str
    earlier: CableCard | None
    later: CableCard | None
    earlier_at_post: CableCard | None
    later_at_post: CableCard | None
    earlier_in_thread: CableCard | None
    later_in_thread: CableCard | None
    problems: tuple[str, ...]
    """What the parser was not sure of, for readers: "line 12: ..."."""
    cite: tuple[Field, ...]
    """A ready-made citation and the address of a paragraph; the page's script adds further styles."""
    hash_tags: tuple[str, ...]
    formats: tuple[Link, ...]
    """Raw view, text as found, record: those that the archive offers."""
    partial: bool
    corrected: bool
    redactions: int
    twins: tuple[Link, ...] = ()
    """Other files with the same MRN; the note is the file's path."""
    editor_note: str = ""
    """A remark of the editor's from the cable's sidecar, "" for none."""
    meta: tuple[MetaTag, ...] = ()
    json_ld: Markup = Markup("")
    """The cable in schema.org's words, safe inside a script element."""


class RawPage(msgspec.Struct, frozen=True, gc=False):
    frame: Frame
    mrn: str
    cable: Link
    code: Markup
    """The coloured text, one numbered line each with the id `L12`."""
    formats: tuple[Link, ...]
    sha256: str
    path: str


class ThreadCable(msgspec.Struct, frozen=True, gc=False):
    card: CableCard
    summary: str
    refs: tuple[CableCard, ...]
    cited_by: tuple[CableCard, ...]
    blocks: tuple[BlockView, ...]
    """The full text, folded away in `<details>`; anchors carry the MRN in front so that they are unique on the page."""


class ThreadPage(msgspec.Struct, frozen=True, gc=False):
    frame: Frame
    title: str
    """The subject of its first cable."""
    name: str
    """Which thread, and which page of it: "The thread of 07MADRID2282, page 2 of 3"."""
    extent: str
    """How many cables, from when to when, and how many more are missing."""
    drawing: Markup
    cables: tuple[ThreadCable, ...]
    missing: tuple[CableCard, ...]
    earlier: Link | None = None
    later: Link | None = None
