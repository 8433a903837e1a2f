"""How to cite a cable: a ready-made line, from which and from the head of the page the theme's script (citations.js)
makes the other styles and the records for reference managers. All of them on each page were a tenth of its bytes.

The line's places for a pinpoint (a paragraph) and for its address are marked, so that the page's script can fill in the
paragraph that the reader has chosen. Source: Chicago 17, 14.229 (unpublished material) and 14.224. The lines were held
against citeproc-py's with the journals' styles: those have no cable (a note without its day, the post as its own
publisher), and no place for a pinpoint that is filled in later; so they are ours.
"""

import msgspec
from markupsafe import Markup

from reftel.archive.model import Entry
from reftel.config import Settings
from reftel.site import addresses
from reftel.site.contexts import Field
from reftel.site.dates import MONTHS
from reftel.site.markup import clean, finished, shown, visible

GENRE = "Diplomatic cable"


class Work(msgspec.Struct, frozen=True, gc=False):
    """What every style says, in plain words; "" for what is not known."""

    mrn: str
    origin: str
    subject: str
    day: str
    """ "2007-08-31"."""
    archive: str
    where: str
    public: str
    """The same where the archive's public address is known, else ""."""
    tags: tuple[str, ...]
    language: str


def work_of(settings: Settings, entry: Entry, page: str) -> Work:
    """The cable as a work to cite. The public address stands in it where the operator has set it; else the address from
    the top of the site does.
    """
    where = addresses.public(settings.public_address, page)
    return Work(
        mrn=clean(entry.mrn),
        origin=clean(entry.origin or entry.post or ""),
        subject=clean(" ".join((entry.subject or "").split())),
        day=(entry.created or "")[:10],
        archive=", ".join(part for part in (settings.title, settings.publisher) if part),
        where=where,
        public=where if settings.public_address else "",
        tags=tuple(dict.fromkeys(map(clean, entry.tags))),
        language=settings.language,
    )


def citations(work: Work, anchors: str) -> tuple[Field, ...]:
    """The citation as a note, and how to point to one of the cable's paragraphs, by their blank-separated `anchors`."""
    note = Field("Chicago note", _chicago(work))
    first = next((anchor for anchor in anchors.split() if anchor.startswith("par")), "")
    return (note, Field("A paragraph", visible(f"{work.where}#{first}"))) if first else (note,)


def _chicago(work: Work) -> Markup:
    date = _american(work.day) or "undated"
    quoted = f"“{work.subject}{_stop(work.subject, ',')}”" if work.subject else ""
    head = f"{work.origin}, {quoted} cable {work.mrn}" if quoted else f"{work.origin}, cable {work.mrn}"
    before = shown(f"{head}, {date}".lstrip(", "))
    where = f'<span class="address">{shown(work.where)}</span>'
    return finished(f'{before}<span class="pin"></span>, {shown(work.archive)}, {where}.')


def _stop(title: str, mark: str) -> str:
    """The mark after a title, which one that ends in a mark of its own does without."""
    return "" if title.endswith(("?", "!", ".")) else mark


def _american(day: str) -> str:
    return f"{MONTHS[int(day[5:7]) - 1]} {int(day[8:10])}, {day[:4]}" if day else ""
