"""A small archive, built with everything that is published with it."""

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


def telex(mrn: str, day: str, paragraphs: list[str], refs: str = "", tags: str = "PREL, NO", origin: str = "") -> str:
    """The text of an invented cable."""
    post = mrn[2:].rstrip("0123456789")
    lines = [
        "Reference ID Created Released Classification Origin",
        f"{mrn} {day} 10:00 2011-08-30 01:44 CONFIDENTIAL {origin or 'Embassy ' + post.title()}",
        "",
        f"C O N F I D E N T I A L {post} {int(mrn[2 + len(post) :]):06}",
        "",
        f"TAGS: {tags}",
        f"SUBJECT: THE FERRY & <ITS> TIMETABLE {mrn}",
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
def content(tmp_path: Path) -> Path:
    """The content folder of four cables: three make a thread, one stands alone and cites a missing one."""
    folder = tmp_path / "content"
    (folder / "cables").mkdir(parents=True)
    (folder / "archive.toml").write_text(SETTINGS, "utf-8")
    for mrn, text in CABLES.items():
        (folder / "cables" / f"{mrn}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def publish(tmp_path: Path, content: Path) -> Publish:
    """Builds the archive into a folder of a name: `publish("site")`, of a selection: `publish("part",
    Selection(...))`.
    """

    def make(name: str = "site", selection: Selection | None = None) -> Path:
        named = selection.named() if selection else ""
        build(
            content,
            tmp_path / name,
            jobs=1,
            cache=tmp_path / "cache",
            selection=selection,
            publishers=publishers(content, named),
            around=around(content, read_settings(content)),
        )
        return tmp_path / name

    return make


@pytest.fixture
def site(publish: Publish) -> Path:
    """The built site."""
    return publish()
