"""What machines read in the head of a cable's page: Zotero (Highwire Press and Dublin Core tags), search engines
(JSON-LD).

Zotero takes `citation_technical_report_*` for a report, the type that keeps all that a cable has: number, institution,
kind (from `DC.type`), date. There is no `og:type` on a cable's page: it would make it a web page. A post as the author
ends in a comma, the form of a family name without a given one: without it Zotero reads "Embassy Moscow" as a Mr Moscow.
Zotero's own rule keeps no keywords of a web page; they stand there for other readers. tests/publish/zotero.json holds
what its translators "Embedded Metadata" and "RDF" (of June 2026) made of ten pages.
"""

from functools import lru_cache

import msgspec
from markupsafe import Markup

from reftel.archive.model import Entry
from reftel.cable.model import Cable
from reftel.config import Settings
from reftel.site import addresses
from reftel.site.citations import GENRE, Work
from reftel.site.contexts import MetaTag
from reftel.site.markup import clean, finished

_encode = msgspec.json.Encoder().encode
_RISKY = "<>&\u2028\u2029"
_UNSAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def meta_tags(work: Work, entry: Entry) -> tuple[MetaTag, ...]:
    """The tags that Zotero's translator "Embedded Metadata" reads (it takes the abstract from the description), and
    Dublin Core for the rest of the world.
    """
    title = work.subject or work.mrn
    rows = [
        ("z:itemType", "report"),
        ("citation_title", title),
        ("citation_author", f"{work.origin}," if work.origin else ""),
        ("citation_technical_report_institution", work.origin),
        ("citation_technical_report_number", work.mrn),
        ("citation_date", work.day.replace("-", "/")),
        ("citation_public_url", work.public),
        ("citation_language", work.language),
        ("citation_keywords", "; ".join(work.tags)),
        ("DC.title", title),
        ("DC.creator", work.origin),
        ("DC.type", GENRE),
        ("DCTERMS.type", "Text"),
        ("DC.identifier", work.mrn),
        ("DC.source", work.archive),
        ("DC.subject", "; ".join(work.tags)),
        ("DCTERMS.created", entry.created or ""),
        ("DCTERMS.issued", entry.released or ""),
    ]
    return tuple([MetaTag(name, content) for name, content in rows if content])


def json_ld(settings: Settings, work: Work, entry: Entry, cable: Cable, form: tuple[str, str]) -> Markup:
    """The cable in schema.org's words: a message, and a part of an archive. `form` is the address and the media type of
    the cable as a file. Its abstract is the page's description.
    """
    public = settings.public_address
    address, kind = form
    value = {
        "@context": "https://schema.org",
        "@type": ["ArchiveComponent", "Message"],
        "@id": work.public,
        "url": work.public,
        "name": work.subject or work.mrn,
        "identifier": work.mrn,
        "genre": GENRE,
        "dateSent": entry.created,
        "datePublished": entry.released,
        "inLanguage": work.language,
        "keywords": list(work.tags),
        "sender": _organization(work.origin) if work.origin else None,
        "toRecipient": _names([one.name for one in cable.action]),
        "ccRecipient": _names([one.name for one in cable.info]),
        "citation": [ref.mrn for ref in entry.refs if ref.mrn],
        "isPartOf": {"@type": "ArchiveComponent", "name": settings.title},
        "holdingArchive": {"@type": "ArchiveOrganization", "name": settings.publisher or settings.title},
        "encoding": {
            "@type": "MediaObject",
            "encodingFormat": kind,
            "contentUrl": addresses.public(public, address),
        }
        if public
        else None,
    }
    text = _encode({key: value for key, value in value.items() if value}).decode()
    return finished(text.translate(_UNSAFE) if any(sign in text for sign in _RISKY) else text)


def _names(names: list[str]) -> list[msgspec.Raw]:
    return [_organization(name) for name in dict.fromkeys(names)]


@lru_cache(maxsize=10_000)
def _organization(name: str) -> msgspec.Raw:
    """A sender or an addressee, encoded: the same stand on many pages."""
    return msgspec.Raw(_encode({"@type": "Organization", "name": clean(name)}))
