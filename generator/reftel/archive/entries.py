"""From records to entries: what the relations and the listings need of a cable. It is loaded with the parser, and
without what relates the cables.
"""

import msgspec

from reftel.archive.fingerprints import fingerprints
from reftel.archive.model import Entry, EntryRef, Pointing
from reftel.cable.model import Block, Cable

WORDS = 12
"""First words of a paragraph, for previews of a place."""
PREVIEW = 280
"""Characters of a cable's preview."""


def entry_of(cable: Cable, text: str, line: int, key: str) -> Entry | None:
    """The light record of a cable; None when it has no MRN, and so no address.

    `text` is the cable's text, `line` the line of its file on which it begins, `key` what finds its record in the build
    cache.
    """
    if not cable.mrn:
        return None
    entry = Entry(
        key=key,
        mrn=cable.mrn,
        path=cable.source.path,
        line=line,
        sha256=cable.source.sha256,
        created=cable.created,
        released=cable.released,
        classification=cable.classification,
        captions=cable.captions,
        origin=cable.origin,
        post=cable.post,
        subject=cable.subject,
        tags=cable.tags,
        signature=cable.signature,
        opening=shortened(cable.summary or _first_text(cable.blocks), PREVIEW).encode(),
        refs=_refs(cable, text, line),
        mentions=[pointing for block in cable.blocks if block.mentions for pointing in _pointings(block)],
        anchors=" ".join([block.anchor for block in cable.blocks if block.anchor]),
    )
    return msgspec.structs.replace(entry, prints=fingerprints(entry))


def _refs(cable: Cable, text: str, line: int) -> list[EntryRef]:
    """The REF items, each with its line in the file: counted on from item to item, which stand in order."""
    found, offset = [], 0
    for ref in cable.refs:
        start = max(ref.span[0], offset)
        line += text.count("\n", offset, start)
        offset = start
        found.append(EntryRef(ref.label, ref.text, ref.kind, ref.mrn, ref.captions, line))
    return found


def _pointings(block: Block) -> list[Pointing]:
    """The block's mentions of other cables; one for each cable and paragraph it points to."""
    targets = dict.fromkeys([(mention.mrn, mention.anchor) for mention in block.mentions if mention.mrn])
    if not targets:
        return []
    words = " ".join(block.text.split(None, WORDS)[:WORDS])
    words = shortened(words if len(words) >= len(block.text.strip()) else words + " …", 120)
    return [Pointing(mrn, block.anchor or "", block.number, words, target) for mrn, target in targets]


def _first_text(blocks: list[Block]) -> str:
    return next((block.text for block in blocks if block.kind in ("paragraph", "text", "subparagraph")), "")


def shortened(text: str, size: int) -> str:
    """The beginning of a text on one line, cut at a blank, with an ellipsis where something is left out."""
    beginning = text[: size + 1]
    if " ".join(beginning.split()) != beginning:
        beginning = " ".join(text[: size * 4].split())
    if len(beginning) <= size and len(text) <= size * 4:
        return beginning
    cut = beginning[:size]
    return (cut[: cut.rfind(" ")] if " " in cut[size // 2 :] else cut).rstrip(" ,;:.…-") + " …"
