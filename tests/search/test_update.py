"""An index that is brought up to date is the index that is built anew: the same files, byte for byte."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from reftel.search.build import build_index, given
from reftel.search.cuts import ends
from reftel.search.document import SearchDocument
from reftel.search.numbers import number
from reftel.search.splice import Done, Interval, intervals, replaced, settle
from reftel.search.store import put_in
from reftel.search.update import update_index

Invented = Callable[..., list[SearchDocument]]
Files = Callable[[Path], dict[str, bytes]]
POOL = [
    *("port", "strike", "harbor", "al-Qaida", "the", "of", "and"),
    *("07MOSCOW4307", "U.S.", "negotiations", "1,000", "S//NF", "Müller", "money"),
    *(f"w{letter}{place}" for letter in "abиж" for place in range(40)),
]


class Editor:
    """Edits a few documents at random."""

    def __init__(self, seed: int, documents: list[SearchDocument]) -> None:
        self.random = random.Random(seed)
        self.documents = {document.key: self._filled(document) for document in documents}
        self.changed: set[str] = set()

    def _text(self, most: int) -> str:
        return " ".join(self.random.choices(POOL, k=self.random.randrange(most)))

    def _filled(self, document: SearchDocument) -> SearchDocument:
        paragraphs = [(f"par{place}", self._text(25)) for place in range(self.random.randrange(4))]
        origin = self.random.choice(("Embassy A", "Embassy B", ""))
        return msgspec.structs.replace(document, subject=self._text(6), paragraphs=paragraphs, origin=origin)

    def edit(self) -> None:
        """A few edits: documents come, go, change, or have another key."""
        self.changed = set()
        for _ in range(self.random.randrange(1, 5)):
            key = self.random.choice(list(self.documents))
            getattr(self, self.random.choice(("add", "remove", "change", "rename")))(key)

    def add(self, key: str) -> None:
        """A document like another."""
        new = f"08NEW{self.random.randrange(10_000)}"
        address = f"cable/2008/01/{new}.html"
        copy = msgspec.structs.replace(self.documents[key], key=new, mrn=new, address=address)
        self.documents[new] = self._filled(copy)

    def remove(self, key: str) -> None:
        """One goes."""
        if len(self.documents) > 25:
            del self.documents[key]

    def change(self, key: str) -> None:
        """Words and a tag change."""
        document = self.documents[key]
        paragraphs = [*document.paragraphs, ("more", self._text(9))]
        self.documents[key] = msgspec.structs.replace(document, paragraphs=paragraphs, tags=["KNEW"])
        self.changed.add(key)

    def rename(self, key: str) -> None:
        """The same under another key."""
        document = self.documents.pop(key)
        self.documents[key + "X"] = msgspec.structs.replace(document, key=key + "X", mrn=key + "X")


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "target", "in_file"), [(0, 30, 5), (1, 30, 20), (2, 100, 5), (3, 400, 1000)])
def test_an_update_is_a_clean_build(
    seed: int,
    target: int,
    in_file: int,
    invented: Invented,
    files_of: Files,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After random edits, with small files so that many cuts move and many terms are in parts."""
    for module in ("build", "terms", "reshard"):
        monkeypatch.setattr(f"reftel.search.{module}.shard_target", lambda bits: target)
    monkeypatch.setattr("reftel.search.vocabulary.TERMS_IN_FILE", in_file)
    monkeypatch.setattr("reftel.search.directory.SHARDS_IN_LIST", in_file)
    editor = Editor(seed, invented(40, seed))
    live, old, clean = (tmp_path / name for name in ("live", "old", "clean"))
    build_index(list(editor.documents.values()), live)
    updates = 0
    for _ in range(8):
        keys = list(editor.documents)
        editor.edit()
        source = given(list(editor.documents.values()))
        shutil.rmtree(old, ignore_errors=True)
        shutil.copytree(live, old)
        report = update_index(keys, editor.changed, source, old, put_in(live))
        shutil.rmtree(clean, ignore_errors=True)
        build_index(source, clean)
        if report is None:
            shutil.rmtree(live)
            shutil.copytree(clean, live)
            continue
        updates += 1
        for name in report.gone:
            (live / name).unlink(missing_ok=True)
        assert files_of(live) == files_of(clean)
    assert updates >= 4


def test_one_changed_word_changes_few_files(
    invented: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word more at the end of a text: its own files, the shards of that word, and what counts words."""
    monkeypatch.setattr("reftel.search.build.shard_target", lambda bits: 100)
    documents = invented(60)
    build_index(documents, tmp_path / "old")
    last = documents[7]
    documents[7] = msgspec.structs.replace(last, paragraphs=[*last.paragraphs, ("parX", "zebra")])
    report = update_index([d.key for d in documents], {last.key}, given(documents), tmp_path / "old", put_in(tmp_path))
    assert report
    kinds = [file.name.partition("/")[0] for file in report.files]
    assert (kinds.count("terms"), kinds.count("phrases"), kinds.count("text")) == (1, 1, 1)


def test_much_change_is_built_anew(invented: Invented, tmp_path: Path) -> None:
    """More than twice as many documents need a larger table."""
    build_index(invented(20), tmp_path / "old")
    keys = [document.key for document in invented(20)]
    assert update_index(keys, set(), given(invented(200)), tmp_path / "old", put_in(tmp_path)) is None


def test_a_further_document_moves_hardly_any_other() -> None:
    """The numbers of 2,000 documents, and after one more."""
    keys = [f"07POST{place}" for place in range(2000)]
    one, other = (
        dict(zip(found.in_order(given_keys), found.numbers.tolist(), strict=True))
        for given_keys in (keys, [*keys, "99NEW1"])
        for found in [number(given_keys)]
    )
    assert sum(one[key] != other[key] for key in keys) < 10
    assert len(set(other.values())) == 2001


def test_cuts_are_local() -> None:
    """A word more moves only the cuts near it."""
    words = sorted(f"w{place * 7919 % 100_003}" for place in range(5000))
    sizes = [20] * len(words)
    before = {words[end] for end in ends(words, sizes, 1000)[:-1]}
    more = sorted([*words, "w5005"])
    after = {more[end] for end in ends(more, [20] * len(more), 1000)[:-1]}
    assert len(before ^ after) <= 6
    assert len(before) > 60


def test_intervals_grow_until_they_are_whole() -> None:
    """A file whose end has moved takes the next one in, and what has changed there."""
    firsts = ["a", "d", "g", "k"]
    asked: list[list[tuple[int, int]]] = []

    def redo(waiting: list[Interval]) -> list[Done]:
        asked.append([(at.start, at.end) for at in waiting])
        return [Done([firsts[at.start]], at.end != 2) for at in waiting]

    settled = settle(intervals(firsts, ["0", "e", "h"]), len(firsts), redo)
    assert asked == [[(0, 1), (1, 2), (2, 3)], [(1, 3)]]
    assert [(at.start, at.end, at.words) for at, _ in settled] == [(0, 1, ["0"]), (1, 3, ["e", "h"])]
    assert replaced(firsts, settled) == ["a", "d", "k"]
