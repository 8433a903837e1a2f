"""The command line: `reftel init | build | check | serve | bundle | verify | diff | edition | parse | inspect |
search`.

Exit codes: 0 done; 1 problems, from `check`, `verify` or under `--strict`; 2 cannot run. What a machine reads goes to
standard output, what a person reads while waiting to standard error; a progress bar is shown only to a person.
"""

import os
import sys
from importlib import import_module
from typing import NoReturn

from reftel import spare_memory_work

spare_memory_work()  # while the rest is loaded too

from reftel.cli.app import app  # noqa: E402
from reftel.problems import Refusal  # noqa: E402

__all__ = ["app", "main", "run"]

COMMANDS = {
    "archives": ("diff", "edition", "init"),
    "building": ("build", "serve"),
    "checking": ("check",),
    "cables": ("inspect", "parse", "search"),
    "publishing": ("bundle", "verify"),
}
"""The modules and their commands: only the one that is asked for is loaded, half of a small build was loading."""


def main() -> NoReturn:
    """The `reftel` command as a process. It ends at once, without taking apart what is in memory: of 20,000 cables that
    took a tenth of a small build.
    """
    try:
        run()
    except SystemExit as ended:
        code = ended.code
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:
        pass  # whoever reads has seen enough
    except OSError as error:
        os.write(2, f"reftel: output: {error.strerror}\n".encode())
        code = 2
    os._exit(code if isinstance(code, int) else int(code is not None))


def run() -> NoReturn:
    """Do what the command line says. Raises SystemExit: a Refusal, or what the machine refuses, is one line on standard
    error and exit code 2.
    """
    _load(sys.argv[1] if len(sys.argv) > 1 else "")
    try:
        app()
    except Refusal as error:
        _stop(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _stop(f"{error.filename or 'output'}: {error.strerror or error}; the last good site is untouched")
    sys.exit(0)


def _load(command: str) -> None:
    """Load the module of a command; all of them when there is no such command."""
    found = [module for module, commands in COMMANDS.items() if command in commands]
    for module in found or COMMANDS:
        import_module(f"reftel.cli.{module}")


def _stop(message: str) -> NoReturn:
    print(f"reftel: {message}", file=sys.stderr)
    sys.exit(2)
