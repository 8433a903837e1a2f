"""What the results show of a cable: its card, in files of some cards, and its text, a file each.

Cards and texts together hold all that search was told of a cable.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from reftel.search.document import SearchDocument
from reftel.search.packing import TEXT
from reftel.search.store import Store

CARD_BITS = 6
"""Documents whose numbers differ in the last bits alone have their cards in one file."""


class Card(NamedTuple):
    """One cable among the results. In the file, what equals the usual is "": the MRN that equals the key, the usual
    address; of one that is usual on another site, that site's address is left.
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


def write_cards(cards: Iterable[Card], store: Store, number: int) -> None:
    """Write the file of this number: its cards in the order of the documents' numbers."""
    rows = []
    for card in cards:
        mrn = None if card.mrn == card.key else card.mrn
        address = card.address.removesuffix(usual_address(card.key, card.date))
        rows.append([card.key, mrn, address, *card[3:]])
    store.write(f"cards/{number}", _json(rows))


def read_cards(number: int, store: Store) -> list[Card]:
    """The cards of a file."""
    cards = []
    for key, mrn, address, subject, date, *rest in msgspec.json.decode(store.read(f"cards/{number}")):
        known = key if mrn is None else mrn
        address += "" if address.endswith(".html") else usual_address(key, date)
        cards.append(Card(key, known, address, subject, date, *rest))
    return cards


def text_name(address: str) -> str:
    """The name of a cable's text: "text/2007/08/07MOSCOW4307"."""
    return "text/" + address.rpartition("cable/")[2].removesuffix(".html")


def write_text(document: SearchDocument, store: Store) -> None:
    """Write a cable's paragraphs, for excerpts, and what else its card does not say."""
    rest = (document.summary, document.signature, document.tags, document.refs)
    store.write(text_name(document.address), _json([document.paragraphs, *rest]), TEXT)


def read_text(address: str, store: Store) -> list[tuple[str, str]]:
    """The paragraphs of a cable: (anchor, text)."""
    return [(anchor, text) for anchor, text in msgspec.json.decode(store.read(text_name(address)))[0]]


def read_document(card: Card, store: Store) -> SearchDocument:
    """All that search was told of a cable."""
    paragraphs, summary, signature, tags, refs = msgspec.json.decode(store.read(text_name(card.address)))
    shown = dict(zip(Card._fields, card, strict=True))
    rows = [(anchor, text) for anchor, text in paragraphs]
    return SearchDocument(**shown, tags=tags, signature=signature, refs=refs, summary=summary, paragraphs=rows)


def _json(value: object) -> bytes:
    return msgspec.json.encode(value)
