"""What a cable's markings mean, for readers: its classification, why it was classified, its captions and TAGS.

The reasons are those of Executive Order 12958 of 1995, numbered 1.5 there and 1.4 since its amendment of 2003, and of
Executive Order 13526 of 2009, which kept the list.
"""

import csv
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from reftel.cable.model import Cable
from reftel.cable.vocabulary import names, read_rows
from reftel.site import addresses


class Level(NamedTuple):
    """A classification: its slug, its place in the order of secrecy (0: not known), and its meaning."""

    slug: str
    order: int
    meaning: str


UNSTATED = "Not stated"
"""The listing of the cables that do not say their classification or origin."""


@lru_cache(maxsize=1000)
def level(classification: str | None) -> Level:
    """The level of a classification as printed; one that is not in the vocabulary has a slug and no meaning."""
    if not classification:
        return Level(addresses.slug(UNSTATED), 0, "The cable does not state its classification.")
    return _levels().get(classification) or Level(addresses.slug(classification), 0, "")


def caption_meaning(caption: str) -> str:
    """What a caption says about who may see the cable, "" when it is not in the vocabulary."""
    return _captions().get(caption, "")


def tag_meaning(tag: str) -> str:
    """What a TAG stands for, "" when it is not in the vocabulary."""
    return _tags().get(tag, "")


def justification(cable: Cable) -> str:
    """Why the cable was classified, by whom and until when, in sentences; "" when it does not say."""
    parts: list[str] = []
    if by := cable.classified_by:
        who = ", ".join(part for part in (by.name, by.title) if part)
        reasons = "; ".join(_reason(reason) for reason in by.reasons)
        if who and reasons:
            parts.append(f"Classified by {who}, because of {reasons}.")
        elif who:
            parts.append(f"Classified by {who}.")
        elif reasons:
            parts.append(f"Classified because of {reasons}.")
        else:
            parts.append(by.text)
    if cable.declassify_on:
        parts.append(f"To be declassified on {cable.declassify_on}.")
    elif cable.declassify_text:
        parts.append(f"Declassification: {cable.declassify_text}.")
    return " ".join(parts)


def _reason(reason: str) -> str:
    meaning = _reasons().get(reason, "")
    return f"{meaning} (reason {reason})" if meaning else f"reason {reason}"


@lru_cache(maxsize=1)
def _levels() -> dict[str, Level]:
    return {
        row["word"]: Level(row["slug"], int(row["order"]), row["meaning"]) for row in read_rows("classifications.csv")
    }


@lru_cache(maxsize=1)
def _captions() -> dict[str, str]:
    return {
        name: row["meaning"] for row in read_rows("captions.csv") for name in (row["caption"], *names(row["aliases"]))
    }


@lru_cache(maxsize=1)
def _tags() -> dict[str, str]:
    return {row["tag"]: row["meaning"] for row in read_rows("tags.csv")}


@lru_cache(maxsize=1)
def _reasons() -> dict[str, str]:
    text = (Path(__file__).parent / "vocabulary" / "reasons.csv").read_text("utf-8")
    return {row["reason"]: row["meaning"] for row in csv.DictReader(text.splitlines())}
