"""TOML that people write by hand, with messages that help: `path:line`, the wrong key, the nearest right one."""

import datetime
import difflib
import re
import tomllib
from typing import Any, TypeVar

import msgspec

from reftel.problems import Problem

T = TypeVar("T")

_UNKNOWN = re.compile(r"unknown field `(.+?)`")
_PLACE = re.compile(r"at `(?:key in )?\$\.([A-Za-z0-9_]+)")
_AT_LINE = re.compile(r"\(at line (\d+)|\(at end of")
_LARGEST = 1 << 20


def read_toml(text: str, kind: type[T], path: str, first_line: int = 1) -> T | Problem:
    """A TOML text as a Struct of `kind` (which forbids unknown fields), or the first problem of it.

    `first_line` is the line of the file `path` on which the text begins. Dates and times become ISO 8601 strings.
    """
    try:
        if len(text) > _LARGEST:
            return Problem(path, 0, "larger than 1 MB: it should hold a few lines", "error")
        return msgspec.convert(_plain(tomllib.loads(text)), kind)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at and at[1] else text.count("\n") + 1
        return Problem(path, first_line + line - 1, f"not valid TOML: {str(error).split(' (at')[0]}", "error")
    except RecursionError:
        return Problem(path, first_line, "not valid TOML: nested too deeply", "error")
    except msgspec.ValidationError as error:
        return _explain(str(error), text, kind, path, first_line)


def line_of(text: str, key: str) -> int:
    """The line of a TOML text on which a key is set (or its table begins), 1 where it is not found."""
    name = rf"[\"']?{re.escape(key)}[\"']?"
    found = re.search(rf"^[ \t]*(?:\[+[ \t]*)?{name}[ \t]*[=.\]]", text, re.M)
    return text.count("\n", 0, found.start()) + 1 if found else 1


def _plain(value: Any) -> Any:
    """The same with dates and times as strings."""
    if isinstance(value, dict):
        return {key: _plain(inside) for key, inside in value.items()}
    if isinstance(value, list):
        return [_plain(inside) for inside in value]
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return value


def _explain(message: str, text: str, kind: type, path: str, first_line: int) -> Problem:
    """What msgspec found, with the line of its key."""
    known = [field.encode_name for field in msgspec.structs.fields(kind)]
    if unknown := _UNKNOWN.search(message):
        near = difflib.get_close_matches(unknown[1], known, 1)
        hint = f"did you mean {near[0]}?" if near else f"known keys: {', '.join(known)}"
        line = first_line + line_of(text, unknown[1]) - 1
        return Problem(path, line, f"unknown key {unknown[1]}; {hint}", "error")
    place = _PLACE.search(message)
    if not place:
        return Problem(path, first_line, message, "error")
    line = first_line + line_of(text, place[1]) - 1
    return Problem(path, line, f"{place[1]}: {message.split(' - at')[0]}", "error")
