"""Where the numbered paragraphs begin: decided by the sequence of all numbers, not by the look of one.

Everything that could be a paragraph's number is a candidate: a number before a portion mark anywhere in the text, a
number with a full stop at the beginning of a line. Each has a worth of its own (a mark, a line of its own, a blank
line before it); what decides is the best chain of candidates, in which a number is worth most right after its
predecessor. So a wrapped day, the items of a list and REF letters fall out, and a number without mark or blank line
is found where the sequence asks for it.
"""

from reftel.cable.body.candidates import Candidate, find_candidates
from reftel.cable.body.shapes import labelled_lines
from reftel.cable.sheet import Sheet

# What its place in the chain adds: after its predecessor, after the same number, out of order, two exchanged.
STEP, REPEAT, JUMP, SWAP = 4.0, -2.0, -8.0, 6.0
FIRST, FIRST_MISSING = 4.0, -3.0
WIDEST_GAP = 7


def find_paragraphs(sheet: Sheet, start: int, labelled: list[int] | None = None) -> list[Candidate]:
    """The numbered paragraphs from offset `start` on, in the order printed.

    `labelled`: `shapes.labelled_lines` from there, where the caller has them.
    """
    if labelled is None:
        labelled = labelled_lines(sheet.text, start)
    return best_chain(find_candidates(sheet, start, labelled))


def best_chain(candidates: list[Candidate]) -> list[Candidate]:
    """The chain of candidates worth most: one pass, which keeps the best chain so far for each last number.

    Numbers that simply count from 1 are the best chain themselves.
    """
    if all(one.number == place and one.worth > 0 for place, one in enumerate(candidates, 1)):
        return candidates
    best: dict[int, tuple[float, int]] = {}
    previous: list[int] = []
    top: tuple[float, int] = (0.0, -1)
    for i, candidate in enumerate(candidates):
        score, before = max(_ways_to(candidates, i, best, previous, top))
        score += candidate.worth
        previous.append(before)
        if candidate.number not in best or score >= best[candidate.number][0]:
            best[candidate.number] = (score, i)
        if score >= top[0]:
            top = (score, i)
    chain: list[Candidate] = []
    i = top[1]
    while i >= 0:
        chain.append(candidates[i])
        i = previous[i]
    return chain[::-1]


def _ways_to(
    candidates: list[Candidate],
    i: int,
    best: dict[int, tuple[float, int]],
    previous: list[int],
    top: tuple[float, int],
) -> list[tuple[float, int]]:
    """The chains that candidate `i` may continue, as (what they are worth with this step, their last candidate).

    Without a mark a number does not go on from any place: a run that begins again is a list or an annex
    (09BEIJING1582), unless what stands before it in the text is in the chain too (07KABUL185: 19, then again 16 to 19).
    """
    number = candidates[i].number
    ways = [(FIRST if number == 1 else FIRST_MISSING - min(number, 10) * 0.3, -1)]
    if candidates[i].mark or (number > 1 and candidates[i - 1].number != number - 1):
        ways.append((top[0] + JUMP, top[1]))
    for step in range(WIDEST_GAP + 1):
        if number - step in best:
            score, j = best[number - step]
            gain = STEP if step == 1 else REPEAT if step == 0 else -1.0 - step
            ways.append((score + gain, j))
    if number + 1 in best:
        score, j = best[number + 1]
        if previous[j] >= 0 and candidates[previous[j]].number == number - 1:
            ways.append((score + SWAP, j))
    return ways
