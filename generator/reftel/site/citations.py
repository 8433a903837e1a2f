"""How to cite a cable: ready-made lines in four styles, and records for reference managers.

A line's places for a pinpoint (a paragraph) and for its address are marked, so that the page's script can fill in the
paragraph that the reader has chosen. Sources: Chicago 17, 14.229 (unpublished material) and 14.224; MLA 9; APA 7, 10.4
(reports). The lines were held against citeproc-py's with the journals' styles: those have no cable (a note without its
day, the post as its own publisher), and no place for a pinpoint that is filled in later; so they are ours.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from reftel.archive.model import Entry
from reftel.config import Settings
from reftel.site import addresses
from reftel.site.contexts import Export, Field
from reftel.site.dates import MONTHS, written_date
from reftel.site.markup import clean, visible

GENRE = "Diplomatic cable"
_BIBTEX = str.maketrans(
    {char: f"\\{char}" for char in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_SHORT = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_PIN = Markup('<span class="pin" data-pin="{}"></span>')


@dataclass(frozen=True, slots=True)
class Work:
    """What every style says, in plain words; "" for what is not known."""

    mrn: str
    origin: str
    subject: str
    day: str
    """ "2007-08-31"."""
    archive: str
    where: str
    tags: tuple[str, ...]
    abstract: str
    language: str


def work_of(settings: Settings, entry: Entry, page: str) -> Work:
    """The cable as a work to cite. The public address stands in it where the operator has set it; else the address from
    the top of the site does.
    """
    return Work(
        mrn=clean(entry.mrn),
        origin=clean(entry.origin or entry.post or ""),
        subject=clean(" ".join((entry.subject or "").split())),
        day=(entry.created or "")[:10],
        archive=", ".join(part for part in (settings.title, settings.publisher) if part),
        where=addresses.public(settings.public_address, page),
        tags=tuple(dict.fromkeys(map(clean, entry.tags))),
        abstract=clean(entry.preview),
        language=settings.language,
    )


def citations(settings: Settings, entry: Entry, page: str) -> tuple[Field, ...]:
    """The citation in each style, and how to point to one of the cable's paragraphs."""
    work = work_of(settings, entry, page)
    rows = [("Chicago note", _chicago(work)), ("MLA", _mla(work)), ("APA", _apa(work)), ("Plain", _plain(work))]
    first = next((anchor for anchor in entry.anchors.split() if anchor.startswith("par")), "")
    if first:
        rows.append(("A paragraph", visible(f"{work.where}#{first}")))
    return tuple(Field(label, html) for label, html in rows)


def _chicago(work: Work) -> Markup:
    date = _american(work.day) or "undated"
    quoted = f"“{work.subject}{_stop(work.subject, ',')}”" if work.subject else ""
    head = f"{work.origin}, {quoted} cable {work.mrn}" if quoted else f"{work.origin}, cable {work.mrn}"
    return _line(f"{head}, {date}", "note", f", {work.archive}, ", work.where)


def _mla(work: Work) -> Markup:
    title = f"“{work.subject}{_stop(work.subject, '.')}” " if work.subject else ""
    date = f", {_mla_date(work.day)}" if work.day else ""
    return _line(f"{_begun(work)}{title}Cable {work.mrn}{date}. {work.archive}", "mla", ", ", work.where)


def _begun(work: Work) -> str:
    """Who wrote it, where that is known."""
    return f"{work.origin}. " if work.origin else ""


def _stop(title: str, mark: str) -> str:
    """The mark after a title, which one that ends in a mark of its own does without."""
    return "" if title.endswith(("?", "!", ".")) else mark


def _apa(work: Work) -> Markup:
    date = f"{work.day[:4]}, {MONTHS[int(work.day[5:7]) - 1]} {int(work.day[8:10])}" if work.day else "n.d."
    title = work.subject or "Cable"
    return _line(f"{_begun(work)}({date}). {title} ({GENRE} {work.mrn})", "apa", f". {work.archive}. ", work.where, "")


def _plain(work: Work) -> Markup:
    parts = (work.mrn, work.origin, written_date(work.day) if work.day else "undated")
    return _line(", ".join(part for part in parts if part), "plain", ", ", work.where, "")


def _line(before: str, pin: str, after: str, where: str, end: str = ".") -> Markup:
    address = Markup('<span class="address">{}</span>').format(visible(where))
    return Markup("{}{}{}{}{}").format(visible(before.lstrip(", ")), _PIN.format(pin), visible(after), address, end)


def _american(day: str) -> str:
    return f"{MONTHS[int(day[5:7]) - 1]} {int(day[8:10])}, {day[:4]}" if day else ""


def _mla_date(day: str) -> str:
    return f"{int(day[8:10])} {_SHORT[int(day[5:7]) - 1]} {day[:4]}"


def exports(settings: Settings, entry: Entry, page: str) -> tuple[Export, ...]:
    """The cable as records for reference managers."""
    work = work_of(settings, entry, page)
    stem = addresses.file_name(entry.mrn)
    return (
        Export("BibTeX", f"{stem}.bib", "application/x-bibtex", _bibtex(work)),
        Export("RIS", f"{stem}.ris", "application/x-research-info-systems", _ris(work)),
        Export("CSL-JSON", f"{stem}.json", "application/vnd.citationstyles.csl+json", _csl(work)),
    )


def _bibtex(work: Work) -> str:
    fields = {
        "author": f"{{{_tex(work.origin)}}}" if work.origin else "",
        "title": f"{{{_tex(work.subject or work.mrn)}}}",
        "institution": _tex(work.origin),
        "type": GENRE,
        "number": _tex(work.mrn),
        "year": work.day[:4],
        "month": MONTHS[int(work.day[5:7]) - 1][:3].lower() if work.day else "",
        "day": str(int(work.day[8:10])) if work.day else "",
        "howpublished": _tex(work.archive),
        "keywords": ", ".join(map(_tex, work.tags)),
        "url": work.where,
    }
    rows = (f"  {key} = {value if key == 'month' else f'{{{value}}}'},\n" for key, value in fields.items() if value)
    return f"@techreport{{{re.sub(r'[^A-Za-z0-9]', '', work.mrn)},\n{''.join(rows)}}}\n"


def _tex(text: str) -> str:
    return text.translate(_BIBTEX)


def _ris(work: Work) -> str:
    def rows() -> Iterator[tuple[str, str]]:
        yield "TY", "RPRT"
        yield "TI", work.subject or work.mrn
        yield "PB", work.origin
        yield "SN", work.mrn
        yield "M3", GENRE
        yield "PY", work.day[:4]
        yield "DA", f"{work.day.replace('-', '/')}/" if work.day else ""
        yield "AB", work.abstract
        yield from (("KW", tag) for tag in work.tags)
        yield "LA", work.language
        yield "DB", work.archive
        yield "UR", work.where

    lines = "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in rows() if value)
    return f"{lines}ER  - \n"


def _csl(work: Work) -> str:
    value = {
        "id": work.mrn,
        "type": "report",
        "genre": GENRE,
        "number": work.mrn,
        "title": work.subject or work.mrn,
        "author": [{"literal": work.origin}] if work.origin else None,
        "publisher": work.origin,
        "issued": {"date-parts": [[int(part) for part in work.day.split("-")]]} if work.day else None,
        "archive": work.archive,
        "keyword": ", ".join(work.tags),
        "language": work.language,
        "URL": work.where,
    }
    return json.dumps([{key: value for key, value in value.items() if value}], ensure_ascii=False)
