"""The page of one cable, with what stands beside it: its raw view, its bytes as found, its record."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from reftel.archive.entries import shortened
from reftel.archive.model import Entry
from reftel.cable.model import Addressee, Block, Cable
from reftel.search import CABLE_SCRIPTS
from reftel.site import addresses
from reftel.site.blocks import block_views
from reftel.site.cards import citing_card, date_of, held_card, left_out_card, ref_cards, spoken_labels, time_of
from reftel.site.citations import citations, work_of
from reftel.site.contexts import AddresseeRow, CableCard, CablePage, Frame, Link, RawPage
from reftel.site.drawings import thread_drawing
from reftel.site.fields import captions, header_fields, metadata_fields
from reftel.site.frame import Site, frame
from reftel.site.machine_metadata import json_ld, meta_tags
from reftel.site.meanings import justification, level
from reftel.site.mentions import PREVIEW_SCRIPT, anchors_of, pointers, resolver
from reftel.site.records import Kept

PAGE_FORMATS = ("html", "blog")
HEADING_LENGTH = 80
JSON = "application/json"
CITE_SCRIPT = "static/js/cite.js"
"""Fills the chosen paragraph into the citations, and copies them."""


def cable_files(site: Site, entry: Entry, kept: Kept) -> Iterator[tuple[str, CablePage | RawPage | bytes]]:
    """Everything that stands at a cable's address and beside it, as (address, page or finished bytes)."""
    address = addresses.cable(entry)
    yield address, cable_page(site, entry, kept.cable)
    if site.forms.raw_views:
        yield addresses.raw_view(address), raw_page(site, entry, kept)
    yield addresses.raw_text(address, kept.cable.source.format in PAGE_FORMATS), kept.raw
    if site.forms.records:
        yield addresses.record(address), msgspec.json.encode(kept.cable) + b"\n"


def cable_page(site: Site, entry: Entry, cable: Cable) -> CablePage:
    """The page itself: a pure function of the record and of what the archive says about it."""
    page = addresses.cable(entry)
    archive = site.archive
    classification = level(entry.classification)
    work = work_of(site.settings, entry, page)
    refs = ref_cards(site, page, entry.mrn, entry.refs, spoken_labels(cable.blocks))
    resolve = resolver(site, page, entry.mrn, anchors_of(cable.blocks, entry.refs))
    held = site.sidecars.get(entry.mrn)
    beside = archive.neighbours(entry.mrn) if not entry.twin else archive.neighbours("")
    return CablePage(
        frame=_frame(site, entry, page),
        mrn=entry.mrn,
        subject=entry.subject or "No subject",
        classification=entry.classification or "",
        class_slug=classification.slug,
        class_meaning=classification.meaning,
        justification=justification(cable),
        captions=captions(cable),
        date=date_of(entry),
        time=time_of(entry),
        fields=metadata_fields(page, entry),
        header=header_fields(cable),
        action=tuple(map(_addressee, cable.action)),
        info=tuple(map(_addressee, cable.info)),
        refs=refs,
        cited_by=(
            *(citing_card(page, citer, entry.mrn) for citer in archive.cited_by(entry.mrn)),
            *(left_out_card(site, page, citer) for citer in archive.cited_from_outside(entry.mrn)),
        ),
        thread=_thread_link(page, site, entry),
        timeline=_drawing(site, page, entry),
        blocks=block_views(cable.blocks, resolve, cited_from=pointers(site, page, entry, cable.blocks)),
        contents=_contents(cable.blocks),
        signature=cable.signature or "",
        earlier=_card_of(page, beside.earlier),
        later=_card_of(page, beside.later),
        earlier_at_post=_card_of(page, beside.earlier_at_post, at_post=True),
        later_at_post=_card_of(page, beside.later_at_post, at_post=True),
        earlier_in_thread=_card_of(page, beside.earlier_in_thread),
        later_in_thread=_card_of(page, beside.later_in_thread),
        problems=tuple(f"line {problem.line}: {problem.message}" for problem in cable.problems),
        cite=citations(work, entry.anchors),
        meta=meta_tags(work, entry),
        json_ld=json_ld(site.settings, work, entry, cable, _file_form(site, page, cable)),
        hash_tags=(f"#{site.settings.hash_tag}", f"#{entry.mrn}"),
        formats=formats(site, page, page, entry, cable),
        partial=cable.partial,
        corrected=cable.corrected,
        redactions=cable.redactions,
        twins=_twins(site, page, entry),
        editor_note=(held.sidecar.note or "") if held else "",
    )


def raw_page(site: Site, entry: Entry, kept: Kept) -> RawPage:
    """The coloured raw view: every line of the cable's text, numbered."""
    from reftel.site.lexer import coloured  # with Pygments: not every archive has raw views

    cable_address = addresses.cable(entry)
    page = addresses.raw_view(cable_address)
    title = f"{entry.mrn} as found"
    return RawPage(
        frame=frame(site, page, title, "raw", crumbs=[*_crumbs(entry), (entry.mrn, cable_address)]),
        mrn=entry.mrn,
        cable=Link(addresses.relative(page, cable_address), entry.mrn, entry.subject or ""),
        code=coloured(kept.text),
        formats=formats(site, page, cable_address, entry, kept.cable),
        sha256=entry.sha256,
        path=entry.path,
    )


def formats(site: Site, page: str, cable_address: str, entry: Entry, cable: Cable) -> tuple[Link, ...]:
    """The other forms of a cable that the archive offers, as linked from `page`."""
    is_page = cable.source.format in PAGE_FORMATS
    found = "Web page as found" if is_page else "Text as found"
    forms = [(addresses.raw_text(cable_address, is_page), found, "byte for byte")]
    if site.forms.raw_views:
        forms.insert(0, (addresses.raw_view(cable_address), "Raw view", "every line as found, coloured"))
    if site.forms.records:
        forms.append((addresses.record(cable_address), "Record", "JSON"))
    elif site.forms.month_records:
        month = addresses.month_of(entry)
        forms.append((addresses.month_records(month), "Record", f"JSON, all of {month}, compressed"))
    return tuple(Link(addresses.relative(page, target), text, note) for target, text, note in forms if target != page)


def _file_form(site: Site, page: str, cable: Cable) -> tuple[str, str]:
    """The address of the cable as a file for machines, and its media type."""
    if site.forms.records:
        return addresses.record(page), JSON
    is_page = cable.source.format in PAGE_FORMATS
    return addresses.raw_text(page, is_page), "text/html" if is_page else "text/plain"


def _frame(site: Site, entry: Entry, page: str) -> Frame:
    title = f"{entry.mrn}: {entry.subject}" if entry.subject else entry.mrn
    return frame(
        site,
        page,
        title,
        "cable",
        crumbs=_crumbs(entry),
        description=entry.preview,
        scripts=(*CABLE_SCRIPTS, CITE_SCRIPT, PREVIEW_SCRIPT),
    )


def _crumbs(entry: Entry) -> list[tuple[str, str]]:
    """From the timeline down to the cable's month."""
    if not entry.created:
        return [("Timeline", addresses.TIMELINE), ("Undated", addresses.listing("date", "undated"))]
    year, month = entry.created[:4], entry.created[:7]
    return [("Timeline", addresses.TIMELINE), (year, addresses.timeline(year)), (month, addresses.timeline(month))]


def _thread_link(page: str, site: Site, entry: Entry) -> Link | None:
    thread = None if entry.twin else site.archive.thread(entry.mrn)
    if not thread:
        return None
    target = addresses.in_thread(thread.name, entry.mrn, site.archive.place_in_thread(entry.mrn))
    return Link(addresses.relative(page, target), "The whole thread", f"{len(thread.mrns)} cables")


def _drawing(site: Site, page: str, entry: Entry) -> Markup:
    """The thread with this cable in focus; of a long thread, the cables around it."""
    thread = None if entry.twin else site.archive.thread(entry.mrn)
    if not thread or not site.forms.drawings:
        return Markup("")
    shown = thread.around(site.archive.place_in_thread(entry.mrn))
    return thread_drawing(site, page, shown, thread.name, entry.mrn)


def _card_of(page: str, entry: Entry | None, at_post: bool = False) -> CableCard | None:
    """The card of a neighbour; of one at this post, without its origin."""
    if not entry:
        return None
    return held_card(page, entry, origin="") if at_post else held_card(page, entry)


def _contents(blocks: list[Block]) -> tuple[Link, ...]:
    """Where to jump to: each numbered paragraph, and each heading, which stands for what comes after it."""
    links: list[Link] = []
    headings: list[str] = []
    for block in blocks:
        if block.kind == "heading":
            headings.append(shortened(block.text, HEADING_LENGTH))
        elif block.anchor and block.kind in ("paragraph", "text", "missing"):
            if headings:
                links += [Link(f"#{block.anchor}", heading, "heading") for heading in headings]
                headings.clear()
            if block.number is not None:
                links.append(Link(f"#{block.anchor}", f"¶{block.number}"))
    return tuple(links)


def _twins(site: Site, page: str, entry: Entry) -> tuple[Link, ...]:
    first = site.archive.get(entry.mrn)
    others = [other for other in (first, *site.archive.twins.get(entry.mrn, ())) if other and other.twin != entry.twin]
    return tuple(Link(addresses.relative(page, addresses.cable(other)), other.mrn, other.path) for other in others)


def _addressee(addressee: Addressee) -> AddresseeRow:
    return AddresseeRow(
        name=addressee.name,
        route=addressee.route or "",
        precedence=addressee.precedence or "",
        number=addressee.number or "",
        excluded=tuple(addressee.excluded),
    )
