"""The output folder: whole or as before, and nobody else's files are touched."""

import os
from pathlib import Path

import pytest

from reftel.problems import Refusal
from reftel.site import exchange as exchanging
from reftel.site import locks
from reftel.site import output as module
from reftel.site.crew import Crew
from reftel.site.folders import check_folders
from reftel.site.ledger import Ledger, Made
from reftel.site.output import Output
from reftel.site.strangers import LIST
from reftel.site.trees import Trees, figures


def make(folder: Path, pages: dict[str, str]) -> Output:
    """A whole build of some pages."""
    output = Output(folder)
    with output:
        for address, text in pages.items():
            output.trees.write(address, text.encode())
        output.swap(pages)
    return output


def files(folder: Path) -> dict[str, str]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != LIST)
    return {path.relative_to(folder).as_posix(): path.read_text() for path in found}


def test_a_new_site_takes_the_old_ones_place(tmp_path: Path) -> None:
    """Changed pages change, pages no longer made go, and nothing is left beside the output."""
    site = tmp_path / "site"
    make(site, {"index.html": "1", "a/b.html": "1", "gone/away.html": "1"})
    make(site, {"index.html": "2", "a/b.html": "1"})
    assert files(site) == {"index.html": "2", "a/b.html": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert not (site / "gone").exists()


def test_what_has_not_changed_keeps_its_time(tmp_path: Path) -> None:
    """An unchanged file is not written again, so that rsync and caches gain."""
    site = tmp_path / "site"
    make(site, {"same.html": "1", "other.html": "1"})
    os.utime(site / "same.html", (1_000_000_000, 1_000_000_000))
    os.utime(site / "other.html", (1_000_000_000, 1_000_000_000))
    make(site, {"same.html": "1", "other.html": "2"})
    assert (site / "same.html").stat().st_mtime == 1_000_000_000
    assert (site / "other.html").stat().st_mtime != 1_000_000_000


def test_a_failed_build_leaves_the_last_site(tmp_path: Path) -> None:
    """Whatever goes wrong before the swap, the site is as it was."""
    site = tmp_path / "site"
    make(site, {"index.html": "1"})
    output = Output(site)
    with pytest.raises(KeyboardInterrupt), output:
        output.trees.write("index.html", b"2")
        raise KeyboardInterrupt
    assert files(site) == {"index.html": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_dot_files_are_kept(tmp_path: Path) -> None:
    """A .gitignore, a .git folder, a hidden file deeper down: all of them stay, in the first build too."""
    site = tmp_path / "site"
    (site / ".git").mkdir(parents=True)
    (site / ".git" / "HEAD").write_text("ref")
    (site / ".gitignore").write_text("*")
    (site / "a").mkdir()
    (site / "a" / ".keep").write_text("")
    make(site, {"index.html": "1"})
    make(site, {"index.html": "2"})
    assert files(site) == {".git/HEAD": "ref", ".gitignore": "*", "a/.keep": "", "index.html": "2"}


def test_foreign_files_stop_the_first_build(tmp_path: Path) -> None:
    """A folder with somebody's files in it is not taken over; the message names one and says what to do."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "thesis.doc").write_text("years of work")
    with pytest.raises(Refusal, match=r"holds thesis\.doc, which no build has made; choose an empty folder"):
        Output(site)
    assert files(site) == {"thesis.doc": "years of work"}


def test_foreign_files_are_left_alone_later(tmp_path: Path) -> None:
    """A file put into a built site is kept by the next builds and reported."""
    site = tmp_path / "site"
    make(site, {"index.html": "1", "a/b.html": "1"})
    (site / "CNAME").write_text("example.org")
    (site / "a" / "own.txt").write_text("mine")
    output = make(site, {"index.html": "2"})
    assert files(site) == {"CNAME": "example.org", "a/own.txt": "mine", "index.html": "2"}
    assert [str(problem) for problem in output.problems()] == [
        "site/CNAME: warning: no build has made this file of the output folder; it is left alone",
        "site/a/own.txt: warning: no build has made this file of the output folder; it is left alone",
    ]


def test_a_foreign_file_in_a_pages_place_is_refused(tmp_path: Path) -> None:
    """Neither is it overwritten, nor is the page left out in silence."""
    site = tmp_path / "site"
    make(site, {"index.html": "1"})
    (site / "about.html").write_text("mine")
    with pytest.raises(Refusal, match=r"^site/about\.html: no build has made this file"):
        make(site, {"index.html": "2", "about.html": "ours"})
    assert files(site) == {"about.html": "mine", "index.html": "1"}


def test_an_output_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """The output must be a folder."""
    (tmp_path / "site").write_text("")
    with pytest.raises(Refusal, match="the output is a file; name a folder"):
        Output(tmp_path / "site")


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("at", ["before", "after", "between", "cleaning"])
def test_a_build_killed_at_the_swap_is_made_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    """Killed before, between or after the exchange of names: a whole site stands or comes back, foreign files too."""
    site = tmp_path / "site"
    make(site, {"index.html": "1"})
    (site / "CNAME").write_text("example.org")
    (site / ".gitignore").write_text("*")
    exchange = module.exchange
    rename = Path.rename

    def killed(fresh: Path, standing: Path) -> None:
        if at == "after":
            exchange(fresh, standing)
        elif at == "between":
            rename(standing, exchanging.aside(fresh))
        raise Killed

    def stopped(self: Output, *error: object) -> None:
        """A killed process cleans nothing; its locks end with it."""
        self._lock.release()

    if at == "cleaning":
        monkeypatch.setattr(Output, "_move_over", lambda self, known: (_ for _ in ()).throw(Killed()))
    else:
        monkeypatch.setattr(module, "exchange", killed)
    monkeypatch.setattr(Output, "__exit__", stopped)
    with pytest.raises(Killed):
        make(site, {"index.html": "2"})
    monkeypatch.undo()
    assert at == "between" or (site / "index.html").read_text() in ("1", "2")
    make(site, {"index.html": "3"})
    assert files(site) == {".gitignore": "*", "CNAME": "example.org", "index.html": "3"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_without_an_exchange_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system cannot exchange two names at once, it is done in two steps."""
    monkeypatch.setattr(exchanging, "exchange_at_once", lambda a, b: False)
    site = tmp_path / "site"
    make(site, {"index.html": "1"})
    (site / "CNAME").write_text("example.org")
    make(site, {"index.html": "2"})
    assert files(site) == {"CNAME": "example.org", "index.html": "2"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a file system without links, unchanged files are written again."""

    def no_links(*paths: object, **how: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_links)
    site = tmp_path / "site"
    make(site, {"a/index.html": "1"})
    make(site, {"a/index.html": "1"})
    assert files(site) == {"a/index.html": "1"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_waiting_tree_is_the_like_of_the_one_that_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """Of a large first site each file has a second name in the tree that waits, whoever gave it."""
    monkeypatch.setattr(module, "LARGE", 1)
    site, pages = tmp_path / "site", {f"{folder}/{page}.html": folder for folder in "abc" for page in "xyz"}
    with Ledger(tmp_path, site) as ledger, Output(site, ledger, Crew(jobs)) as output:
        for address, text in pages.items():
            output.trees.write(address, text.encode())
        ledger.add([Made(address, b"1", 1, [figures(address, text.encode())]) for address, text in pages.items()])
        output.swap(pages)
    waiting = tmp_path / ".site.reftel-new"
    assert files(waiting) == files(site) == pages
    assert all((waiting / address).samefile(site / address) for address in pages)
    with Ledger(tmp_path, site) as ledger:
        assert {made.name for made in ledger.files(pages)} == set(pages)
        assert not list(ledger.news())


def test_a_folder_that_another_process_makes_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file is linked into it, not copied."""
    (tmp_path / "old" / "a").mkdir(parents=True)
    (tmp_path / "old/a/x.html").write_text("1")
    link = os.link

    def late(old: str, path: str, **how: bool) -> None:
        try:
            link(old, path, **how)
        except FileNotFoundError:
            Path(path).parent.mkdir(parents=True)
            raise

    monkeypatch.setattr(os, "link", late)
    Trees(str(tmp_path / "fresh"), str(tmp_path / "old")).share("a/x.html")
    assert (tmp_path / "fresh/a/x.html").samefile(tmp_path / "old/a/x.html")


def test_a_file_changed_by_hand_is_made_again(tmp_path: Path) -> None:
    """What an earlier build made is ours: an edit there does not survive."""
    site = tmp_path / "site"
    make(site, {"index.html": "1"})
    (site / "index.html").write_text("2")
    make(site, {"index.html": "1"})
    assert files(site) == {"index.html": "1"}


def test_folders_that_cannot_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Content that is not there, and content and output that are one, or one inside the other."""
    content = tmp_path / "content"
    with pytest.raises(Refusal, match="no such folder"):
        check_folders(content, tmp_path / "output")
    content.mkdir()
    check_folders(content, tmp_path / "output")
    with pytest.raises(Refusal, match="the same folder"):
        check_folders(content, tmp_path / "other" / ".." / "content")
    with pytest.raises(Refusal, match="output folder lies inside the content folder"):
        check_folders(content, content / "site")
    with pytest.raises(Refusal, match="content folder lies inside the output folder"):
        check_folders(content, tmp_path)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    with pytest.raises(Refusal, match="holds the working directory"):
        check_folders(content, tmp_path / "here")
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="a file, not a folder"):
        check_folders(tmp_path / "file", tmp_path / "output")


def test_two_builds_at_once_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second one says so and touches nothing; when the first has ended, it can."""
    monkeypatch.setattr(locks, "TRIES", 1)
    site = tmp_path / "site"
    make(site, {"index.html": "1"})
    with Output(site) as first:
        first.trees.write("index.html", b"2")
        with pytest.raises(Refusal, match="another build is writing to it"):
            Output(site)
        first.swap(["index.html"])
    assert files(make(site, {"index.html": "3"}).folder) == {"index.html": "3"}
