"""What happened between two editions, and what must not happen to a published address."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from reftel.problems import Problem, Refusal
from reftel.publish.diff import DiffBlock, DiffRecord, compare_records, diff, word_changes
from reftel.publish.diff_reports import DiffFormat, printed_diff
from reftel.publish.editions import check_against, keep_edition, read_editions
from reftel.site.build import survey
from reftel.site.frame import Site

Publish = Callable[..., Path]


def record(*paragraphs: str, redactions: int = 0) -> DiffRecord:
    blocks = [DiffBlock("paragraph", text, f"par{number}") for number, text in enumerate(paragraphs, 1)]
    return DiffRecord(mrn="09OSLO12", blocks=blocks, redactions=redactions)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("The ferry sails", "The ferry sank", [("=", "The ferry "), ("-", "sails"), ("+", "sank")]),
        ("Same", "Same", [("=", "Same")]),
        ("", "New", [("+", "New")]),
        ("a b c", "a c", [("=", "a "), ("-", "b "), ("=", "c")]),
    ],
)
def test_word_changes(old: str, new: str, expected: list[tuple[str, str]]) -> None:
    """Texts are compared by words, and nothing of either is lost."""
    found = word_changes(old, new)
    assert found == expected
    assert "".join(text for sign, text in found if sign != "+") == old
    assert "".join(text for sign, text in found if sign != "-") == new


def test_paragraphs_that_change_move_and_vanish() -> None:
    """A paragraph is followed by its anchor; one whose text stands elsewhere has moved; one that is gone has
    vanished.
    """
    change = compare_records("x", record("One", "Two", "Three"), record("One", "Three"))
    assert [(p.what, p.anchor, p.now) for p in change.paragraphs] == [
        ("changed", "par2", ""),
        ("moved", "par3", "par2"),
    ]
    assert change.vanished == ["par3"]
    assert compare_records("x", record("A"), record("A", redactions=2)).redactions_added == 2


def test_editions_are_compared(site: Path, content: Path, publish: Publish) -> None:
    """Cables added, withdrawn and changed, in every format."""
    text = (content / "cables/09OSLO12.txt").read_text()
    (content / "cables/09OSLO12.txt").write_text(text.replace("is calm", "is <b>angry</b>"))
    (content / "cables/09RIGA9.txt").rename(content / "cables/kept-away.bin")
    (content / "cables/kept-away.bin").unlink()
    later = publish("later")
    found = diff(site, later)
    assert ([name for name, _ in found.withdrawn], found.added) == (["09RIGA9"], [])
    (cable,) = found.changed
    assert [(change.what, change.anchor) for change in cable.paragraphs] == [("changed", "par2")]
    assert found.vanished() == ["09RIGA9"]
    printed = {form: printed_diff(found, form) for form in DiffFormat}
    assert "[-calm.-][+<b>angry</b>.+]" in printed[DiffFormat.text]
    assert "<ins>&lt;b&gt;angry" in printed[DiffFormat.html] and "<b>angry" not in printed[DiffFormat.html]
    assert "<del>calm.</del>" in printed[DiffFormat.markdown]
    assert msgspec.json.decode(printed[DiffFormat.json])["withdrawn"][0][0] == "09RIGA9"


def look(content: Path, old: Path) -> list[Problem]:
    found = survey(content, jobs=1, cache=content.parent / "cache", checks=[check_against(content, old)]).problems
    return [problem for problem in found if problem.severity == "error"]


def test_a_published_anchor_must_not_vanish(site: Path, content: Path) -> None:
    """A paragraph or cable that was published and is gone is an error, unless the content declares it."""
    assert look(content, site) == []
    text = (content / "cables/09OSLO12.txt").read_text()
    (content / "cables/09OSLO12.txt").write_text(text.replace("2. (C) The harbour master is calm.", ""))
    (content / "cables/09RIGA9.txt").unlink()
    found = look(content, site)
    assert [problem.path for problem in found] == ["09OSLO12", "09RIGA9"]
    assert "#par2" in found[0].message and "editions/withdrawn.toml" in found[0].message
    (content / "editions").mkdir()
    (content / "editions/withdrawn.toml").write_text(
        '[[withdrawn]]\ncable = "09OSLO12"\nanchor = "par2"\n[[withdrawn]]\ncable = "09RIGA9"\nreason = "a forgery"\n'
    )
    assert look(content, site) == []


def keep(content: Path, name: str, date: str) -> None:
    def check(site: Site) -> list[Problem]:
        keep_edition(content, site, name, date)
        return []

    survey(content, jobs=1, cache=content.parent / "cache", checks=[check])


def test_kept_editions_make_the_page_of_changes(content: Path, publish: Publish) -> None:
    """Two kept editions make a page and a feed of what happened between them; a kept edition is never changed."""
    keep(content, "first", "2026-01-01")
    with pytest.raises(Refusal, match="kept already"):
        keep(content, "first", "2026-01-02")
    (content / "cables/09RIGA9.txt").unlink()
    keep(content, "second", "2026-02-01")
    assert [edition.name for edition in read_editions(content)] == ["first", "second"]
    site = publish()
    page = (site / "changes/index.html").read_text("utf-8")
    assert "second, 1 February 2026: 1 withdrawn" in page and "09RIGA9" in page
    feed = (site / "feeds/changes.xml").read_text("utf-8")
    assert "<updated>2026-02-01T00:00:00Z</updated>" in feed
    assert look(content, content / "editions/first.json")[0].path == "09RIGA9"


def test_a_kept_edition_alone_changes_the_page(content: Path, publish: Publish) -> None:
    """Where nothing but the kept editions or the withdrawals is new, the page of changes still tells them."""
    keep(content, "first", "2026-01-01")
    publish()
    keep(content, "second", "2026-02-01")
    page = publish() / "changes/index.html"
    assert "second, 1 February 2026: nothing changed" in page.read_text("utf-8")
    (content / "cables/09RIGA9.txt").unlink()
    keep(content, "third", "2026-03-01")
    publish()
    (content / "editions/withdrawn.toml").write_text('withdrawn = [{ cable = "09RIGA9", reason = "names a source" }]')
    publish()
    assert "names a source" in page.read_text("utf-8")


@pytest.mark.parametrize(("name", "date"), [("../x", ""), ("a b", ""), ("ok", "yesterday")])
def test_bad_editions_are_refused(content: Path, name: str, date: str) -> None:
    """An edition's name is a file name, and its date a date."""
    with pytest.raises(Refusal):
        keep(content, name, date)
