"""The sheet: claims, cuts, joining, and the way back from joined text."""

from hypothesis import given
from hypothesis import strategies as st

from reftel.cable.sheet import Joined, Sheet

TELEX = "The envoy said that his country would go on \nwith the talks, and that it would not be \n"


def test_joining_collapses_blanks_and_lines() -> None:
    """Wrapped lines and runs of blanks become one blank each."""
    assert Sheet("One  line \n and   another\n\nmore").join(0, 33).text == "One line and another more"


def test_joining_leaves_out_claimed_lines_and_cuts() -> None:
    """What a step has claimed or cut out is not in the joined text."""
    sheet = Sheet("before\nPAGE LINE\nafter MARKER words")
    sheet.claim(1, "page marker", "test")
    sheet.cuts = [(23, 29)]
    assert sheet.join(0, len(sheet.text)).text == "before after words"


def test_first_claim_stands() -> None:
    """A line keeps the label it got first."""
    sheet = Sheet("one\ntwo")
    sheet.claim(0, "header", "first")
    sheet.claim(0, "paragraph 1", "second")
    assert (sheet.labels, sheet.reasons[0]) == (["header", ""], "first")


def test_word_broken_over_a_line_end_whose_whole_stands_elsewhere() -> None:
    """`polit` / `icize`: the line does not end in the blank the others end in, and the whole word is in the text."""
    sheet = Sheet(TELEX * 5 + "They should not polit\nicize it. \nWho would politicize this? \n")
    joined = sheet.join(sheet.text.index("They"), len(sheet.text))
    assert joined.text == "They should not politicize it. Who would politicize this?"
    at = joined.text.index("politicize")
    assert sheet.text[slice(*joined.span(at, at + 10))] == "polit\nicize"
    after = joined.text.index("it.")
    assert sheet.text[slice(*joined.span(after, after + 3))] == "it."


def test_word_broken_at_the_only_line_without_a_blank() -> None:
    """The only short line that goes on without a blank breaks a word, when its parts stand nowhere else."""
    sheet = Sheet(TELEX * 5 + "It was a negot\niation about fish. \n")
    assert sheet.join(sheet.text.index("It was"), len(sheet.text)).text == "It was a negotiation about fish."


def test_two_words_stay_two() -> None:
    """A part that is a word of the text elsewhere, or lines that end without blanks anyway, break no word."""
    sheet = Sheet(TELEX * 5 + "He gave the\nenvoy a fish. \n")
    assert sheet.join(sheet.text.index("He gave"), len(sheet.text)).text == "He gave the envoy a fish."
    plain = Sheet("The cat sat\non the mat\nand polit\nicize\n" * 5)
    assert "polit icize" in plain.join(0, len(plain.text)).text


def test_empty_join() -> None:
    """Nothing joined is an empty text with a place."""
    joined = Sheet("  \n ").join(0, 4)
    assert (joined.text, joined.origin(0)) == ("", 0)


@given(st.text(alphabet="ab X.\n\t", max_size=60), st.data())
def test_way_back(text: str, data: st.DataObject) -> None:
    """Every character of a joined text leads back to the same character of the cable."""
    sheet = Sheet(text)
    if text and data.draw(st.booleans()):
        start = data.draw(st.integers(0, len(text) - 1))
        sheet.cuts = [(start, data.draw(st.integers(start, len(text))))]
    joined = sheet.join(0, len(text))
    for offset, letter in enumerate(joined.text):
        if letter != " ":
            assert text[joined.origin(offset)] == letter


def test_way_back_through_several_pieces() -> None:
    """Pieces count in order, whichever end of the text is nearer."""
    joined = Joined("one two three", "one X two X three", [(0, 3), (6, 9), (12, 17)])
    assert [joined.origin(at) for at in (0, 4, 8, 12)] == [0, 6, 12, 16]
