"""`inventory.json`: the cables of this archive by their MRN, for other archives whose REFs lead here."""

import msgspec

from reftel.archive.inventory import Inventoried
from reftel.site import addresses
from reftel.site.publishing import Finished, Published

INVENTORY = "inventory.json"


def publish_inventory(finished: Finished) -> Published:
    """One cable a line, so that two inventories can be compared by any tool. It does not depend on other inventories:
    two archives that name each other are complete when each was built once and one of them again.
    """
    archive = finished.site.archive
    lines = []
    for entry in archive.entries:
        cites = [mrn for mrn in entry.cited() if archive.get(mrn) is None]
        one = Inventoried(addresses.cable(entry), entry.created, entry.subject, cites)
        lines.append(msgspec.json.encode(entry.mrn) + b":" + msgspec.json.encode(one))
    title = msgspec.json.encode(finished.site.settings.title)
    yield INVENTORY, b'{"title":' + title + b',"cables":{\n' + b",\n".join(lines) + b"\n}}\n"
