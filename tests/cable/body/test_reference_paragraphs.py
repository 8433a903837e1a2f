"""Paragraph anchors on the real cables, against the gold starts, by the one way they are scored."""

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from reftel.cable.model import Cable
from reftel.cable.parse import parse
from reftel.source.model import Source

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def score(reference: Path) -> ModuleType:
    """The scoring script as a module."""
    spec = importlib.util.spec_from_file_location("score_paragraphs", reference / "score_paragraphs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def cables(reference: Path) -> dict[str | None, Cable]:
    """All cables of the corpus."""
    found: dict[str | None, Cable] = {}
    for path in sorted((reference / "corpus/raw").glob("*.txt")):
        raw = path.read_bytes()
        cable = parse(Source(path.name, "text", raw, "", raw.decode("utf-8")))
        found[cable.mrn] = cable
    return found


def gold(reference: Path) -> dict[str, dict[str, str]]:
    """The gold starts by MRN and anchor."""
    rows = [json.loads(line) for line in (reference / "corpus/gold.jsonl").open(encoding="utf-8")]
    return {row["mrn"]: {p["id"]: p["starts"] for p in row["paragraphs"]} for row in rows}


def figures(
    score: ModuleType,
    cables: dict[str | None, Cable],
    wanted: dict[str, dict[str, str]],
    left_out: set[tuple[str, str]],
) -> tuple[float, float]:
    """Precision and recall, without the rows left out."""
    right = wrong = missed = 0
    for mrn, want in wanted.items():
        seen = set()
        for block in cables[mrn].blocks:
            if block.kind != "paragraph" or (mrn, block.anchor or "") in left_out:
                continue
            if block.anchor in want and score.same(want[block.anchor], block.text):
                right += 1
                seen.add(block.anchor)
            else:
                wrong += 1
        missed += sum(1 for anchor in want if anchor not in seen and (mrn, anchor) not in left_out)
    return right / (right + wrong), right / (right + missed)


def runs_on(score: ModuleType, starts: str) -> bool:
    """Whether a gold row's text runs over its paragraph's end: a blank line, a marker, a tag or a last line of one word
    stands in what is compared. Such a row cannot be matched by a text that holds the paragraph and nothing else."""
    head = re.split(r"\n[ \t]*(?:\n|\d+\. |-{3}|[A-Z]\w+$)|<br>", starts, maxsplit=1)[0]
    return len(score.words(head)) < min(20, len(score.words(starts)))


def test_anchors(reference: Path, score: ModuleType, cables: dict[str | None, Cable]) -> None:
    """Precision and recall are at least .995 over all rows, and .998 without the rows that run over their paragraph."""
    wanted = gold(reference)
    assert min(figures(score, cables, wanted, set())) >= 0.995
    left_out = {(mrn, a) for mrn, want in wanted.items() for a, starts in want.items() if runs_on(score, starts)}
    assert len(left_out) < 90
    assert min(figures(score, cables, wanted, left_out)) >= 0.998


def test_no_anchor_twice(cables: dict[str | None, Cable]) -> None:
    """No anchor stands twice in a cable."""
    for cable in cables.values():
        anchors = [block.anchor for block in cable.blocks if block.anchor]
        assert len(anchors) == len(set(anchors)), cable.mrn


def test_seeds(reference: Path) -> None:
    """The two first documents: all their paragraphs, the one with a comma and the word broken over a line end
    included."""
    lossy, whole = sorted((reference / "seeds").glob("*.txt"))
    for path, last in ((lossy, 11), (whole, 7)):
        raw = path.read_bytes()
        text = raw.decode("utf-8")
        cable = parse(Source(path.name, "text", raw, "", text[text.index("Reference ID Created") :]))
        numbers = [block.number for block in cable.blocks if block.kind == "paragraph"]
        assert numbers == list(range(1, last + 1))
        if path == lossy:
            assert any("not seeking to politicize it." in block.text for block in cable.blocks)
