"""What the results show of a cable: its card, sixteen to a file, and its text, a file each."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from reftel.search.document import SearchDocument
from reftel.search.store import Store

CARDS_IN_FILE = 16


class Card(NamedTuple):
    """One cable among the results. In the file, what equals the usual is "": the MRN that equals the key, the usual
    address.
    """

    key: str
    mrn: str
    address: str
    subject: str
    date: str
    origin: str
    classification: str
    class_slug: str


def card_of(document: SearchDocument) -> Card:
    """The card of a document."""
    return Card(
        document.key, document.mrn, document.address, document.subject, document.date, document.origin,
        document.classification, document.class_slug,
    )  # fmt: skip


def usual_address(key: str, date: str) -> str:
    """Where a cable of this key and date stands."""
    return f"cable/{date[:4]}/{date[5:7]}/{key}.html" if date else f"cable/undated/{key}.html"


def write_cards(cards: Sequence[Card], store: Store, first: int) -> None:
    """Write the cards of consecutive documents, of which the first has this number (a multiple of the cards in a
    file).
    """
    for start in range(0, len(cards), CARDS_IN_FILE):
        rows = []
        for card in cards[start : start + CARDS_IN_FILE]:
            mrn = None if card.mrn == card.key else card.mrn
            address = "" if card.address == usual_address(card.key, card.date) else card.address
            rows.append([card.key, mrn, address, *card[3:]])
        store.write(f"cards/{(first + start) // CARDS_IN_FILE}", _json(rows))


def read_card(number: int, store: Store) -> Card:
    """The card of the document of this number."""
    row = json.loads(store.read(f"cards/{number // CARDS_IN_FILE}"))[number % CARDS_IN_FILE]
    key, mrn, address, subject, date, *rest = row
    return Card(key, key if mrn is None else mrn, address or usual_address(key, date), subject, date, *rest)


def text_name(address: str) -> str:
    """The name of a cable's text: "text/2007/08/07MOSCOW4307"."""
    return "text/" + address.removeprefix("cable/").removesuffix(".html")


def write_text(document: SearchDocument, store: Store) -> None:
    """Write a cable's paragraphs, for excerpts."""
    store.write(text_name(document.address), _json(document.paragraphs))


def read_text(address: str, store: Store) -> list[tuple[str, str]]:
    """The paragraphs of a cable: (anchor, text)."""
    return [(anchor, text) for anchor, text in json.loads(store.read(text_name(address)))]


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
