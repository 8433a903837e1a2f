"""The REF graph, as GraphML for Gephi, networkx, igraph, and as JSON: a node for each cable, held or missing, an edge
for each REF. The JSON's edges also say which paragraphs of the citing cable mention the cited one, and which paragraph
of that they mean; a cable that only the prose mentions has an edge too, without label and text.
"""

import json
from collections.abc import Iterable, Iterator

from reftel.archive.archive import Archive
from reftel.archive.model import Entry
from reftel.publish.xml_text import escaped, quoted
from reftel.site.markup import clean

_NODE = (
    ("held", "boolean"),
    ("subject", "string"),
    ("created", "string"),
    ("origin", "string"),
    ("classification", "string"),
)
_EDGE = (("label", "string"), ("text", "string"))


def graphml(archive: Archive) -> Iterator[str]:
    """The file line by line."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for what, keys in (("node", _NODE), ("edge", _EDGE)):
        for name, kind in keys:
            yield f'<key id="{what}-{name}" for="{what}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph id="refs" edgedefault="directed">\n'
    for entry in archive.entries:
        yield _held(entry)
    for mrn in (*archive.missing, *archive.left_out):
        yield f'<node id={quoted(clean(mrn))}><data key="node-held">false</data></node>\n'
    for entry in archive.entries:
        yield from _edges(entry)
    yield "</graph>\n</graphml>\n"


def refs_json(archive: Archive) -> Iterator[str]:
    """The JSON file, a node or an edge on a line: {"nodes": [...], "edges": [...]}."""
    lost = (*archive.missing, *archive.left_out)
    nodes = (*(_json_node(entry) for entry in archive.entries), *({"mrn": mrn, "held": False} for mrn in lost))
    edges = (edge for entry in archive.entries for edge in _json_edges(entry))
    yield '{"nodes": [\n'
    yield from _lines(nodes)
    yield '\n], "edges": [\n'
    yield from _lines(edges)
    yield "\n]}\n"


def _lines(items: Iterable[dict[str, object]]) -> Iterator[str]:
    for number, item in enumerate(items):
        yield (",\n" if number else "") + json.dumps(item, ensure_ascii=False)


def _json_node(entry: Entry) -> dict[str, object]:
    node: dict[str, object] = {"mrn": entry.mrn, "held": True, "created": entry.created, "origin": entry.origin}
    return node | {"classification": entry.classification, "subject": entry.subject}


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


def _held(entry: Entry) -> str:
    values = {"held": "true", "subject": entry.subject, "created": entry.created, "origin": entry.origin}
    values["classification"] = entry.classification
    data = "".join(f'<data key="node-{key}">{escaped(clean(value))}</data>' for key, value in values.items() if value)
    return f"<node id={quoted(clean(entry.mrn))}>{data}</node>\n"


def _edges(entry: Entry) -> Iterator[str]:
    for ref in entry.refs:
        if ref.mrn and ref.mrn != entry.mrn:
            label = f'<data key="edge-label">{escaped(clean(ref.label))}</data>' if ref.label else ""
            text = f'<data key="edge-text">{escaped(clean(ref.text))}</data>'
            ends = f"source={quoted(clean(entry.mrn))} target={quoted(clean(ref.mrn))}"
            yield f"<edge {ends}>{label}{text}</edge>\n"
