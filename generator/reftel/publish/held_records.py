"""The records that a copy of a site holds, wherever they lie: beside the pages, or compressed by month."""

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from reftel.problems import Refusal
from reftel.publish.copies import Copy, Damaged

_BESIDE = re.compile(r"cable/(?:[^/]+/)+([^/]+)\.json$")
_MONTH = re.compile(r"data/cables-[^/]+\.jsonl\.gz$")
_NAME = re.compile(r"([^/]+)\.html$")


class HeldRecord(NamedTuple):
    """Where a record lies: the address of its cable's page, a hash of its bytes, the file, its line there (-1: the file
    is the record).
    """

    page: str
    digest: bytes
    file: str
    line: int


class _Addressed(msgspec.Struct):
    address: str


class HeldRecords:
    """The records of a copy, by the name of their cable's file."""

    def __init__(self, copy: Copy) -> None:
        """Raises Refusal when the copy has pages of cables and no records, or they cannot be read."""
        self.copy = copy
        self._month = lru_cache(maxsize=2)(self._lines)
        self.places = dict(self._found())
        if not self.places and any(address.startswith("cable/") for address in copy.sizes):
            remedy = 'build it with records = "months" in archive.toml'
            raise Refusal(f"{copy.name}: holds no records of its cables, so that they cannot be compared: {remedy}")

    def read(self, name: str) -> bytes:
        """The bytes of a record."""
        place = self.places[name]
        return _bytes(self.copy, place.file) if place.line < 0 else self._month(place.file)[place.line]

    def _found(self) -> Iterator[tuple[str, HeldRecord]]:
        for file in self.copy.sizes:
            if beside := _BESIDE.match(file):
                page = file.removesuffix(".json") + ".html"
                yield beside[1], HeldRecord(page, hashlib.sha256(_bytes(self.copy, file)).digest(), file, -1)
            elif _MONTH.match(file):
                for number, line in enumerate(self._lines(file)):
                    page = self._page(file, line)
                    name = _NAME.search(page)
                    if name:
                        yield name[1], HeldRecord(page, hashlib.sha256(line).digest(), file, number)

    def _lines(self, file: str) -> list[bytes]:
        try:
            return gzip.decompress(_bytes(self.copy, file)).splitlines()
        except (OSError, EOFError, zlib.error) as error:
            raise Refusal(f"{self.copy.name}: {file} cannot be read ({error})") from None

    def _page(self, file: str, line: bytes) -> str:
        try:
            return msgspec.json.decode(line, type=_Addressed).address
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Refusal(f"{self.copy.name}: {file} holds a line that is no record ({error})") from None


def _bytes(copy: Copy, address: str) -> bytes:
    try:
        return copy.read(address)
    except Damaged as error:
        raise Refusal(f"{copy.name}: {address} cannot be read ({error})") from None
