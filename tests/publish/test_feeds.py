"""Feeds: the rules of Atom and RFC 5005, and where their dates and ids come from."""

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from reftel.publish import atom
from reftel.publish.atom import Feed, Item, atom_pages, tag_uri

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")


def check_atom(data: bytes) -> ElementTree.Element:
    """The rules of RFC 4287 that a validator holds against a feed."""
    feed = ElementTree.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    ids = [element.text for element in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) and all(ids)
    for each in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(each.findall(f"{ATOM}{name}")) == 1
        assert MOMENT.match(each.findtext(f"{ATOM}updated") or "")
        assert each.find(f"{ATOM}author/{ATOM}name") is not None
        alternates = [link for link in each.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
        assert all((link.get("href") or "").startswith("https://") for link in each.findall(f"{ATOM}link"))
    assert len([link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]) == 1
    assert (feed.findtext(f"{ATOM}updated") or "") >= max(
        (entry.findtext(f"{ATOM}updated") or "" for entry in feed.findall(f"{ATOM}entry")), default=""
    )
    return feed


def test_every_feed_is_valid_atom(site: Path) -> None:
    """For all cables, for each TAG and each origin there is a feed, and each holds to the rules."""
    names = {path.relative_to(site).as_posix() for path in site.glob("feeds/**/*.xml")}
    assert {"feeds/cables.xml", "feeds/tag/prel.xml", "feeds/origin/embassy-riga.xml"} <= names
    for name in names:
        check_atom((site / name).read_bytes())
    feed = check_atom((site / "feeds/tag/econ.xml").read_bytes())
    assert len(feed.findall(f"{ATOM}entry")) == 2


def test_dates_come_from_the_cables(site: Path) -> None:
    """`updated` is the release of the newest cable, and ids do not depend on where a page stands."""
    feed = check_atom((site / "feeds/cables.xml").read_bytes())
    assert feed.findtext(f"{ATOM}updated") == "2011-08-30T01:44:00Z"
    assert "tag:cables.example,2026:archive/09OSLO12" in {id.text for id in feed.iter(f"{ATOM}id")}


def test_json_feed_says_the_same(site: Path) -> None:
    """The JSON Feed has the same ids as the Atom feed."""
    value = json.loads((site / "feeds/cables.json").read_bytes())
    assert value["version"] == "https://jsonfeed.org/version/1.1"
    atom = check_atom((site / "feeds/cables.xml").read_bytes())
    assert [item["id"] for item in value["items"]] == [e.findtext(f"{ATOM}id") for e in atom.findall(f"{ATOM}entry")]


def test_long_feeds_are_paged(site: Path) -> None:
    """A feed of more than fifty entries goes on, by RFC 5005, and its first page keeps its address."""
    from types import SimpleNamespace

    from reftel.config import Settings

    items = [Item(f"09X{i}", f"cable/{i}.html", "T", "2009-01-01T00:00:00Z", "", "A", ()) for i in range(120)]
    fake = SimpleNamespace(settings=Settings(public_address="https://a.example/"))
    pages = dict(atom_pages(fake, Feed("feeds/x", "X", "index.html"), items))  # type: ignore[arg-type]
    assert list(pages) == ["feeds/x.xml", "feeds/x.p2.xml", "feeds/x.p1.xml"]
    assert sum(len(check_atom(page).findall(f"{ATOM}entry")) for page in pages.values()) == 120
    turning = {link.get("rel"): link.get("href") for link in check_atom(pages["feeds/x.p2.xml"]).findall(f"{ATOM}link")}
    assert turning["next"] == "https://a.example/feeds/x.p1.xml"
    assert turning["previous"] == "https://a.example/feeds/x.xml"


def test_a_new_cable_changes_the_first_pages_of_a_feed() -> None:
    """Older pages are numbered and cut from the oldest on: they keep their cables and their numbers."""
    rows = [f"09X{i}" for i in range(2000, 0, -1)]
    parts = [atom.paged(found, str) for found in (rows, ["09Y1", *rows])]
    pages = [dict(zip(atom.page_names("x", len(found)), found, strict=True)) for found in parts]
    changed = [name for name, found in pages[1].items() if pages[0].get(name) != found]
    assert changed[0] == "x.xml" and len(changed) <= 3


def test_without_a_public_address_there_is_no_feed(content: Path, publish: object) -> None:
    """What cannot name its cables is left out, and no page links to it."""
    (content / "archive.toml").write_text('title = "No address"\n')
    site = publish()  # type: ignore[operator]
    assert not (site / "feeds").exists() and not (site / "sitemap.xml").exists()
    assert "feeds/" not in (site / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("public", "expected"),
    [
        ("https://a.example/", "tag:a.example,2026:09X1"),
        ("https://a.example", "tag:a.example,2026:09X1"),
        ("https://a.example:8443/cables", "tag:a.example,2026:cables/09X1"),
    ],
)
def test_tag_uris(public: str, expected: str) -> None:
    """An id is made of the host, the path of the archive and the cable's MRN."""
    assert tag_uri(public, "09X1") == expected
