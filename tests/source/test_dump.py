"""The full set's CSV. All rows are invented."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reftel.source import dump
from reftel.source.dump import BadRow, Row, iso_date, read_rows

HEADER = "DE RUEHPS #0012 0601020\nFM AMEMBASSY PORT SORREL"
BODY = 'SUBJECT: "THE FERRY"\n\n1. (C) It sailed, "in time".\nC:\\ports\\sorrel \nMERROW'
COLUMNS = (
    "1",
    "3/1/2007 10:20",
    "07PORTSORREL12",
    "Embassy Port Sorrel",
    "UNCLASSIFIED//FOR OFFICIAL USE ONLY",
    "07HALVERN9",
)


def row(*columns: str, escape_backslash: bool = True) -> str:
    def quoted(text: str) -> str:
        text = text.replace("\\", "\\\\") if escape_backslash else text
        return '"' + text.replace('"', '\\"') + '"'

    return ",".join(quoted(column) for column in columns) + "\n"


def read(text: str | bytes) -> list[Row | BadRow]:
    raw = text if isinstance(text, bytes) else text.encode()
    return list(read_rows(io.BytesIO(raw)))


def bad(found: list[Row | BadRow]) -> list[tuple[int, str]]:
    return [(item.line, item.message.split(":")[0]) for item in found if isinstance(item, BadRow)]


GOOD = row(*COLUMNS, HEADER, BODY)


def test_a_row_is_rebuilt_as_text() -> None:
    """Metadata lines with one date, then header and body as they were before they were escaped."""
    (found,) = read(GOOD)
    assert isinstance(found, Row)
    assert found.text == (
        "Reference ID Created Released Classification Origin\n"
        "07PORTSORREL12 2007-03-01 10:20 UNCLASSIFIED//FOR OFFICIAL USE ONLY Embassy Port Sorrel\n"
        f"\n{HEADER}\n\n{BODY}\n"
    )
    assert found.raw == f"{HEADER}\n\n{BODY}"
    assert found.doubt == ""


@pytest.mark.parametrize(
    "written",
    [
        row(*COLUMNS, HEADER, BODY, escape_backslash=False),
        row(*COLUMNS, HEADER, BODY).replace("sorrel \n", "sorrel \\\n"),
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.rstrip("\n"),
        GOOD.replace('\\"', '""'),
        '"id","created","mrn","origin","classification","references","header","body"\n' + GOOD,
    ],
)
def test_ways_to_write_it(written: str) -> None:
    """Escapes of every style, Windows line ends, a mark, no last line end, doubled quotes, a line of names."""
    (found,) = read(written)
    assert isinstance(found, Row)
    assert found.text == read(GOOD)[0].text  # type: ignore[union-attr]


def test_lines_are_counted_through_texts() -> None:
    """A row's line is that of the file, whatever the texts before it hold."""
    assert [found.line for found in read(GOOD * 3)] == [1, 1 + GOOD.count("\n"), 1 + 2 * GOOD.count("\n")]


@pytest.mark.parametrize(
    ("damaged", "problem"),
    [
        (GOOD.replace(',"07HALVERN9"', ""), "the row's quotes are damaged or it has not eight columns"),
        (GOOD.replace('\\"THE FERRY\\"', '"THE FERRY"'), "the row's quotes are damaged or it has not eight columns"),
        (GOOD[:-2] + "\n", "the row's quotes are damaged or it has not eight columns"),
        (GOOD[:-1] + ',"more"\n', "the row's quotes are damaged or it has not eight columns"),
        (GOOD.replace("07PORTSORREL12", " "), "a row without MRN"),
    ],
)
def test_a_damaged_row_costs_itself(damaged: str, problem: str) -> None:
    """A bad row is reported by its line and skipped; the next one is read."""
    found = read(GOOD + damaged + GOOD)
    assert bad(found) == [(1 + GOOD.count("\n"), problem)]
    assert [type(item) for item in found] == [Row, BadRow, Row]


def test_words_before_the_first_row() -> None:
    """What is no row is reported, once."""
    assert bad(read("hello\nworld\n" + GOOD)) == [(1, "no row of eight quoted columns")]


def test_a_row_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quote that is never closed does not fill the memory: the row ends at the limit, and the next one is read."""
    monkeypatch.setattr(dump, "LARGEST_ROW", 2000)
    found = read(GOOD + row(*COLUMNS, HEADER, "long line " * 400) + GOOD)
    assert [type(item) for item in found] == [Row, BadRow, Row]
    assert bad(found)[0][1].startswith("row larger than")


def test_a_line_longer_than_what_is_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line is read in pieces; a piece that looks like a row's beginning is none."""
    monkeypatch.setattr(dump, "_CHUNK", 64)
    text = ("x" * 63 + '","') * 3
    written = row(*COLUMNS, HEADER, text) + GOOD
    first, second = read(written)
    assert isinstance(first, Row)
    assert first.raw.endswith(text)
    assert second.line == 1 + row(*COLUMNS, HEADER, text).count("\n")


def test_a_row_in_another_encoding() -> None:
    """Each row is decoded for itself: the dump mixes encodings."""
    first, second = read(row(*COLUMNS, HEADER, "café").encode("cp1252") + row(*COLUMNS, HEADER, "café").encode())
    assert isinstance(first, Row)
    assert isinstance(second, Row)
    assert first.text == second.text
    assert (first.encoding, second.encoding) == ("cp1252", "utf-8")


@pytest.mark.parametrize(
    ("created", "iso"),
    [
        ("8/31/2007 13:51", "2007-08-31 13:51"),
        ("12/28/1966 8:05", "1966-12-28 08:05"),
        ("8/31/2007 1:51 PM", "2007-08-31 13:51"),
        ("8/31/2007 12:51 AM", "2007-08-31 00:51"),
        ("8/31/2007 12:51pm", "2007-08-31 12:51"),
        ("8/31/2007", "2007-08-31"),
        ("31/8/2007 13:51", ""),
        ("8/31/2007 25:51", ""),
        ("8/31/2007 13:51 PM", ""),
        ("2/31/2007 13:51", ""),
        ("soon", ""),
    ],
)
def test_dates(created: str, iso: str) -> None:
    """Month first, hours of 24 or 12; what is no date is none."""
    assert iso_date(created) == iso


def test_a_row_with_a_bad_date_is_read() -> None:
    """The date is left out and reported: the header's date-time group has it anyway."""
    (found,) = read(GOOD.replace("3/1/2007", "March 1"))
    assert isinstance(found, Row)
    assert "left out" in found.doubt
    assert found.text.split("\n")[1].startswith("07PORTSORREL12 UNCLASSIFIED")


FIELD = st.text(alphabet=st.sampled_from('ab1",\\\n é|'), max_size=40)


@given(st.lists(st.tuples(FIELD, FIELD), min_size=1, max_size=4))
def test_what_python_writes_is_read_exactly(texts: list[tuple[str, str]]) -> None:
    """Header and body come back as Python's csv module wrote them with backslash escapes."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, doublequote=False, escapechar="\\", lineterminator="\n")
    for header, body in texts:
        writer.writerow([*COLUMNS, header, body])
    found = read(file.getvalue())
    assert [item.raw for item in found if isinstance(item, Row)] == [
        "\n\n".join(t for t in pair if t) for pair in texts
    ]


@given(st.binary(max_size=300))
def test_any_bytes(raw: bytes) -> None:
    """Nothing raises, and every byte after a good row is read or reported."""
    found = list(read_rows(io.BytesIO(GOOD.encode() + raw)))
    assert found
    assert [item.line for item in found] == sorted(item.line for item in found)
