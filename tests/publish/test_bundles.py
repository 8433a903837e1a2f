"""What leaves the house as one file: zip, selections, single file, bag, ZIM."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reftel.archive.selection import Selection
from reftel.config import read_settings
from reftel.problems import Refusal
from reftel.publish.bundling import Order, fulfil
from reftel.publish.hosting import broken_links
from reftel.publish.verify import verify

Publish = Callable[..., Path]
_ASKS = re.compile(r"""<script|<link(?! href="[^"]*" rel="canonical")|\ssrc=|url\((?!["']?(?:#|data:))|@import""")
"""What would make a browser fetch something."""


def cables(site: Path) -> list[str]:
    return sorted(path.stem for path in site.glob("cable/*/*/*.json"))


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(thread="09RIGA7"), ["09OSLO12", "09OSLO20", "09RIGA7"]),
        (Selection(thread="09RIGA9"), ["09RIGA9"]),
        (Selection(tag="econ"), ["09OSLO20", "09RIGA9"]),
        (Selection(origin="embassy riga"), ["09RIGA7", "09RIGA9"]),
        (Selection(since="2009-02"), ["09OSLO20", "09RIGA7", "09RIGA9"]),
        (Selection(until="2009-02"), ["09OSLO12", "09OSLO20", "09RIGA7"]),
        (Selection(since="2009-02-02", until="2009-02-03"), ["09RIGA7"]),
        (Selection(mrns=("09OSLO12", "09RIGA9")), ["09OSLO12", "09RIGA9"]),
        (Selection(origin="Embassy Riga", tag="ECON"), ["09RIGA9"]),
    ],
)
def test_selections(publish: Publish, selection: Selection, expected: list[str]) -> None:
    """A selection holds the cables that fit all of it, is whole in itself, and says what it is."""
    part = publish("part", selection)
    assert cables(part) == expected
    assert broken_links(part) == []
    assert verify(part).faults == []
    assert "This is a part of the archive" in (part / "START-HERE.html").read_text("utf-8")


def test_what_is_left_out_is_linked_to_the_public_site(publish: Publish, content: Path) -> None:
    """A REF to a cable outside the selection leads to the public site; it is not called missing, and who cites from
    outside is named too.
    """
    page = (publish("part", Selection(mrns=("09OSLO20",))) / "cable/2009/02/09OSLO20.html").read_text("utf-8")
    assert 'href="https://cables.example/archive/cable/2009/01/09OSLO12.html"' in page
    assert 'href="https://cables.example/archive/cable/2009/02/09RIGA7.html"' in page
    assert "not in this selection" in page and "not held" not in page
    (content / "archive.toml").write_text('title = "No address"\n')
    page = (publish("part2", Selection(mrns=("09OSLO20",))) / "cable/2009/02/09OSLO20.html").read_text("utf-8")
    assert "not in this selection" in page and "09OSLO12.html" not in page


def test_a_selection_that_is_empty_is_refused(publish: Publish) -> None:
    """Nothing that fits, and a cable that is not held, are refusals."""
    for selection in (Selection(tag="XXXX"), Selection(thread="99OSLO1"), Selection(mrns=("99OSLO1",))):
        with pytest.raises(Refusal):
            publish("part", selection)


def test_the_zip_begins_with_start_here(site: Path) -> None:
    """All files stand in one folder, START-HERE.html first, and the same site gives the same bytes."""
    settings = read_settings(site.parent / "content")
    for name in ("one.zip", "two.zip"):
        fulfil(Order(site.parent / "content", site.parent / name), site, settings)
    with zipfile.ZipFile(site.parent / "one.zip") as archive:
        names = archive.namelist()
    assert names[0] == "the-tolm-papers/START-HERE.html"
    assert all(name.startswith("the-tolm-papers/") and "/." not in name for name in names)
    assert (site.parent / "one.zip").read_bytes() == (site.parent / "two.zip").read_bytes()


@pytest.mark.parametrize("selection", [Selection(mrns=("09OSLO20",)), Selection(thread="09OSLO20")])
def test_a_single_file_asks_for_nothing(publish: Publish, content: Path, selection: Selection) -> None:
    """One cable or one thread is one HTML file: no script, no picture, no style from elsewhere; links lead inside or to
    the public site.
    """
    part = publish("part", selection)
    target = content.parent / "one.html"
    fulfil(Order(content, target, selection), part, read_settings(content))
    html = target.read_text("utf-8")
    assert not _ASKS.search(html)
    held = set(re.findall(r'\sid="([^"]+)"', html))
    for href in re.findall(r'<a[^>]*\shref="([^"]+)"', html):
        assert href.startswith("https://cables.example/archive/") or href[1:] in held, href
    assert "Nobody sails." in html and "<style>" in html


def test_a_thread_in_one_file_leads_from_cable_to_cable(publish: Publish, content: Path) -> None:
    """In a thread's single file a link to another of its cables is a jump."""
    part = publish("part", Selection(thread="09OSLO12"))
    fulfil(Order(content, content.parent / "t.html", Selection(thread="09OSLO12")), part, read_settings(content))
    assert 'href="#09OSLO12"' in (content.parent / "t.html").read_text("utf-8")


def test_a_single_file_of_many_is_refused(site: Path) -> None:
    """A whole archive is no single file."""
    content = site.parent / "content"
    with pytest.raises(Refusal, match="one cable or one thread"):
        fulfil(Order(content, site.parent / "all.html"), site, read_settings(content))


def test_the_bag_validates(site: Path) -> None:
    """A bag holds the content as it is and the site, and BagIt's own library finds it valid."""
    bagit = pytest.importorskip("bagit")
    content = site.parent / "content"
    fulfil(Order(content, site.parent / "bag.zip", bag=True), site, read_settings(content))
    with zipfile.ZipFile(site.parent / "bag.zip") as archive:
        archive.extractall(site.parent / "unzipped")
    bag = bagit.Bag(str(site.parent / "unzipped" / "the-tolm-papers"))
    assert bag.is_valid()
    raw = (content / "cables/09OSLO12.txt").read_bytes()
    assert (Path(bag.path) / "data/raw/cables/09OSLO12.txt").read_bytes() == raw


def test_the_zim_passes_its_check(site: Path) -> None:
    """The ZIM holds every file of the site under its own address, with the relative links and without the policy."""
    archives = pytest.importorskip("libzim.reader")
    content = site.parent / "content"
    fulfil(Order(content, site.parent / "a.zim"), site, read_settings(content))
    zim = archives.Archive(site.parent / "a.zim")
    assert zim.check()
    assert zim.main_entry.get_item().path == "index.html"
    page = bytes(zim.get_entry_by_path("cable/2009/01/09OSLO12.html").get_item().content)
    assert b"harbour master" in page and b"Content-Security-Policy" not in page
    assert zim.has_fulltext_index
