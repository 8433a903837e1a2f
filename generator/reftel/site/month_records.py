"""The records of an archive too large for a file beside each page: compressed, one file for each month.

A line is the record as `reftel parse` prints it, with the address of its cable's page before it. Every gzip tool reads
such a file; a month is small enough to be made anew when one of its cables changes.
"""

import zlib

import msgspec

from reftel.archive.model import Entry
from reftel.site import addresses
from reftel.site.frame import Site
from reftel.site.records import Read

LEVEL = 3
"""Of compression: 6 makes the files a tenth smaller and takes more than twice as long."""
GZIP = 16 + zlib.MAX_WBITS
"""The form in which zlib writes gzip's head without a time or a name."""


def month_records(site: Site, month: str, read: Read) -> tuple[str, bytes]:
    """The file of a month ("2007-08", "undated") as (address, bytes)."""
    packed = zlib.compressobj(LEVEL, wbits=GZIP)
    parts: list[bytes] = []
    for entry in entries_of_month(site, month):
        address = msgspec.json.encode(addresses.cable(entry))
        record = msgspec.json.encode(read(entry.key).cable)
        parts.append(packed.compress(b'{"address":' + address + b"," + record[1:] + b"\n"))
    parts.append(packed.flush())
    return addresses.month_records(month), b"".join(parts)


def entries_of_month(site: Site, month: str) -> list[Entry]:
    """The cables of a month in Zulu order, further files of an MRN after them."""
    listing = site.listings["date"].get(month)
    twins = [twin for same in site.archive.twins.values() for twin in same if addresses.month_of(twin) == month]
    return [*site.archive.entries_of(listing.mrns if listing else ()), *twins]
