#!/usr/bin/env python3
"""Does search find what is there? Rare words, phrases and MRNs of a built site's own cables.

usage: search_retrieval.py SITE

300 queries of three to five rare words of one paragraph: is the cable the first hit, is the linked paragraph the right
one? 300 phrases of six words: are all cables that hold them found, and no others? Every MRN in four spellings: is its
cable first?
"""

import random
import re
import sys
from pathlib import Path

from reftel.search.engine import phrase_words, search
from reftel.search.index import Index
from reftel.search.passages import best_passages
from reftel.search.words import STOP_WORDS, terms

WORD = re.compile(r"(?<![\w'’/-])[A-Za-z][a-z]{3,}(?![\w'’/-])")
RARE = 20
"""Cables that a rare word, in any of its forms, stands in at most."""
MRN = re.compile(r"^(\d\d)([A-Z]+)(\d+)$")


def main() -> None:
    """Measure and print."""
    index = Index(Path(sys.argv[1]) / "search")
    cards = [index.card(number) for number in range(index.directory.documents)]
    texts = [index.text(card.address) for card in cards]
    draw = random.Random(7)
    print("rare words", rare_words(index, texts, draw))
    subjects = [card.subject for card in cards]
    print("phrases", phrases(index, texts, subjects, draw))
    print("MRNs", spellings(index, [card.mrn for card in cards]))


def rare_words(index: Index, texts: list[list[tuple[str, str]]], draw: random.Random) -> dict[str, int]:
    """Queries of rare words, and how many went wrong."""

    def rare(word: str) -> bool:
        postings = [index.postings(term) for term in terms(word)]
        return bool(postings) and all(found is not None and len(found.documents) <= RARE for found in postings)

    asked = wrong_cable = wrong_paragraph = 0
    while asked < 300:
        number = draw.randrange(len(texts))
        anchor, part = draw.choice(texts[number] or [("", "")])
        words = sorted({word for word in WORD.findall(part) if rare(word)})
        if len(words) < 3:
            continue
        asked += 1
        answer = search(index, " ".join(draw.sample(words, min(len(words), draw.randint(3, 5)))))
        if not len(answer.documents) or answer.documents[0] != number:
            wrong_cable += 1
            print("  not first:", number, anchor, answer.worth.keys(), answer.documents[:3], file=sys.stderr)
        elif best_passages(texts[number], answer.worth, answer.phrases, 1)[0].anchor != anchor:
            wrong_paragraph += 1
    return {"asked": asked, "wrong cable": wrong_cable, "wrong paragraph": wrong_paragraph}


def phrases(
    index: Index, texts: list[list[tuple[str, str]]], subjects: list[str], draw: random.Random
) -> dict[str, int]:
    """Phrases of six words, how many missed a cable, how many found one too many."""
    rows = [
        ["\1" + "\1".join(phrase_words(part)) + "\1" for part in (subject, *(part for _, part in text))]
        for subject, text in zip(subjects, texts, strict=True)
    ]
    asked = missed = false = 0
    while asked < 300:
        _, part = draw.choice(draw.choice(texts) or [("", "")])
        words = part.replace('"', " ").replace("*", " ").split()
        if len(words) < 6:
            continue
        start = draw.randrange(len(words) - 5)
        phrase = " ".join(words[start : start + 6])
        forms = phrase_words(phrase)
        if not set(forms) - STOP_WORDS:
            continue
        asked += 1
        joined = "\1" + "\1".join(forms) + "\1"
        there = {number for number, row in enumerate(rows) if any(joined in text for text in row)}
        found = set(search(index, f'"{phrase}"').documents.tolist())
        missed += bool(there - found)
        false += bool(found - there)
    return {"asked": asked, "missed": missed, "false": false}


def spellings(index: Index, mrns: list[str]) -> dict[str, int]:
    """Spellings of MRNs, and how many did not find their cable first; a number that two years share is both."""
    asked = wrong = 0
    for mrn in mrns:
        if not (found := MRN.match(mrn)):
            continue
        year, post, serial = found.groups()
        for query in (
            mrn,
            f"{post.lower()} {serial}",
            f"{year} {post.title()} {serial:0>6}",
            f"{year}-{post}-{serial}",
        ):
            asked += 1
            documents = search(index, query).documents
            first = index.card(int(documents[0])).mrn if len(documents) else ""
            wrong += first[2:] != mrn[2:] if not query[0].isdigit() else first != mrn
    return {"asked": asked, "wrong": wrong}


if __name__ == "__main__":
    main()
