"""Cables as rows: of a listing, a REF, a back-link, a neighbour; held or missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reftel.archive.model import Entry, EntryRef, Pointing
from reftel.cable.model import Block
from reftel.site import addresses
from reftel.site.contexts import CableCard, Link
from reftel.site.frame import Site
from reftel.site.meanings import level

KINDS = {
    "email": "e-mail",
    "telcon": "telephone conversation",
    "report": "report",
    "memo": "memorandum",
    "other": "not a cable",
    "cable": "which cable is meant cannot be decided",
}
"""What a REF item is that leads to no cable."""


def date_of(entry: Entry) -> str:
    """ "2007-08-31", "" when undated."""
    return entry.created[:10] if entry.created else ""


def time_of(entry: Entry) -> str:
    """ "13:51Z", "" when undated."""
    return f"{entry.created[11:16]}Z" if entry.created else ""


def held_card(
    page: str,
    entry: Entry,
    *,
    href: str | None = None,
    subject: str | None = None,
    origin: str | None = None,
    classification: str | None = None,
    **more: Any,
) -> CableCard:
    """The card of a held cable, linked from the page at `page`; what is given takes the place of what its entry says,
    `more` are further fields of the card.
    """
    created, printed = entry.created, entry.classification or ""
    return CableCard(
        entry.mrn,
        addresses.relative(page, addresses.cable(entry)) if href is None else href,
        True,
        (entry.subject or "") if subject is None else subject,
        created[:10] if created else "",
        f"{created[11:16]}Z" if created else "",
        (entry.origin or "") if origin is None else origin,
        printed if classification is None else classification,
        level(printed).slug,
        **more,
    )


def missing_card(page: str, mrn: str, href: str | None = None, **more: Any) -> CableCard:
    """The card of a cable that is cited and not held: it leads to its entry among the missing ones."""
    return CableCard(mrn, addresses.relative(page, addresses.missing(mrn)) if href is None else href, False, **more)


def card(site: Site, page: str, mrn: str, **more: Any) -> CableCard:
    """The card of an MRN, held or missing. What only a further file of an MRN cites leads nowhere: such files take no
    part in the relations.
    """
    archive = site.archive
    entry = archive.get(mrn)
    if entry:
        return held_card(page, entry, **more)
    if outside := archive.left_out.get(mrn):
        return left_out_card(site, page, outside, **more)
    if mrn in archive.missing:
        return missing_card(page, mrn, **more)
    note = ", ".join(word for word in (str(more.pop("note", "")), "not held") if word)
    return missing_card(page, mrn, "", note=note, **more)


def left_out_card(site: Site, page: str, entry: Entry, **more: Any) -> CableCard:
    """The card of a cable that this selection leaves out, or that another archive holds: it leads to the public site,
    where there is one, or to the other archive's.
    """
    where = f"in {entry.path}" if entry.stands_in else "not in this selection"
    note = ", ".join(word for word in (where, str(more.pop("note", ""))) if word)
    return held_card("", entry, **{"href": left_out_address(site, page, entry), "note": note, **more})


def left_out_address(site: Site, page: str, entry: Entry, anchor: str = "") -> str:
    """Where a left-out cable stands on the public site, "" where that is not known; or on the other archive's site."""
    address = addresses.cable(entry) + (f"#{anchor}" if anchor else "")
    if entry.stands_in:
        return addresses.outward(page, entry.stands_in + address)
    public = site.settings.public_address
    return addresses.public(public, address) if public else ""


def ref_anchors(refs: Iterable[EntryRef]) -> list[str]:
    """The anchors of a REF line's items: `refA`; `ref1` for one that carries no letter, by its place in the line. The
    second of a label gets `-2`.
    """
    anchors: list[str] = []
    seen: dict[str, int] = {}
    for place, ref in enumerate(refs, 1):
        anchor = f"ref{ref.label}" if ref.label else f"ref{place}"
        seen[anchor] = seen.get(anchor, 0) + 1
        anchors.append(anchor if seen[anchor] == 1 else f"{anchor}-{seen[anchor]}")
    return anchors


def spoken_labels(blocks: Iterable[Block]) -> dict[str, str]:
    """What a cable's prose calls the items of a REF line that carry no letters: "(B)" for the MRN of the second where
    it says "ref B", as 10BRASILIA140 does.
    """
    mentions = (mention for block in blocks for mention in block.mentions)
    return {mention.mrn: f"({mention.label})" for mention in mentions if mention.mrn and mention.label}


def ref_cards(
    site: Site, page: str, own: str, refs: Sequence[EntryRef], spoken: Mapping[str, str]
) -> tuple[CableCard, ...]:
    """The REF items of the cable `own`, in their order, each with its anchor and its letter, printed or `spoken`."""
    cards: list[CableCard] = []
    for ref, anchor in zip(refs, ref_anchors(refs), strict=True):
        notes = ", ".join(ref.captions)
        more = {"label": ref.label or spoken.get(ref.mrn or "", ""), "printed": ref.text, "anchor": anchor}
        if ref.mrn == own:
            cards.append(
                CableCard(
                    ref.mrn, "", False, note="this cable itself", label=ref.label or "", printed=ref.text, anchor=anchor
                )
            )
        elif ref.mrn:
            cards.append(card(site, page, ref.mrn, note=notes, **more))
        else:
            notes = ", ".join(note for note in (KINDS[ref.kind], notes) if note)
            cards.append(CableCard("", "", False, note=notes, label=ref.label or "", printed=ref.text, anchor=anchor))
    return tuple(cards)


def place_link(page: str, entry: Entry, pointing: Pointing, with_mrn: bool = False) -> Link:
    """The way to the paragraph of `entry` that points somewhere, with its first words."""
    target = addresses.cable(entry) + (f"#{pointing.anchor}" if pointing.anchor else "")
    number = f"¶{pointing.number}" if pointing.number is not None else "¶"
    return Link(addresses.relative(page, target), f"{entry.mrn} {number}" if with_mrn else number, pointing.words)


def citing_card(page: str, citer: Entry, mrn: str) -> CableCard:
    """A cable that cites `mrn`, with the paragraphs that do, and what its REF line prints for it."""
    places = tuple(place_link(page, citer, pointing) for pointing in citer.mentions if pointing.mrn == mrn)
    item = next((ref for ref in citer.refs if ref.mrn == mrn), None)
    if not item:
        return held_card(page, citer, places=places, note="in the text only")
    words = (f"as its ref {item.label}" if item.label else "", "" if places else "in its REF line only")
    return held_card(page, citer, places=places, printed=item.text, note=", ".join(filter(None, words)))
