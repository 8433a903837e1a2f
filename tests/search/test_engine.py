"""The tables of `cases/`, answered by the Python engine. `test_javascript.py` has the page's engine answer the same."""

from pathlib import Path
from typing import Any

import pytest

from reftel.problems import Refusal
from reftel.search.document import SearchDocument
from reftel.search.engine import Hit, run, search
from reftel.search.index import Index
from reftel.search.passages import best_passages
from reftel.search.syntax import QueryError


def test_case(case: dict[str, Any], search_folder: Path) -> None:
    """Each row: a query, and the hits in order, or the error with its place."""
    index = Index(search_folder)
    if "error" in case:
        with pytest.raises(QueryError) as caught:
            search(index, case["query"])
        assert [caught.value.message, caught.value.start, caught.value.end] == case["error"]
        return
    answer = search(index, case["query"], case.get("any", False), case.get("typing", False))
    cards = [index.card(number) for number in answer.documents.tolist()]
    assert [card.key for card in cards] == case["hits"]
    assert answer.notes == case.get("notes", [])
    if "suggestion" in case:
        assert answer.suggestion == case["suggestion"]
    for card, anchor in zip(cards, case.get("anchors", []), strict=False):
        assert best_passages(index.text(card.address), answer.worth, answer.phrases)[0].anchor == anchor


def test_run_answers_with_mrn_anchor_and_score(search_folder: Path) -> None:
    """What `reftel search` prints: the MRN, the best paragraph's anchor, the score."""
    (hit,) = run(search_folder.parent, "zurich")
    assert (hit.mrn, hit.anchor) == ("07MOSCOW4328", "par2")
    assert hit.score > 0


def test_run_by_date_and_limited(search_folder: Path) -> None:
    """The newest first, undated ones last, and no more than asked for."""
    found = run(search_folder.parent, "strike", by_date=True)
    assert [hit.mrn for hit in found] == ["06KYIV12", "fragment-1"]
    assert [hit.mrn for hit in run(search_folder.parent, "strike", most=1)] == ["06KYIV12"]


def test_run_without_an_index(tmp_path: Path) -> None:
    """A folder without search data is refused with what to do."""
    with pytest.raises(Refusal, match="build the site first"):
        run(tmp_path, "port")


def test_an_mrn_finds_its_cable_first(search_folder: Path, documents: list[SearchDocument]) -> None:
    """Every MRN that one cable has, in four spellings."""
    for document in documents:
        if not document.mrn or document.mrn == "09KYIV1":
            continue
        year, post, serial = document.mrn[:2], document.mrn[2:].rstrip("0123456789"), document.mrn.lstrip("0123456789")
        serial = serial[len(post) :]
        for query in (
            document.mrn,
            f"{post} {serial}",
            f"{year} {post.title()} {serial:0>6}",
            f"{year}-{post}-{serial}",
        ):
            assert run(search_folder.parent, query)[0].mrn == document.mrn, query


def test_hits_are_plain_values() -> None:
    """A hit can be written as JSON."""
    assert Hit("07MOSCOW4307", "par1", 1.5) == Hit(mrn="07MOSCOW4307", anchor="par1", score=1.5)
