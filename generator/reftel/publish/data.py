"""The archive as data: every record in one file, in the forms that people ask for, all from the same records.

data/cables.jsonl      the records, one JSON object a line, as beside each cable's page
data/cables.csv        one row a cable, without the text
data/cables.db         SQLite with a full-text index (database.py)
data/refs.graphml      the REF graph (graph.py)
data/schema.json       JSON Schema of a record
data/datapackage.json  what these files are, as a Frictionless data package
data/index.html        the same for people
"""

import csv
import json
from collections.abc import Iterable, Iterator

import msgspec
from markupsafe import Markup

from reftel.cable.model import Cable
from reftel.publish.database import write_database
from reftel.publish.graph import graphml, refs_json
from reftel.publish.groups import GroupsOf
from reftel.site import addresses
from reftel.site.contexts import ProsePage
from reftel.site.frame import Site, frame
from reftel.site.publishing import Finished, Published, Sees, figured
from reftel.site.trees import File, measured

PAGE = "data/index.html"
JSONL, CSV, DATABASE = "data/cables.jsonl", "data/cables.csv", "data/cables.db"
GRAPH, GRAPH_JSON = "data/refs.graphml", "data/refs.json"
SCHEMA, PACKAGE = "data/schema.json", "data/datapackage.json"
KINDS = {
    JSONL: "application/x-ndjson",
    CSV: "text/csv",
    DATABASE: "application/vnd.sqlite3",
    GRAPH: "application/xml",
    GRAPH_JSON: "application/json",
}
COLUMNS = (
    *(
        "mrn",
        "created",
        "released",
        "classification",
        "captions",
        "origin",
        "post",
        "subject",
        "tags",
        "refs",
        "action",
    ),
    *(
        "info",
        "precedence",
        "declassify_on",
        "signature",
        "summary",
        "paragraphs",
        "redactions",
        "partial",
        "corrected",
    ),
    *("address", "source_path", "source_sha256"),
)
MANY = 2000
"""Cables up to which `data = "auto"` means all files: beyond, they would outgrow what hosts take, and every build."""
LISTED = ";"
"""Between the items of a column that lists."""


def publish_data(groups_of: GroupsOf, finished: Finished) -> Published:
    """The data files, as the settings say: none, all, or all that a host and a build can bear."""
    if not finished.site.settings.offers_data:
        return
    archive, files = finished.site.archive, list[File]()
    if _is_full(finished.site):
        (finished.folder / "data").mkdir(parents=True, exist_ok=True)
        _write_records(finished)
        held = (entry.mrn for entry in archive.entries)
        write_database(finished.folder / DATABASE, _cables(finished), held)
        files += (measured(finished.folder, address) for address in (JSONL, CSV, DATABASE))
        yield from ((file.address, None) for file in files)
    groups = groups_of(archive)
    for address, pieces in ((GRAPH, graphml), (GRAPH_JSON, refs_json)):
        made = figured(address, finished.join(address, pieces(archive, groups)))
        files.append(made.file)
        yield address, made
    yield SCHEMA, _json(schema())
    yield PACKAGE, _json(_package(finished, files))
    yield PAGE, finished.render(_page(finished, files))


def sees(site: Site) -> Sees:
    """What the files depend on: the records, where they hold them."""
    return Sees.everything if _is_full(site) else Sees.links


def _is_full(site: Site) -> bool:
    wanted = site.settings.data
    return wanted is True or (wanted == "auto" and len(site.archive.everything) <= MANY)


def schema() -> dict[str, object]:
    """JSON Schema (2020-12) of a record."""
    made = msgspec.json.schema(Cable)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "The record of one cable", **made}


def _cables(finished: Finished) -> Iterator[tuple[str, Cable]]:
    for entry in finished.site.archive.everything:
        yield addresses.cable(entry), finished.read(entry.key).cable


def _write_records(finished: Finished) -> None:
    """The records as lines of JSON and as rows of a table, in one go."""
    with (
        (finished.folder / JSONL).open("wb") as lines,
        (finished.folder / CSV).open("w", encoding="utf-8", errors="replace", newline="") as table,
    ):
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(COLUMNS)
        for address, cable in _cables(finished):
            lines.write(msgspec.json.encode(cable) + b"\n")
            writer.writerow([_harmless(value) for value in _row(address, cable)])


def _row(address: str, cable: Cable) -> list[str]:
    refs = [ref.mrn or ref.text for ref in cable.refs]
    lists = {"captions": cable.captions, "tags": cable.tags, "refs": refs}
    lists |= {"action": [one.name for one in cable.action], "info": [one.name for one in cable.info]}
    values: dict[str, object] = {name: LISTED.join(items) for name, items in lists.items()}
    values["paragraphs"] = sum(block.number is not None and block.kind == "paragraph" for block in cable.blocks)
    values |= {"address": address, "source_path": cable.source.path, "source_sha256": cable.source.sha256}
    values |= {"partial": int(cable.partial), "corrected": int(cable.corrected)}
    return ["" if value is None else str(value) for value in (values.get(n, getattr(cable, n, "")) for n in COLUMNS)]


def _harmless(value: str) -> str:
    """A cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _package(finished: Finished, files: Iterable[File]) -> dict[str, object]:
    """The data package: each file with its size and hash, the table's columns."""
    settings = finished.site.settings
    resources = [_resource(file) for file in files]
    texts = [{"name": name, "type": "string"} for name in COLUMNS]
    for resource in resources:
        if resource["path"] == "cables.csv":
            resource["profile"] = "tabular-data-resource"
            resource["schema"] = {"fields": texts, "primaryKey": "address", "missingValues": [""]}
        if resource["path"] == "cables.jsonl":
            resource["jsonSchema"] = "schema.json"
    package = {"name": "cables", "title": settings.title, "description": settings.description}
    home = {"homepage": settings.public_address} if settings.public_address else {}
    return {"profile": "data-package", **package, **home, "resources": resources}


def _resource(file: File) -> dict[str, object]:
    name, kind = file.address.rpartition("/")[2], KINDS[file.address]
    stem = name.replace(".", "-")
    about: dict[str, object] = {"name": stem, "path": name, "mediatype": kind, "bytes": file.size}
    about["hash"] = f"sha256:{file.sha256}"
    if kind.startswith("text/"):
        about |= {"format": "csv", "encoding": "utf-8"}
    return about


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


_FILE = Markup('<tr><td><a href="{name}">{name}</a></td><td>{size}</td><td>{what}</td></tr>\n')
_WHAT = {
    JSONL: "every record, one JSON object a line; the same as the JSON beside each cable's page",
    CSV: "one row a cable, without its text; items of a list are separated by semicolons",
    DATABASE: "SQLite: cables, paragraphs, refs, tags, addressees, and a full-text index of the paragraphs",
    GRAPH: "which cable refers to which, missing ones included, as GraphML",
    GRAPH_JSON: "the same as JSON, with the paragraphs that mention what they refer to",
    SCHEMA: "JSON Schema of a record",
    PACKAGE: "what these files are, for programs (Frictionless data package)",
}
_HTML = Markup("""<p>The whole archive, {cables} cables, to compute with. All files come from the same records; take
the one that suits your tool.</p>
<table><thead><tr><th>File</th><th>Size</th><th>What</th></tr></thead><tbody>
{rows}</tbody></table>
{part}<h2>Try it</h2>
<pre>sqlite3 cables.db "SELECT mrn, anchor, snippet(paragraphs_fts, 0, '[', ']', '…', 12)
  FROM paragraphs_fts JOIN paragraphs ON paragraphs.id = paragraphs_fts.rowid
  WHERE paragraphs_fts MATCH 'minister' ORDER BY rank LIMIT 10"

datasette cables.db

jq -r 'select(.tags | index("PREL")) | [.mrn, .created, .subject] | @tsv' cables.jsonl</pre>
<h2>The record</h2>
<p>Times are Zulu, as the cable's date-time group has them. <code>mrn</code> is the canonical number of a cable. A
reference whose <code>mrn</code> is empty is no cable, or cannot be decided. <code>anchor</code> is a paragraph's place
on the cable's page: <code>par4</code> is the paragraph printed as 4. Spans are offsets in the cable's text as
found.</p>
<table><thead><tr><th>Field</th><th>Type</th></tr></thead><tbody>
{fields}</tbody></table>
""")


_PART = Markup("""<p>This archive is too large to offer all its records in one file here. {records} Whoever builds the
archive with <code>data = true</code> in its settings gets <code>cables.jsonl</code>, <code>cables.csv</code> and
<code>cables.db</code> too.</p>
""")
_BESIDE = "Each cable's own record lies beside its page, as JSON."
_MONTHS = Markup("""They lie here by the month of their cables, compressed, one JSON object a line, each with the
<code>address</code> of its page: {months}.""")
_NOWHERE = Markup("""Each cable's text as found lies beside its page; <code>reftel parse</code> makes its record.""")


def _page(finished: Finished, files: Iterable[File]) -> ProsePage:
    rows = [(file.address, file.size) for file in files]
    table = "".join(
        _FILE.format(name=address.rpartition("/")[2], size=_size(size), what=_WHAT[address])
        for address, size in [*rows, (SCHEMA, 0), (PACKAGE, 0)]
    )
    row = Markup("<tr><td><code>{}</code></td><td>{}</td></tr>\n")
    fields = "".join(row.format(field.encode_name, _plain_type(field.type)) for field in msgspec.structs.fields(Cable))
    count = f"{len(finished.site.archive.everything):,}"
    part = Markup("") if _is_full(finished.site) else _PART.format(records=_records_lie(finished))
    html = _HTML.format(cables=count, rows=Markup(table), fields=Markup(fields), part=part)
    return ProsePage(frame(finished.site, PAGE, "Data", "prose"), "Data", html)


def _records_lie(finished: Finished) -> str:
    """Where the records are when they are not in one file."""
    forms = finished.site.forms
    if not forms.month_records:
        return _BESIDE if forms.records else _NOWHERE
    months = dict.fromkeys(map(addresses.month_of, finished.site.archive.everything))
    link = Markup('<a href="{}">{}</a>')
    links = [link.format(addresses.relative(PAGE, addresses.month_records(month)), month) for month in sorted(months)]
    return _MONTHS.format(months=Markup(", ").join(links))


def _size(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB" if size else ""


def _plain_type(kind: object) -> str:
    text = getattr(kind, "__name__", None) if isinstance(kind, type) and "[" not in str(kind) else None
    return (text or str(kind)).replace("reftel.cable.model.", "").replace("NoneType", "None").replace("typing.", "")
