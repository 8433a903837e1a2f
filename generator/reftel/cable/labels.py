"""The labels of the preamble: what opens the E.O. line, TAGS, SUBJECT, REF and Classified By, mistyped or not.

A label stands at the start of a line, or, in cables that were reflowed, behind another field on the same line
(04ANKARA348: `E.o. 12958: decl: 01/07/2014 Tags: prel, pgov Subject: turkish p.m. ...`). There it needs its colon.
"""

import re
from collections.abc import Iterator

_ORDER = r"(?:E\.?[ ]?[O0]\.?|EXECUTIVE[ ]ORDER)[ :.]*\d{4,5}"
_REF = r"REF(?:S|TELS?|TEL\(S\)|[ ]?\(S\)|['’/]S|ERENCES?|ERENCE\(S\))?"
_ITEM = r"(?:(?-i:[A-Z][ ]+[A-Z0-9]{2})|[(\[]?[A-Z][).:\]]|\d\d[ ]|'\d\d[ ]|[A-Z][A-Z ]{2,20}[ ]\d)"
_LABEL = re.compile(
    rf"""[ \t]*+(?:\(U\)[ ]*)?(?:
    (?P<eo>{_ORDER}|DECL:|E\.?O\.?:)
    | (?P<tags>(?:TAGS|TAGES|TABS|TAS|TGS|AGS|TAG)[ ]*[:;,.-]|TAGS(?=[ ]+\S)|TAG(?=[ ][A-Z]{{4}}\b))
    | (?P<subject>(?:SUBJECTS?|SUBJ|SUBJET|SUBJEC|SUBJCT|SUBECT|SUJECT|UBJECT)
        (?:[ ]*(?:[:;.]|--?[ ])|(?=[ ]+(?-i:[A-Z]{{2}}))))
    | (?P<refs>{_REF}(?:\.?[ ]*[:;]|\.(?=[ ])|(?=[ ]+{_ITEM})))
    | (?P<classified_by>(?:\d\.[ ]*)?CLASS?I?FI?ED[ ]+BY\b[ ]*:?|DERIVED[ ]FROM:)
    | (?P<reason>REASONS?(?:\(S\))?[ ]*:)
    )""",
    re.X | re.I,
)
MIDLINE = re.compile(
    rf"""(?<![^\s.;,)])(?:
    (?P<eo>{_ORDER}[ ]?(?::|(?=[ ]*DECL)))
    | (?P<tags>TAGS:|AGS:|(?-i:TAGS)(?=[ ]+(?-i:[A-Z]{{4}})\b))
    | (?P<subject>SUBJECT:|UBJECT:)
    | (?P<refs>{_REF}:)
    | (?P<classified_by>CLASSIFIED[ ]BY:?)
    )
    |(?<=[A-Z])(?P<glued>REFS?:[ ]*{_ITEM})""",
    re.X | re.I,
)
"""A label behind another field."""
_MIDLINE_SIGNS = ("AGS", "UBJECT:", "REF", "CLASSIFIED BY", "EO", "E.O", "E.0", "E0", "E O", "E 0", "E. ", "ORDER")
"""One of these stands in every such label."""
_SIGNS_WITHOUT_COLON = ("DECL", "TAGS ", "CLASSIFIED BY")
"""One of these in, or right behind, every such label in a line that holds no colon."""
_PARAGRAPH = re.compile(
    r"[ \t]*+¶?[ ]?(?:\d{1,2}[.,]?[ ]{0,3}\([ ]?[A-Z]{1,4}\b|1[.,][ ]|1\.[A-Z]|\([CSU]\)[ ]1\.|\(1\)[ ]\()"
)
MIDLINE_BODY = re.compile(
    r"""(?<=\s)(?:
    ¶[ ]?1\. | 1[.,][ ]?\([A-Z]{1,3}(?:/{1,2}[A-Z]{2,6})?\)[ ] | 1\.[ ]+(?:SUMMARY|Summary)\b
    | \((?:U|SBU|C|S)\)[ ]+(?:THIS|This)[ ](?:CABLE|cable|MESSAGE|message|IS|is)\b
    | (?:[-=]{3,}[ ])?(?:SUMMARY|Summary|INTRODUCTION|Introduction)[ :.]*[-=]{3,}
    )""",
    re.X,
)
"""The first paragraph, or its heading, behind a field."""
_BODY_SIGNS = ("1.", "1,", "THIS", "This", "UMMARY", "ummary", "NTRODUCTION", "ntroduction", "¶")
"""One of these stands in every such beginning."""
HEADING = re.compile(
    r"[ \t]*+(?:[-=*]+[ ]*)?(?:\([A-Z/]+\)[ ]*)?(?:BEGIN[ ]|EXECUTIVE[ ])?"
    r"(?:SUMMARY|COMMENT|INTRODUCTION|OVERVIEW|KEY[ ]POINTS|ACTION[ ]REQUEST(?:ED)?|BACKGROUND)\b"
    r"[ ]*(?:[:.-]|$|AND\b)",
    re.I,
)
"""A heading of the body."""
SENTENCE = re.compile(
    r"[ \t]*+(?:\([A-Z/]+\)[ ]*)?"
    r"(?:SENSITIVE BUT|THIS (?:IS|MESSAGE|CABLE|TELEGRAM)|PLEASE\b|ENTIRE TEXT|NOT FOR)",
    re.I,
)
"""What is often said right below a field and is none of it (09CAIRO226)."""
INSTRUCTION = re.compile(r"\b(?:FOR|PASS|FROM|PLS|PLEASE)\b")
"""A line for the reader ("NSC FOR ...", "BERLIN PASS TO ..."), neither an addressee nor a subject."""
RULE_SIGNS = "-=_*~. \t"
_LABEL_STARTS = frozenset(("E.", "E ", "EO", "E0", "EX", "DE", "TA", "TG", "AG", "SU", "UB", "RE", "CL", "(U"))
"""The first two signs of a label that begins with no digit."""
_PARAGRAPH_STARTS = frozenset("0123456789(¶")


def label_of(line: str) -> re.Match[str] | None:
    """The label that a line begins with."""
    first = line.lstrip(" \t")[:2].upper()
    return _LABEL.match(line) if first in _LABEL_STARTS or first[1:] == "." else None


def labels_inside(line: str, at: int = 0) -> Iterator[re.Match[str]]:
    """The labels behind another field, from `at` on. Most lines are passed over by a look for their letters."""
    capitals = line[at:].upper()
    for sign in _MIDLINE_SIGNS if ":" in capitals else _SIGNS_WITHOUT_COLON:
        if sign in capitals:
            return MIDLINE.finditer(line, at)
    return iter(())


def label_inside(line: str, at: int = 0) -> re.Match[str] | None:
    """The first of them."""
    return next(labels_inside(line, at), None)


def body_inside(line: str, at: int) -> re.Match[str] | None:
    """Where the body begins behind a field, from `at` on."""
    for sign in _BODY_SIGNS:
        if sign in line:
            return MIDLINE_BODY.search(line, at)
    return None


def kind_of_label(label: re.Match[str]) -> str:
    """Of which field a label is: "eo", "tags", "subject", "refs" or "classified_by"."""
    kind = label.lastgroup or ""
    return {"reason": "classified_by", "glued": "refs"}.get(kind, kind)


def is_paragraph(line: str) -> bool:
    """Whether a line begins as the first numbered paragraph does: nothing of the preamble comes after it."""
    return line.lstrip()[:1] in _PARAGRAPH_STARTS and _PARAGRAPH.match(line) is not None


def is_rule(line: str) -> bool:
    """Whether a line is drawn: dashes and the like alone."""
    return len(line) > 2 and not line.strip(RULE_SIGNS) and not line.isspace()


def is_prose(line: str) -> bool:
    """Whether a line is written in small letters, as sentences are and most fields are not."""
    lower = sum(map(str.islower, line))
    return lower > 0.6 * (lower + sum(map(str.isupper, line)))
