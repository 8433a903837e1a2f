"""`reftel inspect`."""

from reftel.cable.inspect import inspect
from reftel.source.model import Source

TEXT = """Reference ID Created Released Classification Origin
07MOSCOW4307 2007-08-31 13:51 2011-08-30 01:44 SECRET Embassy Moscow

S E C R E T MOSCOW 004307

SUBJECT: A TEST

1. (S) Text\x1b[2J of an invented cable.
"""


def test_inspect() -> None:
    """Every line is shown with its label and, once, its reason; then the record and the problems."""
    lines = inspect(Source("a.txt", "text", TEXT.encode(), "0" * 64, TEXT, line=5))
    assert lines[0] == "a.txt: 07MOSCOW4307 (text, utf-8, 9 lines)"
    assert lines[2].startswith("     5  metadata            Reference ID Created")
    assert lines[5].startswith("     8  classification      S E C R E T MOSCOW 004307")
    assert lines[7].endswith("(begins with 'SUBJECT:')")
    assert "  subject           line 10   A TEST" in lines
    assert any(line.startswith("    12  par") and "Text\N{REPLACEMENT CHARACTER}[2J" in line for line in lines)
    assert not any("\x1b" in line for line in lines)
    assert "problems: none" in lines


def test_problems() -> None:
    """Problems stand at the end as `path:line: message`."""
    text = TEXT.replace("S E C R E T", "U N C L A S")
    lines = inspect(Source("a.txt", "text", text.encode(), "0" * 64, text))
    assert lines[-1] == "a.txt:4: the text is marked UNCLASSIFIED, the metadata line says SECRET"


def test_nothing() -> None:
    """A text that is no cable is shown all the same."""
    assert inspect(Source("a.txt", "text", b"", "0" * 64, ""))[0] == "a.txt: no MRN (text, utf-8, 1 lines)"
