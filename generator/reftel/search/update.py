"""Change a site's search data where some of its documents have changed: the same files as `build_index` makes of them,
in a time that goes with the change.

The files that stand are all that is needed: what a document's terms were is read from its card and text.
"""

import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from operator import eq
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reftel.search.arrays import Array
from reftel.search.cards import CARD_BITS, card_of, read_cards, read_document, text_name, write_cards, write_text
from reftel.search.columns import Columns, facts_of, long_lengths, read_lengths, write_lengths
from reftel.search.directory import (
    Directory,
    file_name,
    list_name,
    lists_of,
    read_directory,
    totals_of,
    write_directory,
)
from reftel.search.document import SearchDocument
from reftel.search.fields import LONG_FIELDS
from reftel.search.gather import Run, gather
from reftel.search.numbers import digest_of, number, write_numbers
from reftel.search.packing import in_utf16_order
from reftel.search.parts import save_run
from reftel.search.reshard import change_terms, documents_of
from reftel.search.splice import intervals, replaced, settle
from reftel.search.store import Store
from reftel.search.terms import Change
from reftel.search.vocabulary import Changes, Known, change_files
from reftel.search.work import IndexReport, Put, Source, Work, alone

MOST, MOST_SHARE = 64, 0.02
"""So many changed documents, or this share of all, are worth an update; more are not."""


class Moves(NamedTuple):
    """How documents have changed: the old keys and numbers of those that went, the new ones (as places in the list of
    keys) and numbers of those that came; a changed one did both.
    """

    gone: list[str]
    gone_numbers: Array
    come: list[int]
    come_numbers: Array
    kept: Array
    """The ranks of the old documents that stay as they are."""
    kept_numbers: Array


def moves(old: Sequence[str], new: Sequence[str], changed: set[str]) -> Moves | None:
    """The moves between two lists of keys, of which these have changed; None when they are too many."""
    digest = cache(digest_of)
    before, after = number(old, digest), number(new, digest)
    if before.bits != after.bits:
        return None
    was, now = before.in_order(old), after.in_order(new)
    there = np.minimum(np.searchsorted(after.numbers, before.numbers), len(now) - 1)
    is_there = map(eq, was, map(now.__getitem__, there.tolist()))
    stays = (after.numbers[there] == before.numbers) & np.fromiter(is_there, bool, len(was))
    stays &= ~np.fromiter(map(changed.__contains__, was), bool, len(was))
    comes = np.ones(len(now), bool)
    comes[there[stays]] = False
    gone, come = [was[at] for at in np.flatnonzero(~stays).tolist()], after.order[comes].tolist()
    if len(gone) + len(come) > 2 * max(MOST, MOST_SHARE * len(new)):
        return None
    return Moves(gone, before.numbers[~stays], come, after.numbers[comes], np.flatnonzero(stays), before.numbers[stays])


def update_index(
    old_keys: Sequence[str],
    changed: set[str],
    source: Source,
    old: Path,
    put: Put,
    work: Work = alone,
    scratch: Path | None = None,
) -> IndexReport | None:
    """Bring the index in `old`, of documents with the old keys, up to date with the source, in which documents with
    the `changed` keys are others (keys that came or went need not be named). `put` writes into another folder, which
    is to be the like of the old one to begin with; what the report calls gone is to be taken away from it.

    None when so much has changed that all is to be built anew, or when the index is not of this version. Raises
    FileNotFoundError when the old index is not whole.
    """
    there = Store(old)
    directory = read_directory(there)
    change = moves(old_keys, source.keys, changed) if directory and len(old_keys) and len(source.keys) else None
    if not directory or not change or directory.documents != len(old_keys):
        return None
    store = Store(old, put)
    old_lists = lists_of(directory.shards)
    gone = _old_documents(change, there)
    come = source.here(change.come)
    report = IndexReport(len(source.keys))
    report.gone += [f"{text_name(document.address)}.js" for document in gone]
    _write_cards(change, come, there, store, report)
    for document in come:
        write_text(document, store)
    before, after = gather(gone), gather(come)
    directory.documents = len(source.keys)
    _write_tables(change, come, directory, before, after, there, store)
    with tempfile.TemporaryDirectory(prefix="search-", dir=scratch) as name:
        save_run(before, Path(name, "before"), change.gone_numbers)
        save_run(after, Path(name, "after"), change.come_numbers)
        terms = Change(str(old), name, directory.bits, put)
        went, came = documents_of(before, change.gone_numbers), documents_of(after, change.come_numbers)
        known = change_terms(terms, directory, went, came, there, store, report, work)
    _write_vocabulary(known, directory, there, store, report)
    write_directory(directory, store)
    report.gone += [f"{list_name(firsts[0])}.js" for firsts in old_lists]
    report.files = list({file.name: file for file in (*report.files, *store.files)}.values())
    written = {file.name for file in report.files}
    report.gone = sorted(set(report.gone) - written)
    return report


def _old_documents(change: Moves, there: Store) -> list[SearchDocument]:
    """The documents that went, as they were, in the order of their numbers."""
    cards = {
        card.key: card
        for block in sorted(set((change.gone_numbers >> CARD_BITS).tolist()))
        for card in read_cards(block, there)
    }
    return [read_document(cards[key], there) for key in change.gone]


def _write_cards(
    change: Moves, come: Sequence[SearchDocument], there: Store, store: Store, report: IndexReport
) -> None:
    blocks = set((change.gone_numbers >> CARD_BITS).tolist())
    kept_blocks = set((change.kept_numbers >> CARD_BITS).tolist())
    gone = set(change.gone)
    for block in sorted(blocks | set((change.come_numbers >> CARD_BITS).tolist())):
        low, high = np.searchsorted(change.kept_numbers, [block << CARD_BITS, (block + 1) << CARD_BITS])
        cards = read_cards(block, there) if block in blocks | kept_blocks else []
        rows = list(
            zip(change.kept_numbers[low:high].tolist(), (card for card in cards if card.key not in gone), strict=True)
        )
        for at, document in zip(change.come_numbers.tolist(), come, strict=True):
            if at >> CARD_BITS == block:
                rows.append((at, card_of(document)))
        if rows:
            write_cards((card for _, card in sorted(rows)), store, block)
        else:
            report.gone.append(f"cards/{block}.js")


def _write_tables(
    change: Moves,
    come: Sequence[SearchDocument],
    directory: Directory,
    before: Run,
    after: Run,
    there: Store,
    store: Store,
) -> None:
    """Columns, numbers and lengths, and the sums of these in the directory."""
    columns = Columns()
    columns.take(there)
    columns.add(facts_of(come))
    numbers = np.concatenate((change.kept_numbers, change.come_numbers))
    by_number = np.argsort(numbers)
    order = np.concatenate((change.kept, np.arange(len(come)) + directory_size(change)))[by_number]
    directory.posts = [post.lower() for post in columns.write(store, order)]
    write_numbers(numbers[by_number], store)
    old = [read_lengths(name, there) for name in LONG_FIELDS]
    new = long_lengths(after.lengths)
    write_lengths([np.concatenate(pair)[order] for pair in zip(old, new, strict=True)], store)
    less, more = totals_of(before.lengths), totals_of(after.lengths)
    directory.totals = {name: total - less[name] + more[name] for name, total in directory.totals.items()}


def directory_size(change: Moves) -> int:
    """How many documents there were."""
    return len(change.kept) + len(change.gone)


def _write_vocabulary(
    known: Mapping[str, Known | None], directory: Directory, there: Store, store: Store, report: IndexReport
) -> None:
    directory.beginnings = _write_kind(Changes("b", directory.beginnings, known), there, store, report)
    backwards = {term[::-1]: one for term, one in known.items()}
    directory.endings = _write_kind(Changes("e", directory.endings, backwards), there, store, report)


def _write_kind(changes: Changes, there: Store, store: Store, report: IndexReport) -> list[str]:
    """Write one kind of vocabulary; returns the first words of its files."""
    firsts = changes.firsts
    settled = settle(
        intervals(firsts, in_utf16_order(changes.terms)),
        len(firsts),
        lambda waiting: [change_files(changes, at, there, store) for at in waiting],
    )
    now = replaced(firsts, settled)
    kept = {f"words/{changes.kind}-{file_name(first)}.js" for first in now}
    stale = {file.name for file in store.files if file.name.startswith(f"words/{changes.kind}-")} - kept
    store.files = [file for file in store.files if file.name not in stale]
    report.gone += stale | {
        name
        for at, _ in settled
        for first in firsts[at.start : at.end]
        if (name := f"words/{changes.kind}-{file_name(first)}.js") not in kept
    }
    return now
