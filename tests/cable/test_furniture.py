"""Page furniture: what is claimed or cut out, and what stays."""

import pytest

from reftel.cable.furniture import mark_furniture
from reftel.cable.repeats import mark_captions
from reftel.cable.sheet import Sheet


def left(text: str, body: int | None = None) -> str:
    """What of a text is left when the furniture is gone; from `body` on captions go too."""
    sheet = Sheet(text)
    mark_furniture(sheet, 0)
    if body is not None:
        mark_captions(sheet, body)
    return sheet.join(0, len(text)).text


@pytest.mark.parametrize(
    "line",
    [
        "FREEPORT 00000123  002 OF 003",
        "FREEPORT 00000123  001.2 OF 004 ",
        "Port Royal 00000123 002 of 003",
        "PORT OF SP 00000123 002 OF 003",
        "XXXXXXXXXXXX  002 OF 003",
        "PAGE 02 FREEPORT 06677 01 OF 03 291400Z",
        "PAGE 03 RUEHXYZ0170 S E C R E T",
        "PAGE 03 RUEHXYZ0170 C O N F I D E N T I A L FREEPORT 000170",
        "NNNN",
        "#1234",
        "BT",
        "</td></tr>",
        "SELECT * FROM `cable` WHERE `id` = '17' ORDER BY `date` ASC",
        "Track impresión: someone @ Sat Dec 4 19:20:36 2010.",
    ],
)
def test_lines_of_furniture(line: str) -> None:
    """A line that is furniture by its form is gone from the text."""
    assert left(f"The envoy said\n{line}\nthat he agreed.") == "The envoy said that he agreed."


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("he said that FREEPORT 00000123 002 OF 003 the port", "he said that the port"),
        ("SECTION 01 OF 02 PORT ROYAL 000123\nIN THE PORT ROYAL 00000123 002 OF 003 BAY", "IN THE BAY"),
        ("he said that FREEPORT 00000123 002 OF 003\nthe port", "he said that the port"),
        ("SECTION 01 OF 02 PORT ROYAL 000123\nIN PORT ROYAL 00000123 002 OF 003\nBAY", "000123 IN BAY"),
        ("It ends here. Port 00000123 002 of 003 \nMore", "It ends here. More"),
        ("PAGE 02 FREEPORT 06677 01 OF 03 291400Z of the pact", "of the pact"),
        ("a line <br>\nand one more <br>", "a line and one more"),
    ],
)
def test_furniture_inside_a_line(text: str, rest: str) -> None:
    """A marker inside a sentence is cut out, with the post's name and no word more."""
    assert left(text).endswith(rest)


@pytest.mark.parametrize(
    "line",
    [
        "Resolution 1822 of 2008 says so.",
        "only 117 of 120 members came",
        "The page 02 of the book",
        "BTW he agreed",
        "#12",
    ],
)
def test_what_stays(line: str) -> None:
    """A line that could be the author's stays."""
    assert left(f"x\n{line}\ny") == f"x {line} y"


def test_banner_above_a_telex_page() -> None:
    """The classification at a page's end goes with the page line below it, alone or behind the last words; elsewhere
    it stays."""
    page = "PAGE 03 FREEPORT 06677 01 OF 03 291400Z"
    assert left(f"he said.\n CONFIDENTIAL\n{page}\nMore") == "he said. More"
    assert left(f"he said  CONFIDENTIAL\n{page}\nmore") == "he said more"
    assert left("he said\nCONFIDENTIAL\nmore") == "he said CONFIDENTIAL more"


def test_repeated_caption() -> None:
    """The first SIPDIS is the caption, what follows in the preamble a repetition; in the body each is a page's."""
    assert left("UNCLAS\nSIPDIS\n\nSIPDIS\nSUBJECT: FISH") == "UNCLAS SIPDIS SUBJECT: FISH"
    body = "1. The talks as\n \nSIPDIS \nwe know went SIPDIS well. Please include SIPDIS in all replies."
    assert left(body, 0) == "1. The talks as we know went well. Please include SIPDIS in all replies."


def test_line_above_the_body_printed_again() -> None:
    """A line in capitals of the preamble that stands in the body too is the page's."""
    text = "C O R R E C T E D COPY (TAGS)\nSUBJECT: FISH\n1. One.\nC O R R E C T E D COPY (TAGS)\nTwo."
    assert left(text, text.index("1. One")) == "C O R R E C T E D COPY (TAGS) SUBJECT: FISH 1. One. Two."


def test_later_sections_header() -> None:
    """The whole header of a later section inside the text is gone, with what repeats the cable's beginning."""
    text = (
        "C O N F I D E N T I A L SECTION 01 OF 02 FREEPORT 000123\nSIPDIS\nE.O. 12356: DECL: OADR\nTAGS: PREL\n"
        "SUBJECT: FISH AND\nCHIPS\n1. The envoy said that\nDE RUEHXY #0123/02 2431351\nZNY CCCCC ZZH\n"
        "C O N F I D E N T I A L SECTION 02 OF 02 FREEPORT 000123\nSIPDIS\nE.O. 12356: DECL: OADR\nTAGS: PREL\n"
        "SUBJECT: FISH AND\nCHIPS\nhe agreed."
    )
    assert left(text, text.index("1. The")).endswith("CHIPS 1. The envoy said that he agreed.")


@pytest.mark.parametrize("end", ["FREEPORT 00000123  001.2 OF 0...", "FREEPORT 00000123 002."])
def test_marker_at_which_an_extract_was_cut_off(end: str) -> None:
    """A page marker cut off at the end of the text is one all the same."""
    assert left(f"he said\n{end}\n\n") == "he said"


def test_line_sent_again() -> None:
    """A line repeated with an operator's Q before it is read once."""
    assert left("4. (C) He said that\nQ4. (C) He said that\nit was so.") == "4. (C) He said that it was so."
    assert (
        left("4. (C) He said that\nQ5. (C) She said\nit was so.") == "4. (C) He said that Q5. (C) She said it was so."
    )
