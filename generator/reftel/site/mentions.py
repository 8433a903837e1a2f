"""Where a mention in the prose leads from the page it stands on, and what is said of it before one goes there."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reftel.archive.entries import shortened
from reftel.archive.model import Entry, EntryRef
from reftel.cable.model import Block, Mention
from reftel.site import addresses
from reftel.site.blocks import Resolve, Target
from reftel.site.cards import KINDS, date_of, left_out_address, place_link, ref_anchors, time_of
from reftel.site.contexts import Link
from reftel.site.dates import written_span
from reftel.site.frame import Site
from reftel.site.meanings import level

PREVIEW_SCRIPT = "static/js/previews.js"
"""Shows a preview at the first touch of a link."""
WORDS = 160
"""Characters of a paragraph in its preview."""


class Anchors(NamedTuple):
    """What can be pointed at on a cable's page: its paragraphs, and the items of its REF line."""

    paragraphs: Mapping[str, Block]
    refs: Mapping[str, EntryRef]


def anchors_of(blocks: Sequence[Block], refs: Sequence[EntryRef]) -> Anchors:
    """The anchors of a cable."""
    paragraphs = {block.anchor: block for block in blocks if block.anchor}
    return Anchors(paragraphs, dict(zip(ref_anchors(refs), refs, strict=True)))


def resolver(site: Site, page: str, mrn: str, anchors: Anchors, prefix: str = "", home: str = "") -> Resolve:
    """The function that says where the mentions of the cable `mrn` lead, when they stand on the page at `page`.

    A mention leads to the paragraph that is meant where that is there, else to the cable, else to the entry of the
    missing cable, else to the REF item; what is not there is no link. What is said of a target is said at its first
    mention; the theme's script says it again at the others. `prefix` stands before the cable's paragraph
    anchors on this page; `home` is the cable's own page where this is another, for the REF items.
    """
    ref_page = addresses.relative(page, home) if home else ""
    found: dict[tuple[str | None, str | None, str | None], Target | None] = {}
    said: set[str] = set()

    def resolve(mention: Mention) -> Target | None:
        what = mention.mrn, mention.anchor, mention.label
        if what in found:
            return found[what]
        target = find(mention)
        found[what] = unsaid = Target(target.href, "", target.class_slug) if target else None
        if target and target.href in said:
            return unsaid
        said.add(target.href if target else "")
        return target

    def find(mention: Mention) -> Target | None:
        if mention.mrn and mention.mrn != mrn:
            return _to_cable(site, page, mention.mrn, mention.anchor or "")
        if mention.anchor:
            block = anchors.paragraphs.get(mention.anchor)
            return Target(f"#{prefix}{mention.anchor}", _words(block)) if block else None
        item = f"ref{mention.label}"
        ref = anchors.refs.get(item) if mention.label else None
        return Target(f"{ref_page}#{item}", _item(ref)) if ref else None

    return resolve


def pointers(site: Site, page: str, entry: Entry, blocks: Sequence[Block]) -> dict[str, list[Link]]:
    """By paragraph of a cable, the places that point to it: paragraphs of other cables, then its own."""
    places: dict[str, dict[Link, None]] = {}
    for citer in site.archive.cited_by(entry.mrn):
        for pointing in citer.mentions:
            if pointing.mrn == entry.mrn and pointing.target:
                places.setdefault(pointing.target, {})[place_link(page, citer, pointing, with_mrn=True)] = None
    for block in blocks:
        if not block.mentions or not block.anchor:
            continue
        own = (mention.anchor for mention in block.mentions if mention.mrn is None or mention.mrn == entry.mrn)
        others = dict.fromkeys(anchor for anchor in own if anchor and anchor != block.anchor)
        if others:
            link = Link(f"#{block.anchor}", f"¶{'' if block.number is None else block.number}", _words(block))
            for anchor in others:
                places.setdefault(anchor, {})[link] = None
    return {anchor: list(links) for anchor, links in places.items()}


def _to_cable(site: Site, page: str, mrn: str, anchor: str) -> Target | None:
    """The way to another cable, or to its paragraph `anchor`."""
    held = site.archive.get(mrn)
    if held:
        there = anchor and anchor in held.anchors.split()
        address = addresses.cable(held) + (f"#{anchor}" if there else "")
        return Target(addresses.relative(page, address), about(held, anchor), level(held.classification).slug)
    outside = site.archive.left_out.get(mrn)
    if outside:
        address = left_out_address(site, page, outside, anchor)
        return Target(address, about(outside, anchor), level(outside.classification).slug) if address else None
    missing = site.archive.missing.get(mrn)
    if not missing:  # only a further file of an MRN cites it
        return None
    sent = f"likely sent {written_span(missing.sent.earliest, missing.sent.latest)}"
    return Target(addresses.relative(page, addresses.missing(mrn)), f"{mrn}: cited, not held\n{sent}", "missing")


def about(entry: Entry, anchor: str = "") -> str:
    """A few lines about a cable for the reader who points at a link to it, or asks: its subject; MRN, date, origin and
    classification; the paragraph that is meant.
    """
    date = f"{date_of(entry)} {time_of(entry)}".strip() or "undated"
    facts = " · ".join(part for part in (entry.mrn, date, entry.origin, entry.classification) if part)
    lines = [entry.subject, facts]
    if anchor.startswith("par"):
        number = anchor.removeprefix("par")
        held = anchor in entry.anchors.split()
        lines.append(f"paragraph {number}" if held else f"no paragraph {number} in the text that is held")
    return "\n".join(line for line in lines if line)


def _words(block: Block) -> str:
    number = f"¶{block.number} " if block.number is not None else ""
    return number + ("is missing from the text" if block.kind == "missing" else shortened(block.text, WORDS))


def _item(ref: EntryRef) -> str:
    what = KINDS[ref.kind] if not ref.mrn else ""
    return f"REF {ref.label}: {ref.text}" + (f"\n{what}" if what else "")
