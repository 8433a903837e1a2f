#!/usr/bin/env python3
"""Measure references and mentions on real cables.

usage: references.py KNOWN_MRNS.csv.gz RECORDS.jsonl [--list]

RECORDS are lines of `reftel parse`. Prints how many references to posts other than STATE exist in the full set, which
it takes from KNOWN_MRNS (`MRN,month`), and how many of the "Ref X" of the prose whose letter the REF line has are
mentions. --list prints each reference that does not exist or is undecided, with its printed text, and each "Ref X"
that was missed.
"""

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REF_X = re.compile(r"\bref(?:tel)?s?\.? ?\(?([A-Z])\b(?!['’][a-rt-z])", re.I)
Record = dict[str, Any]


def referred(records: list[Record]) -> Iterator[tuple[str, Record]]:
    """Each reference that is a cable, with the MRN that cites it."""
    for record in records:
        for ref in record["refs"]:
            if ref["kind"] == "cable":
                yield record["mrn"], ref


def ref_letters(record: Record) -> Iterator[tuple[bool, str]]:
    """Each "Ref X" of the prose whose letter the REF line has: whether a mention covers it, and where it stands."""
    labels = {ref["label"] for ref in record["refs"]}
    for block in record["blocks"]:
        text, at = block["text"], [mention["at"] for mention in block["mentions"]]
        for found in REF_X.finditer(text):
            if found[1].upper() in labels:
                covered = any(start <= found.start(1) < end for start, end in at)
                yield covered, f"{record['mrn']} {text[max(0, found.start() - 20) : found.end() + 20]!r}"


def main() -> int:
    known_file, record_file, *rest = sys.argv[1:]
    known = {line.split(",")[0] for line in gzip.decompress(Path(known_file).read_bytes()).decode().splitlines()}
    records = [json.loads(line) for line in Path(record_file).read_text("utf-8").splitlines()]
    cables = list(referred(records))
    texts = {(mrn, ref["mrn"]): ref["text"] for mrn, ref in cables if ref["mrn"] and "STATE" not in ref["mrn"]}
    exist = {pair for pair in texts if pair[1] in known}
    undecided = [(mrn, ref["text"]) for mrn, ref in cables if ref["mrn"] is None]
    others = sum(ref["kind"] != "cable" for record in records for ref in record["refs"])
    letters = [found for record in records for found in ref_letters(record)]
    mentions = sum(len(block["mentions"]) for record in records for block in record["blocks"])
    covered = sum(found[0] for found in letters)
    print(f"references to posts other than STATE: {len(texts)} pairs, {len(exist)} exist in the full set")
    print(f"undecided: {len(undecided)}; no cables: {others}")
    share = covered / max(1, len(letters))
    print(f"mentions: {mentions}; of {len(letters)} letters that the REF line has, {covered} ({share:.1%})")
    if "--list" in rest:
        for (citing, cited), text in sorted(texts.items()):
            if (citing, cited) not in exist:
                print(f"absent\t{citing}\t{cited}\t{text}")
        for citing, text in undecided:
            print(f"undecided\t{citing}\t\t{text}")
        for hit, place in letters:
            if not hit:
                print(f"no mention\t{place}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
