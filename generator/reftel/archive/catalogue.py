"""From records to entries, and from entries to the `Catalogue`: who holds an MRN, in what order, and what is doubtful.

Two files of one MRN are both kept: the first in path order holds the address, the later ones stand beside it as its
twins and take no part in the relations, so that nothing is counted twice.
"""

from collections.abc import Iterable

import msgspec
import numpy as np

from reftel.archive.archive import Archive, Catalogue, in_order
from reftel.archive.fingerprints import fingerprints
from reftel.archive.model import Entry, EntryRef, Pointing
from reftel.cable.model import Block, Cable
from reftel.problems import Problem

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


def catalogue(entries: Iterable[Entry]) -> tuple[Catalogue, list[Problem]]:
    """The catalogue of these entries, and what is doubtful about their MRNs; their order does not matter."""
    firsts: dict[str, Entry] = {}
    files: dict[str, list[Entry]] = {}
    for entry in entries:
        if (first := firsts.setdefault(entry.mrn, entry)) is not entry:
            files.setdefault(entry.mrn, [first]).append(entry)
    problems: list[Problem] = []
    twins: dict[str, list[Entry]] = {}
    for mrn, same in files.items():
        same.sort(key=lambda entry: (entry.path, entry.line))
        firsts[mrn] = same[0]
        twins[mrn] = list(_told_apart(same, problems))
    return in_order(firsts.values(), twins), sorted(problems)


def _told_apart(same: list[Entry], problems: list[Problem]) -> Iterable[Entry]:
    """The later files of one MRN, each with what tells its address apart; a third copy of its bytes is left out."""
    first, seen = same[0], set[str]()
    for entry in same[1:]:
        twin = entry.sha256[:8]
        place = f"{first.path}:{first.line}"
        if twin in seen:
            message = f"a further copy of {entry.mrn}, which stands in {place} too, is left out: remove it"
            problems.append(Problem(entry.path, entry.line, message, "error"))
            continue
        seen.add(twin)
        how = "byte for byte" if entry.sha256 == first.sha256 else "in another copy"
        message = (
            f"{entry.mrn} stands in {place} too, {how}; both are kept, this one as {entry.mrn}.dup-{twin}: remove one"
        )
        problems.append(Problem(entry.path, entry.line, message))
        yield msgspec.structs.replace(entry, twin=twin)


def later_refs(archive: Archive) -> Iterable[Problem]:
    """A cable cannot cite what was not yet written: the MRN is misread or misprinted, or a date is."""
    citing, cited = archive.citations.ties
    for place in np.unique(citing[cited > citing]).tolist():
        entry = archive.entries[place]
        for ref in entry.refs:
            later = archive.get(ref.mrn)
            if entry.created and later and later.created and later.created > entry.created:
                message = (
                    f"REF cites a later cable: {later.mrn} of {later.created[:10]}, this one is of {entry.created[:10]}"
                )
                yield Problem(entry.path, ref.line, message)
