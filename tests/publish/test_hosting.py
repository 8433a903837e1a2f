"""What GitHub Pages would refuse, and links that lead nowhere."""

from pathlib import Path

import pytest

from reftel.publish import hosting
from reftel.publish.budget import budget
from reftel.publish.hosting import broken_links, refusals


def test_a_good_site_is_taken(site: Path) -> None:
    """A site as it was built has no broken link and nothing that GitHub would refuse."""
    assert refusals(site, budget(site)) == []
    assert broken_links(site) == []


def test_broken_links_and_anchors_are_found(site: Path) -> None:
    """A link to no file and a link to no anchor are errors, with page and line."""
    (site / "odd.html").write_text(
        '<p>\n<a href="nowhere.html">x</a>\n<a href="cable/2009/01/09OSLO12.html#par99">y</a>'
    )
    found = [str(problem) for problem in broken_links(site)]
    assert found == [
        "odd.html:2: error: the link nowhere.html leads nowhere",
        "odd.html:3: error: the link cable/2009/01/09OSLO12.html#par99 leads to a page without that anchor",
    ]


def test_links_to_a_site_beside_this_one(site: Path) -> None:
    """Sites that belong together may lie side by side; where the other one does not, it is only doubtful."""
    (site.parent / "beside").mkdir()
    (site.parent / "beside" / "index.html").write_text("")
    (site / "odd.html").write_text('<a href="../beside/index.html">x</a>\n<a href="../2007/index.html#a">y</a>')
    assert [str(problem) for problem in broken_links(site)] == [
        "odd.html:2: warning: the link ../2007/index.html#a leads to a site that does not lie beside this one"
    ]


def test_what_github_would_refuse(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links, long names and size are refused in plain words, with a remedy."""
    (site / "link.html").symlink_to("index.html")
    (site / ("x" * 250 + ".html")).write_text("")
    monkeypatch.setattr(hosting, "NAME", 200)
    monkeypatch.setattr(hosting, "SIZE", 1000)
    monkeypatch.setattr(hosting, "MINUTES", 0.0)
    messages = "\n".join(problem.message for problem in refusals(site, budget(site)))
    for words in ("is a link", "more than 200 bytes", "GitHub Pages takes", "minutes", "data = false"):
        assert words in messages


def test_what_comes_near_and_what_is_no_site(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A size near the limit is a warning; control characters in a name and a missing home page are errors."""
    size = sum(path.stat().st_size for path in site.rglob("*") if path.is_file())
    monkeypatch.setattr(hosting, "SIZE", size * 1.1)
    (site / "a\nb.txt").write_text("")
    found = {problem.severity: problem.message for problem in refusals(site, budget(site)) if "soon" in problem.message}
    assert list(found) == ["warning"]
    (site / "index.html").unlink()
    errors = "\n".join(problem.message for problem in refusals(site, budget(site)) if problem.severity == "error")
    assert "control characters: rename it" in errors and "there is no home page" in errors
