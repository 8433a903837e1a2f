"""Files and folders of every kind, good and bad. All cables are invented."""

import hashlib
import os
import pickle
from pathlib import Path

import pytest

from reftel.problems import Problem
from reftel.source import read as reading
from reftel.source.model import METADATA_LABELS, Source
from reftel.source.read import read_file, read_folder

CABLE = f"""{METADATA_LABELS}
07PORTSORREL12 2007-03-01 10:20 2011-08-30 01:44 CONFIDENTIAL Embassy Port Sorrel

C O N F I D E N T I A L PORT SORREL 000012

SUBJECT: THE FERRY

1. (C) The ferry sailed to São Lázaro.
"""
OTHER = CABLE.replace("SORREL12", "SORREL13").replace("000012", "000013")
TABLE = "<table class='cable'><tr><th>Reference ID</th></tr><tr><td>07HALVERN9</td></tr></table>"
PAGE = f"<html><body>{TABLE}<pre>Words</pre></body></html>"
BLOG = f"<html><body><p>Menu</p><div class='entry'><pre>{CABLE}</pre></div></body></html>"
DUMP = '"1","3/1/2007 10:20","07HALVERN9","Embassy Halvern","SECRET","","FM AMEMBASSY HALVERN","Words"\n'


def read(path: Path, raw: bytes | str, name: str = "x.txt") -> list[Source | Problem]:
    (path / name).write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return list(read_file(path / name, f"cables/{name}"))


def only(found: list[Source | Problem]) -> Source:
    (source,) = found
    assert isinstance(source, Source)
    return source


def complaint(found: list[Source | Problem]) -> str:
    (problem,) = found
    assert isinstance(problem, Problem)
    return str(problem)


@pytest.mark.parametrize(
    ("raw", "format_"), [(CABLE, "text"), (PAGE, "html"), (BLOG, "blog"), (DUMP, "csv"), ("\n\n" + PAGE, "html")]
)
@pytest.mark.parametrize("name", ["x.txt", "x.html", "x.csv", "x", "README.md"])
def test_formats_are_told_by_content(tmp_path: Path, raw: str, format_: str, name: str) -> None:
    """Whatever a file is called."""
    source = only(read(tmp_path, raw, name))
    assert (source.format, source.path, source.problems) == (format_, f"cables/{name}", ())
    assert source.text.startswith(METADATA_LABELS + "\n07")


@pytest.mark.parametrize(
    "raw", [CABLE.encode(), CABLE.replace("\n", "\r\n").encode(), CABLE.encode("cp1252"), CABLE.encode("utf-16")]
)
def test_raw_is_kept_byte_for_byte(tmp_path: Path, raw: bytes) -> None:
    """The text is the same in every encoding, with any line ends; the bytes stay what they were."""
    source = only(read(tmp_path, raw))
    assert source.text == CABLE
    assert source.raw == raw
    assert source.sha256 == hashlib.sha256(raw).hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_slices_make_up_the_file(tmp_path: Path, encoding: str, end: str) -> None:
    """Of several cables in one file each has its slice, and each slice begins with its metadata line."""
    raw = ("Stray words.\n\n" + CABLE + "\n\n" + OTHER + CABLE).replace("\n", end).encode(encoding)
    found = [source for source in read(tmp_path, raw) if isinstance(source, Source)]
    assert [source.text.rstrip("\n") for source in found] == [text.rstrip("\n") for text in (CABLE, OTHER, CABLE)]
    assert b"".join(source.raw for source in found) == raw
    assert [source.line for source in found] == [3, 13, 21]
    assert found[1].raw.decode(encoding.removesuffix("-sig").replace("utf-16", "utf-16-le")).startswith(METADATA_LABELS)


def test_slices_of_a_page_with_two_cables(tmp_path: Path) -> None:
    """The second slice begins on the line on which the second table begins."""
    raw = PAGE + "\n" + PAGE.replace("HALVERN9", "HALVERN10")
    found = [source for source in read(tmp_path, raw) if isinstance(source, Source)]
    assert "".join(source.raw.decode() for source in found) == raw
    assert "HALVERN10" in found[1].raw.decode()


def test_a_row_of_a_dump(tmp_path: Path) -> None:
    """Its raw text is header and body, its line that of the row; a bad row is an error at its line."""
    found = read(tmp_path, DUMP + DUMP.replace("SECRET", 'SE"CRET') + DUMP)
    sources = [item for item in found if isinstance(item, Source)]
    assert sources[0].raw == b"FM AMEMBASSY HALVERN\n\nWords"
    assert [source.line for source in sources] == [1, 3]
    assert [str(item).split(": the row")[0] for item in found if isinstance(item, Problem)] == ["cables/x.txt:2: error"]


@pytest.mark.parametrize(
    ("raw", "name", "message"),
    [
        (b"", "x.txt", "cables/x.txt: error: empty: fill it or remove it"),
        (b" \n\r\n\t", "x.txt", "cables/x.txt: error: empty: fill it or remove it"),
        (b"\x7fELF" + b"\x00\x01" * 200, "x.txt", "cables/x.txt: error: binary, not the text of a cable: "),
        (b"%PDF-1.4 SUBJECT: TAGS", "x.txt", "cables/x.txt: error: a PDF, not the text of a cable: "),
        (b"\x89PNG\r\n\x1a\n", "map.png", "cables/map.png: warning: an image, not the text of a cable: "),
        (b"Dear Ann,", "x.txt", "cables/x.txt: error: no cable recognised: "),
        (b"<html><body>nothing</body></html>", "x.html", "cables/x.html: error: no cable recognised: "),
        (b"Read me.", "README.md", "cables/README.md: warning: no cable recognised: "),
        (b"MIT", "LICENSE", "cables/LICENSE: warning: no cable recognised: "),
        (b"{}", "list.json", "cables/list.json: warning: no cable recognised: "),
    ],
)
def test_what_is_no_cable(tmp_path: Path, raw: bytes, name: str, message: str) -> None:
    """One line that says what is wrong and what to do; a warning where the name tells of something else."""
    assert complaint(read(tmp_path, raw, name)).startswith(message)


@pytest.mark.parametrize("text", [CABLE, CABLE + "Words of the envoy.\n" * 9000, CABLE + OTHER, PAGE, DUMP, ""])
def test_content_that_is_at_hand(tmp_path: Path, text: str) -> None:
    """Whether the caller has read the file or not, the same is found in it, be it short or long."""
    path = tmp_path / "file"
    path.write_text(text, "utf-8")
    found = list(read_file(path, "file"))
    assert found
    assert list(read_file(path, "file", path.read_bytes())) == found
    sources = [one for one in found if isinstance(one, Source) and one.format != "csv"]
    assert not sources or b"".join(source.raw for source in sources) == path.read_bytes()


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text beyond the limit is an error; a dump of any size is read."""
    monkeypatch.setattr(reading, "LARGEST_FILE", 4096)
    assert "larger than" in complaint(read(tmp_path, CABLE * 100))
    assert "split it into one file a cable" in complaint(read(tmp_path, CABLE * 100))
    assert len(read(tmp_path, DUMP * 100)) == 100


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    """No permission, no file, a folder, a pipe: each is an error, never an exception and never a wait."""
    assert "cannot be read (No such file or directory)" in complaint(list(read_file(tmp_path / "none", "none")))
    assert "a folder: name a file" in complaint(list(read_file(tmp_path, "folder")))
    os.mkfifo(tmp_path / "pipe")
    assert "no regular file" in complaint(list(read_file(tmp_path / "pipe", "pipe")))
    closed = tmp_path / "closed.txt"
    closed.write_text(CABLE, encoding="utf-8")
    closed.chmod(0)
    if not os.access(closed, os.R_OK):
        assert "cannot be read (Permission denied)" in complaint(list(read_file(closed, "closed.txt")))


def test_doubts_are_told(tmp_path: Path) -> None:
    """Damaged bytes and a cut that may have cost paragraphs stand with the source."""
    source = only(read(tmp_path, "é à ü ".encode() + b"\xff\n" + CABLE.encode()))
    assert [str(problem) for problem in source.problems] == [
        "cables/x.txt:1: warning: bytes that are not utf-8 became U+FFFD: save the file as UTF-8"
    ]
    source = only(read(tmp_path, CABLE + "Leave a reply\n\n2. (C) It came back.\n"))
    assert str(source.problems[0]).startswith("cables/x.txt:11: warning: numbered paragraphs after a blog's furniture")


def test_good_cables_are_read_beside_bad_files(tmp_path: Path) -> None:
    """A folder gives its cables and its problems in the order of its files."""
    for name, raw in (("a.txt", b""), ("b.txt", CABLE.encode()), ("c.txt", b"\x00" * 99), ("d/e.txt", OTHER.encode())):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(raw)
    found = list(read_folder(tmp_path))
    assert [(type(item).__name__, item.path) for item in found] == [
        ("Problem", "a.txt"),
        ("Source", "b.txt"),
        ("Problem", "c.txt"),
        ("Source", "d/e.txt"),
    ]


def read_all(path: Path) -> list[Source | Problem]:
    return list(read_file(path, path.name))


def test_work_can_be_done_elsewhere(tmp_path: Path) -> None:
    """What a file yields can be sent between processes, and is the same from another process."""
    path = tmp_path / "x.txt"
    path.write_text(CABLE, encoding="utf-8")
    assert pickle.loads(pickle.dumps(read_all(path))) == read_all(path)


def test_both_seeds(reference: Path) -> None:
    """The two blog copies the project started from: no furniture before or after."""
    found = list(read_folder(reference / "seeds"))
    assert len(found) == 2
    for source in found:
        assert isinstance(source, Source)
        assert source.text.startswith(METADATA_LABELS + "\n07MOSCOW43")
        assert not any(
            word in source.text for word in ("Advertisements", "Wikileaks", "WikiLeaks", "Leave a Reply", "%d")
        )
        assert source.problems == ()


@pytest.mark.slow
def test_corpus_is_read_as_it_is(reference: Path) -> None:
    """Each raw file of the corpus is one cable, its text the file's, with no problem."""
    for found in read_folder(reference / "corpus" / "raw"):
        assert isinstance(found, Source)
        assert found.text.encode() == found.raw
        assert (found.line, found.problems) == (1, ())
