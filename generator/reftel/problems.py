"""What is doubtful, and where: a `Problem` is reported, never raised; a `Refusal` ends a command."""

from typing import Literal

import msgspec

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True, order=True):
    """A doubtful or wrong place in a file.

    `path` is relative to the content folder (or as typed), `line` counts from 1 in that file (0: the file as a whole),
    `message` says in one line what is wrong and what to do. An error means that something is left out of the site, a
    warning that a reader of the source should look.
    """

    path: str
    line: int
    message: str
    severity: Severity = "warning"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.severity}: {self.message}"


class Refusal(Exception):
    """The command cannot run at all (exit code 2). Its text is the whole message for the operator, on one line."""
