"""The rows of a cable's metadata, each with its finished value: linked to the listings it belongs to."""

from collections.abc import Iterable
from functools import lru_cache

from reftel.archive.model import Entry
from reftel.cable.model import Cable
from reftel.site import addresses
from reftel.site.contexts import Field
from reftel.site.listings import slug_of
from reftel.site.markup import clean, finished, quoted, shown, visible
from reftel.site.meanings import caption_meaning, tag_meaning


def metadata_fields(page: str, entry: Entry) -> tuple[Field, ...]:
    """Created, released, origin, classification, TAGS: what the 2010 site's table had, linked to the listings."""
    root = addresses.root(page)
    rows = [
        ("Created", _moment(root, "date", entry.created, 7)),
        ("Released", _moment(root, "released", entry.released, 10)),
        ("Origin", _listed(root, "origin", entry.origin or "")),
        ("Classification", _listed(root, "classification", entry.classification or "")),
        ("TAGS", ", ".join([_listed(root, "tag", tag) for tag in dict.fromkeys(entry.tags)])),
    ]
    return tuple(Field(label, finished(html)) for label, html in rows if html)


def header_fields(cable: Cable) -> tuple[Field, ...]:
    """The transmission header, row by row."""
    sections = f"text begins with section {cable.sections.number} of {cable.sections.of}" if cable.sections else None
    rows = [
        ("Transmission", cable.transmission_id),
        ("Date-time group", cable.dtg),
        ("Precedence", cable.precedence),
        ("From", cable.from_),
        ("Sections", sections),
    ]
    return _plain(rows)


def captions(cable: Cable) -> tuple[Field, ...]:
    """Each caption with its meaning."""
    return tuple(map(_caption, dict.fromkeys(cable.captions)))


@lru_cache(maxsize=1000)
def _caption(caption: str) -> Field:
    return Field(clean(caption), visible(caption_meaning(caption)))


def _plain(rows: Iterable[tuple[str, str | None]]) -> tuple[Field, ...]:
    return tuple(Field(label, visible(value)) for label, value in rows if value)


def _moment(root: str, kind: str, moment: str | None, digits: int) -> str:
    """A time, linked to the listing of its month or day."""
    if not moment:
        return ""
    text = f"{moment[:10]} {moment[11:16]}Z" if len(moment) > 10 else moment
    return f'<a href="{root}{addresses.listing(kind, moment[:digits])}">{text}</a>'


@lru_cache(maxsize=20_000)
def _listed(root: str, kind: str, name: str) -> str:
    """A name, linked to its listing from pages that lie as deep as `root` says. Each of them stands on many pages."""
    if not name:
        return ""
    title = tag_meaning(name) if kind == "tag" else ""
    about = f' title="{quoted(title)}"' if title else ""
    return f'<a href="{root}{addresses.listing(kind, slug_of(kind, name))}"{about}>{shown(name)}</a>'
