"""Blocks: what the lines of a body become. The bodies are invented, in the shapes of real ones."""

from collections.abc import Callable

import pytest

from reftel.cable.body import Body
from reftel.cable.sheet import Sheet

Reader = Callable[[str], tuple[Body, Sheet]]
Blocks = list[tuple[str, str | None, str]]

TELEX = (
    "The envoy said that his government was ready to talk about \n"
    "all open questions, and that he would be back in spring.\n"
)
ONE = "1. (C) The envoy came.\n\n"


def blocks(read: Reader, text: str) -> Blocks:
    """Kind, anchor and text of each block."""
    return [(block.kind, block.anchor, block.text) for block in read(text)[0].blocks]


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("Fish and Chips\n--------------\n\n", "Fish and Chips"),
        ("--------------\nFish and Chips\n--------------\n", "Fish and Chips"),
        ("Fish and Chips\n- - - - - - - -\n", "Fish and Chips"),
        ("==============\nFish and Chips\n==============\n\n", "Fish and Chips"),
        ("Fish for All,\nand Chips for Some\n------------------\n\n", "Fish for All, and Chips for Some"),
        ("Fish and Chips\n \n--------------\n \n", "Fish and Chips"),
        ("FISH AND CHIPS\n\n", "FISH AND CHIPS"),
        ("Fish and Chips\n\n", "Fish and Chips"),
        ("Who Eats the Fish?\n\n", "Who Eats the Fish?"),
        ("//FISH AND CHIPS//\n\n", "FISH AND CHIPS"),
        ("//FISH FOR ALL,\nAND CHIPS FOR SOME//\n-------------------\n\n", "FISH FOR ALL, AND CHIPS FOR SOME"),
        ("***FISH AND CHIPS***\n\n", "FISH AND CHIPS"),
        ("-- Fish and Chips --\n\n", "Fish and Chips"),
        ("FISH AND CHIPS --------------\n\n", "FISH AND CHIPS"),
        ("------- Fish and Chips -------\n\n", "Fish and Chips"),
        ("U.S.\n----\n\n", "U.S."),
        ("VISIT TO ORRIN\n--------------\n\n", "VISIT TO ORRIN"),
        ("Fish\n——\n\n", "Fish"),
        ("- - - - - - -\n-\nFish and Chips\n- - - - - - -\n-\n\n", "Fish and Chips"),
    ],
)
def test_headings(read: Reader, between: str, expected: str) -> None:
    """A title over, under or between rules, between slashes, in capitals, or alone before a paragraph is a heading."""
    found = blocks(read, f"{ONE}{between}2. (C) He went.")
    assert found[1] == ("heading", None, expected)
    assert [kind for kind, _, _ in found] == ["paragraph", "heading", "paragraph"]


def test_title_under_a_paragraph_without_a_blank_line(read: Reader) -> None:
    """A title right under a paragraph's end, over its rule, is none of the paragraph; nor is one under a long line."""
    text = f"1. (C) {TELEX}Fish and Chips\n--------------\n2. (C) He went."
    assert blocks(read, text)[1] == ("heading", None, "Fish and Chips")
    long = (
        "1. (C) The envoy said that he would come back with his minister in the spring of the year after the next one"
    )
    assert blocks(read, f"{long}\nFish and Chips\n2. (C) He went.")[1] == ("heading", None, "Fish and Chips")


@pytest.mark.parametrize(
    "line", ["END SUMMARY.", "Visit our website: http://example.org/fish", "and he went on.", "He went on eating fish."]
)
def test_no_headings(read: Reader, line: str) -> None:
    """A sentence, an end mark and a web address are no titles."""
    assert all(kind != "heading" for kind, _, _ in blocks(read, f"{ONE}{line}\n\n2. (C) He went."))


@pytest.mark.parametrize(
    "notice",
    [
        "Please visit Orrin's Classified Website at:\nhttp://example.org/orrin/index.c fm",
        "Visit Orrin’s Classified Web Site: http://example.org/orrin",
    ],
)
def test_a_notice_right_under_the_last_paragraph(read: Reader, notice: str) -> None:
    """Where the post's own pages are is no part of the paragraph above, with a blank line between or without
    (06PARIS7424); a sentence that speaks of a visit goes on.
    """
    found = blocks(read, f"{ONE}2. (C) {TELEX}{notice}\n")
    assert found[1:] == [("paragraph", "par2", " ".join(TELEX.split())), ("text", "u1", " ".join(notice.split()))]
    visit = f"{ONE}2. (C) The envoy asked them all to\nvisit the new website of his ministry.\n"
    assert len(blocks(read, visit)) == 2


def test_list(read: Reader) -> None:
    """Bulleted lines are one list, an item a line, wrapped items joined, blank lines between them or not."""
    wanted = "-- fish, which he\nlikes;\n\n-- chips; and\n-- peas."
    text = f"{ONE}2. (C) He wants the following things:\n\n{wanted}\n\n3. (C) He went."
    assert blocks(read, text)[2] == ("list", None, "-- fish, which he likes;\n-- chips; and\n-- peas.")


def test_dash_in_a_sentence_is_no_bullet(read: Reader) -> None:
    """A dash that a sentence has wrapped to the beginning of a line makes no list."""
    wrapped = "He told us about the need for talks and for pragmatism\n-- by all players -- in the spring."
    text = f"1. (C) {wrapped}\n\n2. (C) He went."
    assert [kind for kind, _, _ in blocks(read, text)] == ["paragraph", "paragraph"]


def test_numbered_items_are_a_list(read: Reader) -> None:
    """`1)`, `(1)` and numbers that are no paragraphs are items of a list."""
    text = f"{ONE}2. (C) He wants the following three things:\n1) fish\n2) chips\n3) peas\n\n3. (C) He went."
    assert blocks(read, text)[2] == ("list", None, "1) fish\n2) chips\n3) peas")


def test_short_lines_are_a_list(read: Reader) -> None:
    """Lines that their author ended, none wrapped, are a list: names of those who took part."""
    names = "The Minister\nAmbassador Roe\nPolCouns Doe\nMs. Poe (notetaker)"
    text = f"{ONE}2. (C) The following persons took part in the talks.\n\n{names}\n\n3. (C) He went."
    assert blocks(read, text)[2] == ("list", None, names)


def test_table(read: Reader) -> None:
    """Lines in columns are a table, a row a line, its blanks kept."""
    rows = "Fish     12     (3.5)\nChips     7    (20.1)\nPeas      0     (0.0)"
    assert blocks(read, f"{ONE}2. (C) The figures of the year are these:\n\n{rows}\n\n3. (C) He went.")[2] == (
        "table",
        None,
        rows,
    )


def test_rules(read: Reader) -> None:
    """A rule that underlines nothing stands for itself."""
    assert blocks(read, f"{ONE}* * * * *\n\n2. (C) He went.")[1] == ("rule", None, "* * * * *")


def test_unnumbered_text(read: Reader) -> None:
    """Text without a number has anchors of its own, its mark parted from it."""
    found = read(f"(U) Please protect.\n\n{ONE}{TELEX}\n2. (C) He went.")[0].blocks
    assert [(b.kind, b.anchor, b.mark, b.mark_text) for b in found[:3]] == [
        ("text", "u1", "U", "(U)"),
        ("paragraph", "par1", "C", "(C)"),
        ("text", "u2", None, None),
    ]
    assert found[0].text == "Please protect."


def test_cable_without_numbers(read: Reader) -> None:
    """A cable without numbers is running text."""
    assert [anchor for _, anchor, _ in blocks(read, "The envoy came.\n\nHe stayed.\n\nHe went.")] == ["u1", "u2", "u3"]


def test_quoted_text(read: Reader) -> None:
    """What stands between begin and end of a text is quoted."""
    letter = "Dear friend, come soon.\n\nYours, Roe."
    text = f"{ONE}2. (C) The letter of the minister has this wording. Begin text:\n\n{letter}\n\nEnd text."
    assert [kind for kind, _, _ in blocks(read, text)][2:4] == ["quote", "quote"]


def test_missing_numbers(read: Reader) -> None:
    """A number that stands nowhere has a block and an anchor; one that only stands elsewhere has not."""
    body, sheet = read("1. (C) One.\n\n2. (C) Two.\n\n5. (C) Five.\n\n4. (C) Four.\n\n6. (C) Six.")
    assert [block.anchor for block in body.blocks] == ["par1", "par2", "par3", "par5", "par4", "par6"]
    assert body.blocks[2].kind == "missing"
    assert [problem.message for problem in sheet.problems] == ["paragraph 3 is missing before paragraph 5"]


def test_partial_extract_begins_late(read: Reader) -> None:
    """The numbers before the first are missing too, unless unnumbered text stands before it."""
    assert [anchor for _, anchor, _ in blocks(read, "3. (C) Three.\n\n4. (C) Four.")] == [
        "par1",
        "par2",
        "par3",
        "par4",
    ]
    assert [anchor for _, anchor, _ in blocks(read, f"{TELEX}\n3. (C) Three.\n\n4. (C) Four.")] == [
        "u1",
        "par3",
        "par4",
    ]


def test_number_printed_twice(read: Reader) -> None:
    """The second 2 is par2-2, and a problem."""
    body, sheet = read("1. (C) One.\n\n2. (C) Two.\n\n2. (C) Two again.\n\n3. (C) Three.")
    assert [block.anchor for block in body.blocks] == ["par1", "par2", "par2-2", "par3"]
    assert sheet.problems[0].message == "paragraph number 2 is printed again: its anchor is par2-2"


def test_doubtful_mark(read: Reader) -> None:
    """What looks like a mark and is none stays in the text, and is a problem."""
    body, sheet = read(f"{ONE}2. (N/SF) He stayed.\n\n3. (C) He went.")
    assert (body.blocks[1].mark, body.blocks[1].text) == (None, "(N/SF) He stayed.")
    assert sheet.problems[0].message.startswith("(N/SF) looks like a portion mark")


def test_label_takes_what_it_labels(read: Reader) -> None:
    """A paragraph of a few letters is the label of what follows, which becomes its text, line by line."""
    text = f"{ONE}2. (U) Participants:\n\n-- The Minister\n-- Ambassador Roe\n\n3. (C) He went."
    assert blocks(read, text)[1] == ("paragraph", "par2", "Participants:\n-- The Minister\n-- Ambassador Roe")
    assert blocks(read, f"{ONE}2.\n\nHe stayed.\n\n3. (C) He went.")[1] == ("paragraph", "par2", "He stayed.")
    underlined = f"{ONE}2. (U) Participants\n------------\n\nThe Minister\nAmbassador Roe\n\n3. (C) He went."
    assert blocks(read, underlined)[1] == ("paragraph", "par2", "Participants\nThe Minister Ambassador Roe")
    redacted = f"{ONE}2. (C) XXXXXXXXXXXX\n\nFish and Chips\n--------------\n\n3. (C) He went."
    assert blocks(read, redacted)[1:3] == [("paragraph", "par2", "XXXXXXXXXXXX"), ("heading", None, "Fish and Chips")]


MARKER = "FREEPORT 00000123  002 OF 003"


@pytest.mark.parametrize(
    "gap",
    [
        f" \n{MARKER} \n \n \n",
        f"{MARKER}\n",
        f"\n{MARKER}\n\n",
        " \nSIPDIS \n",
        f"\n\n{MARKER}\n\nSIPDIS\n\n\n",
        "\nPAGE 02 FREEPORT 06677 01 OF 03 291400Z\n",
        "\n",
    ],
)
def test_page_inside_a_sentence(read: Reader, gap: str) -> None:
    """A page's end, with the blank lines around it, does not part a sentence."""
    sentence = f"The envoy said that his government was ready to\n{gap}talk about all open questions."
    text = f"UNCLAS\nSIPDIS\n\n1. (C) {sentence}\n\n2. (C) He went."
    found = blocks(read, text)
    assert found[-2][2] == "The envoy said that his government was ready to talk about all open questions."


def test_page_between_paragraphs(read: Reader) -> None:
    """Blank lines beyond the page's own are the author's."""
    sentence = "The envoy said that his government was ready to talk now."
    found = blocks(read, f"1. (C) {sentence}\n\n\n{MARKER}\n\n\nThat was all he had to say.\n\n2. (C) He went.")
    assert [kind for kind, _, _ in found] == ["paragraph", "text", "paragraph"]
    found = blocks(read, f"1. (C) {sentence}\n\n{MARKER}\n\n\nThat was all he had to say.\n\n2. (C) He went.")
    assert [kind for kind, _, _ in found] == ["paragraph", "paragraph"]


def test_labels(read: Reader) -> None:
    """Each line of the body says what it was recognised as."""
    labels = read(f"{ONE}Fish\n----\n\n2. (C) He\nstayed.\n\n-- fish\n")[1].labels
    assert labels == ["paragraph 1", "", "heading", "heading", "", "paragraph 2", "paragraph 2", "", "list", ""]
