"""Parse one text into one `Cable`: an ordered list of steps over a `Sheet`, each a function of its own module."""

from reftel.cable.body import read_body
from reftel.cable.furniture import mark_furniture
from reftel.cable.header import read_header
from reftel.cable.mentions import with_mentions
from reftel.cable.metadata import read_metadata
from reftel.cable.model import Cable, SourceRef
from reftel.cable.mrn import canonical_mrn, post_of
from reftel.cable.preamble import read_preamble
from reftel.cable.refs import find_refs
from reftel.cable.sheet import Sheet
from reftel.source.model import Source


def parse(source: Source) -> Cable:
    """The record of one source. It never raises: what is doubtful stands in the record's `problems`."""
    return parse_sheet(source, Sheet(source.text))


def parse_sheet(source: Source, sheet: Sheet) -> Cable:
    """The same, on a sheet of the caller's, whose labels then say what each line was recognised as (`reftel inspect`)."""
    metadata = read_metadata(sheet)
    header = read_header(sheet)
    mark_furniture(sheet, header.end)
    preamble = read_preamble(sheet, header.end)
    mrn = metadata.mrn or canonical_mrn_of(header, preamble)
    refs = find_refs(sheet, preamble.refs, mrn)
    body = read_body(sheet, preamble.end)
    blocks = with_mentions(body.blocks, refs, mrn)
    return Cable(...)
