"""Sidecars: `07MOSCOW4307.toml`, anywhere in the content folder, sets or corrects fields of a cable's record; the raw
file stays as it is.

    subject = "Russia/Georgia: Bakradze visit fails to ease tensions"
    tags = ["PREL", "PBTS"]
    note = "The TAGS line of this copy is damaged; corrected from the paper copy."
    [refs]
    A = "07MOSCOW4008"        # what item A of the REF line means; "1", "2" where items carry no letter; "" for no cable

Every key is optional, a field that is not named stays as parsed, and an empty text takes a field away.
"""

import datetime
import re
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Literal

import msgspec

from reftel.cable.markings import CLASSIFICATIONS
from reftel.cable.model import Block, Cable, Ref
from reftel.cable.mrn import canonical_mrn
from reftel.cable.tags import kind_of
from reftel.problems import Problem
from reftel.source.decode import decode
from reftel.source.walk import Candidate
from reftel.toml import line_of, read_toml

_LARGEST = 1 << 20
_PLAIN_MRN = re.compile(r"\d{2}[A-Z]{2,30}[1-9]\d{0,7}")


class Sidecar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an editor says about one cable. None: not said."""

    created: str | None = None
    """Zulu time, as a TOML date and time or a string: 2007-08-31T13:51:00Z."""
    released: str | None = None
    classification: str | None = None
    captions: list[str] | None = None
    origin: str | None = None
    subject: str | None = None
    tags: list[str] | None = None
    signature: str | None = None
    summary: str | None = None
    corrected: bool | None = None
    partial: bool | None = None
    refs: dict[str, str] | None = None
    """By the letter of a REF item ("1", "2" where items carry none): the MRN it means, "" for no cable."""
    note: str | None = None
    """A remark of the editor's, shown on the cable's page."""


class Held(msgspec.Struct, frozen=True):
    """A sidecar and the file it stands in."""

    path: str
    sidecar: Sidecar


Sidecars = dict[str, Held]
"""By MRN."""


def read_sidecars(files: Iterable[Candidate]) -> tuple[Sidecars, list[Problem]]:
    """What stands in these sidecar files, and what is wrong with the others."""
    held: Sidecars = {}
    problems: list[Problem] = []
    for found_file in files:
        path, shown = found_file.path, found_file.shown
        mrn = _mrn(path.stem)
        if mrn is None:
            message = "a sidecar is named by its cable's MRN, as in 07MOSCOW4307.toml: rename it"
            problems.append(Problem(shown, 0, message, "error"))
        elif mrn in held:
            problems.append(Problem(shown, 0, f"{mrn} has a sidecar already, {held[mrn].path}: make them one", "error"))
        else:
            found = _read(path, shown)
            if isinstance(found, Sidecar):
                held[mrn] = Held(shown, found)
            else:
                problems.append(found)
    return held, problems


def not_held(sidecars: Sidecars, mrns: Container[str]) -> list[Problem]:
    """A warning for each sidecar whose cable is not among the MRNs held."""
    message = "no cable {} is held: add the cable or remove its sidecar"
    return [Problem(held.path, 0, message.format(mrn)) for mrn, held in sidecars.items() if mrn not in mrns]


def apply(cable: Cable, sidecar: Sidecar) -> Cable:
    """The record with what the sidecar says in place of what was parsed. Spans keep telling where the text has it."""
    changes: dict[str, object] = {}
    for name in ("released", "classification", "origin", "subject", "signature", "summary"):
        if (value := getattr(sidecar, name)) is not None:
            changes[name] = value.strip() or None
    for name in ("captions", "corrected", "partial"):
        if (value := getattr(sidecar, name)) is not None:
            changes[name] = value
    if sidecar.created is not None:
        changes |= {"created": sidecar.created or None, "created_source": None}
    if sidecar.tags is not None:
        changes |= {"tags": sidecar.tags, "tag_kinds": {tag: kind_of(tag) for tag in sidecar.tags}}
    if sidecar.refs is not None:
        changes |= _with_refs(cable, sidecar.refs)
    return msgspec.structs.replace(cable, **changes)


def _with_refs(cable: Cable, meant: dict[str, str]) -> dict[str, object]:
    """The REF items with the MRNs the editor gives them, and the mentions of these items; items the text does not have
    come last.
    """
    refs = []
    left = dict(meant)
    for place, ref in enumerate(cable.refs, 1):
        key = ref.label or str(place)
        refs.append(_decided(ref, left.pop(key)) if key in left else ref)
    for label, mrn in left.items():
        refs.append(Ref(None if label.isdigit() else label, mrn, "cable", mrn, [], cable.spans.get("refs", (0, 0))))
    blocks = [_with_mentions(block, meant) for block in cable.blocks]
    return {"refs": refs, "blocks": blocks}


def _decided(ref: Ref, mrn: str) -> Ref:
    kind: Literal["cable", "other"] = "cable" if mrn else "other"
    return msgspec.structs.replace(ref, mrn=mrn or None, kind=kind if mrn or ref.kind == "cable" else ref.kind)


def _with_mentions(block: Block, meant: dict[str, str]) -> Block:
    """The block with the mentions of these items ("REF A") pointing where the items point."""
    if not any(mention.label in meant for mention in block.mentions):
        return block
    mentions = [
        msgspec.structs.replace(mention, mrn=meant[mention.label] or None) if mention.label in meant else mention
        for mention in block.mentions
    ]
    return msgspec.structs.replace(block, mentions=mentions)


def _read(path: Path, shown: str) -> Sidecar | Problem:
    try:
        with path.open("rb") as file:
            text = decode(file.read(_LARGEST + 1)).text
    except OSError as error:
        return Problem(shown, 0, f"cannot be read ({error.strerror}): check its permissions", "error")
    sidecar = read_toml(text, Sidecar, shown)
    return sidecar if isinstance(sidecar, Problem) else _checked(sidecar, text, shown)


def _checked(sidecar: Sidecar, text: str, shown: str) -> Sidecar | Problem:
    """The sidecar with dates and MRNs in their one form, or what is wrong with one of them."""
    changes: dict[str, object] = {}
    for name in ("created", "released"):
        if value := getattr(sidecar, name):
            changes[name] = zulu(value)
            if changes[name] is None:
                message = f"{name}: {value!r} is no date and time such as 2007-08-31T13:51:00Z"
                return Problem(shown, line_of(text, name), message, "error")
    if (word := sidecar.classification) and not word.upper().startswith(CLASSIFICATIONS):
        message = (
            f"classification: {word!r} is not known; write it as a metadata line has it, as in CONFIDENTIAL//NOFORN"
        )
        return Problem(shown, line_of(text, "classification"), message, "error")
    if sidecar.classification:
        changes["classification"] = sidecar.classification.upper()
    if sidecar.refs is not None:
        refs = {label: _mrn(mrn) if mrn else "" for label, mrn in sidecar.refs.items()}
        if wrong := _first(label for label, mrn in refs.items() if mrn is None):
            message = f"refs: {sidecar.refs[wrong]!r} is no MRN such as 07MOSCOW4008"
            return Problem(shown, line_of(text, wrong), message, "error")
        changes["refs"] = refs
    return msgspec.structs.replace(sidecar, **changes)


def _mrn(written: str) -> str | None:
    """The MRN that is meant; one of a post that is in no vocabulary must be written as it is."""
    return canonical_mrn(written) or (written if _PLAIN_MRN.fullmatch(written) else None)


def _first(labels: Iterable[str]) -> str | None:
    return next(iter(labels), None)


def zulu(value: str) -> str | None:
    """A date or date and time as the record has it ("2007-08-31T13:51:00Z"), None for what is none; without a zone it
    is Zulu.
    """
    try:
        moment = datetime.datetime.fromisoformat(value.strip())
        if moment.tzinfo is not None:
            moment = moment.astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1900 else None
