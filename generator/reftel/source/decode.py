"""From bytes to text: a byte order mark, else UTF-8, else what an English text of that age would be in (Windows-1252),
else detected.
"""

import re
from itertools import accumulate

import msgspec

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),  # before UTF-16: its mark begins with that of UTF-16
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip file or office document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"RIFF", "an image or a recording"),
)
_ALL_MARKS = tuple(mark for mark, _ in _MARKS)
_ALL_SIGNATURES = tuple(signature for signature, _ in _SIGNATURES)
_CONTROLS = bytes(byte for byte in range(0x20) if byte not in b"\t\n\v\f\r\x1b")
_HIGH = re.compile(rb"[\x80-\xff]")
_ESCAPED = re.compile("[\udc80-\udcff]")
_WIDE = re.compile("[^\x00-\x7f\ud800-\udfff]")
_NEWLINE = re.compile(r"\r\n|\r|\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 1 << 16


class Decoded(msgspec.Struct, frozen=True, gc=False):
    """A file's text with LF line ends, without NUL and lone surrogates."""

    text: str
    encoding: str
    bad_line: int = 0
    """The first line with bytes that are not of this encoding (they became U+FFFD), 0 for none."""


def decode(raw: bytes) -> Decoded:
    """The text of a file. It always gives one: bytes that fit no encoding become U+FFFD, and `bad_line` says where."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _decoded(raw[len(mark) :].decode(encoding, "replace"), encoding)
    if wide := _wide_encoding(raw):
        return _decoded(raw.decode(wide, "replace"), wide)
    try:
        return Decoded(_without_controls(raw.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _decode_legacy(raw)


def clean(text: str) -> str:
    """LF line ends; NUL and lone surrogates become U+FFFD. Other control characters stay: the site shows them."""
    text = _without_controls(text)
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text)
    return text


def _without_controls(text: str) -> str:
    """LF line ends; NUL becomes U+FFFD."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\x00", "\ufffd") if "\x00" in text else text


def without_escaped_ends(text: str) -> str:
    """The text without the backslash before its line ends, where most of its lines have one.

    The full set's export escaped line ends so, and what was made from it did not always undo it (07BERN881).
    """
    escaped = text.count("\\\n") if "\\" in text else 0
    return text.replace("\\\n", "\n") if escaped > 4 and escaped * 2 > text.count("\n") else text


def what_binary(head: bytes) -> str | None:
    """What a file is whose first bytes show that it holds no text ("a PDF", "binary"), None for text.

    A text may hold a few stray control characters: it is binary where they are more than one byte in fifty.
    """
    if head.startswith(_ALL_SIGNATURES):
        return next(name for signature, name in _SIGNATURES if head.startswith(signature))
    if head.startswith(_ALL_MARKS) or _wide_encoding(head):
        return None
    return "binary" if _is_binary(head) else None


def line_offsets(raw: bytes, encoding: str) -> list[int]:
    """The byte offset at which each line of a file begins, the mark left with the first line."""
    if not encoding.startswith(("utf-16", "utf-32")):
        return [0, *(found.end() for found in re.finditer(rb"\r\n|\r|\n", raw))]
    text = raw.decode(encoding, "replace")
    ends = [found.end() for found in _NEWLINE.finditer(text)]
    pieces = [text[start:end].encode(encoding, "replace") for start, end in zip([0, *ends], ends, strict=False)]
    return [0, *accumulate(len(piece) for piece in pieces)]


def _decoded(text: str, encoding: str) -> Decoded:
    text = clean(text)
    bad = text.find("\ufffd")
    return Decoded(text, encoding, text.count("\n", 0, bad) + 1 if bad >= 0 else 0)


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second byte of an English text is then NUL."""
    head = raw[:4096]
    if b"\0" not in head:
        return None
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        mostly_zero = len(head) >= 8 and zeros.count(0) * 5 > len(zeros) * 4
        if mostly_zero and not _is_binary(head.decode(encoding, "replace").encode()):
            return encoding
    return None


def _is_binary(head: bytes) -> bool:
    if not any(map(head.__contains__, _CONTROLS)):
        return False
    return (len(head) - len(head.translate(None, _CONTROLS))) * 50 > len(head)


def _decode_legacy(raw: bytes) -> Decoded:
    """Not UTF-8: a few damaged bytes in UTF-8, or one byte per character.

    That is Windows-1252, unless one byte in four lies outside ASCII, which no English text has: only then is the
    encoding detected, because detectors mistake an English text with three curly quotes for anything.
    """
    escaped = raw.decode("utf-8", "surrogateescape")
    if len(_WIDE.findall(escaped)) > len(_ESCAPED.findall(escaped)):
        return _decoded(raw.decode("utf-8", "replace"), "utf-8")
    encoding = "cp1252"
    if len(_HIGH.findall(raw)) * 4 > len(raw):
        import charset_normalizer  # large, and seldom needed

        guess = charset_normalizer.from_bytes(raw[:_SAMPLE]).best()
        encoding = guess.encoding if guess else encoding
    return _decoded(raw.decode(encoding, "replace"), encoding)
