"""TAGS: "traffic analysis by geography and subject", the codes by which cables were filed.

`TAGS: OVIP CLINTON HILLARY PREL KPAL FR IR RS NATO` holds subjects (PREL), programs (K...), countries (FR: the State
Department's own codes, RS is Russia), organizations and, behind OVIP, visitors. Some cables use commas, some glue codes
together (KFRDKIRFCVIS...), some add words of their own.
"""

import re

from reftel.cable.markings import CAPTIONS
from reftel.cable.model import TagKind
from reftel.cable.vocabulary import names, read_rows

_ROWS = read_rows("tags.csv")
KINDS: dict[str, TagKind] = {row["tag"]: row["kind"] for row in _ROWS}  # type: ignore[misc]
SPELLINGS: dict[str, str] = {spelling: row["tag"] for row in _ROWS for spelling in (row["tag"], *names(row["aliases"]))}
"""A tag by each of its spellings."""
PHRASE_STARTS = frozenset(spelling.split()[0] for spelling in SPELLINGS if " " in spelling)
LONGEST_PHRASE = max(len(spelling.split()) for spelling in SPELLINGS)
CODES = frozenset(tag for tag, kind in KINDS.items() if len(tag) in (2, 4) and tag.isalpha() and kind != "person")
"""What may be glued together."""
PAGE = re.compile(r"(?<!\s)\s+(?:(?:CONFIDENTIAL|SECRET|UNCLAS(?:SIFIED)?)\s+)?PAGE +\d\d\b")
"""The foot and head of telex pages, printed behind the last tag (02ROME3067)."""
TOKEN = re.compile(r"\([^()]*\)|[^\s,;()]+|[,;]")
SHAPE = re.compile(r"[A-Z][A-Z0-9]{1,5}(?:[-/][A-Z0-9]+)*$")
NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[-'.])*")
PROGRAM = re.compile(r"K[A-Z]{3}$")


def split_tags(text: str) -> list[str]:
    """The tags of a TAGS line as printed (in capitals): words of one phrase and a visitor's names kept together."""
    tokens = [token.strip(".:*\\") or token for token in TOKEN.findall(text.upper())]
    tags: list[str] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token in ",;" or not any(map(str.isalnum, token)):
            i += 1
        elif token[0] == "(":
            inner = token[1:-1].strip()
            tags += [_person(inner.replace(",", " ").split())] if "," in inner else split_tags(inner)
            i += 1
        elif size := _phrase_size(tokens, i) if token in PHRASE_STARTS else int(token in SPELLINGS):
            tags.append(" ".join(tokens[i : i + size]))
            i += size
        elif "OVIP" in tags and (size := _names_size(tokens, i)) and not _last_known_is_far(tags):
            words = [word for word in tokens[i : i + size] if word not in ",;"]
            tags += _persons(words)
            i += size
        else:
            size = _words_size(tokens, i)
            tags.append(" ".join(tokens[i : i + size]))
            i += size
    return tags


def canonical_tags(printed: list[str]) -> list[str]:
    """Each tag once: known spellings corrected, glued codes parted, captions that strayed in left out."""
    tags: list[str] = []
    for tag in printed:
        if tag in SPELLINGS:
            tags.append(SPELLINGS[tag])
        elif tag in CAPTIONS:
            continue
        elif "/" in tag and all(part in SPELLINGS for part in tag.split("/")):
            tags += [SPELLINGS[part] for part in tag.split("/")]
        else:
            tags += _parted(tag) or [tag]
    return list(dict.fromkeys(tags))


def read_tags(text: str) -> list[str]:
    """The tags of a TAGS line's value: "PREL, PGOV RS" → ["PREL", "PGOV", "RS"]."""
    if page := PAGE.search(text):
        text = text[: page.start()]
    return canonical_tags(split_tags(text))


def kind_of(tag: str) -> TagKind:
    """What a tag says: "subject", "geographic", "organization", "program", "person" or "unknown"."""
    if kind := KINDS.get(tag):
        return kind
    if PROGRAM.match(tag):
        return "program"
    return "person" if ", " in tag else "unknown"


def looks_like_tags(line: str) -> bool:
    """Whether a line below a TAGS line goes on with it: most of its words are known codes or have the shape of one."""
    tokens = [token for token in TOKEN.findall(line.upper()) if token not in ",;"]
    if not tokens or len(tokens) > 30 or ":" in line:
        return False
    if " ".join(tokens) in SPELLINGS:
        return True
    known = sum(token in SPELLINGS or PROGRAM.match(token) is not None or bool(_parted(token)) for token in tokens)
    shaped = all(SHAPE.match(token) or token[0] == "(" or token in SPELLINGS for token in tokens)
    return shaped and known * 2 > len(tokens)


def _known(token: str) -> bool:
    return token in SPELLINGS or PROGRAM.match(token) is not None or token in CAPTIONS


def _phrase_size(tokens: list[str], i: int) -> int:
    """How many tokens from `i` on make a known spelling: the longest one."""
    longest = min(LONGEST_PHRASE, len(tokens) - i)
    for size in range(longest, 1, -1):
        if " ".join(tokens[i : i + size]) in SPELLINGS:
            return size
    return 1 if tokens[i] in SPELLINGS else 0


def _names_size(tokens: list[str], i: int) -> int:
    """How many tokens from `i` on are names of visitors: unknown words, with single commas between."""
    size = 0
    for token in tokens[i:]:
        if token not in ",;" and (_known(token) or not NAME.fullmatch(token)):
            break
        size += 1
    while size and tokens[i + size - 1] in ",;":
        size -= 1
    words = sum(token not in ",;" for token in tokens[i : i + size])
    return size if words > 1 else 0


def _last_known_is_far(tags: list[str]) -> bool:
    """Whether other tags came between OVIP and here: names stand right behind it."""
    behind = tags[len(tags) - tags[::-1].index("OVIP") :]
    return any(_known(tag) and ", " not in SPELLINGS.get(tag, tag) for tag in behind)


def _persons(words: list[str]) -> list[str]:
    if len(words) > 3 and len(words) % 2 == 0 and all(len(word) > 1 for word in words):
        return [_person(words[i : i + 2]) for i in range(0, len(words), 2)]
    return [_person(words)]


def _person(words: list[str]) -> str:
    """["STEINBERG", "JAMES", "B."] → "STEINBERG, JAMES B."; a single initial gets its full stop."""
    given = " ".join(f"{word}." if len(word) == 1 else word for word in words[1:])
    return f"{words[0]}, {given}" if given else words[0]


def _words_size(tokens: list[str], i: int) -> int:
    """How many tokens from `i` on make a phrase of the author's own: unknown words longer than a code."""
    size = 0
    for token in tokens[i:]:
        if token in ",;" or _known(token) or len(token) < 5 or _parted(token):
            break
        size += 1
    return max(size, 1)


def _parted(token: str) -> list[str]:
    """KFRDKIRFCVIS → [KFRD, KIRF, CVIS]: the codes that make up a token, [] when it is not made of codes alone."""
    if not 6 <= len(token) <= 80 or not token.isalpha():
        return []
    best: list[list[str] | None] = [[]] + [None] * len(token)
    for end in range(2, len(token) + 1):
        for size in (4, 2):
            before = best[end - size] if end >= size else None
            piece = token[end - size : end]
            if (
                before is not None
                and (piece in CODES or (size == 4 and PROGRAM.match(piece)))
                and (best[end] is None or len(before) + 1 < len(best[end] or []))
            ):
                best[end] = [*before, piece]
    codes = best[-1] or []
    return codes if any(len(code) == 4 for code in codes) else []
