"""The signature: the surname of the chief of mission under the last paragraph (`BURNS`, `Stapleton`, `MULFORD
MULFORD`)."""

import re
from typing import NamedTuple

from reftel.cable.body.flow import Line
from reftel.cable.body.shapes import ends_sentence, is_rule

_PARTICLE = r"(?:(?:[Vv][Oo][Nn]|[Vv][Aa][Nn]|[Dd][EeIi]|[Dd][Ee] [Ll][Aa]|[Ll][AaEe]|[Mm][Aa][Cc]) ){0,2}"
_CAPITALS = rf"{_PARTICLE}[A-Z]['’]?(?:c|ac)?[A-Z]+(?:['’-][A-Z]+)*(?:,? JR\.?)?"
_TITLED = rf"{_PARTICLE}(?:[A-Z]['’])?[A-Z][a-z]+(?:-?[A-Z][a-z]+)*(?: [Jj]r\.?)?"
_ALONE = re.compile(rf"(?:{_CAPITALS}|{_TITLED}|[a-z]{{4,}})$")
_TWICE_OR_DATED = re.compile(r"(\S+) (?:\1|\d{4}-\d\d(?:-\d\d)?)$", re.I)
_ENDED_BY = (
    r"(?:(?<!\b[A-Z])[.!?)\"”'’\]]|[*=-]{4}|https?://\S+(?: \S+)?|\b[Cc] ?[Ff] ?[Mm]"
    r"|\bE(?:ND|nd) (?:[A-Za-z-]+ ){0,3}?[A-Za-z]+|CONSIDERED)"
)
_BEHIND = re.compile(rf"{_ENDED_BY}\s+({_CAPITALS}|{_TITLED})(?: \d{{4}}-\d\d(?:-\d\d)?)?(?: \.)?$")
_NUMBER_AND_NAME = re.compile(rf"\d{{1,3}}\. ({_CAPITALS}|{_TITLED})$")
_MAY_STAND_BEFORE = re.compile(r".*\bend (?:of )?(?:[a-z-]+ )?[a-z]+\W?|.*https?:.*|.*\bx{5,}\W?|.*c ?f ?m", re.I)
_CLASSIFICATION = r"(?:TOP )?SECRET|CONFIDENTIAL|UNCLASSIFIED|UNCLAS|LIMITED OFFICIAL USE|SIPDIS|NOFORN"
_END_OF_CABLE = r"END (?:OF )?(?:CABLE|MESSAGE)(?: TEXT)?"
BELOW = re.compile(rf"{_CLASSIFICATION}|[.>#]+|{_END_OF_CABLE}", re.I)
"""What below a signature is the page's and not the author's."""
_PAST = re.compile(
    rf"{_CLASSIFICATION}|SENSITIVE|[.>#*\-=_ ]+|NOTE\b.*|\d{{4}}[A-Z]+\d+ - CLASSIFICATION: [A-Z/ ]+|.{{0,60}}\.\.\."
    rf"|.{{0,12}}@.{{0,12}}|{_END_OF_CABLE}|\W?(?:PLEASE )?VISIT .*|.*https?://.*|\S*gov\.gov\S*|.*/wiki/Portal\S*|E?Y\W?",
    re.I,
)
"""What may stand between a signature and the end."""
_NO_NAME = re.compile(
    r"(?:comment|text|note|end|point|cable|message|quote|unquote)s?|summary|conclusion|background|biography|introduction"
    r"|original|attachment|annex|enclosure|regards|none|yes|no|cancelled|nnnn|secret|confidential|unclassified|sipdis"
    r"|noforn|an?|the|he|she|it|they|we|i|you|in|on|at|if|but|and|or|as|for|to|of|by|with|from|this|that|these|those|his"
    r"|her|their|our|its|there|when|while|since|after|before|also|however|although|embassy|mission|post|president"
    r"|minister|ambassador",
    re.I,
)
"""Words that stand where a name does, and are none."""
LINES_LOOKED_AT = 8
LONGEST_NAME = 30


class Signature(NamedTuple):
    """The surname as printed, where it stands, and in which line (an index of the stream)."""

    name: str
    start: int
    end: int
    line: int


def find_signature(flow: list[Line]) -> Signature | None:
    """The signature among the last lines: alone on its line, or behind the last sentence. None where there is none.

    Below it may stand the classification, notes of the operator, the post's web address and remains of an export.
    """
    for i in range(len(flow) - 1, max(-1, len(flow) - 1 - LINES_LOOKED_AT), -1):
        found = _alone(flow, i) or _behind(flow[i], i)
        if found:
            return found
        if flow[i].opens >= 0 or not _PAST.fullmatch(flow[i].words):
            return None
    return None


def _alone(flow: list[Line], i: int) -> Signature | None:
    line = flow[i]
    words = line.words.rstrip("# ").removesuffix(" .")
    if twice := _TWICE_OR_DATED.match(words):
        words = twice[1]
    if line.opens >= 0 or len(words) > LONGEST_NAME or not _ALONE.match(words) or not _is_name(words):
        return None
    if not _stands_apart(flow, i, words):
        return None
    return Signature(words, line.start, line.start + len(words), i)


def _stands_apart(flow: list[Line], i: int, words: str) -> bool:
    """Whether what stands above a name has come to its end, so that the name is no last word of it."""
    if i == 0:
        return words.isupper()
    before = flow[i - 1].words
    if flow[i].broken or ends_sentence(before) or is_rule(before) or _MAY_STAND_BEFORE.fullmatch(before):
        return True
    return words.isupper() and not before.isupper()


def _behind(line: Line, i: int) -> Signature | None:
    found = _BEHIND.search(line.words, max(0, len(line.words) - 120))
    if not found and line.opens < 0:
        found = _NUMBER_AND_NAME.fullmatch(line.words)
    if not found or not _is_name(found[1]):
        return None
    start = line.end - len(line.words) + found.start(1)
    return Signature(found[1], start, start + len(found[1]), i)


def _is_name(words: str) -> bool:
    first, *_, last = [*words.split(), words.split()[-1]]
    return not _NO_NAME.fullmatch(last) and first.lower() not in ("end", "the") and "xxx" not in words.lower()
