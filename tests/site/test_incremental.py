"""An incremental build is a clean build: after any edits, the same bytes, and only what changed is written."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from reftel.archive import fingerprints
from reftel.archive.model import Entry
from reftel.config import read_settings
from reftel.publish import data, discovery, groups
from reftel.publish.publishers import around, publishers
from reftel.site import crew, inputs, output, theme
from reftel.site.build import Report, build

Telex = Callable[..., str]
POSTS = ("OSLO", "RIGA", "KYIV")
SETTINGS = (
    None,
    'title = "Other"',
    "listing_size = 2",
    'notice = "Look."\nhash_tag = "x"',
    'public_address = "https://a.example/"',
)


class Editor:
    """Edits a small archive at random."""

    def __init__(self, content: Path, telex: Telex, seed: int) -> None:
        self.random = random.Random(seed)
        self.content, self.telex = content, telex
        self.serial = 0
        self.files: dict[str, dict[str, object]] = {}
        content.mkdir()
        for _ in range(8):
            self.add()

    def edit(self) -> str:
        """One edit; says which."""
        names = ("add", "remove", "change", "retitle", "rename", "cite", "move", "configure", "note", "write", "twin")
        name = self.random.choices(names, (4, 2, 3, 2, 1, 4, 1, 1, 1, 1, 1))[0]
        getattr(self, name)()
        return name

    def add(self) -> None:
        """A cable, anywhere in time, that cites some, held or not."""
        self.serial += self.random.randint(1, 3)
        month = self.random.randint(1, 6)
        mrn = f"09{self.random.choice(POSTS)}{self.serial}"
        self.files[f"{mrn}.txt"] = {
            "mrn": mrn,
            "created": f"2009-{month:02}-{self.random.randint(1, 28):02} 10:{self.random.randint(0, 59):02}",
            "paragraphs": [f"Words of {mrn}.", "See ref A, para 1."],
            "refs": self._refs(),
            "tags": self.random.choice(("PREL, NO", "PREL", "ECON, LV", "")),
            "subject": f"ABOUT {mrn}",
        }
        self._write(f"{mrn}.txt")

    def remove(self) -> None:
        """A cable goes."""
        if len(self.files) > 2:
            name = self._one()
            del self.files[name]
            (self.content / name).unlink()

    def change(self) -> None:
        """Words change, or there is a paragraph more."""
        fields = self._fields()
        fields["paragraphs"] = [*fields["paragraphs"], f"More {self.random.random()}."][-self.random.randint(2, 4) :]
        self._write(self._last)

    def retitle(self) -> None:
        """What listings and cards show changes."""
        self._fields()["subject"] = f"CHANGED {self.random.randint(1, 99)}"
        self._write(self._last)

    def cite(self) -> None:
        """The REF line changes."""
        self._fields()["refs"] = self._refs()
        self._write(self._last)

    def move(self) -> None:
        """Its time changes, and its place in the order."""
        self._fields()["created"] = f"2009-0{self.random.randint(1, 6)}-11 11:11"
        self._write(self._last)

    def rename(self) -> None:
        """The file has another name."""
        old = self._one()
        new = f"r{self.random.randint(1, 10**6)}.txt"
        self.files[new] = self.files.pop(old)
        (self.content / old).rename(self.content / new)

    def twin(self) -> None:
        """A second file of one MRN."""
        name = f"t{self.random.randint(1, 10**6)}.txt"
        self.files[name] = {**self._fields(), "subject": "A COPY"}
        self._write(name)

    def configure(self) -> None:
        """The settings change."""
        text = self.random.choice(SETTINGS)
        path = self.content / "archive.toml"
        path.unlink(missing_ok=True) if text is None else path.write_text(text)

    def note(self) -> None:
        """A sidecar comes or changes."""
        path = self.content / f"{self._fields()['mrn']}.toml"
        path.write_text(f'note = "Note {self.random.randint(1, 9)}."\nsubject = "BY HAND"\n')

    def write(self) -> None:
        """A page of prose, or the home page's introduction."""
        path = self.content / "pages" / self.random.choice(("index.md", "about.md"))
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"+++\ntitle = 'T{self.random.randint(1, 9)}'\n+++\nSee cable:{self._fields()['mrn']}.\n")

    def _refs(self) -> str:
        cited = [str(fields["mrn"]) for fields in self.files.values()]
        picked = self.random.sample(cited, min(len(cited), self.random.randint(0, 3)))
        items = [f"{mrn[2:6]} {mrn[6:]}" for mrn in picked] + ["OSLO 777"] * self.random.randint(0, 1)
        return " ".join(f"{letter}. {item}" for letter, item in zip("ABCD", items, strict=False))

    def _one(self) -> str:
        self._last = self.random.choice(sorted(self.files))
        return self._last

    def _fields(self) -> dict[str, object]:
        return self.files[self._one()]

    def _write(self, name: str) -> None:
        (self.content / name).write_text(self.telex(**self.files[name]))


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Small sites are treated as large ones: their trees take turns."""
    monkeypatch.setattr(output, "LARGE", 1)
    return None


def published(content: Path) -> dict[str, Any]:
    """Everything that a site is published with."""
    return {"publishers": publishers(content), "around": around(content, read_settings(content))}


def both(content: Path, folder: Path, clean: str, jobs: int = 1) -> Report:
    """Build on, and from nothing; both must be equal."""
    report = build(content, folder / "site", jobs=jobs, cache=folder / "cache", **published(content))
    build(content, folder / clean, jobs=1, cache=folder / f"cache-{clean}", **published(content))
    assert bytes_of(folder / "site") == bytes_of(folder / clean)
    return report


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_incremental_equals_clean(
    tmp_path: Path, telex: Telex, seed: int, turns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After random edits, one to three at a time, a build on top of the last is byte for byte a clean one."""
    monkeypatch.setattr(data, "MANY", 2000 if seed % 2 else 1)
    monkeypatch.setattr(groups, "SIZE", 2)
    monkeypatch.setattr(crew, "_may_fork", lambda: True)
    monkeypatch.setattr(discovery, "LARGEST", 50_000 if seed % 2 else 20)
    editor = Editor(tmp_path / "content", telex, seed)
    (editor.content / "archive.toml").write_text(SETTINGS[-1] or "")
    done: list[str] = []
    for step in range(10):
        both(editor.content, tmp_path, f"clean{step}", jobs=1 + seed % 2)
        done = [editor.edit() for _ in range(editor.random.randint(1, 3))]
    both(editor.content, tmp_path, f"clean after {' '.join(done)}")


@pytest.mark.slow
def test_nothing_changed_nothing_done(tmp_path: Path, telex: Telex, turns: None) -> None:
    """A second build makes and writes nothing; every file keeps its time."""
    editor = Editor(tmp_path / "content", telex, 1)
    both(editor.content, tmp_path, "clean")
    times = {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*.html")}
    for again in range(3):
        assert both(editor.content, tmp_path, f"again{again}").changed == 0
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "site").rglob("*.html")} == times


def test_a_change_makes_only_what_depends_on_it(
    tmp_path: Path, telex: Telex, turns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words that change in a cable alone in its thread make its own page again, and none of another cable."""
    editor = Editor(tmp_path / "content", telex, 2)
    editor.files["alone.txt"] = {"mrn": "09RIGA999", "created": "2009-03-03 10:00", "paragraphs": ["One.", "Two."]}
    editor._write("alone.txt")
    both(editor.content, tmp_path, "clean")
    editor.files["alone.txt"]["paragraphs"] = ["One.", "Other."]
    editor._write("alone.txt")
    made: list[str] = []
    render = theme.Theme.render
    monkeypatch.setattr(
        theme.Theme, "render", lambda self, page: (made.append(type(page).__name__), render(self, page))[1]
    )
    build(editor.content, tmp_path / "site", jobs=1, cache=tmp_path / "cache", **published(editor.content))
    assert made.count("CablePage") == 1


def test_what_was_tampered_with_is_made_again(tmp_path: Path, telex: Telex, turns: None) -> None:
    """A file of ours that was removed, replaced or renamed comes back; a foreign one stays and is reported."""
    editor = Editor(tmp_path / "content", telex, 3)
    both(editor.content, tmp_path, "clean")
    site = tmp_path / "site"
    pages = sorted((site / "cable").rglob("*.html"))
    pages[0].unlink()
    pages[1].rename(pages[1].with_suffix(".old"))
    (site / "search.html").unlink()
    (site / "static" / "css" / "theme.css").unlink()
    (site / ".hidden").write_text("mine")
    report = build(editor.content, site, jobs=1, cache=tmp_path / "cache", **published(editor.content))
    assert [
        problem.path.rpartition("/")[2] for problem in report.problems if "no build has made" in problem.message
    ] == [pages[1].with_suffix(".old").name]
    pages[1].with_suffix(".old").unlink()
    assert (site / ".hidden").read_text() == "mine"
    (site / ".hidden").unlink()
    both(editor.content, tmp_path, "again")


@pytest.mark.slow
def test_an_output_of_another_build_is_not_believed(tmp_path: Path, telex: Telex, turns: None) -> None:
    """When another cache, or nobody, has built last, everything is compared."""
    editor = Editor(tmp_path / "content", telex, 4)
    both(editor.content, tmp_path, "clean")
    editor.add()
    build(editor.content, tmp_path / "site", jobs=1, cache=tmp_path / "other")
    editor.add()
    both(editor.content, tmp_path, "second")
    for path in sorted((tmp_path / "site").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    both(editor.content, tmp_path, "third")


def test_a_change_of_the_program_or_theme_makes_everything_again(
    tmp_path: Path, telex: Telex, turns: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hash of a page's inputs covers the code and the templates."""
    editor = Editor(tmp_path / "content", telex, 5)
    both(editor.content, tmp_path, "clean")
    made: list[str] = []
    render = theme.Theme.render
    monkeypatch.setattr(
        theme.Theme, "render", lambda self, page: (made.append(type(page).__name__), render(self, page))[1]
    )
    monkeypatch.setattr(inputs, "code_version", lambda folder: b"another")
    report = build(editor.content, tmp_path / "site", jobs=1, cache=tmp_path / "cache", **published(editor.content))
    assert (len(made), report.changed) == (report.pages, 0)


def test_no_field_of_an_entry_is_forgotten() -> None:
    """A field that is added to Entry must be thought of: what others show of a cable is all but these."""
    own = {"key", "path", "line", "sha256", "refs", "mentions", "anchors", "twin", "prints", "stands_in"}
    assert own == fingerprints.OWN < set(Entry.__struct_fields__)


def test_a_preview_makes_the_pages_first(tmp_path: Path, telex: Telex, turns: None) -> None:
    """The pages are new, the search index waits for the whole build, which is a clean one."""
    editor = Editor(tmp_path / "content", telex, 6)
    both(editor.content, tmp_path, "clean")
    editor.add()
    how = published(editor.content)
    report = build(editor.content, tmp_path / "site", jobs=1, cache=tmp_path / "cache", pages_first=True, **how)
    assert "search" not in report.seconds
    assert report.cables == len(editor.files)
    both(editor.content, tmp_path, "whole")
