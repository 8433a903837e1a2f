"""The command line: `reftel init | build | check | serve | bundle | verify | diff | edition | parse | inspect |
search`.

Exit codes: 0 done; 1 problems, from `check`, `verify` or under `--strict`; 2 cannot run. What a machine reads goes to
standard output, what a person reads while waiting to standard error; a progress bar is shown only to a person.
"""

import os
import sys

from reftel.cli import archives, building, cables, publishing
from reftel.cli.app import app
from reftel.problems import Refusal
from reftel.site.crew import collect_seldom

__all__ = ["app", "archives", "building", "cables", "main", "publishing"]


def main() -> None:
    """The `reftel` command. A Refusal, or what the machine refuses, is one line on standard error and exit code 2."""
    collect_seldom()
    try:
        app()
    except Refusal as error:
        _stop(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        _stop(f"{error.filename or 'output'}: {error.strerror or error}; the last good site is untouched")


def _stop(message: str) -> None:
    print(f"reftel: {message}", file=sys.stderr)
    sys.exit(2)
