"""Packing: what is packed comes out again, and scripts are inert."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reftel.search.packing import (
    front_coded,
    front_coded_rows,
    read_front_coded,
    read_script,
    read_sections,
    read_varints,
    script,
    sections,
    utf16_order,
    varint_bytes,
    varints,
)


@given(st.lists(st.integers(0, 2**62)))
def test_numbers(numbers: list[int]) -> None:
    """Numbers come out again."""
    assert read_varints(varint_bytes(numbers)).tolist() == numbers


def test_small_numbers_take_one_byte() -> None:
    """127 takes one byte, 128 two; the places at which numbers begin are told."""
    packed, starts = varints(np.array([127, 128, 0]))
    assert (packed.tobytes(), starts.tolist()) == (b"\x7f\x80\x01\x00", [0, 1, 3, 4])


@given(st.lists(st.binary()))
def test_sections(parts: list[bytes]) -> None:
    """Sections come out again."""
    assert read_sections(sections(parts)) == parts


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40)))
def test_words(words: list[str]) -> None:
    """Words come out again, sorted or not."""
    assert read_front_coded(front_coded(words)) == words


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=9), min_size=1)))
def test_lists_of_words(lists: list[list[str]]) -> None:
    """Several lists packed at once are what each is alone."""
    firsts = [sum(map(len, lists[:place])) for place in range(len(lists))]
    packed, starts = front_coded_rows([word for words in lists for word in words], firsts)
    bounds = [*starts[firsts].tolist(), len(packed)]
    assert [packed[start:end].tobytes() for start, end in pairwise(bounds)] == list(map(front_coded, lists))


@given(st.binary())
def test_scripts(payload: bytes) -> None:
    """A payload is a call with two plain strings, whatever it holds."""
    made = script("terms/t-port", payload)
    assert re.fullmatch(rb'reftel\.shard\("terms/t-port","[A-Za-z0-9+/=]*"\)\n', made)


def test_scripts_are_read(tmp_path: Path) -> None:
    """A script's payload comes out again."""
    (tmp_path / "a.js").write_bytes(script("a", b"\0\1payload"))
    assert read_script(tmp_path / "a.js") == b"\0\1payload"


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("z", "é"), ("\U0001f4a5", "\uff5e")])
def test_javascripts_order(first: str, second: str) -> None:
    """Words stand in the order of their UTF-16 units, in which characters beyond the basic plane come before U+FF5E."""
    assert utf16_order(first) < utf16_order(second)
