"""Sorted lines with some of them changed."""

from hypothesis import given
from hypothesis import strategies as st

from reftel.site.splice import spliced

KEYS = st.text("abé/", min_size=1, max_size=4)


def line(key: str, value: int) -> bytes:
    """A line that begins with its key."""
    return f"{key} {value}\n".encode()


def key_of(found: bytes) -> str:
    """The key of a line."""
    return found.decode().partition(" ")[0]


@given(st.dictionaries(KEYS, st.integers(0, 9)), st.dictionaries(KEYS, st.none() | st.integers(0, 9)))
def test_spliced_equals_sorting_all_lines(old: dict[str, int], changes: dict[str, int | None]) -> None:
    """Changed lines are replaced, new ones put in their places; None takes a line out where there is one."""
    lines = b"".join(line(key, old[key]) for key in sorted(old))
    new = {key: value for key, value in (old | changes).items() if value is not None}
    expected = b"".join(line(key, new[key]) for key in sorted(new))
    given = {key: None if value is None else line(key, value) for key, value in changes.items()}
    assert spliced(lines, given, key_of) == expected
