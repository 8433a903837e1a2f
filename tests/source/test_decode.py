"""From bytes to text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reftel.source.decode import clean, decode, line_offsets, what_binary

CURLY = "The Minister’s “plan” – so called – was café talk at São Sebastião.\n"


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (CURLY.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + CURLY.encode(), "utf-8"),
        (b"\xff\xfe" + CURLY.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + CURLY.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + CURLY.encode("utf-32-le"), "utf-32-le"),
        (CURLY.encode("utf-16-le"), "utf-16-le"),
        (CURLY.encode("utf-16-be"), "utf-16-be"),
        (CURLY.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(raw: bytes, encoding: str) -> None:
    """A mark decides, then UTF-8, then Windows-1252."""
    decoded = decode(raw)
    assert (decoded.text, decoded.encoding, decoded.bad_line) == (CURLY, encoding, 0)


def test_another_alphabet_is_detected() -> None:
    """A text that is mostly not ASCII is no English in Windows-1252: its encoding is detected."""
    text = "Министр сказал послу, что встреча была полезной и что переговоры будут продолжены в сентябре. " * 20
    assert decode(text.encode("cp1251")).text == text


@pytest.mark.parametrize(
    ("raw", "text", "line"),
    [
        ("é à ü\nok ".encode() + b"\xff!\n", "é à ü\nok \ufffd!\n", 2),
        (b"\xff\xfea\x00\x00\xd8b\x00", "a\ufffdb", 1),
        (b"nul\x00 byte", "nul\ufffd byte", 0),
        (
            b"five bytes are not in Windows-1252,\n\x81 is \x93one\x94",
            "five bytes are not in Windows-1252,\n\ufffd is “one”",
            2,
        ),
    ],
)
def test_damage_is_kept_visible(raw: bytes, text: str, line: int) -> None:
    """Bytes that fit no encoding become U+FFFD and are reported by line; a stray NUL is U+FFFD, other controls stay."""
    decoded = decode(raw)
    assert (decoded.text, decoded.bad_line) == (text, line)


def test_line_ends() -> None:
    """Windows and old Macintosh line ends become LF."""
    assert decode(b"a\r\nb\rc\n\rd").text == "a\nb\nc\n\nd"
    assert clean("x\ud800y\x00") == "x\ufffdy\ufffd"


@given(st.binary(max_size=400))
def test_any_bytes_give_a_text(raw: bytes) -> None:
    """Whatever the bytes, there is a text that can be written, without CR and NUL."""
    text = decode(raw).text
    assert text.encode().decode() == text
    assert "\r" not in text
    assert "\x00" not in text


@given(st.text(alphabet="ab\r\né", max_size=60), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-8-sig"]))
def test_lines_of_the_file(text: str, encoding: str) -> None:
    """Line offsets cut a file's bytes into the lines of its text."""
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    raw = mark + text.encode(encoding)
    decoded = decode(raw)
    offsets = line_offsets(raw, decoded.encoding)
    assert len(offsets) == decoded.text.count("\n") + 1
    lines = [decode(mark + raw[start:]).text for start in offsets[1:]]
    assert lines == ["\n".join(decoded.text.split("\n")[i:]) for i in range(1, len(offsets))]


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"%PDF-1.4 and so on", "a PDF"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"PK\x03\x04", "a zip file or office document"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 100, "binary"),
        (b"text with one \x00 stray byte in it, and many more words to come here", None),
        (b"plain text\x1b[0m\f", None),
        ("wide text".encode("utf-16"), None),
        ("wide text without mark".encode("utf-16-le"), None),
    ],
)
def test_what_is_binary(head: bytes, what: str | None) -> None:
    """Known kinds are named; a few stray control characters do not make a text binary."""
    assert what_binary(head) == what
