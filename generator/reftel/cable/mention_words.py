"""The words of a mention: "Refs A and B", "ref C, paragraph 3", "reftel", "paras 5-7", "paragraph 34(a) above"."""

import re
from collections.abc import Iterator

import msgspec

from reftel.cable.cited import Citing
from reftel.cable.posts import Posts
from reftel.cable.prose import Prose
from reftel.cable.sheet import places_of

_REF = re.compile(r"(ref(?:tel|erence)?)(s|\(s\))?\b(?!-)\.?", re.I)
_ONE = r"(?P<{0}>[A-Za-z]|\d{{1,2}})(?!\w|\.\w|['’](?!s\b)|[-–](?![A-Za-z]\b))"
_LETTER = re.compile(rf" ?(?:\( ?{_ONE.format('in')} ?\)|{_ONE.format('out')})")
_NEXT_LETTER = re.compile(
    rf"(?P<joint>,? ?(?:and|or|&|/|through|thru|to|-|–)|,) ?(?:\({_ONE.format('in')}\)|{_ONE.format('out')})", re.I
)
_WORD_AFTER = re.compile(r" (?!(?:and|or|through|thru|to)\b)\w")
_HEADING = re.compile(r" ?[:=]")
_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
_NUMBERS = {word: number for number, word in enumerate(_WORDS.split(), 1)}
_PARA = re.compile(
    rf"para(?:graph)?(s)?\b\.? ?(\d{{1,3}}|(?:{'|'.join(_NUMBERS)})\b)(\(([a-z])\))?(?![\d%]|[.,:]\d)", re.I
)
_NEXT_PARA = re.compile(r" ?(,? ?(?:and|or|through|thru|to)|,|&|-|–) ?(\d{1,3})(\(([a-z])\))?(?![\d%\w]|[.,:]\d)", re.I)
_ONE_MORE = frozenset((",", "and", "or", ", and"))
_JOINT = re.compile(r"[,;]? ?\(?(?:at |in )?(?=para)", re.I)
_OF_REF = re.compile(r" (?:of |in )?\(?(?=ref)", re.I)
_ANOTHER_TEXT_AFTER = re.compile(r"(?:\(\w+\))?,? of (?!this|the present|present|the cable)", re.I)
_ANOTHER_TEXT_BEFORE = re.compile(
    r"(?:\b(?:unscr?|unga|resolutions?|articles?|art\.|section|annex|protocol|treaty|convention|charter|decree|law|act|communique)"
    r"(?: (?:no\.? ?)?[A-Z]?\d[\d/().-]{0,8}(?: of \d{4})?)?(?:,|'s)?(?: (?:per|in|under|and))?|\d,) ?$",
    re.I,
)
_BEFORE = 60


class Targets(msgspec.Struct, frozen=True, gc=False):
    """What the prose of a cable can point to."""

    labels: dict[str, str | None]
    """The letters of the REF line, each with its cable, or None: no cable, undecided or several."""
    only_cable: str | None
    """The cable, where exactly one is cited: what "reftel" means."""
    only_item: str | None
    """The same, where nothing else is cited: what "ref" means."""
    cited: dict[tuple[str, int], str]
    """The cables of the REF line by post and serial."""
    anchors: frozenset[str]
    """The paragraphs of this cable whose number is printed once."""
    own: Citing | None
    posts: Posts


class Found(msgspec.Struct, frozen=True, order=True, gc=False):
    """A mention by its place in a block's text, and what it points to."""

    start: int
    end: int
    label: str | None = None
    mrn: str | None = None
    anchor: str | None = None


def cues(prose: Prose, words: tuple[bytes, ...] = (b"ref", b"para")) -> list[int]:
    """Where a word begins with one of these letters, in order: plain searches, for prose is long and cues are few."""
    whole = prose.whole
    places = [at for word in words for at in places_of(word, prose.lower)]
    return sorted([at for at in places if not at or not (whole[at - 1].isalnum() or whole[at - 1] == "-")])


def letters_used(prose: Prose, places: list[int]) -> Iterator[str]:
    """The letters that stand after a "ref" in the prose; `places` are its `cues`."""
    for at in places:
        if (word := _REF.match(prose.whole, at)) and (found := _letter(prose.whole, word)):
            yield found[0]
            if word[2] and (following := _NEXT_LETTER.match(prose.whole, found[1])):
                yield (following["in"] or following["out"]).upper()


def references_at(text: str, at: int, targets: Targets) -> tuple[list[Found], int]:
    """The mentions that begin with the "ref" at `at`, and where to read on."""
    word = _REF.match(text, at)
    if not word:
        return [], at + 3
    end = word.end()
    letter = _letter_after(text, word, targets)
    if letter is None:
        return _bare(text, word, targets)
    label, end = letter
    if not label:
        return [], end
    found = [Found(at, end, label, targets.labels[label])]
    while following := _letter_following(text, end, found[-1].label or "", word, targets):
        label, start, end = following
        found.append(Found(start, end, label, targets.labels[label]))
    last = found[-1]
    some, end = _paragraphs_of(text, last, end)
    return found[:-1] + some, end


def _letter_after(text: str, word: re.Match[str], targets: Targets) -> tuple[str, int] | None:
    """The letter after "ref" ("" when the REF line has it not), and the end of it; None when no letter follows."""
    found = _letter(text, word)
    return found and (found[0] if found[0] in targets.labels else "", found[1])


def _letter(text: str, word: re.Match[str]) -> tuple[str, int] | None:
    found = _LETTER.match(text, word.end())
    if not found or not (found[0][0] in " (" or word[0].endswith(".")):
        return None
    letter = found["in"] or found["out"]
    kind = word[1].lower()
    if kind != "ref" and word[0].endswith("."):
        return None
    if found["out"] in ("a", "i") and kind != "ref" and _WORD_AFTER.match(text, found.end()):
        return None
    if kind == "reference" and not letter.isupper():
        return None
    return letter.upper(), found.end()


def _letter_following(
    text: str, end: int, last: str, word: re.Match[str], targets: Targets
) -> tuple[str, int, int] | None:
    """`and B`, `-C`, `, D`: the next letter of a list, when the REF line has it and it comes later."""
    found = _NEXT_LETTER.match(text, end)
    if not found:
        return None
    which = "in" if found["in"] else "out"
    letter = found[which].upper()
    if letter not in targets.labels or (len(letter), letter) <= (len(last), last) or found[which] == "i":
        return None
    if found["joint"] == "," and not word[2]:
        return None
    return letter, found.start(which), found.end(which)


def _bare(text: str, word: re.Match[str], targets: Targets) -> tuple[list[Found], int]:
    """ "reftel" or "ref" alone: the one cable that is cited."""
    end = word.end() - word[0].endswith(".")
    kind = word[1].lower()
    mrn = targets.only_cable if kind == "reftel" else targets.only_item if kind == "ref" else None
    if mrn is None or _HEADING.match(text, end):
        return [], word.end()
    return _paragraphs_of(text, Found(word.start(), end, None, mrn), end)


def _paragraphs_of(text: str, ref: Found, end: int) -> tuple[list[Found], int]:
    """`ref C, paras 6-7`: the paragraphs of a cited cable, or only the cable."""
    joint = _JOINT.match(text, end)
    if ref.mrn is None or not joint:
        return [ref], end
    numbers = _numbers(text, joint.end())
    if not numbers:
        return [ref], end
    first, *rest = numbers
    found = [Found(ref.start, first[1], ref.label, ref.mrn, first[2])]
    found += [Found(start, stop, ref.label, ref.mrn, anchor) for start, stop, anchor in rest]
    return found, found[-1].end


def paragraphs_at(text: str, at: int, targets: Targets) -> tuple[list[Found], int]:
    """The mentions of paragraphs that begin with the "para" at `at`, and where to read on."""
    numbers = _numbers(text, at)
    if not numbers:
        return [], at + 4
    end = numbers[-1][1]
    if (of := _OF_REF.match(text, end)) and (refs := references_at(text, of.end(), targets)[0]):
        ref = refs[0]
        if len(refs) == 1 and ref.mrn and ref.anchor is None:
            found = [Found(start, stop, ref.label, ref.mrn, anchor) for start, stop, anchor in numbers]
            found[-1] = Found(found[-1].start, ref.end, ref.label, ref.mrn, found[-1].anchor)
            return found, ref.end
        return [], of.end()
    if _ANOTHER_TEXT_AFTER.match(text, end) or _ANOTHER_TEXT_BEFORE.search(text[max(0, at - _BEFORE) : at]):
        return [], end
    found = []
    for start, stop, anchor in numbers:
        whole = anchor.partition("-")[0]
        if anchor in targets.anchors:
            found.append(Found(start, stop, None, None, anchor))
        elif whole in targets.anchors:
            found.append(Found(start, text.index("(", start) if anchor != whole else stop, None, None, whole))
    return found, end


def _numbers(text: str, at: int) -> list[tuple[int, int, str]]:
    """The paragraph numbers of "para 4", "paras 5-7", "paragraphs 1 and 3 through 13": start, end, anchor of each."""
    first = _PARA.match(text, at)
    if not first:
        return []
    found = [(at, first.end(), _anchor(first[2], first[4]))]
    end = first.end()
    while more := _NEXT_PARA.match(text, end):
        if not first[1] and more[1].strip() in _ONE_MORE and _WORD_AFTER.match(text, more.end()):
            break  # "para 5 and 30 people"
        found.append((more.start(2), more.end(), _anchor(more[2], more[4])))
        end = more.end()
    return found


def _anchor(number: str, letter: str | None) -> str:
    digits = str(_NUMBERS.get(number.lower(), number)).lstrip("0")
    return f"par{digits}-{letter.lower()}" if letter else f"par{digits}"
