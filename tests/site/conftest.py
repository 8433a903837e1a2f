"""Small sites built from a few invented cables."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reftel.cable.model import Cable
from reftel.cable.parse import parse
from reftel.site.build import Report, build
from reftel.source.model import Source

Telex = Callable[..., str]


@dataclass(frozen=True)
class Built:
    """A built site and what the build said."""

    content: Path
    output: Path
    report: Report

    def page(self, address: str) -> str:
        """The text of one of its files."""
        return (self.output / address).read_text("utf-8")

    def files(self) -> dict[str, bytes]:
        """All its files, dot files too, by address."""
        found = (path for path in sorted(self.output.rglob("*")) if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="session")
def telex() -> Telex:
    """The text of a cable: `telex("09OSLO12", "2009-03-01 10:00", ["First words."], refs="A. OSLO 3")`."""

    def make(
        mrn: str,
        created: str,
        paragraphs: list[str],
        *,
        refs: str = "",
        subject: str = "A QUIET DAY",
        classification: str = "CONFIDENTIAL",
        origin: str = "Embassy Oslo",
        released: str = "2011-08-30 01:44",
        tags: str = "PREL, NO",
    ) -> str:
        post = mrn[2:].rstrip("0123456789")
        lines = [
            "Reference ID Created Released Classification Origin",
            f"{mrn} {created} {released} {classification} {origin}",
            "",
            f"{' '.join(classification.split('//')[0])} {post} {int(mrn[2 + len(post) :]):06} ",
            "",
            "SIPDIS ",
            "",
            "E.O. 12958: DECL: 03/01/2019 ",
            f"TAGS: {tags} ",
            f"SUBJECT: {subject} ",
            *(["", f"REF: {refs} "] if refs else []),
            "",
            "Classified By: DCM Jane Example.  Reason: 1.4 (b, d) ",
            "",
            *(f"{number}. (C) {text} \n" for number, text in enumerate(paragraphs, 1)),
        ]
        return "\n".join(lines)

    return make


@pytest.fixture
def build_site(tmp_path: Path) -> Callable[..., Built]:
    """`build_site({"a.txt": text})`: the content folder is written anew from the mapping, the output stays."""

    def run(files: Mapping[str, str | bytes], output: str = "output", **how: Any) -> Built:
        content = tmp_path / "content"
        for path in sorted(content.rglob("*"), reverse=True) if content.exists() else ():
            path.unlink() if not path.is_dir() else path.rmdir()
        content.mkdir(exist_ok=True)
        for name, text in files.items():
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        report = build(content, tmp_path / output, **{"jobs": 1, "cache": tmp_path / "cache", **how})
        return Built(content, tmp_path / output, report)

    return run


@pytest.fixture(scope="session")
def parsed(telex: Telex) -> Callable[..., Cable]:
    """The record of an empty cable, with some of its fields set."""

    def make(**fields: Any) -> Cable:
        source = Source("a.txt", "text", b"", "0" * 64, "1. (C) Words.\n")
        bare = msgspec.structs.replace(parse(source), classified_by=None, declassify_on=None, declassify_text=None)
        return msgspec.structs.replace(bare, **fields)

    return make
