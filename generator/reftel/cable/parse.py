"""Parse one text into one `Cable`: an ordered list of steps over a `Sheet`, each a function of its own module."""

from datetime import datetime, timedelta

from reftel.cable.body import read_body
from reftel.cable.furniture import mark_furniture
from reftel.cable.header import Header, read_header
from reftel.cable.mentions import with_mentions
from reftel.cable.metadata import Metadata, read_metadata
from reftel.cable.model import Cable, CreatedSource, SourceRef
from reftel.cable.mrn import canonical_mrn, post_of
from reftel.cable.posts import POSTS, Posts
from reftel.cable.preamble import Preamble, read_preamble
from reftel.cable.refs import find_refs
from reftel.cable.sheet import Sheet
from reftel.source.model import Source

SAME_TIME = timedelta(minutes=30)
"""By so much the metadata line's time may differ at most from the date-time group."""


def parse(source: Source, posts: Posts = POSTS) -> Cable:
    """The record of one source. It never raises: what is doubtful stands in the record's `problems`.

    `posts` is the vocabulary of posts, with an archive's own where it has some.
    """
    return parse_sheet(source, Sheet(source.text), posts)


def parse_sheet(source: Source, sheet: Sheet, posts: Posts = POSTS) -> Cable:
    """The same, on a sheet of the caller's: its labels say afterwards what each line was recognised as (`inspect`)."""
    metadata = read_metadata(sheet)
    header = read_header(sheet, metadata.end)
    mark_furniture(sheet, header.end)
    preamble = read_preamble(sheet, header.body)
    mrn = metadata.mrn or printed_mrn(header, preamble, posts)
    refs = find_refs(preamble.refs, mrn, sheet, posts)
    body = read_body(sheet, preamble.end)
    blocks = with_mentions(body.blocks, body.pieces, refs, mrn, posts, body.prose)
    created, created_source = _created(metadata, header)
    _check(sheet, metadata, header, preamble, mrn, posts)
    return Cable(
        mrn=mrn,
        created=created,
        created_source=created_source,
        released=metadata.released,
        classification=metadata.classification or printed_classification(preamble),
        captions=preamble.captions,
        origin=metadata.origin,
        post=post_of(mrn) if mrn else None,
        subject=preamble.subject,
        tags=preamble.tags,
        tag_kinds=preamble.tag_kinds,
        dtg=header.dtg,
        precedence=header.precedence,
        transmission_id=header.transmission_id,
        from_=header.from_,
        action=header.action,
        info=header.info,
        refs=refs,
        classified_by=preamble.classified_by,
        declassify_on=preamble.declassify_on,
        declassify_text=preamble.declassify_text,
        summary=body.summary,
        comment=body.comment,
        signature=body.signature,
        sections=preamble.sections,
        corrected=preamble.corrected,
        partial=header.partial,
        redactions=body.redactions,
        spans={**header.spans, **preamble.spans, **body.spans},
        blocks=blocks,
        problems=sorted(sheet.problems, key=lambda problem: (problem.line, problem.message)),
        source=SourceRef(source.path, source.sha256, source.format),
    )


def printed_mrn(header: Header, preamble: Preamble, posts: Posts = POSTS) -> str | None:
    """The MRN that the cable itself prints, where no metadata line says it.

    The year is of the date-time group; post and serial are of the classification line (`MOSCOW 004307`), else of the
    FM and the DE line.
    """
    if header.created is None:
        return None
    year = header.created[:4]
    if preamble.post and preamble.serial:
        return canonical_mrn(f"{preamble.post} {preamble.serial}", year, posts)
    if header.from_ and header.serial:
        return canonical_mrn(f"{header.from_} {header.serial}", year, posts)
    return None


def printed_classification(preamble: Preamble) -> str | None:
    """The body's classification in the metadata line's words: with the caption NOFORN it is CONFIDENTIAL//NOFORN."""
    word = preamble.classification
    if word in ("CONFIDENTIAL", "SECRET") and "NOFORN" in preamble.captions:
        return f"{word}//NOFORN"
    if word == "UNCLASSIFIED" and not {"SENSITIVE", "FOUO"}.isdisjoint(preamble.captions):
        return f"{word}//FOR OFFICIAL USE ONLY"
    return word


def _created(metadata: Metadata, header: Header) -> tuple[str | None, CreatedSource | None]:
    if header.created:
        return header.created, "dtg"
    return (metadata.created, "metadata") if metadata.created else (None, None)


def _check(sheet: Sheet, metadata: Metadata, header: Header, preamble: Preamble, mrn: str | None, posts: Posts) -> None:
    """Report where the metadata line, the header and the classification line contradict each other."""
    if mrn is None:
        sheet.doubt(0, "no MRN: no metadata line, and no date-time group with a classification line's post and serial")
    at = header.spans["dtg"][0] if "dtg" in header.spans else 0
    if header.created and metadata.created and not same_time(header.created, metadata.created):
        sheet.doubt(at, f"the date-time group {header.dtg} and the metadata line's {metadata.created[:16]} differ")
    elif header.created and metadata.mrn and header.created[2:4] != metadata.mrn[:2]:
        sheet.doubt(at, f"the date-time group {header.dtg} is not of the year of {metadata.mrn}")
    at = preamble.spans["classification"][0] if "classification" in preamble.spans else 0
    word, catalogued = preamble.classification, metadata.classification
    if word and catalogued and catalogued.split("//")[0] != word:
        sheet.doubt(at, f"the text is marked {word}, the metadata line says {catalogued}")
    if metadata.mrn and preamble.post and preamble.serial:
        called = f"{preamble.post} {preamble.serial}"
        if metadata.mrn == f"{metadata.mrn[:2]}{preamble.post}{preamble.serial.lstrip('0')}":
            return
        printed = canonical_mrn(called, metadata.mrn[:2], posts)
        if printed and printed != canonical_mrn(metadata.mrn, None, posts):
            sheet.doubt(at, f"the text calls itself {called}, the metadata line {metadata.mrn}")


def same_time(group: str, catalogued: str) -> bool:
    """Whether a metadata line's time may be that of the date-time group: half an hour apart at most.

    The 2010 site printed the 12-hour hour where the minutes belong (13:51 became 13:01): such minutes say nothing,
    and the hours are compared.
    """
    hour, minute = int(catalogued[11:13]), int(catalogued[14:16])
    if minute == (hour % 12 or 12) or catalogued[11:16] == "00:00":
        return group[:13] == catalogued[:13] or (catalogued[11:16] == "00:00" and group[:10] == catalogued[:10])
    apart = datetime.fromisoformat(group) - datetime.fromisoformat(catalogued)
    return abs(apart) <= SAME_TIME
