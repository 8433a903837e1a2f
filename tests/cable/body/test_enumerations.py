"""Sub-paragraphs and items: known by their sequence under a paragraph."""

from collections.abc import Callable

import pytest

from reftel.cable.body import Body
from reftel.cable.sheet import Sheet

Reader = Callable[[str], tuple[Body, Sheet]]


def anchors(read: Reader, inside: str) -> list[str | None]:
    """The anchors of what stands inside paragraph 2."""
    text = f"1. (C) The envoy came.\n\n2. (C) He wants the following:\n\n{inside}\n\n3. (C) He went."
    return [block.anchor for block in read(text)[0].blocks][2:-1]


@pytest.mark.parametrize(
    "inside",
    [
        "A. Fish of the sea.\n\nB. Chips of the field.",
        "a. Fish of the sea.\nb. Chips of the field.",
        "a) Fish of the sea.\nb) Chips of the field.",
        "(a) Fish of the sea.\n(b) Chips of the field.",
        "A. (C) Fish of the sea.\n\nB. (S/NF) Chips of the field.",
    ],
)
def test_letters(read: Reader, inside: str) -> None:
    """Letters in a sequence are sub-paragraphs, whatever stands around them."""
    assert anchors(read, inside) == ["par2-a", "par2-b"]


def test_romans_and_nesting(read: Reader) -> None:
    """Small Roman numbers nest under letters, or stand right under the paragraph."""
    assert anchors(read, "i. Fish.\nii. Chips.\niii. Peas.") == ["par2-i", "par2-ii", "par2-iii"]
    nested = "A. Food:\ni. Fish.\nii. Chips.\nB. Drink:\ni. Tea.\nii. Milk."
    assert anchors(read, nested) == ["par2-a", "par2-a-i", "par2-a-ii", "par2-b", "par2-b-i", "par2-b-ii"]


def test_what_is_no_roman_number_is_text(read: Reader) -> None:
    """Redacted words at the beginning of lines are no items."""
    assert anchors(read, "xxx. (C) Fish.\nxxx. (C) Chips.\nIXI. Peas.") == []
    assert anchors(read, "i. Fish.\nii. Chips.\nxxx. (C) Peas.") == ["par2-i", "par2-ii"]


def test_text_and_mark(read: Reader) -> None:
    """A sub-paragraph has its paragraph's number; its text begins after letter and mark."""
    text = "1. (C) He wants:\n\nA. (S/NF) Fish of the sea, and\nno other.\n\nB. (U) Chips.\n\n2. (C) He went."
    block = read(text)[0].blocks[1]
    assert (block.kind, block.number, block.mark, block.mark_text) == ("subparagraph", 1, "S//NF", "(S/NF)")
    assert block.text == "Fish of the sea, and no other."


@pytest.mark.parametrize(
    "inside", ["He went to see the envoy's brother, Mr.\nA. Smith, who said no.", "I. Roe came, too."]
)
def test_initials_are_no_items(read: Reader, inside: str) -> None:
    """A letter that no second follows is an initial."""
    assert all(anchor is None or "-" not in anchor for anchor in anchors(read, inside))


def test_marked_letter_out_of_sequence(read: Reader) -> None:
    """In an extract a letter with a portion mark counts alone."""
    assert anchors(read, "L. (C) Fish of the sea.") == ["par2-l"]


def test_the_same_letters_twice(read: Reader) -> None:
    """Two sequences in one paragraph have different anchors."""
    inside = "A. Fish.\n\nB. Chips.\n\nHe also wants these:\n\nA. Tea.\n\nB. Milk."
    assert anchors(read, inside) == ["par2-a", "par2-b", "u1", "par2-a-2", "par2-b-2"]
