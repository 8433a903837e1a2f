"""What machines look for at the top of a site: sitemap, robots.txt, the search description, response headers."""

from collections.abc import Iterator, Sequence

from reftel.publish.feeds import updated
from reftel.publish.start import START
from reftel.publish.xml_text import escaped, quoted
from reftel.site import addresses
from reftel.site.frame import Site
from reftel.site.markup import clean
from reftel.site.publishing import Finished, Published
from reftel.site.theme import CSP

LARGEST = 50_000
"""Addresses that one sitemap may hold."""
SITEMAP = "sitemap.xml"
OPENSEARCH = "opensearch.xml"
_NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
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
        pages = [address for address in finished.addresses() if _is_listed(address)]
        yield from sitemaps(public, sorted(pages), last_changes(site))
        yield OPENSEARCH, _opensearch(site)
    yield "robots.txt", _robots(site)
    yield "_headers", _HEADERS.encode()


def _is_listed(address: str) -> bool:
    """Whether a search engine should know the page: not the raw views, which say the same again."""
    return address.endswith(".html") and not address.endswith(".raw.html") and address not in (START, "404.html")


def last_changes(site: Site) -> dict[str, str]:
    """By address of a cable's page the day it last changed, as far as content says: its release, or that of the last
    cable that cites it and so appears on it.
    """
    archive = site.archive
    changed = [updated(entry) for entry in archive.entries]
    days = {}
    for entry in archive.everything:
        if entry.released or entry.created:
            cited = (changed[place] for place in archive.citers(entry.mrn))
            days[addresses.cable(entry)] = max(updated(entry), *cited, "")[:10]
    return days


def sitemaps(public: str, pages: Sequence[str], days: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """One sitemap, or an index and several, none with more than `LARGEST` addresses."""
    parts = [pages[i : i + LARGEST] for i in range(0, len(pages), LARGEST)] or [[]]
    if len(parts) == 1:
        yield SITEMAP, _sitemap(public, parts[0], days)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _sitemap(public, part, days)
    listed = "".join(f"<sitemap><loc>{escaped(addresses.public(public, name))}</loc></sitemap>\n" for name in names)
    yield SITEMAP, f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex {_NS}>\n{listed}</sitemapindex>\n'.encode()


def _sitemap(public: str, pages: Sequence[str], days: dict[str, str]) -> bytes:
    rows = []
    for page in pages:
        day = f"<lastmod>{days[page]}</lastmod>" if page in days else ""
        where = "" if page == addresses.HOME else page
        rows.append(f"<url><loc>{escaped(addresses.public(public, where))}</loc>{day}</url>\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {_NS}>\n{"".join(rows)}</urlset>\n'.encode()


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
