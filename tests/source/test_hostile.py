"""Whatever a file holds, reading it raises nothing and loses no byte."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reftel.problems import Problem
from reftel.source.model import METADATA_LABELS, Source
from reftel.source.read import read_file

SOUP = st.lists(
    st.sampled_from(
        [
            METADATA_LABELS,
            "Reference ID\nCreated\n",
            "07MOSCOW12 2007-03-01 10:20 SECRET Embassy Moscow",
            "DE RUEHMO #0012/01 0601020",
            "DE RUEHMO #0013 0601020",
            "O 011020Z MAR 07\nFM AMEMBASSY MOSCOW",
            "C O N F I D E N T I A L MOSCOW 000012",
            "SECRET MOSCOW 000013",
            "NNNN",
            "SUBJECT: X",
            "TAGS: PREL",
            "1. (C) Words.",
            "Leave a Reply",
            "Wikileaks",
            "<html>",
            "<table class='cable'>",
            "<tr><th>Reference ID</th></tr><tr><td>07MOSCOW12</td></tr></table>",
            "<code><pre>",
            "<pre>",
            "</pre>",
            "</code>",
            "<div class='entry-content'><p>",
            "<br>",
            "&#0;&amp;&",
            '"1","3/1/2007 10:20","07MOSCOW12","',
            '","SECRET","","A","B"',
            "\\",
            "¶",
            "\x00",
            "\x1e",
            "\u2028",
            "\ud800",
            "é",
            "\r",
            "\n",
            "\n",
            " ",
        ]
    ),
    max_size=30,
)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(SOUP, st.sampled_from(["\n", "", " ", "\r\n"]), st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_any_file(words: list[str], between: str, encoding: str) -> None:
    """Sources and problems only; texts can be written; the slices of a text file make up the file."""
    raw = between.join(words).encode(encoding, "replace" if encoding == "cp1252" else "surrogatepass")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(raw)
        found = list(read_file(path, "x"))
    assert found
    sources = [item for item in found if isinstance(item, Source)]
    for source in sources:
        assert source.text.encode().decode() == source.text
        assert "\x00" not in source.text
        assert "\r" not in source.text
        assert source.line >= 1
    assert all(item.message for item in found if isinstance(item, Problem))
    if sources and sources[0].format in ("text", "html"):
        assert b"".join(source.raw for source in sources) == raw
