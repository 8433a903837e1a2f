"""From entries to the `Catalogue`: who holds an MRN, in what order, and what is doubtful.

Two files of one MRN are both kept: the first in path order holds the address, the later ones stand beside it as its
twins and take no part in the relations, so that nothing is counted twice.
"""

from collections.abc import Iterable

import msgspec

from reftel.archive.archive import Archive, Catalogue, in_order
from reftel.archive.model import Entry
from reftel.problems import Problem


def catalogue(entries: Iterable[Entry]) -> tuple[Catalogue, list[Problem]]:
    """The catalogue of these entries, and what is doubtful about their MRNs; their order does not matter."""
    firsts: dict[str, Entry] = {}
    files: dict[str, list[Entry]] = {}
    for entry in entries:
        if (first := firsts.setdefault(entry.mrn, entry)) is not entry:
            files.setdefault(entry.mrn, [first]).append(entry)
    problems: list[Problem] = []
    twins: dict[str, list[Entry]] = {}
    for mrn, same in files.items():
        same.sort(key=lambda entry: (entry.path, entry.line))
        firsts[mrn] = same[0]
        twins[mrn] = list(_told_apart(same, problems))
    return in_order(firsts.values(), twins), sorted(problems)


def _told_apart(same: list[Entry], problems: list[Problem]) -> Iterable[Entry]:
    """The later files of one MRN, each with what tells its address apart; a third copy of its bytes is left out."""
    first, seen = same[0], set[str]()
    for entry in same[1:]:
        twin = entry.sha256[:8]
        place = f"{first.path}:{first.line}"
        if twin in seen:
            message = f"a further copy of {entry.mrn}, which stands in {place} too, is left out: remove it"
            problems.append(Problem(entry.path, entry.line, message, "error"))
            continue
        seen.add(twin)
        how = "byte for byte" if entry.sha256 == first.sha256 else "in another copy"
        message = (
            f"{entry.mrn} stands in {place} too, {how}; both are kept, this one as {entry.mrn}.dup-{twin}: remove one"
        )
        problems.append(Problem(entry.path, entry.line, message))
        yield msgspec.structs.replace(entry, twin=twin)


def later_refs(archive: Archive) -> Iterable[Problem]:
    """A cable cannot cite what was not yet written: the MRN is misread or misprinted, or a date is."""
    citing, cited = archive.citations.ties
    for place in sorted(set(citing[cited > citing].tolist())):  # np.unique loads what takes as long as all this
        entry = archive.entries[place]
        for ref in entry.refs:
            later = archive.get(ref.mrn)
            if entry.created and later and later.created and later.created > entry.created:
                message = (
                    f"REF cites a later cable: {later.mrn} of {later.created[:10]}, this one is of {entry.created[:10]}"
                )
                yield Problem(entry.path, ref.line, message)
