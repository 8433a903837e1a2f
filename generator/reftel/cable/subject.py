"""The subject: the cable's title, in capitals as a rule, over one to five lines."""

import re

MARK = re.compile(r"\((?:TS|S|C|U|SBU|FOUO|LOU)(?:/{1,2}[A-Z][A-Z ,/]*)?\)[ :.-]*(?=\S)", re.I)
NOTICE = re.compile(r"\s(?:Sensitive but|SENSITIVE BUT UNCLASSIFIED|THIS IS AN? (?:ACTION|CORRECTED)|\(SBU\) This)\b")
"""What is said behind a subject on its line and is none of it (09CAIRO226)."""


def clean_subject(text: str) -> str | None:
    """The joined subject without a portion mark before it and signs around it; None when nothing is left."""
    if found := NOTICE.search(text):
        text = text[: found.start()]
    subject = " ".join(text.replace("\\", " ").split())
    if mark := MARK.match(subject):
        subject = subject[mark.end() :]
    return subject.strip(" -_=<>|") or None
