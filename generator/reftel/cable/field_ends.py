"""How far a field of the preamble goes on: whether the next line still belongs to it.

TAGS go on while the words look like tags, a subject until a blank line, REF while items follow, `Classified By` until
its reasons are complete. No field goes on past a label, a heading, a drawn line or the first numbered paragraph.
"""

import re
from collections.abc import Sequence

from reftel.cable.classified import CUT_LINE, reasons_end
from reftel.cable.labels import (
    HEADING,
    INSTRUCTION,
    SENTENCE,
    is_paragraph,
    is_prose,
    is_rule,
    kind_of_label,
    label_inside,
    label_of,
)
from reftel.cable.markings import read_classification_line
from reftel.cable.tags import SPELLINGS, looks_like_tags

LONGEST = {"subject": 9, "tags": 8, "eo": 3, "refs": 60, "classified_by": 10}
"""Lines."""
REF_ITEM = re.compile(
    r"[ \t¶-]*(?:[(\[]?[A-Z]{1,2}[)\].:]{1,2}|[A-Z] ?-|\(?\d{1,2}[).]) *[\w'(]"
    r"|[ \t]*+(?:AND |& |')?(?:\d{2,4} ?-? ?)?[A-Z][A-Z .]{2,22}[ -]\d{2,6}\b"
)
UNFINISHED = re.compile(r"(?:[A-Za-z][).:]|[A-Z][A-Za-z ]{3,})$")
UNFINISHED_REST = re.compile(r"[ \t]*+(?:[A-Z][A-Za-z .]{2,22}[ ])?\d{3,6}(?:[ \t]*+$|[ \t]+\(?[A-Z][).])")
"""A letter without its post, or a post without its number, and the rest below a blank line (04RIODEJANEIRO1105)."""
REF_INSIDE = re.compile(r"(?:^|\s)\(?[A-Z][).][ ]*(?:\d\d[ ])?[A-Z][A-Z ]{2,22}[ ]\d{2,6}\b")
"""An item further on in a line: `OF 10/6 D) STATE 215870` (04MADRID3914)."""
NUMBERED_REF = re.compile(r"[ \t]*+\(?\d{1,2}[).] *(?:\d\d )?[A-Z][A-Z ]{2,22} \d{2,6}[^a-z]*$")
PRINTED_REF = re.compile(r"(?:\d\d )?[A-Z][A-Z .]{1,22} \d{2,6}")
WORD = re.compile(r"[A-Z]{2,}")
WORDS_OF_ITEM = 3
"""So many words may stand in an item beside what it refers to: `AND PREVIOUS (NOTAL)`."""
BODY_MARK = re.compile(r"[ \t]*+\((?:SBU|U//?FOUO|[CS]//?(?:NF|NOFORN|REL[^)]*))\)")
DONE = re.compile(r"\b(?:\d{1,4}[/-]\d{1,2}[/-]\d{1,4}|\d{8}|N/?A|NA|NONE|OADR|X[1-9]+|1\.[4-6]\S*)\b", re.I)
REASON_LINE = re.compile(r"[ \t]*+(?:for )?(?:reasons?\b|1\s?\.\s?[456]\b)", re.I)
REASON_TAIL = re.compile(
    r"[ \t]*+(?:[()a-h&,./ 145]|and|or|nd|ons?|reasons?)+[).;]*[ \t]*+$",
    re.I,
)
CUT_CLAUSE = re.compile(r"\b1\.?$")
"""`1.` / `4 (b) and (d)`: what follows looks like a paragraph and is none."""
REASON_TAIL_LENGTH = 60
FIRST_NUMBER = re.compile(r"[ \t]*+1\.[ ]*(?:\([A-Z]\)[ ]*)?")
NEAR = 6
"""How many lines ahead the next field is looked for."""


def goes_on(
    kind: str, value: str, taken: Sequence[str], line: str, own: bool, following: Sequence[str], gap: bool
) -> bool:
    """Whether `line` belongs to the field above it.

    `value` is the field's text so far, `taken` its lines, `following` the lines after this one. `own`: it begins with
    the field's own label again; `gap`: a blank line stands between.
    """
    if len(taken) >= LONGEST[kind] or is_rule(line) or HEADING.match(line):
        return False
    if kind == "classified_by":
        return _classified_goes_on(value, taken[-1], line, own, gap)
    if kind == "refs" and gap and value and _is_first_paragraph(line):
        return False
    if kind == "refs" and NUMBERED_REF.match(line):
        return True
    if is_paragraph(line) or read_classification_line(line):
        return False
    if own or not value:
        return kind == "refs" or not own
    if kind == "eo":
        return not gap and not DONE.search(value) and not INSTRUCTION.search(line)
    if kind == "tags":
        return _tags_go_on(value, line, gap)
    if kind == "subject":
        return _subject_goes_on(value, line) and (not gap or _subject_after_gap(value, taken, line, following))
    return _refs_go_on(value, line, gap)


def _tags_go_on(value: str, line: str, gap: bool) -> bool:
    """A list that ended in a comma, a line of codes, or the rest of a phrase (`COUNTRY` / `CLEARANCE`)."""
    if label := label_inside(line):
        line = line[: label.start()]
    if value.endswith(",") or (not gap and looks_like_tags(line)):
        return not INSTRUCTION.search(line)
    words = [*value.upper().replace(",", " ").split()[-2:], *line.upper().split()]
    return not gap and (" ".join(words) in SPELLINGS or " ".join(words[1:]) in SPELLINGS)


def _subject_goes_on(value: str, line: str) -> bool:
    """Not when capitals change to a sentence: `This is an action request.`"""
    if SENTENCE.match(line):
        return False
    return value != value.upper() or not is_prose(line) or sum(map(str.isalpha, line)) <= 12


def _subject_after_gap(value: str, taken: Sequence[str], line: str, following: Sequence[str]) -> bool:
    """Whether a subject goes on below a blank line (09BRASILIA1460): after one long line, a field below the rest."""
    if len(taken) > 1 or len(taken[0].rstrip()) < 45 or len(line) > 140 or value[-1] in ".?!":
        return False
    if is_prose(line) != is_prose(value):
        return False
    after = next((later for later in following[:NEAR] if later.strip()), "")
    label = label_of(after) or label_of(FIRST_NUMBER.sub("", after, count=1))
    return label is not None and kind_of_label(label) != "subject"


def _is_first_paragraph(line: str) -> bool:
    """Whether a line below a blank one begins the text, in capitals and without a mark: `1.  LIBYA MAY 12 RESPONDED TO`
    (86MADRID5480, had it none) is no item of the REF line.
    """
    first = FIRST_NUMBER.match(line)
    return first is not None and len(WORD.findall(PRINTED_REF.sub("", line[first.end() :]))) > WORDS_OF_ITEM


def _refs_go_on(value: str, line: str, gap: bool) -> bool:
    """Items, after a blank line too; without one also the rest of an item, but no sentence of the body."""
    if SENTENCE.match(line) or BODY_MARK.match(line):
        return False
    prose = is_prose(line)
    if REF_ITEM.match(line) and not (prose and len(line) > 90):
        return True
    if gap and UNFINISHED.search(value[-40:]) and UNFINISHED_REST.match(line):
        return True
    if len(line) < 90 and (REF_INSIDE.search(line) or not (line.strip().strip("Xx") or value.strip("Xx"))):
        return True
    has_number = any(map(str.isdigit, line))
    return not gap and not (prose and (len(line) > 110 or (not has_number and len(line) > 50)))


def _classified_goes_on(value: str, last: str, line: str, label: bool, gap: bool) -> bool:
    """Until the reasons are complete; always below a line that was cut at the field's width."""
    if not gap and CUT_LINE.match(f"{last.rstrip()}\n{line}") and (not is_paragraph(line) or CUT_CLAUSE.search(value)):
        return True
    if is_paragraph(line) or read_classification_line(line):
        return False
    if label or reasons_end(value) is None:
        return not gap or REASON_LINE.match(line) is not None
    return not gap and len(line) < REASON_TAIL_LENGTH and REASON_TAIL.match(line) is not None
