"""What references and mentions come to on the real cables (`tests/benchmarks/references.py` lists them one by one)."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

from reftel.cable.model import Cable
from reftel.cable.parse import parse
from reftel.source.model import Source

REF_LETTER = re.compile(r"\bref(?:tel)?s?\.? ?\(?([A-Z])\b(?!['’][a-rt-z])", re.I)


def parsed(path: Path) -> Cable:
    """One raw cable of the reference corpus."""
    raw = path.read_bytes()
    return parse(Source(path.name, "text", raw, hashlib.sha256(raw).hexdigest(), raw.decode("utf-8")))


@pytest.mark.slow
def test_figures(reference: Path) -> None:
    """At least 770 references to posts other than STATE exist in the full set, at least 95% of the "Ref X" with
    a letter that the REF line has are mentions, and every span covers its text."""
    lines = gzip.decompress((reference / "known_mrns.csv.gz").read_bytes()).decode().splitlines()
    known = {line.split(",")[0] for line in lines}
    exist: set[tuple[str | None, str]] = set()
    letters: list[bool] = []
    for path in sorted((reference / "corpus/raw").glob("*.txt")):
        cable, text = parsed(path), path.read_bytes().decode("utf-8")
        exist |= {
            (cable.mrn, ref.mrn) for ref in cable.refs if ref.mrn in known and "STATE" not in (ref.mrn or "STATE")
        }
        labels = {ref.label for ref in cable.refs}
        for block in cable.blocks:
            found = [one.start(1) for one in REF_LETTER.finditer(block.text) if one[1].upper() in labels]
            letters += [any(start <= at < end for start, end in (m.at for m in block.mentions)) for at in found]
            for mention in block.mentions:
                assert block.text[slice(*mention.at)] == mention.text
                assert text[mention.span[0]] == mention.text[0]
                assert text[mention.span[1] - 1] == mention.text[-1]
        for ref in cable.refs:
            assert (text[ref.span[0]], text[ref.span[1] - 1]) == (ref.text[0], ref.text[-1])
    assert len(exist) >= 770
    assert sum(letters) >= 0.95 * len(letters)
