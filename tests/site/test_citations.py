"""The citation on the page, and what Zotero and search engines read; other styles: tests/js/citations.test.js."""

import json
import re
from pathlib import Path

import pytest
from markupsafe import Markup

from reftel.archive.entries import entry_of
from reftel.archive.model import Entry, EntryRef
from reftel.cable.model import Addressee
from reftel.cable.parse import parse
from reftel.config import Settings
from reftel.site.citations import citations, work_of
from reftel.site.contexts import Field
from reftel.site.machine_metadata import json_ld, meta_tags
from reftel.source.model import Source
from reftel.source.read import read_file

PUBLIC = Settings(title="The Tolm Papers", publisher="Tolm University", public_address="https://tolm.example/x/")
PAGE = "cable/2007/03/07TOLM10.html"
FORM = ("cable/2007/03/07TOLM10.json", "application/json")
WHERE = "https://tolm.example/x/cable/2007/03/07TOLM10.html"


def entry(**more: object) -> Entry:
    fields: dict[str, object] = {
        "key": "k",
        "mrn": "07TOLM10",
        "path": "a.txt",
        "line": 1,
        "sha256": "0" * 64,
        "created": "2007-03-02T09:15:00Z",
        "released": "2011-08-30T01:44:00Z",
        "origin": "Embassy Tolm",
        "subject": "THE FERRY IS LATE",
        "tags": ["PREL", "PGOV"],
        "anchors": "par1 par2",
        "opening": b"It is late.",
        "refs": [EntryRef("A", "OSLO 12", "cable", "07OSLO12", [])],
    }
    return Entry(**{**fields, **more})  # type: ignore[arg-type]


def cite(found: Entry) -> tuple[Field, ...]:
    return citations(work_of(PUBLIC, found, PAGE), found.anchors)


@pytest.fixture(scope="module")
def sample_entries() -> dict[str, Entry]:
    """The sample archive's entries by MRN, of the cables that are files of their own."""
    cables = Path(__file__).resolve().parents[2] / "content/cables"
    found = {}
    for path in sorted(cables.glob("*/*.txt")):
        for source in read_file(path, path.name):
            if isinstance(source, Source):
                cable = parse(source)
                if made := entry_of(cable, source.text, 1, "k"):
                    found[made.mrn] = made
    return found


STYLES = [
    (
        "Chicago note",
        "Embassy Tolm, “THE FERRY IS LATE,” cable 07TOLM10, March 2, 2007, The Tolm Papers, Tolm University, {where}.",
    ),
    ("A paragraph", "{where}#par1"),
]


@pytest.mark.parametrize(("style", "expected"), STYLES)
def test_styles(style: str, expected: str) -> None:
    """The note has its form, and a paragraph its address."""
    found = {field.label: Markup(field.html).striptags() for field in cite(entry())}
    assert found[style] == expected.format(where=WHERE)


@pytest.mark.parametrize(
    "more", [{"created": None}, {"subject": None}, {"origin": None}, {"subject": "WHO <b> KNOWS?"}]
)
def test_what_a_cable_lacks_is_left_out(more: dict[str, object]) -> None:
    """Without date, subject or origin a citation has no hole; what a subject holds is text."""
    for field in cite(entry(**more)):
        words = Markup(field.html).striptags()
        assert "None" not in words and "““" not in words and not re.search(r",,|, ,|^[,.]|\?[,.]”", words)
        assert "<b>" not in field.html


ZOTERO = {
    "z:itemType": "itemType",
    "citation_title": "title",
    "citation_author": "creators",
    "citation_date": "date",
    "citation_technical_report_institution": "institution",
    "citation_technical_report_number": "number",
    "citation_public_url": "url",
    "citation_language": "language",
    "DC.type": "reportType",
}
"""The tags of ours from which Zotero fills its fields; the abstract comes from the page's description."""
TEN = json.loads(Path(__file__).with_name("zotero.json").read_text("utf-8"))
"""What Zotero's own code made of ten pages of the sample archive: its translators "Embedded Metadata" (2026-04-27) and
"RDF" (2026-06-19), run in Chromium by its translation framework on the built pages under https://cables.example/sub/.
"""


def test_zotero_makes_a_report_of_ten_cables(sample_entries: dict[str, Entry]) -> None:
    """The tags of ten cables still say what Zotero then read. Nothing makes them web pages."""
    settings = Settings(title="The Ansel Papers", public_address="https://cables.example/sub/")
    for mrn, expected in TEN.items():
        found = sample_entries[mrn]
        page = expected["url"].removeprefix(settings.public_address)
        tags = {tag.name: tag.content for tag in meta_tags(work_of(settings, found, page), found)}
        read = {field: tags[name] for name, field in ZOTERO.items()}
        assert read.pop("creators") == f"{expected['creators'][0]['lastName']},"
        assert read | {"abstractNote": found.preview} == {key: expected[key] for key in expected if key != "creators"}
        assert "og:type" not in tags


@pytest.mark.slow
def test_ten_real_cables_are_read_as_reports(reference) -> None:  # type: ignore[no-untyped-def]
    """Ten real cables give number, institution and date to the translator."""
    paths = sorted((reference / "corpus/raw").glob("*.txt"))[::90][:10]
    for path in paths:
        source = next(iter(read_file(path, path.name)))
        assert isinstance(source, Source)
        cable = parse(source)
        found = entry_of(cable, source.text, 1, "k")
        assert found
        tags = {tag.name: tag.content for tag in meta_tags(work_of(PUBLIC, found, PAGE), found)}
        assert tags["citation_technical_report_number"] == cable.mrn == path.stem
        assert tags["citation_technical_report_institution"] == cable.origin
        assert tags["citation_date"] == (cable.created or "")[:10].replace("-", "/")


VOCABULARY = {
    "ArchiveComponent": {"holdingArchive", "itemLocation"},
    "Message": {"dateSent", "sender", "toRecipient", "ccRecipient", "recipient", "dateRead", "dateReceived"},
    "CreativeWork": {
        "abstract",
        "citation",
        "datePublished",
        "encoding",
        "genre",
        "inLanguage",
        "isPartOf",
        "keywords",
    },
    "Thing": {"name", "identifier", "url", "description"},
}
"""schema.org's properties (30.0) of the two types and of what they inherit, those that a cable may use."""


def test_json_ld_keeps_to_the_vocabulary() -> None:
    """Every property belongs to a type that the cable is; nothing in it can end the script element it stands in."""
    source = Source("a.txt", "text", b"", "0" * 64, "Reference ID Created")
    cable = parse(source)
    evil = entry(subject="</script><b>&")
    text = json_ld(PUBLIC, work_of(PUBLIC, evil, PAGE), evil, cable, FORM)
    assert "<" not in text and "&" not in text
    value = json.loads(text)
    assert value["@type"] == ["ArchiveComponent", "Message"]
    known = set().union(*VOCABULARY.values())
    assert {key for key in value if not key.startswith("@")} <= known
    assert value["name"] == "</script><b>&"
    assert value["encoding"]["contentUrl"] == WHERE.replace(".html", ".json")


def test_recipients_are_organizations() -> None:
    """Action addressees are those it was sent to, info addressees get a copy."""
    import msgspec

    source = Source("a.txt", "text", b"", "0" * 64, "Reference ID Created")
    cable = msgspec.structs.replace(
        parse(source), action=[Addressee(None, "SECSTATE WASHDC")], info=[Addressee(None, "AMEMBASSY OSLO")]
    )
    value = json.loads(json_ld(PUBLIC, work_of(PUBLIC, entry(), PAGE), entry(), cable, FORM))
    assert value["toRecipient"] == [{"@type": "Organization", "name": "SECSTATE WASHDC"}]
    assert value["ccRecipient"] == [{"@type": "Organization", "name": "AMEMBASSY OSLO"}]
