"""What the tests of the body share: a reader of one body's text."""

from collections.abc import Callable

import pytest

from reftel.cable.body import Body, read_body
from reftel.cable.furniture import mark_furniture
from reftel.cable.sheet import Sheet

Reader = Callable[[str], tuple[Body, Sheet]]


def read_text(text: str) -> tuple[Body, Sheet]:
    """The body of a text that is a body from its first character, and the sheet with labels and problems."""
    sheet = Sheet(text, explained=True)
    mark_furniture(sheet, 0)
    return read_body(sheet, 0), sheet


@pytest.fixture
def read() -> Reader:
    """Reads a text as a body."""
    return read_text
