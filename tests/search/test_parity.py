"""lunr.js on its own full index is the authority: the page's scorer on shards gives the same results, scores and
order.
"""

import json
import random
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from reftel.search.build import build_index
from reftel.search.document import SearchDocument
from reftel.search.engine import search
from reftel.search.fields import field_terms
from reftel.search.index import Index
from reftel.search.numbers import number
from reftel.search.words import STOP_WORDS
from reftel.search.work import Source

JS = Path(__file__).resolve().parent.parent / "js"
QUERIES = [
    "port", "port strike", "+port strike", "port -strike", "-port", "-port -harbor", "subject:port", "tags:prel port",
    "port^5 strike", "harbor^3 harbor", "al-qaida", "S//NF", "07 moscow 4307", "port*", "*or", "p*t",
    "har*or masters",
    "harbur~1", "porr~2 strike", "hrabor~1", "\"harbor masters\"", "\"president of the republic\" port", "+zzzz port",
    "mrn:07*", "t-72 f-16", "забастовк*", "1*", "refs:07moscow4307", "port port port", "-zzzz port", "summary:dock~1",
]  # fmt: skip


def compare(node: str, folder: Path, documents: Sequence[SearchDocument], queries: Sequence[str], *more: str) -> Any:
    """What `parity.js` reports."""
    tokens, asked = folder.parent / "tokens.json", folder.parent / "queries.json"
    order = number([document.key for document in documents]).order.tolist()
    tokens.write_text(json.dumps([field_terms(documents[place]) for place in order]), "utf-8")
    asked.write_text(json.dumps(queries), "utf-8")
    command = [node, str(JS / "parity.js"), str(folder), str(tokens), str(asked), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def varied_queries(documents: Sequence[SearchDocument], count: int) -> list[str]:
    """Queries of one to four words of the texts, with every operator."""
    draw = random.Random(11)
    texts = [text for document in documents for _, text in document.paragraphs]
    words = sorted({word.lower() for text in draw.sample(texts, min(400, len(texts))) for word in text.split()})
    words = [word for word in words if word.isascii() and word.isalpha() and len(word) > 3 and word not in STOP_WORDS]
    change = [
        lambda word: word, lambda word: word, lambda word: "+" + word, lambda word: "-" + word,
        lambda word: word[:4] + "*",
        lambda word: "*" + word[-4:], lambda word: word[:2] + "*" + word[-2:], lambda word: word + "~1",
        lambda word: "subject:" + word, lambda word: "body:" + word, lambda word: word + "^7",
    ]  # fmt: skip
    return [
        " ".join([draw.choice(change)(draw.choice(words)), *draw.sample(words, draw.randrange(4))])
        for _ in range(count)
    ]


def test_results_equal_lunr_js(node: str, search_folder: Path, documents: list[SearchDocument]) -> None:
    """Every operator, on the documents of the tables."""
    report = compare(node, search_folder, documents, QUERIES)
    assert report["different"] == []
    assert report["compared"] == len(QUERIES)


def test_the_comparison_can_fail(node: str, search_folder: Path, documents: list[SearchDocument]) -> None:
    """The control: one term more in lunr.js's index shows."""
    assert compare(node, search_folder, documents, QUERIES[:4], "perturb")["different"]


@pytest.fixture(scope="session")
def corpus_documents(reference: Path, tmp_path_factory: pytest.TempPathFactory) -> list[SearchDocument]:
    """The corpus's cables as the build hands them to search."""
    import reftel.search.build as search_build
    from reftel.site.build import build

    caught: list[SearchDocument] = []

    def catch(source: Source, folder: Path, *more: Any) -> Any:
        caught.extend(source.here(range(len(source.keys))))
        return build_index(source, folder, *more)

    place = tmp_path_factory.mktemp("corpus")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search_build, "build_index", catch)
        build(reference / "corpus" / "raw", place / "site", jobs=1, cache=place / "cache")
    return caught


@pytest.fixture(scope="session")
def corpus_index(corpus_documents: list[SearchDocument], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Their index."""
    folder = tmp_path_factory.mktemp("index") / "search"
    build_index(corpus_documents, folder)
    return folder


@pytest.mark.slow
def test_results_equal_lunr_js_on_the_corpus(
    node: str, corpus_index: Path, corpus_documents: list[SearchDocument]
) -> None:
    """More than 200 varied queries over the real cables; those whose expansion is capped apart."""
    report = compare(node, corpus_index, corpus_documents, varied_queries(corpus_documents, 260))
    assert report["different"] == []
    assert report["compared"] >= 200


@pytest.mark.slow
def test_both_engines_answer_alike_on_the_corpus(
    node: str, corpus_index: Path, corpus_documents: list[SearchDocument]
) -> None:
    """The command line's engine and the page's: same numbers of hits, same order, same scores."""
    queries = varied_queries(corpus_documents, 120)
    asked = json.dumps([{"query": query} for query in queries])
    command = [node, str(JS / "answer.js"), str(corpus_index)]
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    index = Index(corpus_index)
    for query, there in zip(queries, json.loads(done.stdout), strict=True):
        here = search(index, query)
        first = [
            [index.card(number).mrn, score]
            for number, score in zip(here.documents[:20].tolist(), here.scores[:20].tolist(), strict=True)
        ]
        assert [there["total"], [[mrn, score] for mrn, _, score in there["hits"]]] == [len(here.documents), first], (
            query
        )
