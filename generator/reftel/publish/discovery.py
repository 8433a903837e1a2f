"""What machines look for at the top of a site: sitemap, robots.txt, the search description, response headers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from html import unescape

from reftel.archive.model import Entry
from reftel.publish.feeds import updated
from reftel.publish.start import START
from reftel.publish.xml_text import escaped, quoted
from reftel.site import addresses
from reftel.site.frame import Site
from reftel.site.markup import clean
from reftel.site.publishing import Finished, Published
from reftel.site.splice import spliced
from reftel.site.theme import CSP

LARGEST = 50_000
"""Addresses that one sitemap may hold."""
SITEMAP = "sitemap.xml"
OPENSEARCH = "opensearch.xml"
_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NS}>\n'.encode()
_FOOT = b"</urlset>\n"
_START = "<url><loc>"
AI_CRAWLERS = (
    "AI2Bot",
    "Amazonbot",
    "anthropic-ai",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "cohere-ai",
    "Diffbot",
    "FacebookBot",
    "Google-Extended",
    "GPTBot",
    "Meta-ExternalAgent",
    "omgili",
    "PerplexityBot",
    "Timpibot",
)
"""Crawlers that gather text to train language models, by the names they give themselves."""


def publish_discovery(finished: Finished) -> Published:
    """`robots.txt` and `_headers` always; the sitemap and the search description where the public address is known."""
    site = finished.site
    public = site.settings.public_address
    if public:
        yield from sitemaps(public, _rows(finished, public))
        yield OPENSEARCH, _opensearch(site)
    yield "robots.txt", _robots(site)
    yield "_headers", _HEADERS.encode()


def _is_listed(address: str) -> bool:
    """Whether a search engine should know the page: not the raw views, which say the same again."""
    return address.endswith(".html") and not address.endswith(".raw.html") and address not in (START, "404.html")


def _rows(finished: Finished, public: str) -> bytes:
    """The rows of all pages, by their addresses. Those whose pages are as they were are taken from the last build's
    sitemaps.
    """
    site, news = finished.site, finished.news
    last = _last_rows(news.last) if news else None
    if not news or last is None:
        pages = sorted(page for page in finished.addresses() if _is_listed(page))
        days = last_changes(site, site.archive.everything)
        return b"".join(_row(public, page, days) for page in pages)
    made = {page for page in news.files if _is_listed(page)}
    cables = addresses.cables_at(site.archive, set(filter(addresses.is_cable, made)))
    days = last_changes(site, cables.values())
    changes = {page: _row(public, page, days) if news.files[page] else None for page in made}
    start = len((_START + escaped(addresses.public(public, ""))).encode())
    return spliced(last, changes, partial(_page_of, start))


def last_changes(site: Site, entries: Iterable[Entry]) -> dict[str, str]:
    """By address of a cable's page the day it last changed, as far as content says: its release, or that of the last
    cable that cites it and so appears on it.
    """
    archive = site.archive
    days = {}
    for entry in entries:
        if entry.released or entry.created:
            citing = (updated(archive.entries[place]) for place in archive.citers(entry.mrn))
            days[addresses.cable(entry)] = max(updated(entry), *citing, "")[:10]
    return days


def sitemaps(public: str, rows: bytes) -> Iterator[tuple[str, bytes]]:
    """One sitemap, or an index and several, none with more than `LARGEST` addresses."""
    if rows.count(b"\n") <= LARGEST:
        yield SITEMAP, _HEAD + rows + _FOOT
        return
    lines = rows.splitlines(keepends=True)
    parts = [b"".join(lines[i : i + LARGEST]) for i in range(0, len(lines), LARGEST)]
    names = [_numbered(number) for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _HEAD + part + _FOOT
    listed = "".join(f"<sitemap><loc>{escaped(addresses.public(public, name))}</loc></sitemap>\n" for name in names)
    yield SITEMAP, f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {_NS}>\n{listed}</sitemapindex>\n'.encode()


def _numbered(number: int) -> str:
    return f"sitemap-{number}.xml"


def _last_rows(last: Callable[[str], bytes | None]) -> bytes | None:
    """The rows of the sitemaps that stand; None where one is not as it was made."""
    first = last(SITEMAP)
    if not first or first.startswith(_HEAD):
        return first and first[len(_HEAD) : -len(_FOOT)]
    parts = [last(_numbered(number)) for number in range(1, first.count(b"<sitemap>") + 1)]
    whole = [part[len(_HEAD) : -len(_FOOT)] for part in parts if part]
    return b"".join(whole) if len(whole) == len(parts) else None


def _row(public: str, page: str, days: Mapping[str, str]) -> bytes:
    day = f"<lastmod>{days[page]}</lastmod>" if page in days else ""
    where = "" if page == addresses.HOME else page
    return f"{_START}{escaped(addresses.public(public, where))}</loc>{day}</url>\n".encode()


def _page_of(start: int, row: bytes) -> str:
    """The address in a row, where the public address ends at `start`."""
    return unescape(row[start : row.index(b"</loc>")].decode()) or addresses.HOME


def _robots(site: Site) -> bytes:
    settings = site.settings
    parts = ["User-agent: *\nAllow: /\n"]
    if not settings.ai_crawlers:
        parts.append("".join(f"User-agent: {name}\n" for name in AI_CRAWLERS) + "Disallow: /\n")
    if settings.public_address:
        parts.append(f"Sitemap: {addresses.public(settings.public_address, SITEMAP)}\n")
    return "\n".join(parts).encode()


def _opensearch(site: Site) -> bytes:
    settings = site.settings
    search = addresses.public(settings.public_address, addresses.SEARCH) + "?q={searchTerms}"
    name = clean(settings.title)[:16]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        f"<ShortName>{escaped(name)}</ShortName>\n<Description>{escaped(clean(settings.description)[:1024])}</Description>\n"
        "<InputEncoding>UTF-8</InputEncoding>\n"
        f'<Url type="text/html" method="get" template={quoted(search)}/>\n'
        "</OpenSearchDescription>\n"
    ).encode()


_HEADERS = f"""# For hosts that read this file (Netlify, Cloudflare Pages, ...); others ignore it.
/*
  Content-Security-Policy: {CSP}; frame-ancestors 'self'
  Referrer-Policy: no-referrer
  X-Content-Type-Options: nosniff
/static/*
  Cache-Control: public, max-age=3600
"""
