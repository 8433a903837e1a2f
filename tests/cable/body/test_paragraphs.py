"""Which numbers are paragraphs: line tables of the shapes, the sequence, and what is none."""

import pytest

from reftel.cable.body.paragraphs import find_paragraphs
from reftel.cable.furniture import mark_furniture
from reftel.cable.sheet import Sheet


def numbers(text: str) -> list[int]:
    """The numbers of the paragraphs found."""
    sheet = Sheet(text)
    mark_furniture(sheet, 0)
    return [paragraph.number for paragraph in find_paragraphs(sheet, 0)]


ONE, THREE = "1. (C) The envoy came.\n\n", "\n\n3. (C) The envoy went."


@pytest.mark.parametrize(
    ("second", "mark", "begins"),
    [
        ("2. (C) He stayed.", "C", "He"),
        ("2.(C) He stayed.", "C", "He"),
        ("2, (C) He stayed.", "C", "He"),
        ("2 (C) He stayed.", "C", "He"),
        ("2.. (C) He stayed.", "C", "He"),
        ("(2) (C) He stayed.", "C", "He"),
        ("(2). (C) He stayed.", "C", "He"),
        ("(C) 2. He stayed.", "C", "He"),
        ("2. ( C ) He stayed.", "C", "He"),
        ("2. (c) He stayed.", "C", "He"),
        ("   2. (SBU) He stayed.", "SBU", "He"),
        ("2. (S//REL TO USA,\nFVEY) He stayed.", "S//REL TO USA, FVEY", "He"),
        ("2.\n(C) He stayed.", "C", "He"),
        ("2.He stayed.", None, "He"),
        ("2. He stayed.", None, "He"),
        ("2. 2. He stayed.", None, "He"),
        ("2. C) He stayed.", None, "C)"),
        ("2. (Freedonia) He stayed.", None, "(Freedonia)"),
        ("2. XXXXXXXXXXXX", None, "XXX"),
    ],
)
def test_shapes(second: str, mark: str | None, begins: str) -> None:
    """A paragraph's number is found in all its shapes; the text begins after number and mark."""
    sheet = Sheet(ONE + second + THREE)
    found = find_paragraphs(sheet, 0)
    assert [paragraph.number for paragraph in found] == [1, 2, 3]
    assert found[1].mark == mark
    assert sheet.text[found[1].text :].startswith(begins)


@pytest.mark.parametrize(
    "before",
    ["He said so. ", "He said", "XXXXXXXXXXXX", "He (the envoy) "],
    ids=["in line", "glued", "redaction", "bracket"],
)
def test_in_mid_line(before: str) -> None:
    """A number with a mark counts inside a line too, glued to a word or to a redaction."""
    assert numbers(f"1. (C) The envoy came. {before}2. (C) He stayed.{THREE}") == [1, 2, 3]


@pytest.mark.parametrize(
    "inside",
    [
        "that it happened on May\n6. He did not know why.",
        "that it was decided in\n2006. He did not know why.",
        "the following:\n1. fish\n2. chips\n3. peas\nand no more.",
        "in Freedonia\n(3.5 percent). That was all.",
        "to A.\n\nA. Smith was there.",
        "of reason 1\n.4 (b) and (d).",
        "the figures for\n12. June and later.",
    ],
)
def test_no_paragraphs(inside: str) -> None:
    """Wrapped days and years, items of lists, initials and decimals are no paragraphs."""
    assert numbers(f"{ONE}2. (C) He told us {inside}{THREE}\n\n4. (C) The end.") == [1, 2, 3, 4]


def test_numbers_printed_twice_or_out_of_order() -> None:
    """Numbers that the author repeated or exchanged are kept in the order printed."""
    line = "{}. (C) Some words here.\n\n"
    for order in ([1, 2, 2, 3], [1, 2, 3, 4, 3, 4, 5], [1, 2, 3, 5, 6, 5, 6], [1, 2, 4, 3, 5], [1, 2, 3, 1]):
        assert numbers("".join(line.format(n) for n in order)) == order


def test_exchanged_numbers_without_marks() -> None:
    """Two exchanged numbers are seen without marks too."""
    assert numbers("".join(f"{n}. Some words here.\n\n" for n in (1, 2, 3, 5, 4))) == [1, 2, 3, 5, 4]


def test_partial_extract() -> None:
    """A chain may begin late and leave numbers out."""
    assert numbers("".join(f"{n}. (C) Some words here.\n\n" for n in (7, 8, 36, 37))) == [7, 8, 36, 37]


def test_unmarked_number_among_marked_ones() -> None:
    """A number without a mark counts where the sequence asks for it, after a rule or a blank line."""
    assert numbers(f"{ONE}Redacted\n--------\n2. xxxxxxxxxxxx{THREE}") == [1, 2, 3]


def test_unmarked_list_in_a_marked_cable() -> None:
    """A list that begins again at 1 is none of the cable's paragraphs, even with blank lines between its items."""
    items = "".join(f"{n}. An outcome of the talks.\n\n" for n in (1, 2, 3))
    assert numbers(f"{ONE}2. (C) Outcomes:\n\n{items}3. (C) One more.\n\n4. (C) The end.") == [1, 2, 3, 4]


def test_items_with_a_bracket_are_a_list() -> None:
    """`1) (C)` is an item, unless all marked numbers of the cable are printed so."""
    text = "1. (C) Questions:\n\n1) (C) Who?\n\n2) (C) When?\n\n2. (C) The end."
    assert numbers(text) == [1, 2]
    assert numbers("1) (C) One.\n\n2) (C) Two.\n\n3) (C) Three.") == [1, 2, 3]


def test_number_twice_over_two_lines() -> None:
    """`1. (C)` and on the next line again `1. (C) Text` is one paragraph."""
    sheet = Sheet("1. (C) \n\n1. (C) The envoy came.\n\n2. (C) He went.")
    found = find_paragraphs(sheet, 0)
    assert [(paragraph.number, paragraph.start) for paragraph in found] == [(1, 0), (2, 33)]


def test_reflowed_dialect() -> None:
    """A long line is a paragraph, with no blank line around it."""
    words = (
        "The envoy said that he would come back with his minister in the spring of the next year, and talk about fish."
    )
    assert numbers("\n".join(f"{n}. {words}" for n in (1, 2, 3))) == [1, 2, 3]


def test_no_numbers() -> None:
    """A cable without numbers has no paragraphs; neither has a list among its text."""
    assert numbers("The envoy came.\n\nHe went.") == []
