"""The rows of a cable's metadata, each with its finished value: linked to the listings it belongs to."""

from collections.abc import Iterable

from markupsafe import Markup

from reftel.archive.model import Entry
from reftel.cable.model import Cable
from reftel.site import addresses
from reftel.site.contexts import Field
from reftel.site.listings import slug_of
from reftel.site.markup import clean, visible
from reftel.site.meanings import caption_meaning, tag_meaning

_LINK = Markup('<a href="{}">{}</a>')
_EXPLAINED = Markup('<a href="{}" title="{}">{}</a>')
_TIME = Markup('<time datetime="{}">{}</time>')


def metadata_fields(page: str, entry: Entry) -> tuple[Field, ...]:
    """Created, released, origin, classification, TAGS: what the 2010 site's table had, linked to the listings."""
    rows = [
        ("Created", _moment(page, "date", entry.created, 7)),
        ("Released", _moment(page, "released", entry.released, 10)),
        ("Origin", _listed(page, "origin", entry.origin)),
        ("Classification", _listed(page, "classification", entry.classification)),
        ("TAGS", Markup(", ").join(_tag(page, tag) for tag in dict.fromkeys(entry.tags))),
    ]
    return tuple(Field(label, html) for label, html in rows if html)


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
    return tuple(Field(clean(caption), visible(caption_meaning(caption))) for caption in dict.fromkeys(cable.captions))


def _plain(rows: Iterable[tuple[str, str | None]]) -> tuple[Field, ...]:
    return tuple(Field(label, visible(value)) for label, value in rows if value)


def _moment(page: str, kind: str, moment: str | None, digits: int) -> Markup:
    """A time, linked to the listing of its month or day."""
    if not moment:
        return Markup("")
    shown = f"{moment[:10]} {moment[11:16]}Z" if len(moment) > 10 else moment
    return _LINK.format(addresses.relative(page, addresses.listing(kind, moment[:digits])), _TIME.format(moment, shown))


def _listed(page: str, kind: str, name: str | None) -> Markup:
    if not name:
        return Markup("")
    return _LINK.format(addresses.relative(page, addresses.listing(kind, slug_of(kind, name))), visible(name))


def _tag(page: str, tag: str) -> Markup:
    target = addresses.relative(page, addresses.listing("tag", slug_of("tag", tag)))
    meaning = tag_meaning(tag)
    return _EXPLAINED.format(target, meaning, visible(tag)) if meaning else _LINK.format(target, visible(tag))
