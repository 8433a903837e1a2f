"""Entries and records made by hand: only what a test is about has to be said."""

from collections.abc import Callable
from typing import Any

import pytest

from reftel.archive.model import Entry, EntryRef, Pointing
from reftel.cable.model import Cable, SourceRef

MakeEntry = Callable[..., Entry]
MakeCable = Callable[..., Cable]


@pytest.fixture(scope="session")
def make_entry() -> MakeEntry:
    """`make_entry("07OSLO12", "07OSLO3", "07OSLO5", day="2007-02-01")`: a cable that cites two others."""

    def make(mrn: str, *cites: str, day: str | None = "2007-01-01", says: tuple[str, ...] = (), **more: Any) -> Entry:
        values: dict[str, Any] = {
            "key": mrn,
            "mrn": mrn,
            "path": f"{mrn}.txt",
            "line": 1,
            "sha256": "0" * 64,
            "created": f"{day}T12:00:00Z" if day else None,
            "post": mrn[2:].rstrip("0123456789"),
            "refs": [EntryRef(None, cited, "cable", cited, []) for cited in cites],
            "mentions": [Pointing(cited, "par1", 1, "He said …") for cited in says],
        }
        return Entry(**{**values, **more})

    return make


@pytest.fixture(scope="session")
def make_cable() -> MakeCable:
    """A record with nothing in it but what is named."""

    def make(mrn: str | None = "07OSLO12", **more: Any) -> Cable:
        values: dict[str, Any] = {
            **dict.fromkeys(Cable.__struct_fields__),
            **{name: [] for name in ("captions", "tags", "action", "info", "refs", "blocks", "problems")},
            **{name: {} for name in ("tag_kinds", "spans")},
            **dict.fromkeys(("corrected", "partial"), False),
            "mrn": mrn,
            "redactions": 0,
            "source": SourceRef("cables/a.txt", "a" * 64, "text"),
        }
        return Cable(**{**values, **more})

    return make
