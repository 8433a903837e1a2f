"""The stemmer of lunr.js, letter for letter.

The lunr package's own stemmer and the Snowball packages' `porter` differ from it ("try", "lay"): an index made with
them hides words from a browser that stems with lunr.js. The browser is the authority; `tests/search/test_stemmer.py`
compares.
"""

import re

_CONSONANTS = "[^aeiou][^aeiouy]*"
_VOWELS = "[aeiouy][aeiou]*"
_MEASURE_ABOVE_0 = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}")
_MEASURE_1 = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}({_VOWELS})?$")
_MEASURE_ABOVE_1 = re.compile(f"^({_CONSONANTS})?{_VOWELS}{_CONSONANTS}{_VOWELS}{_CONSONANTS}")
_VOWEL_IN_STEM = re.compile(f"^({_CONSONANTS})?[aeiouy]")
_SHORT = re.compile(f"^{_CONSONANTS}[aeiouy][^aeiouwxy]$")
_DOUBLE = re.compile(r"([^aeiouylsz])\1$")
_STEP_2 = {
    "ational": "ate", "tional": "tion", "enci": "ence", "anci": "ance", "izer": "ize", "bli": "ble", "alli": "al",
    "entli": "ent", "eli": "e", "ousli": "ous", "ization": "ize", "ation": "ate", "ator": "ate", "alism": "al",
    "iveness": "ive", "fulness": "ful", "ousness": "ous", "aliti": "al", "iviti": "ive", "biliti": "ble", "logi": "log",
}  # fmt: skip
_STEP_3 = {"icate": "ic", "ative": "", "alize": "al", "iciti": "ic", "ical": "ic", "ful": "", "ness": ""}
_ENDS_2, _ENDS_3 = tuple(_STEP_2), tuple(_STEP_3)
_LAST_2, _LAST_3 = ("".join(sorted({end[-1] for end in ends})) for ends in (_ENDS_2, _ENDS_3))
"""What these end in: asked first, because most words have none of them."""
_ENDING_2 = re.compile(f"^(.+?)({'|'.join(_STEP_2)})$")
_ENDING_3 = re.compile(f"^(.+?)({'|'.join(_STEP_3)})$")
_ENDS_4 = (
    "al", "ance", "ence", "er", "ic", "able", "ible", "ant", "ement", "ment", "ent", "ou", "ism", "ate", "iti", "ous",
    "ive", "ize",
)  # fmt: skip
_ALL_4 = (*_ENDS_4, "sion", "tion")
_ENDING_4 = re.compile(f"^(.+?)({'|'.join(_ENDS_4)})$")
_ENDING_4_ION = re.compile(r"^(.+?)([st])ion$")


def stem(word: str) -> str:
    """The stem of a lower-case word of the letters a to z."""
    if len(word) < 3:
        return word
    began_with_y = word[0] == "y"
    if began_with_y:
        word = "Y" + word[1:]
    word = _final_vowels(_derivations(_inflections(word)))
    return "y" + word[1:] if began_with_y else word


def _inflections(word: str) -> str:
    """Steps 1a to 1c: plurals, -ed, -ing, final y."""
    if word[-1] == "s":
        if word.endswith(("sses", "ies")) and len(word) > (4 if word[-4:] == "sses" else 3):
            word = word[:-2]
        elif word[-2] != "s":
            word = word[:-1]
    if word[-1] in "dg":
        word = _past_or_participle(word)
    if word[-1] == "y" and len(word) > 2 and word[-2] not in "aeiou":
        word = word[:-1] + "i"
    return word


def _past_or_participle(word: str) -> str:
    if word.endswith("eed") and len(word) > 3:
        return word[:-1] if _MEASURE_ABOVE_0.match(word[:-3]) else word
    if (word.endswith("ed") and len(word) > 2) or (word.endswith("ing") and len(word) > 3):
        rest = word[:-2] if word[-1] == "d" else word[:-3]
        if _VOWEL_IN_STEM.match(rest):
            return _after_removal(rest)
    return word


def _after_removal(rest: str) -> str:
    if rest.endswith(("at", "bl", "iz")):
        return rest + "e"
    if _DOUBLE.search(rest):
        return rest[:-1]
    return rest + "e" if _SHORT.match(rest) else rest


def _derivations(word: str) -> str:
    """Steps 2 to 4: -ational, -icate, -ement and their like."""
    if word[-1] in _LAST_2 and word.endswith(_ENDS_2):
        word = _replaced(word, _ENDING_2, _STEP_2)
    if word[-1] in _LAST_3 and word.endswith(_ENDS_3):
        word = _replaced(word, _ENDING_3, _STEP_3)
    if not word.endswith(_ALL_4):
        return word
    if found := _ENDING_4.match(word):
        if _MEASURE_ABOVE_1.match(found[1]):
            word = found[1]
    elif found := _ENDING_4_ION.match(word):
        rest = found[1] + found[2]
        if _MEASURE_ABOVE_1.match(rest):
            word = rest
    return word


def _replaced(word: str, ending: re.Pattern[str], replacements: dict[str, str]) -> str:
    found = ending.match(word)
    if found and _MEASURE_ABOVE_0.match(found[1]):
        return found[1] + replacements[found[2]]
    return word


def _final_vowels(word: str) -> str:
    """Step 5: final e, final double l."""
    if len(word) > 1 and word[-1] == "e":
        rest = word[:-1]
        if _MEASURE_ABOVE_1.match(rest) or (_MEASURE_1.match(rest) and not _SHORT.match(rest)):
            word = rest
    if word.endswith("ll") and _MEASURE_ABOVE_1.match(word):
        word = word[:-1]
    return word
