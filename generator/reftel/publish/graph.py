"""The REF graph, as GraphML for Gephi, networkx, igraph, and as JSON: a node for each cable, held or missing, an edge
for each REF. The JSON's edges also say which paragraphs of the citing cable mention the cited one, and which paragraph
of that they mean; a cable that only the prose mentions has an edge too, without label and text.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from reftel.archive import fingerprints
from reftel.archive.archive import Archive
from reftel.archive.model import Entry
from reftel.publish.xml_text import escaped, quoted
from reftel.site.markup import clean
from reftel.site.publishing import Piece

_NODE = (
    ("held", "boolean"),
    ("subject", "string"),
    ("created", "string"),
    ("origin", "string"),
    ("classification", "string"),
)
_EDGE = (("label", "string"), ("text", "string"))


def graphml(archive: Archive) -> Iterator[Piece]:
    """The GraphML file, piece by piece: those of a cable are made from its own entry."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for what, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys:
            head += f'<key id="{what}-{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield _fixed(head + '<graph id="refs" edgedefault="directed">\n')
    for entry in archive.entries:
        yield Piece(b"node" + _seen(entry), partial(_bytes_of, _held, entry))
    lost = (*archive.missing, *archive.left_out)
    yield _fixed("".join(f'<node id={quoted(clean(mrn))}><data key="node-held">false</data></node>\n' for mrn in lost))
    for entry in archive.entries:
        if entry.refs:
            yield Piece(b"edge" + _seen(entry), partial(_bytes_of, _edges, entry))
    yield _fixed("</graph>\n</graphml>\n")


def refs_json(archive: Archive) -> Iterator[Piece]:
    """The JSON file, a node or an edge on a line: {"nodes": [...], "edges": [...]}."""
    lost = [{"mrn": mrn, "held": False} for mrn in (*archive.missing, *archive.left_out)]
    yield _fixed('{"nodes": [\n')
    yield from _after_each_other(archive.entries, b"node", _json_node)
    yield _fixed("".join(f",\n{json.dumps(node, ensure_ascii=False)}" for node in lost)[0 if archive.entries else 2 :])
    yield _fixed('\n], "edges": [\n')
    yield from _after_each_other([entry for entry in archive.entries if entry.cited()], b"edge", _json_edges)
    yield _fixed("\n]}\n")


def _after_each_other(
    entries: Sequence[Entry], what: bytes, make: Callable[[Entry], Iterable[dict[str, object]]]
) -> Iterator[Piece]:
    """The items of each entry, a line each, with a comma before all but the first."""

    def lines(comma: str, entry: Entry) -> Iterator[str]:
        for item in make(entry):
            yield comma + json.dumps(item, ensure_ascii=False)
            comma = ",\n"

    for place, entry in enumerate(entries):
        comma = ",\n" if place else ""
        yield Piece(what + comma.encode() + _seen(entry), partial(_bytes_of, partial(lines, comma), entry))


def _fixed(text: str) -> Piece:
    """A piece that is no cable's."""
    data = text.encode("utf-8", "replace")
    return Piece(hashlib.blake2b(data, digest_size=16).digest(), lambda: data)


def _seen(entry: Entry) -> bytes:
    """The fingerprints of what the graph shows of a cable."""
    return fingerprints.of(entry, fingerprints.CARD, fingerprints.REFS, fingerprints.MENTIONS)


def _bytes_of(make: Callable[[Entry], Iterable[str]], entry: Entry) -> bytes:
    return "".join(make(entry)).encode("utf-8", "replace")


def _json_node(entry: Entry) -> Iterator[dict[str, object]]:
    node: dict[str, object] = {"mrn": entry.mrn, "held": True, "created": entry.created, "origin": entry.origin}
    yield node | {"classification": entry.classification, "subject": entry.subject}


def _json_edges(entry: Entry) -> Iterator[dict[str, object]]:
    items = {ref.mrn: ref for ref in reversed(entry.refs) if ref.mrn}
    for mrn in entry.cited():
        ref = items.get(mrn)
        paragraphs = [
            {"anchor": pointing.anchor, "target": pointing.target}
            for pointing in entry.mentions
            if pointing.mrn == mrn and pointing.anchor
        ]
        edge: dict[str, object] = {"source": entry.mrn, "target": mrn, "label": ref.label if ref else None}
        yield edge | {"text": ref.text if ref else None, "paragraphs": paragraphs}


def _held(entry: Entry) -> Iterator[str]:
    values = {"held": "true", "subject": entry.subject, "created": entry.created, "origin": entry.origin}
    values["classification"] = entry.classification
    data = "".join(f'<data key="node-{key}">{escaped(clean(value))}</data>' for key, value in values.items() if value)
    yield f"<node id={quoted(clean(entry.mrn))}>{data}</node>\n"


def _edges(entry: Entry) -> Iterator[str]:
    for ref in entry.refs:
        if ref.mrn and ref.mrn != entry.mrn:
            label = f'<data key="edge-label">{escaped(clean(ref.label))}</data>' if ref.label else ""
            text = f'<data key="edge-text">{escaped(clean(ref.text))}</data>'
            ends = f"source={quoted(clean(entry.mrn))} target={quoted(clean(ref.mrn))}"
            yield f"<edge {ends}>{label}{text}</edge>\n"
