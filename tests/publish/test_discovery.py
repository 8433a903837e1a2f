"""Sitemap, robots.txt, the search description."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from reftel.publish.discovery import sitemaps

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_sitemap_names_pages_with_their_days(site: Path) -> None:
    """Each page stands in the sitemap once, a cable with the day of its release, nothing that only repeats."""
    root = ElementTree.fromstring((site / "sitemap.xml").read_bytes())
    found = {url.findtext(f"{NS}loc"): url.findtext(f"{NS}lastmod") for url in root}
    assert found["https://cables.example/archive/cable/2009/01/09OSLO12.html"] == "2011-08-30"
    assert "https://cables.example/archive/" in found
    assert not any(".raw.html" in (loc or "") or "404" in (loc or "") for loc in found)


def test_sitemaps_split_at_fifty_thousand() -> None:
    """60,000 addresses are two sitemaps and an index of them."""
    rows = b"".join(b"<url><loc>https://a.example/cable/%d.html</loc></url>\n" % number for number in range(60_000))
    made = dict(sitemaps("https://a.example/", rows))
    assert list(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    counts = [len(ElementTree.fromstring(made[name])) for name in made]
    assert counts == [50_000, 10_000, 2]
    assert max(map(len, made.values())) < 50 * 2**20


def test_robots_may_keep_ai_crawlers_out(site: Path, content: Path, publish: Callable[..., Path]) -> None:
    """A switch in the settings asks crawlers that gather text for language models to stay away."""
    assert "GPTBot" not in (site / "robots.txt").read_text()
    (content / "archive.toml").write_text("ai_crawlers = false\n")
    robots = (publish("closed") / "robots.txt").read_text()
    assert "User-agent: GPTBot\n" in robots and robots.rstrip().endswith("Disallow: /")


def test_search_description_leads_to_the_search(site: Path) -> None:
    """OpenSearch names the search page with a place for the words, and every page links to the description."""
    root = ElementTree.fromstring((site / "opensearch.xml").read_bytes())
    url = root.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.get("template") == "https://cables.example/archive/search.html?q={searchTerms}"
    assert 'rel="search"' in (site / "index.html").read_text("utf-8")
