"""A small archive, built with everything that is published with it."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reftel.archive.selection import Selection
from reftel.config import read_settings
from reftel.publish.publishers import around, publishers
from reftel.site.build import build

PUBLIC = "https://cables.example/archive/"
SETTINGS = f'title = "The Tolm Papers"\npublisher = "Tolm University"\npublic_address = "{PUBLIC}"\n'

Publish = Callable[..., Path]


def telex(
    mrn: str,
    day: str,
    paragraphs: list[str],
    refs: str = "",
    tags: str = "PREL, NO",
    origin: str = "",
    subject: str = "THE FERRY & <ITS> TIMETABLE",
) -> str:
    """The text of an invented cable."""
    post = mrn[2:].rstrip("0123456789")
    lines = [
        "Reference ID Created Released Classification Origin",
        f"{mrn} {day} 10:00 2011-08-30 01:44 CONFIDENTIAL {origin or 'Embassy ' + post.title()}",
        "",
        f"C O N F I D E N T I A L {post} {int(mrn[2 + len(post) :]):06}",
        "",
        f"TAGS: {tags}",
        f"SUBJECT: {subject} {mrn}",
        *([f"REF: {refs}"] if refs else []),
        "",
    ]
    for number, text in enumerate(paragraphs, 1):
        lines += [f"{number}. (C) {text}", ""]
    return "\n".join([*lines, "WINTER", ""])


CABLES = {
    "09OSLO12": telex("09OSLO12", "2009-01-05", ["The ferry will not sail.", "The harbour master is calm."]),
    "09OSLO20": telex("09OSLO20", "2009-02-01", ["Ref A was right.", "Nobody sails."], "A. OSLO 12", "PREL, ECON"),
    "09RIGA7": telex("09RIGA7", "2009-02-03", ["As Oslo says."], "A. OSLO 20", "PGOV", "Embassy Riga"),
    "09RIGA9": telex("09RIGA9", "2009-03-03", ["Amber is cheap."], "A. OSLO 99", "ECON", "Embassy Riga"),
}


@pytest.fixture
def write_telex() -> Callable[..., str]:
    """`telex`, for tests that write cables of their own."""
    return telex


def write_content(folder: Path) -> Path:
    (folder / "cables").mkdir(parents=True)
    (folder / "archive.toml").write_text(SETTINGS, "utf-8")
    for mrn, text in CABLES.items():
        (folder / "cables" / f"{mrn}.txt").write_text(text, "utf-8")
    return folder


def built(content: Path, name: str, selection: Selection | None = None) -> Path:
    """Build the archive in `content` into the folder of that name beside it."""
    top = content.parent
    build(
        content,
        top / name,
        jobs=1,
        cache=top / "cache",
        selection=selection,
        publishers=publishers(content, selection.named() if selection else ""),
        around=around(content, read_settings(content)),
    )
    return top / name


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content folder of four cables: three make a thread, one stands alone and cites a missing one."""
    return write_content(tmp_path / "content")


@pytest.fixture
def publish(content: Path) -> Publish:
    """Builds the archive into a folder of a name: `publish("site")`, of a selection: `publish("part",
    Selection(...))`.
    """

    def make(name: str = "site", selection: Selection | None = None) -> Path:
        return built(content, name, selection)

    return make


@pytest.fixture(scope="session")
def first_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The four cables' site, built once."""
    return built(write_content(tmp_path_factory.mktemp("first") / "content"), "site")


@pytest.fixture
def site(first_site: Path, content: Path) -> Path:
    """The built site, and beside it the content and the cache that it was built from: a copy of one's own to damage."""
    shutil.copytree(first_site, content.parent / "site")
    shutil.copytree(first_site.parent / "cache", content.parent / "cache")
    return content.parent / "site"
