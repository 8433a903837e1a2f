"""Invented cables as search sees them, as many as asked for, the same on every machine.

Words come from `invented_words` (2.0 million show about 50,000 types, 41% of them once, as in real cables); each is
drawn for itself, so that words are spread over more cables than real ones, which keep to a subject. Lengths are
log-normal: 5% below 425 words, half below 1,378, 5% above 4,500. Paragraphs have about 110 words; a cable in three
cites one or two others.
"""

import html
from array import array
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import msgspec
import numpy as np
from invented_words import Vocabulary

from reftel.search.document import SearchDocument
from reftel.search.work import Source

POSTS = 150
LEVELS = (("UNCLASSIFIED", 0.45), ("CONFIDENTIAL", 0.42), ("SECRET", 0.13))
TAGS = [first + second for first in "PEMASKTO" for second in ("REL", "GOV", "TER", "CON", "TRD", "NUC", "ARM", "HUM")]


def documents(count: int, seed: int = 1) -> Iterator[SearchDocument]:
    """So many documents, in the order of their days."""
    random = np.random.default_rng(seed)
    vocabulary = Vocabulary()
    for number in range(count):
        day = date(2000, 1, 1) + timedelta(days=int(number / count * 3650))
        post = f"POST{chr(65 + number % POSTS // 26)}{chr(65 + number % POSTS % 26)}"
        mrn = f"{day:%y}{post}{number // POSTS + 1}"
        size = int(np.clip(np.exp(random.normal(7.228, 0.72)), 60, 12_000))
        words = vocabulary.draw(random, size + 8).text.split()
        paragraphs = [
            (f"par{order + 1}", " ".join(words[start : start + 110]) + ".")
            for order, start in enumerate(range(8, size + 8, 110))
        ]
        level = LEVELS[int(np.searchsorted(np.cumsum([share for _, share in LEVELS]), random.random()).clip(0, 2))][0]
        refs = [f"{day:%y}{post}{int(random.integers(1, number // POSTS + 2))}"] * int(random.random() < 0.33)
        yield SearchDocument(
            key=mrn, mrn=mrn, address=f"cable/{day:%Y/%m}/{mrn}.html", subject=" ".join(words[:8]).upper(),
            date=day.isoformat(), origin=f"Embassy {post.title()}", classification=level, class_slug=level.lower(),
            tags=[TAGS[place] for place in random.choice(len(TAGS), 4, replace=False)], signature=words[0].title(),
            refs=refs, summary=paragraphs[0][1], paragraphs=paragraphs,
        )  # fmt: skip


PAGE = '<!doctype html><html lang="en"><title>{mrn}</title><main data-pagefind-body><h1>{subject}</h1>{body}</main>'


def write_page(document: SearchDocument, site: Path) -> None:
    """The document as a plain page, for other indexers."""
    path = site / document.address
    path.parent.mkdir(parents=True, exist_ok=True)
    body = "".join(f'<p id="{anchor}">{html.escape(text)}</p>' for anchor, text in document.paragraphs)
    path.write_text(PAGE.format(mrn=document.mrn, subject=html.escape(document.subject), body=body), encoding="utf-8")


def spooled(count: int, folder: Path, seed: int = 1) -> Source:
    """So many documents, written to a file in `folder` first, from which they are read as a build reads its records."""
    folder.mkdir(parents=True, exist_ok=True)
    keys, starts = [], array("q", [0])
    with (folder / "documents").open("wb") as file:
        for document in documents(count, seed):
            keys.append(document.key)
            starts.append(starts[-1] + file.write(msgspec.msgpack.encode(document)))
    read = partial(_read, str(folder / "documents"), starts)
    return Source(keys, read, read)


def _read(path: str, starts: Sequence[int], places: Sequence[int]) -> list[SearchDocument]:
    found = []
    with Path(path).open("rb") as file:
        for place in places:
            file.seek(starts[place])
            found.append(msgspec.msgpack.decode(file.read(starts[place + 1] - starts[place]), type=SearchDocument))
    return found
