"""Answer a query from a built site's search data: what the search page does, for the command line and for tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np

from reftel.problems import Refusal
from reftel.search.arrays import Array
from reftel.search.expand import close_to, expand
from reftel.search.filters import passing
from reftel.search.index import Index
from reftel.search.passages import best_passages
from reftel.search.phrases import phrase_documents, spots
from reftel.search.plan import Group, Phrase, Plan, Sought, make_plan
from reftel.search.score import Clause, Scored, inverse_frequency, score
from reftel.search.syntax import parse
from reftel.search.vocabulary import how_common
from reftel.search.words import analyse, surfaces


class Hit(msgspec.Struct, frozen=True):
    """A cable that answers: its MRN (or key), the anchor of its best paragraph ("" when the words stand in none), its
    score.
    """

    mrn: str
    anchor: str
    score: float


@dataclass(slots=True)
class Answer:
    """Documents, the best first, with what the reader should be told."""

    documents: Array
    scores: Array
    worth: dict[str, int] = field(default_factory=dict)
    """What each term found counts in a paragraph."""
    phrases: list[list[str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    suggestion: str = ""
    """The query with its unknown words replaced, when nothing was found."""


def run(output: Path, query: str, any_word: bool = False, by_date: bool = False, most: int | None = None) -> list[Hit]:
    """The hits of a query on a built site; raises Refusal where there is no index, QueryError for a query that is
    none.
    """
    if not (output / "search" / "directory.js").is_file():
        raise Refusal(f"{output}: no search data here; build the site first")
    index = Index(output / "search")
    answer = search(index, query, any_word)
    order = by_date_order(index, answer.documents) if by_date else np.arange(len(answer.documents))
    hits = []
    for place in order[:most].tolist():
        card = index.card(int(answer.documents[place]))
        passages = best_passages(index.text(card.address), answer.worth, answer.phrases, 1) if answer.worth else []
        hits.append(Hit(card.mrn or card.key, passages[0].anchor if passages else "", float(answer.scores[place])))
    return hits


def by_date_order(index: Index, documents: Array) -> Array:
    """The order of documents from the newest to the oldest, undated ones last."""
    return np.argsort(-index.days[documents], kind="stable")


def _by_time(index: Index, documents: Array) -> Array:
    """The order of documents from the oldest to the newest, undated ones last."""
    days = index.days[documents]
    return np.lexsort((days, days == 0))


def search(index: Index, query: str, any_word: bool = False, typing: bool = False) -> Answer:
    """Answer a query; raises QueryError. While it is being typed, an unknown last word is taken as a beginning."""
    plan = make_plan(parse(query, typing), index.directory.posts, any_word)
    answer = Answer(np.zeros(0, np.int64), np.zeros(0))
    if plan.common:
        answer.notes.append("not looked for, because every text has them: " + ", ".join(dict.fromkeys(plan.common)))
    if not (plan.groups or plan.phrases or plan.filters) or not index.directory.documents:
        return answer
    clauses, found = _clauses(index, plan, answer, typing, len(query))
    scored = score(index, clauses)
    kept = _kept(index, plan, found, scored)
    if not answer.worth:  # nothing tells them apart
        kept = kept[_by_time(index, scored.documents[kept])]
    answer.documents, answer.scores = scored.documents[kept], scored.scores[kept]
    if not len(answer.documents):
        answer.suggestion = _suggestion(index, plan, query)
    return answer


def _clauses(
    index: Index, plan: Plan, answer: Answer, typing: bool, end: int
) -> tuple[list[Clause], dict[Sought, tuple[str, ...]]]:
    """What lunr is asked, and the terms that each sought one stands for."""
    clauses: list[Clause] = []
    found: dict[Sought, tuple[str, ...]] = {}
    for group in plan.groups:
        simple = len(group.alternatives) == 1 and len(group.alternatives[0]) == 1
        for sought in dict.fromkeys(sought for alternative in group.alternatives for sought in alternative):
            terms, all_terms = expand(index, sought.term, sought.edits)
            if typing and not terms and group.end == end and simple and len(sought.term) > 2 and "*" not in sought.term:
                terms, all_terms = expand(index, sought.term + "*", 0)
            found[sought] = tuple(terms)
            if all_terms > len(terms):
                answer.notes.append(
                    f"“{group.text}” stands for {all_terms} words; the {len(terms)} of the most cables are looked for"
                )
            if group.presence != "prohibited" or simple:
                clauses.append(
                    Clause(tuple(terms), group.fields, group.boost, group.presence if simple else "optional")
                )
            if group.presence != "prohibited":
                _weigh(index, terms, answer)
    for phrase in plan.phrases:
        if phrase.presence != "prohibited":
            wanted = [spot.word.term for spot in spots(phrase.text)]
            clauses += [Clause((term,), phrase.fields, phrase.boost) for term in dict.fromkeys(wanted)]
            _weigh(index, wanted, answer)
            answer.phrases.append(phrase_words(phrase.text))
    return clauses, found


def phrase_words(text: str) -> list[str]:
    """The words of a phrase as they are compared."""
    return [word.form for surface in surfaces(text) for piece in analyse(surface) for word in piece.words]


def _weigh(index: Index, terms: Sequence[str], answer: Answer) -> None:
    for term in terms:
        postings = index.postings(term)
        if postings is not None:
            answer.worth[term] = int(inverse_frequency(index, postings) * 1000)


def _kept(index: Index, plan: Plan, found: dict[Sought, tuple[str, ...]], scored: Scored) -> Array:
    """Which of the scored documents answer the groups of several terms, the phrases and the filters."""
    kept = np.ones(len(scored.documents), bool)
    for group in plan.groups:
        if len(group.alternatives) == 1 and len(group.alternatives[0]) == 1:
            continue
        if group.presence != "optional":
            kept &= np.isin(scored.documents, _answering(index, group, found), invert=group.presence == "prohibited")
    for phrase in plan.phrases:
        if phrase.presence != "optional":
            kept &= np.isin(scored.documents, _holding(index, phrase), invert=phrase.presence == "prohibited")
    if plan.filters:
        kept &= passing(index, plan.filters)[scored.documents]
    return np.flatnonzero(kept)


def _answering(index: Index, group: Group, found: dict[Sought, tuple[str, ...]]) -> Array:
    """The documents that hold one of the alternatives."""
    answering = np.zeros(index.directory.documents, bool)
    mask = sum(1 << number for number in group.fields)
    for alternative in group.alternatives:
        holding = np.ones(index.directory.documents, bool)
        for sought in alternative:
            there = np.zeros(index.directory.documents, bool)
            for term in found[sought]:
                postings = index.postings(term)
                if postings is not None:
                    there[postings.documents[(postings.masks & mask) > 0]] = True
            holding &= there
        answering |= holding
    return np.flatnonzero(answering)


def _holding(index: Index, phrase: Phrase) -> Array:
    return phrase_documents(index, spots(phrase.text), phrase.fields)


def _suggestion(index: Index, plan: Plan, query: str) -> str:
    """The query with each unknown word replaced by the known one most like it, and each rare one by one that is much
    more common; "" where there is none.
    """
    changed = query
    for group in reversed(plan.groups):
        if group.presence == "prohibited" or len(group.alternatives) > 1 or len(group.alternatives[0]) > 1:
            continue
        (sought,) = group.alternatives[0]
        known_one = index.postings(sought.term)
        here = how_common(len(known_one.documents)) if known_one else 0
        if "*" in sought.term or sought.edits or len(sought.term) < 3 or here > 1:
            continue
        near = [known for known in close_to(index, sought.term, 1) if not here or known.common > here + 1]
        if not near and here:
            continue
        if not near:
            return ""
        best = min(near, key=lambda known: (-known.common, known.term))
        shown = best.shown or next(known.shown for known in index.beginning_with(best.term) if known.term == best.term)
        at = changed.find(group.text, group.start)
        changed = changed[:at] + shown + changed[at + len(group.text) :]
    return changed if changed != query else ""
