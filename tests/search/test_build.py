"""The index: equal to lunr's own, the same however it is cut into pieces, whole for hostile texts."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.builder import Builder

from reftel.search.build import build_index
from reftel.search.document import SearchDocument
from reftel.search.engine import run, search
from reftel.search.fields import FIELDS, NAMES, field_terms
from reftel.search.index import Index
from reftel.search.numbers import number
from reftel.search.score import in_field, weights
from reftel.search.vocabulary import how_common, read_beginnings, read_endings

Invented = Callable[..., list[SearchDocument]]
Files = Callable[[Path], dict[str, bytes]]
TEXT = "port strike harbor al-Qaida the of and 07MOSCOW4307 U.S. negotiations 1,000 S//NF Müller XXXXX money"
WORDS = TEXT.split()


def in_order(documents: list[SearchDocument]) -> list[SearchDocument]:
    """Documents in the order in which the index counts them."""
    return [documents[place] for place in number([document.key for document in documents]).order.tolist()]


def lunr_weights(documents: list[SearchDocument]) -> dict[tuple[str, str], dict[int, float]]:
    """The weights of the lunr package's own index of the same terms: (term, field) to document to weight."""
    builder = Builder()
    builder.ref("id")
    for name, boost in FIELDS.items():
        builder.field(name, boost)
    for place, document in enumerate(in_order(documents)):
        builder.add({"id": str(place), **field_terms(document)})
    index = builder.build()
    term_of = {posting["_index"]: term for term, posting in builder.inverted_index.items()}
    found: dict[tuple[str, str], dict[int, float]] = {}
    for ref, vector in index.field_vectors.items():
        field, number = ref.split("/")
        for place in range(0, len(vector.elements), 2):
            term = term_of[vector.elements[place]]
            found.setdefault((term, field), {})[int(number)] = vector.elements[place + 1]
    return found


def our_weights(folder: Path) -> dict[tuple[str, str], dict[int, float]]:
    """The same from the shards."""
    index = Index(folder)
    found = {}
    terms = {
        term
        for shard in range(len(index.directory.shards))
        for name in index.directory.shard_names(shard)
        for term in index.shard(name)
    }
    for term in terms:
        postings = index.postings(term)
        assert postings is not None
        for field, name in enumerate(NAMES):
            there = in_field(postings, field)
            if len(there):
                values = weights(index, postings, field)
                found[term, name] = dict(zip(there.tolist(), values.tolist(), strict=True))
    return found


@pytest.mark.parametrize("count", [1, 2, 40])
def test_the_whole_index_equals_lunrs(invented: Invented, count: int, tmp_path: Path) -> None:
    """Every term, field, document and weight is that of the lunr package, given the same terms."""
    documents = invented(count)
    build_index(documents, tmp_path / "search")
    assert our_weights(tmp_path / "search") == lunr_weights(documents)


@pytest.mark.slow
def test_the_whole_index_of_the_tables_equals_lunrs(search_folder: Path, documents: list[SearchDocument]) -> None:
    """The same for the documents of the tables, which hold every trap."""
    assert our_weights(search_folder) == lunr_weights(documents)


def test_the_parts_make_no_difference(
    invented: Invented, files_of: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the documents are cut into parts: the same bytes."""
    documents = invented(100)
    build_index(documents, tmp_path / "whole")
    monkeypatch.setattr("reftel.search.build.LEAST_PART_BITS", 6)
    build_index(documents, tmp_path / "parts")
    assert files_of(tmp_path / "whole") == files_of(tmp_path / "parts")


def test_the_ranges_make_no_difference(
    invented: Invented, files_of: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However the terms are cut into ranges: the same bytes."""
    documents = invented(100)
    monkeypatch.setattr("reftel.search.build.shard_target", lambda bits: 30)
    build_index(documents, tmp_path / "whole")
    monkeypatch.setattr("reftel.search.build.AT_ONCE", 50)
    build_index(documents, tmp_path / "ranges")
    assert files_of(tmp_path / "whole") == files_of(tmp_path / "ranges")


def test_the_cuts_make_no_difference(invented: Invented, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However the terms are cut into shards, and those into parts: the same answers."""
    documents = invented(100)
    build_index(documents, tmp_path / "whole")
    monkeypatch.setattr("reftel.search.build.shard_target", lambda bits: 30)
    monkeypatch.setattr("reftel.search.directory.SHARDS_IN_LIST", 3)
    build_index(documents, tmp_path / "cut")
    whole, cut = Index(tmp_path / "whole"), Index(tmp_path / "cut")
    assert len(cut.directory.shards) > len(whole.directory.shards)
    assert max(cut.directory.parts.values()) > 1
    for query in ("port", '"port strike"', '"of the port"', "negot*", "harbur~1", "-port", "tag:PREL"):
        answers = [search(index, query) for index in (whole, cut)]
        assert answers[0].documents.tolist() == answers[1].documents.tolist()
        assert answers[0].scores.tolist() == answers[1].scores.tolist()


def test_the_order_of_documents_makes_no_difference(invented: Invented, files_of: Files, tmp_path: Path) -> None:
    """The documents are a set."""
    documents = invented(50)
    build_index(documents, tmp_path / "one")
    build_index(documents[::-1], tmp_path / "other")
    assert files_of(tmp_path / "one") == files_of(tmp_path / "other")


def test_other_processes_make_no_difference(invented: Invented, files_of: Files, tmp_path: Path) -> None:
    """The pieces are pure functions of picklable values: an executor's map gives the same bytes."""
    documents = invented(30)
    build_index(documents, tmp_path / "here")
    with ProcessPoolExecutor(1) as pool:

        def work(function: Callable[[Any], Any], parts: Iterable[Any], here: object = None) -> Iterator[Any]:
            return pool.map(function, parts)

        build_index(documents, tmp_path / "there", work, tmp_path)
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")


def test_the_scratch_folder_is_left_empty(invented: Invented, tmp_path: Path) -> None:
    """What lies in the scratch folder meanwhile is gone afterwards."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    build_index(invented(5), tmp_path / "search", scratch=scratch)
    assert list(scratch.iterdir()) == []


def test_the_report_names_every_file(invented: Invented, files_of: Files, tmp_path: Path) -> None:
    """Files are reported relative to the folder, each once, with their bytes in all."""
    report = build_index(invented(20), tmp_path / "search")
    written = files_of(tmp_path / "search")
    assert sorted(file.name for file in report.files) == sorted(written)
    assert report.size == sum(map(len, written.values()))
    assert report.documents == 20


def test_an_empty_archive(tmp_path: Path) -> None:
    """No cable: an index that answers nothing."""
    build_index([], tmp_path / "search")
    assert run(tmp_path, "port") == []


def test_unchanged_files_are_left_alone(invented: Invented, tmp_path: Path) -> None:
    """A second build of the same documents touches no file."""
    build_index(invented(5), tmp_path / "search")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "search").rglob("*.js")}
    build_index(invented(5), tmp_path / "search")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "search").rglob("*.js")} == before


HOSTILE = [
    "",
    "-" * 5000,
    "a" * 200_000,
    "a-" * 100_000,
    "the " * 3000 + "port",
    "port " * 5000,
    "1." * 5000,
    "');alert(1);('",
    "</script><script>",
    "\u2028\u2029\ufffd\U0001f4a5 𝔘𝔫𝔦 ﷺ",
    "X" * 100_000,
    "con aux nul prn",
    "'" * 1000 + "port",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_hostile_texts_are_indexed(invented: Invented, text: str, tmp_path: Path) -> None:
    """Whatever the text, the index is whole, and other words are found."""
    (document,) = invented(1)
    document = msgspec.structs.replace(
        document, subject=text, paragraphs=[("par1", text), ("par2", "the lighthouse keeper")]
    )
    build_index([document, *invented(3)[1:]], tmp_path / "search")
    (hit,) = run(tmp_path, '"lighthouse keeper"')
    assert hit.anchor == "par2"
    assert all(path.name.isascii() and len(path.name) < 60 for path in (tmp_path / "search").rglob("*"))


def test_files_are_named_safely(invented: Invented, tmp_path: Path) -> None:
    """A shard that begins with no plain word has a plain name all the same."""
    documents = [msgspec.structs.replace(document, subject="забастовка ёлка 東京") for document in invented(3)]
    build_index(documents, tmp_path / "search")
    assert len(run(tmp_path, "забастовка")) == 3
    assert all(path.name.isascii() for path in (tmp_path / "search" / "terms").iterdir())


def test_the_vocabulary_is_whole(invented: Invented, tmp_path: Path) -> None:
    """Every term stands once among the beginnings and once among the endings, with how common it is."""
    documents = invented(40)
    build_index(documents, tmp_path / "search")
    index = Index(tmp_path / "search")
    begun = {known.term: known.common for known in read_beginnings(index.directory.beginnings[0], index.store)}
    ended = {known.term: known.common for known in read_endings(index.directory.endings[0], index.store)}
    wanted: dict[str, int] = {}
    for document in documents:
        for term in {term for terms in field_terms(document).values() for term in terms}:
            wanted[term] = wanted.get(term, 0) + 1
    assert begun == ended == {term: how_common(count) for term, count in wanted.items()}
    assert {known.shown for known in index.beginning_with("negoti")} == {"negotiations"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12), min_size=1, max_size=5), st.integers(0, 10))
def test_phrases_are_true(
    invented: Invented, tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], start: int
) -> None:
    """A phrase of two or three words is found in exactly the documents that hold it."""
    plain = [[word for word in text if word.isalpha() and word not in ("XXXXX",)] for text in texts]
    (template,) = invented(1)
    documents = [
        msgspec.structs.replace(template, subject="", paragraphs=[("par1", " ".join(text))], key=f"07A{number}")
        for number, text in enumerate(plain)
    ]
    folder = tmp_path_factory.mktemp("phrases")
    build_index(documents, folder / "search")
    for size in (2, 3):
        phrase = plain[0][start : start + size]
        if len(phrase) < size or not set(phrase) - {"the", "of", "and"}:
            continue
        holding = [
            number
            for number, text in enumerate(plain)
            if any(text[place : place + size] == phrase for place in range(len(text)))
        ]
        index = Index(folder / "search")
        found = search(index, f'"{" ".join(phrase)}"').documents.tolist()
        assert sorted(int(index.card(place).key.removeprefix("07A")) for place in found) == holding
