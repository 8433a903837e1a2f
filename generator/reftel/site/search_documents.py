"""What search gets to know of each cable."""

from collections.abc import Iterator, Sequence

from reftel.archive.model import Entry
from reftel.cable.model import Block, Cable
from reftel.search.document import SearchDocument
from reftel.site import addresses
from reftel.site.meanings import level
from reftel.site.records import Read


def search_documents(entries: Sequence[Entry], read: Read, places: Sequence[int]) -> list[SearchDocument]:
    """The cables at these places of all that are searched."""
    return [search_document(entries[place], read(entries[place].key).cable) for place in places]


def search_document(entry: Entry, cable: Cable) -> SearchDocument:
    """One cable."""
    address = addresses.cable(entry)
    return SearchDocument(
        key=addresses.cable_name(entry),
        mrn=entry.mrn,
        address=addresses.outward(addresses.SEARCH, entry.stands_in + address),
        subject=entry.subject or "",
        date=(entry.created or "")[:10],
        origin=entry.origin or "",
        classification=entry.classification or "",
        class_slug=level(entry.classification).slug,
        tags=entry.tags,
        signature=entry.signature or "",
        refs=[ref.mrn or ref.text for ref in entry.refs],
        summary=cable.summary or "",
        paragraphs=list(_paragraphs(cable.blocks)),
    )


def _paragraphs(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    """Every block with text, with its own anchor or the last one before it."""
    anchor = ""
    for block in blocks:
        anchor = block.anchor or anchor
        if block.text and block.kind != "rule":
            yield anchor, block.text
