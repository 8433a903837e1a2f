"""The REF graph, as GraphML for Gephi, networkx, igraph, and as JSON: a node for each cable, held or missing, an edge
for each REF. The JSON's edges also say which paragraphs of the citing cable mention the cited one, and which paragraph
of that they mean; a cable that only the prose mentions has an edge too, without label and text.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from reftel.archive.archive import Archive
from reftel.archive.model import Entry
from reftel.publish.groups import Group, fixed
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


def graphml(archive: Archive, groups: Sequence[Group]) -> Iterator[Piece]:
    """The GraphML file, piece by piece: each of a group of the archive's entries is made from these alone."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for what, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys:
            head += f'<key id="{what}-{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield _fixed(head + '<graph id="refs" edgedefault="directed">\n')
    yield from (Piece(b"node" + seen, partial(_bytes_of, _held, entries)) for seen, entries in groups)
    yield _of_lost(archive, _lost)
    yield from (Piece(b"edge" + seen, partial(_bytes_of, _edges, entries)) for seen, entries in groups)
    yield _fixed("</graph>\n</graphml>\n")


def refs_json(archive: Archive, groups: Sequence[Group]) -> Iterator[Piece]:
    """The JSON file, a node or an edge on a line: {"nodes": [...], "edges": [...]}."""
    first = next((entry for entry in archive.entries if entry.cited()), None)
    yield _fixed('{"nodes": [\n')
    yield from _after_each_other(groups, b"node", _json_node, archive.entries[0] if archive.entries else None)
    yield _of_lost(archive, _json_lost if archive.entries else _only_lost)
    yield _fixed('\n], "edges": [\n')
    yield from _after_each_other(groups, b"edge", _json_edges, first)
    yield _fixed("\n]}\n")


def _after_each_other(
    groups: Iterable[Group], what: bytes, make: Callable[[Entry], Iterable[dict[str, object]]], first: Entry | None
) -> Iterator[Piece]:
    """The items of each entry, a line each, with a comma before all but the one of the `first` entry that has any."""

    def lines(entry: Entry) -> Iterator[str]:
        comma = "" if entry is first else ",\n"
        for item in make(entry):
            yield comma + json.dumps(item, ensure_ascii=False)
            comma = ",\n"

    for seen, entries in groups:
        begins = b"first" if any(entry is first for entry in entries) else b""
        yield Piece(what + begins + seen, partial(_bytes_of, lines, entries))


def _of_lost(archive: Archive, make: Callable[[Sequence[str]], str]) -> Piece:
    """What is made from the MRNs of all cables that are cited and not held."""
    lost = (*archive.missing, *archive.left_out)
    inputs = "\n".join((make.__name__, *lost)).encode("utf-8", "replace")
    return Piece(hashlib.blake2b(inputs, digest_size=16).digest(), lambda: make(lost).encode("utf-8", "replace"))


def _lost(mrns: Iterable[str]) -> str:
    return "".join(f'<node id={quoted(clean(mrn))}><data key="node-held">false</data></node>\n' for mrn in mrns)


def _json_lost(mrns: Iterable[str]) -> str:
    """The nodes of cables that are not held, after those of others."""
    return "".join(f",\n{json.dumps({'mrn': mrn, 'held': False}, ensure_ascii=False)}" for mrn in mrns)


def _only_lost(mrns: Iterable[str]) -> str:
    """The same where there are no others."""
    return _json_lost(mrns).removeprefix(",\n")


def _fixed(text: str) -> Piece:
    return fixed(text.encode("utf-8", "replace"))


def _bytes_of(make: Callable[[Entry], Iterable[str]], entries: Iterable[Entry]) -> bytes:
    return "".join(text for entry in entries for text in make(entry)).encode("utf-8", "replace")


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
