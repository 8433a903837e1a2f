"""lunr's results: which documents answer, in which order, with which scores, to the last bit.

lunr keeps for each field of each document a vector of weights and scores a query by the dot product with it over the
query vector's length; the document's own length is never used. So the weights of the query's own terms are all that is
needed. The order of additions and of ties is lunr.js's (Index.query): clause by clause, term by term, field by field.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from reftel.search.arrays import Array
from reftel.search.fields import FIELDS, NAMES
from reftel.search.index import Index
from reftel.search.opened import TermPostings
from reftel.search.packing import utf16_order
from reftel.search.postings import BITS

K1, B = 1.2, 0.75

Presence = Literal["optional", "required", "prohibited"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A word asked for: the terms it stands for in lunr's order, where, how much it counts, and whether it must be
    there.
    """

    terms: tuple[str, ...]
    fields: tuple[int, ...]
    boost: int = 1
    presence: Presence = "optional"


@dataclass(slots=True)
class Scored:
    """Documents, the best first, and their scores."""

    documents: Array
    scores: Array


@dataclass(slots=True)
class _Gathered:
    """What the clauses have brought together so far."""

    query: dict[int, dict[str, int]] = field(default_factory=dict)
    """For each field the boosts of its terms."""
    steps: list[tuple[int, Array]] = field(default_factory=list)
    """(field, documents first seen in it), in the order they were met."""
    seen: dict[int, Array] = field(default_factory=dict)
    required: Array | None = None
    prohibited: Array = field(default_factory=lambda: np.zeros(0, np.int64))


def score(index: Index, clauses: Sequence[Clause]) -> Scored:
    """What lunr answers to these clauses; all documents with score 0 where every clause is prohibited."""
    gathered = _Gathered()
    for clause in clauses:
        _add(index, clause, gathered)
    if all(clause.presence == "prohibited" for clause in clauses):
        documents = np.setdiff1d(index.all_documents(), gathered.prohibited)
        return Scored(documents, np.zeros(len(documents)))
    total = np.zeros(index.directory.documents)
    met = np.zeros(index.directory.documents, bool)
    order = []
    similar = {number: _similarity(index, number, terms) for number, terms in gathered.query.items()}
    for number, documents in gathered.steps:
        order.append(documents[~met[documents]])
        met[documents] = True
        total[documents] += similar[number][documents]
    found = np.concatenate(order) if order else np.zeros(0, np.int64)
    if gathered.required is not None:
        found = found[np.isin(found, gathered.required)]
    found = found[~np.isin(found, gathered.prohibited)]
    found = found[np.argsort(-total[found], kind="stable")]
    return Scored(found, total[found])


def _add(index: Index, clause: Clause, gathered: _Gathered) -> None:
    matches = [np.zeros(0, np.int64)]
    for term in clause.terms:
        postings = index.postings(term)
        if postings is None:
            continue
        for number in clause.fields:
            documents = in_field(postings, number)
            matches.append(documents)
            if clause.presence == "prohibited":
                continue
            query = gathered.query.setdefault(number, {})
            known = term in query
            query[term] = query.get(term, 0) + clause.boost
            if known:
                continue
            seen = gathered.seen.setdefault(number, np.zeros(index.directory.documents, bool))
            gathered.steps.append((number, documents[~seen[documents]]))
            seen[documents] = True
    if clause.presence == "required":
        every = np.unique(np.concatenate(matches))
        gathered.required = every if gathered.required is None else np.intersect1d(gathered.required, every)
    elif clause.presence == "prohibited":
        gathered.prohibited = np.union1d(gathered.prohibited, np.concatenate(matches))


def in_field(postings: TermPostings, number: int) -> Array:
    """The documents in which the term stands in a field."""
    documents: Array = postings.documents[(postings.masks >> number) & 1 == 1]
    return documents


def _similarity(index: Index, number: int, query: dict[str, int]) -> Array:
    """The dot product of the query with each document's field, over the query's length."""
    similar = np.zeros(index.directory.documents)
    sum_of_squares = 0.0
    for term in sorted(query, key=lambda term: first_seen(index.postings(term))):
        boost = query[term]
        sum_of_squares += boost * boost
        postings = index.postings(term)
        if postings is not None:
            similar[in_field(postings, number)] += boost * weights(index, postings, number)
    return similar / math.sqrt(sum_of_squares) if sum_of_squares else similar


def first_seen(postings: TermPostings | None) -> tuple[int, int, bytes]:
    """Where a term is seen first: document, field, and its place among the field's terms, which lunr is given sorted.
    lunr numbers its terms in this order.
    """
    assert postings is not None
    mask = int(postings.masks[0])
    return int(postings.documents[0]), (mask & -mask).bit_length(), utf16_order(postings.term)


def inverse_frequency(index: Index, postings: TermPostings) -> float:
    """lunr's idf: fields count as documents of their own."""
    count = len(postings.frequencies)
    return math.log(1 + abs((index.directory.documents - count + 0.5) / (count + 0.5)))


def weights(index: Index, postings: TermPostings, number: int) -> Array:
    """The weights of a term in a field, for the documents of `in_field`."""
    bit = 1 << number
    there = (postings.masks >> number) & 1 == 1
    entry = (np.cumsum(BITS[postings.masks]) - BITS[postings.masks] + BITS[postings.masks & (bit - 1)])[there]
    frequency = postings.frequencies[entry]
    length = index.lengths(number, postings.documents[there], postings.lengths[entry])
    average = index.directory.totals[NAMES[number]] / index.directory.documents
    weight = (
        inverse_frequency(index, postings)
        * ((K1 + 1) * frequency)
        / (K1 * (1 - B + B * (length / average)) + frequency)
    )
    rounded: Array = np.floor(weight * FIELDS[NAMES[number]] * 1000 + 0.5) / 1000
    return rounded
