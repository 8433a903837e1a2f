"""The output folder: a site is made beside it and takes its place only when it is whole.

The fresh tree is a hidden folder beside the output (`.site.reftel-new` for `site`). When it is done, the two exchange
their names, and what is not ours moves over. A build that ends anywhere before leaves the last site as it was, and the
next one cleans up.

The two trees of a large site take turns: the one that stood waits under the hidden name, and the next build brings it
up to date at the few addresses where the two differ, so that a small change costs little. Unchanged files are one file
in both trees, so they take no room twice, keep their times and are not written again.

Ours is what the list `.reftel-files` in the output names. Any other file without a dot before its name (or that of a
folder above it) is foreign.
"""

import os
import shutil
import stat
from collections.abc import Iterable, Sequence, Set
from contextlib import nullcontext
from functools import cache, partial
from pathlib import Path
from typing import Self

from reftel.problems import Problem, Refusal
from reftel.site.crew import Crew
from reftel.site.exchange import aside, exchange
from reftel.site.ledger import Folder, Ledger, Total
from reftel.site.locks import Lock
from reftel.site.splice import spliced
from reftel.site.strangers import LIST, folders_of, is_hidden, look, look_again, noted
from reftel.site.trees import SCRATCH, Trees

_NOTHING = Total()
LARGE = 2_000
"""Files from which on the tree that stood is kept, to wait for its turn."""


class Output:
    """An output folder while a new site is made for it. Use it as a context: what is not swapped in is removed, or
    waits for the next build.
    """

    def __init__(self, folder: Path, ledger: Ledger | None = None, crew: Crew | None = None) -> None:
        """Raises Refusal when the folder holds foreign files and no earlier build's list, or cannot be used.

        With a ledger that knows the tree that stands, the fresh tree begins as its like: only what changes need be
        made. With a `crew` a copy of this process helps to link a whole tree.
        """
        self.folder = folder.resolve()
        self._fresh = self.folder.with_name(f".{self.folder.name}.reftel-new")
        self.is_published = True
        """Whether what the publishers make is made for the tree that is about to stand."""
        self.trees = Trees(str(self._fresh), str(self.folder) if self.folder.is_dir() else "")
        self._ledger, self._crew = ledger, crew or Crew(1)
        if self.folder.exists() and not self.folder.is_dir():
            raise Refusal(f"{folder}: the output is a file; name a folder")
        self._lock = Lock((self._fresh, self.folder), f"{folder}: another build is writing to it; wait until it ends")
        try:
            self.is_known = self._recover()
            self.strangers, self.lost = self._look()
            self._is_large = self.is_known and (self.folder / LIST).stat().st_size > LARGE * 20
            if self.foreign and not (self.folder / LIST).exists():
                what = f"the output folder holds {self.foreign[0]}, which no build has made"
                raise Refusal(f"{folder}: {what}; choose an empty folder or move the file away")
        except BaseException:
            self._lock.release()
            raise

    @property
    def foreign(self) -> list[str]:
        """The files that are not ours and not hidden, by their path."""
        return [path for path in self.strangers if not is_hidden(path)]

    def __enter__(self) -> Self:
        if self.is_known and self._ledger:
            self.is_known = self._catch_up(self._ledger)
        else:
            self._fresh.mkdir(parents=True)
        self._lock.take(self._fresh)
        if self._ledger:
            self._ledger.begin()
        (self._fresh / LIST).unlink(missing_ok=True)  # what a killed build has made here is not the operator's
        shutil.rmtree(self.trees.scratch, ignore_errors=True)
        self.trees.scratch.mkdir()
        return self

    def __exit__(self, *error: object) -> None:
        shutil.rmtree(self.trees.scratch, ignore_errors=True)
        if not self._waits() or not self._is_large:
            shutil.rmtree(self._fresh, ignore_errors=True)
        self._lock.release()

    def listed(self) -> list[str]:
        """The addresses of the files of the tree that stands, in order."""
        return _list_of(self.folder)

    def problems(self) -> list[Problem]:
        """A warning for each foreign file: it is left alone."""
        name = self.folder.name
        return [
            Problem(f"{name}/{path}", 0, "no build has made this file of the output folder; it is left alone")
            for path in self.foreign
        ]

    def swap(self, made: Iterable[str], changed: Iterable[str] = (), total: Total = _NOTHING) -> None:
        """Put the fresh tree, which holds the files `made`, in the place of the old one. Where the old one is known,
        the two differ only at the `changed` addresses, and at those that are made no more.

        Raises Refusal when a foreign file stands where a page must be.
        """
        addresses = sorted(made)
        lines = "\n".join([*addresses, ""]).encode()
        gone = sorted(set(_read_list(self.folder) or ()).difference(addresses)) if self.is_known else []
        self._swap(lines, gone, changed)
        self._seal(folders_of(addresses), total)

    def swap_changes(self, total: Total, added: Set[str], gone: Set[str], changed: Iterable[str]) -> None:
        """The same where the tree that stands is known, by what is new and what is made no more; it need not be looked
        through again.
        """
        assert self._ledger
        changes = {address: f"{address}\n".encode() for address in added}
        lines = spliced((self.folder / LIST).read_bytes(), changes | dict.fromkeys(gone), _address_of)
        folders = {folder.path for folder in self._ledger.folders()} | folders_of(added)
        self._swap(lines, sorted(gone), changed)
        self._seal(folders, total)

    def _seal(self, folders: Iterable[str], total: Total) -> None:
        if self._ledger:
            self._ledger.seal(noted(self.folder, folders, self.strangers), total, self.is_published)

    def _swap(self, lines: bytes, gone: Sequence[str], changed: Iterable[str]) -> None:
        """Swap the fresh tree in; `lines` are its list."""
        foreign = set(self.foreign)
        if foreign and (taken := foreign.intersection(lines.decode().splitlines())):
            what = "no build has made this file, and a page of the site belongs there"
            raise Refusal(f"{self.folder.name}/{min(taken)}: {what}; move it away")
        shutil.rmtree(self.trees.scratch)
        for address in gone:
            self.trees.remove(address)
        (self._fresh / LIST).unlink(missing_ok=True)
        (self._fresh / LIST).write_bytes(lines)
        if self._ledger:
            self._ledger.ready(_identity(self._fresh), [*changed, *gone] if self.is_known else [])
        if self.folder.exists():
            self._fresh.chmod(stat.S_IMODE(self.folder.stat().st_mode))
            exchange(self._fresh, self.folder)
        else:
            self._fresh.rename(self.folder)
        self._settle(lines.count(b"\n") >= LARGE)

    def _settle(self, is_large: bool) -> None:
        """After the exchange: what is not ours moves to the tree that stands now, and the other one waits or goes."""
        waits = self.is_known and is_large
        self._is_large = is_large
        known = self._ledger.folders() if self._ledger and self.is_known and self._ledger.written else None
        if self._ledger:
            self._ledger.stands(_number(self._fresh) if waits else "")
        self._move_over(known)
        if not waits:
            shutil.rmtree(self._fresh, ignore_errors=True)
        if self._ledger and not waits and is_large and self._fill(self.listed()):
            self._ledger.caught_up(_number(self._fresh))

    def _recover(self) -> bool:
        """Finish or undo what a build that was killed has left: a tree half made, a tree not yet put in place, or an
        old one. True when the ledger knows the tree that stands.
        """
        old = aside(self._fresh)
        if not self.folder.exists() and (self._fresh / LIST).exists():
            self._fresh.rename(self.folder)
        if old.exists() and not self._fresh.exists():
            old.rename(self._fresh)
        ledger, standing = self._ledger, _identity(self.folder)
        if ledger and standing and ledger.tree("next") == standing:
            ledger.stands(_number(self._fresh) if ledger.behind() else "")
        if ledger and (not standing or ledger.tree("standing") != standing):
            ledger.forget()
        known = ledger is not None and ledger.tree("standing") != ""
        if self._fresh.exists() and not (self._waits() and ledger and ledger.written):
            self._move_over()
        if self._fresh.exists() and not self._waits():
            shutil.rmtree(self._fresh)
        return known

    def _waits(self) -> bool:
        """Whether the tree under the hidden name is the one that the ledger knows as waiting."""
        number = _number(self._fresh)
        return self._ledger is not None and number != "" and self._ledger.tree("waiting") == number

    def _look(self) -> tuple[list[str], set[str]]:
        """What is not ours in the tree that stands, and what of ours is gone."""
        if self._ledger and self.is_known and self._ledger.written:
            return look_again(self.folder, self._ledger.folders(), lambda: _read_list(self.folder) or frozenset())
        return look(self.folder, _read_list(self.folder) or frozenset())

    def _catch_up(self, ledger: Ledger) -> bool:
        """Make the fresh tree the like of the one that stands; False when the file system has no links."""
        if self._waits():
            for address in ledger.behind():
                self.trees.share(address)
        elif not self._fill(sorted(_read_list(self.folder) or ())):
            return False
        ledger.caught_up(_number(self._fresh))
        return True

    def _fill(self, addresses: Sequence[str]) -> bool:
        self._fresh.mkdir(parents=True)
        if not _has_links(self._fresh):
            return False
        trees = Trees(str(self._fresh), str(self.folder))
        middle = len(addresses) // 2
        with self._crew.beside(partial(trees.share_all, addresses[middle:])) or nullcontext() as copy:
            trees.share_all(addresses[:middle] if copy else addresses)
            if copy:
                copy.result()
        return True

    def _move_over(self, known: Sequence[Folder] | None = None) -> None:
        """What is not ours goes from the tree under the hidden name to the one that stands; `known` are its folders, as
        they were when nothing had been put there yet.
        """
        ours = cache(partial(_read_list, self._fresh))  # of a large site it takes a while, and is seldom asked for
        found = look_again(self._fresh, known, lambda: ours() or frozenset()) if known else None
        for name in (found or look(self._fresh, ours() or frozenset())).strangers:
            target = self.folder / name
            if (is_hidden(name) or ours() is not None) and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                (self._fresh / name).rename(target)


def _read_list(folder: Path) -> frozenset[str] | None:
    try:
        return frozenset(_list_of(folder))
    except (OSError, UnicodeDecodeError):
        return None


def _address_of(line: bytes) -> str:
    """The address in a line of the list."""
    return line[:-1].decode()


def _list_of(folder: Path) -> list[str]:
    return (folder / LIST).read_text("utf-8").splitlines()


def _number(folder: Path) -> str:
    """What tells a folder from another one of its name; "" when there is none."""
    try:
        found = folder.stat()
    except OSError:
        return ""
    return f"{found.st_dev}-{found.st_ino}"


def _identity(folder: Path) -> str:
    """What tells a finished tree from any other: the folder, and its list, which each build writes anew."""
    try:
        found = (folder / LIST).stat()
    except OSError:
        return ""
    return f"{_number(folder)}-{found.st_ino}-{found.st_mtime_ns}"


def _has_links(folder: Path) -> bool:
    """Whether the file system gives a file several names. It is tried in the scratch folder, which is never taken for
    the operator's when a build is killed here.
    """
    scratch = folder / SCRATCH
    scratch.mkdir(exist_ok=True)
    try:
        (scratch / "first").touch()
        os.link(scratch / "first", scratch / "second")
    except OSError:
        return False
    finally:
        shutil.rmtree(scratch)
    return True
