"""Sidecars: what an editor says about a cable. The cables here are invented."""

from pathlib import Path

import msgspec
import pytest

from reftel.cable.model import Block, Cable, Mention, Ref, SourceRef
from reftel.editorial.sidecars import Sidecar, Sidecars, apply, not_held, read_sidecars, zulu
from reftel.source.walk import Candidate, files, is_sidecar

SCENE = """subject = "The ferry"
tags = ["PREL", "PGOV"]
created = 2007-03-01T10:20:00Z
released = "2011-08-30 01:44"
classification = "secret//noforn"
corrected = true
note = "From the paper copy."
[refs]
A = "07 Moscow 004008"
"""


def write(content: Path, text: str, name: str = "cables/07MOSCOW12.toml") -> None:
    path = content / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def found_in(content: Path) -> list[Candidate]:
    return [one for one in files(content) if isinstance(one, Candidate) and is_sidecar(one)]


def read(content: Path, text: str) -> tuple[Sidecars, list[str]]:
    write(content, text)
    sidecars, problems = read_sidecars(found_in(content))
    return sidecars, [str(problem) for problem in problems]


def cable(refs: tuple[Ref, ...] = (), blocks: tuple[Block, ...] = ()) -> Cable:
    """A record with nothing in it but what is given."""
    empty = {field.encode_name: None for field in msgspec.structs.fields(Cable)}
    lists: dict[str, object] = {name: [] for name in ("captions", "tags", "action", "info", "problems")}
    source = SourceRef("x.txt", "0", "text")
    flags = {"corrected": False, "partial": False, "redactions": 0}
    raw = empty | lists | flags | {"tag_kinds": {}, "spans": {"refs": (10, 20)}, "source": source, "from": None}
    raw |= {"mrn": "07MOSCOW12", "subject": "FERY", "refs": refs, "blocks": blocks, "created_source": "dtg"}
    return msgspec.convert(raw, Cable, from_attributes=True)


def test_a_sidecar_is_found_anywhere(tmp_path: Path) -> None:
    """Beside its cable, in another folder, at the top; `archive.toml` and those of pages are none."""
    for name in (
        "07MOSCOW12.toml",
        "a/b/07MOSCOW13.toml",
        "archive.toml",
        "pages/x.toml",
        "a/07moscow14.toml",
        "07NOWHERE5.toml",
    ):
        write(tmp_path, 'note = "x"', name)
    sidecars, problems = read_sidecars(found_in(tmp_path))
    assert list(sidecars) == ["07MOSCOW12", "07NOWHERE5", "07MOSCOW14", "07MOSCOW13"]
    assert problems == []


def test_what_a_sidecar_says(tmp_path: Path) -> None:
    """Dates and MRNs come in their one form, whether written as TOML dates or as text."""
    sidecars, problems = read(tmp_path, SCENE)
    assert problems == []
    assert sidecars["07MOSCOW12"].path == "cables/07MOSCOW12.toml"
    assert sidecars["07MOSCOW12"].sidecar == Sidecar(
        created="2007-03-01T10:20:00Z",
        released="2011-08-30T01:44:00Z",
        classification="SECRET//NOFORN",
        subject="The ferry",
        tags=["PREL", "PGOV"],
        corrected=True,
        refs={"A": "07MOSCOW4008"},
        note="From the paper copy.",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('\nsubjet = "x"', "2: error: unknown key subjet; did you mean subject?"),
        ("zzz = 1", "1: error: unknown key zzz; known keys: created, released, classification, captions, origin, "),
        ("# why\ncorrected = 1", "2: error: corrected: Expected `bool | null`, got `int`"),
        ('note = "x"\ntags = ["PREL", 2]', "2: error: tags: Expected `str`, got `int`"),
        ('note = "x"\ntags = "PREL"', "2: error: tags: Expected `array | null`, got `str`"),
        ('note = "x"\n[refs]\nA = 4', "2: error: refs: Expected `str`, got `int`"),
        ('note = "x"\n[refs]\nA = "the other"', "3: error: refs: 'the other' is no MRN such as 07MOSCOW4008"),
        ('note = "x"\nnot toml', "2: error: not valid TOML: Expected '=' after a key in a key/value pair"),
        ('note = """x', "1: error: not valid TOML: "),
        ('created = "soon"', "1: error: created: 'soon' is no date and time such as 2007-08-31T13:51:00Z"),
        ('\nclassification = "hush"', "2: error: classification: 'hush' is not known; write it as a metadata line has"),
        ("x = " + "[" * 5000, "1: error: not valid TOML: nested too deeply"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    """One problem a file, with path, line, the wrong key and the nearest right one; the sidecar is left out."""
    sidecars, (problem,) = read(tmp_path, text)
    assert sidecars == {}
    assert problem.startswith(f"cables/07MOSCOW12.toml:{message}")


def test_names_and_doubles(tmp_path: Path) -> None:
    """A sidecar that is not named by an MRN, or is the second of its cable, is an error."""
    for name in ("a/07MOSCOW12.toml", "b/07MOSCOW12.toml", "notes.toml"):
        write(tmp_path, 'note = "x"', name)
    sidecars, problems = read_sidecars(found_in(tmp_path))
    assert [(mrn, held.path) for mrn, held in sidecars.items()] == [("07MOSCOW12", "a/07MOSCOW12.toml")]
    assert [str(problem).split(":")[0] for problem in problems] == ["notes.toml", "b/07MOSCOW12.toml"]
    assert "rename it" in str(problems[0])
    assert "make them one" in str(problems[1])


def test_a_sidecar_without_its_cable(tmp_path: Path) -> None:
    """It is a warning: the cable may come later."""
    sidecars, _ = read(tmp_path, SCENE)
    assert not_held(sidecars, {"07MOSCOW12"}) == []
    (problem,) = not_held(sidecars, {"07MOSCOW13"})
    assert str(problem).startswith("cables/07MOSCOW12.toml: warning: no cable 07MOSCOW12 is held")


def test_fields_are_replaced() -> None:
    """What is named is replaced, an empty text takes the field away, the rest stays as parsed."""
    changed = apply(cable(), Sidecar(subject="The ferry", tags=["PREL"], created="2007-03-01T10:20:00Z", partial=True))
    assert (changed.subject, changed.tags, changed.tag_kinds) == ("The ferry", ["PREL"], {"PREL": "subject"})
    assert (changed.created, changed.created_source, changed.partial) == ("2007-03-01T10:20:00Z", None, True)
    assert (changed.mrn, changed.corrected) == ("07MOSCOW12", False)
    assert apply(cable(), Sidecar(subject="")).subject is None
    assert apply(cable(), Sidecar()) == cable()


def test_refs_are_decided() -> None:
    """An editor decides what an item means, and the mentions of it follow; an item the text lost is added."""
    refs = (
        Ref("A", "MOSCOW 48", "cable", None, [], (10, 15)),
        Ref(None, "CAIRO 7", "cable", "07CAIRO7", [], (16, 20)),
    )
    said = Mention("REF A", (0, 5), (30, 35), "A")
    other = Mention("REF B", (6, 11), (36, 41), "B")
    block = Block("paragraph", "par1", 1, "C", "(C)", "REF A REF B", (25, 60), [said, other])
    meant = {"A": "07MOSCOW4008", "2": "", "3": "07TBILISI1605"}
    changed = apply(cable(refs, (block,)), Sidecar(refs=meant))
    assert [(ref.label, ref.mrn, ref.kind, ref.text) for ref in changed.refs] == [
        ("A", "07MOSCOW4008", "cable", "MOSCOW 48"),
        (None, None, "other", "CAIRO 7"),
        (None, "07TBILISI1605", "cable", "07TBILISI1605"),
    ]
    assert [mention.mrn for mention in changed.blocks[0].mentions] == ["07MOSCOW4008", None]
    assert apply(cable(refs), Sidecar(refs={"B": "07TBILISI1605"})).refs[2].span == (10, 20)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2007-08-31T13:51:00Z", "2007-08-31T13:51:00Z"),
        ("2007-08-31 13:51", "2007-08-31T13:51:00Z"),
        ("2007-08-31T17:51:00+04:00", "2007-08-31T13:51:00Z"),
        ("2007-08-31", "2007-08-31T00:00:00Z"),
        ("31.8.2007", None),
        ("0001-01-01T00:00:00+04:00", None),
        ("", None),
    ],
)
def test_zulu(value: str, moment: str | None) -> None:
    """Times are kept in Zulu time; one without a zone is Zulu."""
    assert zulu(value) == moment
