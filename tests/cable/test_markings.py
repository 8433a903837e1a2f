"""Classification lines and captions."""

import pytest

from reftel.cable.markings import CLASSIFICATIONS, caption_words, leading_captions, read_classification_line
from reftel.cable.model import Sections


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("C O N F I D E N T I A L SECTION 01 OF 02 ORRIN 004307 ", ("CONFIDENTIAL", "ORRIN", "004307", (1, 2))),
        ("S E C R E T LA TARN 000886", ("SECRET", "LA TARN", "000886", None)),
        ("UNCLAS SECTION 01 OF 03 ORRIN 000174", ("UNCLASSIFIED", "ORRIN", "000174", (1, 3))),
        ("UNCLAS LA TARN 1340", ("UNCLASSIFIED", "LA TARN", "1340", None)),
        ("UNCLASSIFIED TEHRAN 5055", ("UNCLASSIFIED", "TEHRAN", "5055", None)),
        ("CONFIDENTIAL SECTION 01 of 02 ORRIN 000128", ("CONFIDENTIAL", "ORRIN", "000128", (1, 2))),
        ("S e c r e t orrin 068250", ("SECRET", "ORRIN", "068250", None)),
        ("E C R E T SECTION 01 OF 02 ORRIN 000146", ("SECRET", "ORRIN", "000146", (1, 2))),
        ("O N F I D E N T I A L ORRIN 000290", ("CONFIDENTIAL", "ORRIN", "000290", None)),
        ("SE C R E T SECTION 01 OF 02 XXXXXXXXXXXX 000004", ("SECRET", "XXXXXXXXXXXX", "000004", (1, 2))),
        ("C ONFIDENTIAL SECTION 01 of 03 ORRIN 000744", ("CONFIDENTIAL", "ORRIN", "000744", (1, 3))),
        ("CSE C R E T SECTION 01 OF 02 ORRIN 001108", ("SECRET", "ORRIN", "001108", (1, 2))),
        ("C O NFIDENTIAL LA TARN 000123", ("CONFIDENTIAL", "LA TARN", "000123", None)),
        ("THE SECRET OF ORRIN 000123", None),
        ("UNCLAS//FOUO", ("UNCLASSIFIED", None, None, None)),
        ("SECRET//NOFORN", ("SECRET", None, None, None)),
        ("CONFIDENTIAL SIPDIS", ("CONFIDENTIAL", None, None, None)),
        ("C O N F I D E N T I A L  FINAL SECTION OF 02 ORRIN 004307", None),
        ("Secret talks began in 2007.", None),
        ("SECRETARY CLINTON", None),
        ("A B C D E F", None),
        ("", None),
    ],
)
def test_classification_line(
    line: str, expected: tuple[str, str | None, str | None, tuple[int, int] | None] | None
) -> None:
    """Spaced, plain, lower-cased and cut words are known; prose that begins with one is not."""
    found = read_classification_line(line)
    if expected is None:
        assert found is None or found.serial is None
        return
    assert found is not None
    word, post, serial, sections = expected
    assert (found.word, found.post, found.serial) == (word, post, serial)
    assert found.sections == (Sections(*sections) if sections else None)


def test_captions_in_the_line() -> None:
    """Captions in a classification line are captions."""
    found = read_classification_line("S E C R E T//N O F O R N ORRIN 000001")
    assert found is not None
    assert (found.word, found.captions) == ("SECRET", ["NOFORN"])


@pytest.mark.parametrize(
    ("line", "captions"),
    [
        ("SIPDIS ", ["SIPDIS"]),
        ("Sipdis", ["SIPDIS"]),
        ("NOFORN SIPDIS", ["NOFORN", "SIPDIS"]),
        ("SENSITIVE, SIPDIS", ["SENSITIVE", "SIPDIS"]),
        ("ROGER CHANNEL", ["ROGER CHANNEL"]),
        ("EXDIS/NOFORN", ["EXDIS", "NOFORN"]),
        ("SIPDIS, isn/mtr and eur", []),
        ("SENSITIVE MATTERS AROSE", []),
        ("", []),
    ],
)
def test_caption_words(line: str, captions: list[str]) -> None:
    """A line of captions holds nothing else."""
    assert caption_words(line) == captions


def test_leading_captions() -> None:
    """Captions are read as far as they go."""
    assert leading_captions("NOFORN SIPDIS E.O. 12958", 0) == (["NOFORN", "SIPDIS"], 13)


def test_longest_first() -> None:
    """The longest classification is tried first, so that none hides in another."""
    assert CLASSIFICATIONS.index("SECRET//NOFORN") < CLASSIFICATIONS.index("SECRET")
