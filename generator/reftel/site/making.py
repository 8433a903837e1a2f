"""Making what a site consists of: its pages, static files, search index, and what the publishers add, each noted in the
ledger, and nothing made whose inputs are those of the last build.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import msgspec

from reftel.site.ledger import MANY, Ledger, Made, Total
from reftel.site.output import Output
from reftel.site.plan import Task
from reftel.site.publishing import Figured, Later, News, Piece, Published, figured
from reftel.site.render import Order
from reftel.site.theme import Theme
from reftel.site.trees import File, figures

STATIC, SEARCH, PUBLISHED = "static/", "search/", "published/"
"""Names in the ledger of what is made together."""


class Finish(NamedTuple):
    """What a site consists of, and how many of its files were written by this build."""

    total: Total = Total()
    changed: int = 0


class Making:
    """A site while it is made."""

    def __init__(self, output: Output, ledger: Ledger) -> None:
        self.trees = output.trees
        self._output = output
        self._ledger = ledger
        self._known = ledger.inputs() if output.is_known else {}
        self._kept: dict[str, bytes] = {}
        self._stood: dict[str, Made] = {}
        self._changed: list[str] = []
        self._count = 0
        self._parts: dict[str, bytes] = {}
        self.written = 0
        """Bytes of all files made so far, also of those that were as before."""
        if output.lost:
            lost = [
                made.name for made in ledger.files(self._known) if any(f.address in output.lost for f in made.files)
            ]
            for name in lost:
                self._known[name] = b""

    def is_current(self, name: str, inputs: bytes) -> bool:
        """Whether what was made under this name, from these inputs, stands. If so, it is kept."""
        current = self._known.get(name) == inputs
        if current:
            self._kept[name] = inputs
        return current

    def keep_rest(self) -> bool:
        """Keep the search index and what was published as they stand; False when there are none."""
        rest = {name: inputs for name, inputs in self._known.items() if name.startswith((SEARCH, PUBLISHED))}
        self._kept |= rest
        self._output.is_published = False
        return SEARCH in rest

    def due(self, tasks: Iterable[tuple[Task, bytes]]) -> list[Order]:
        """Orders for those of these tasks whose inputs have changed; the rest is kept."""
        return [
            Order(task.kind, task.key, task.name, inputs)
            for task, inputs in tasks
            if not self.is_current(task.name, inputs)
        ]

    def due_cables(self, names: Sequence[str], all_inputs: Sequence[bytes]) -> list[Order]:
        """The same for the tasks of all cables."""
        known = self._known.get
        due = [place for place, name in enumerate(names) if known(name) != all_inputs[place]]
        self._kept.update(zip(names, all_inputs, strict=True))
        for place in due:
            del self._kept[names[place]]
        return [Order("cable", str(place), names[place], all_inputs[place]) for place in due]

    def add(self, made: Sequence[Made]) -> None:
        """Note what workers have made."""
        self._ledger.add(made)
        for one in made:
            self._count += len(one.changed)
            self.written += sum(file.size for file in one.files)
            if self._output.is_known:
                self._changed += one.changed

    def write(self, name: str, files: Published, inputs: bytes = b"") -> list[File]:
        """Write files and note them under a name; returns their figures."""
        return list(self.writing(name, files, inputs))

    def writing(self, name: str, files: Published, inputs: bytes = b"") -> Iterator[File]:
        """The same in steps: yields each file's figures when it is made, and notes them all after the last. Files
        without bytes come from the scratch folder; those that are made later may stand already.
        """
        made: list[File] = []
        changed: list[str] = []
        pages = 0
        stand = self._standing(name)
        noted = self._ledger.parts(name) if stand else {}
        for address, data in files:
            if isinstance(data, Later):
                self._parts[address] = data.inputs
                if address in stand and noted.get(address) == data.inputs:
                    made.append(stand[address])
                    yield stand[address]
                    continue
                data = data.make()
            if data is None:
                file, is_changed = self.trees.take_over(address)
            else:
                file, data = data if isinstance(data, Figured) else figured(address, data)
                is_changed = self.trees.write(address, data, address in stand and file != stand[address])
            made.append(file)
            if is_changed:
                changed.append(address)
            pages += data is not None and address.endswith(".html")
            yield file
        parts, self._parts = self._parts, {}
        self.add([Made(name, inputs, pages, made, changed, parts)])

    def _standing(self, name: str) -> dict[str, File]:
        """The files that were made under a name and still stand."""
        if not self._output.is_known or self._output.lost:
            return {}
        return {file.address: file for made in self._standing_under([name]) for file in made.files}

    def _standing_under(self, names: Collection[str]) -> list[Made]:
        """What stands under these names. Where they are few it is read once: several ask for the same."""
        if len(names) > MANY:
            return list(self._ledger.files(names))
        self._stood.update((made.name, made) for made in self._ledger.files(set(names) - self._stood.keys()))
        return [self._stood[name] for name in names if name in self._stood]

    def join(self, name: str, address: str, pieces: Iterable[Piece]) -> bytes:
        """The pieces of a file as one; those that were in the file that stands are taken from there."""
        old = self._old_pieces(name, address)
        joined: list[bytes | memoryview] = []
        sizes: list[tuple[bytes, int]] = []
        for piece in pieces:
            data = old.get(piece.inputs)
            joined.append(piece.make() if data is None else data)
            sizes.append((piece.inputs, len(joined[-1])))
        self._parts[address] = msgspec.msgpack.encode(sizes)
        return b"".join(joined)

    def _old_pieces(self, name: str, address: str) -> dict[bytes, memoryview]:
        noted = self._ledger.parts(name).get(address) if self._output.is_known else None
        last = self._last(address) if noted else None
        if not noted or last is None:
            return {}
        found: dict[bytes, memoryview] = {}
        rest, at = memoryview(last), 0
        for inputs, size in msgspec.msgpack.decode(noted, type=list[tuple[bytes, int]]):
            found[inputs] = rest[at : at + size]
            at += size
        return found

    def known(self, prefix: str) -> dict[str, bytes]:
        """The inputs of all that the last build made under names that begin so; nothing where some of it is lost."""
        found = {name: inputs for name, inputs in self._known.items() if name.startswith(prefix)}
        return found if all(found.values()) else {}

    def keep(self, names: Iterable[str]) -> None:
        """Keep what stands under these names."""
        self._kept |= {name: self._known[name] for name in names}

    def regroup(self, files: Mapping[str, Sequence[tuple[File, bool]]], gone: Collection[str]) -> dict[str, list[File]]:
        """Under each of these names what stands, without the addresses that are gone, with further files (and whether
        they are others than before).
        """
        found = {}
        for made in self._ledger.files(files):
            others = {*gone, *(file.address for file, _ in files[made.name])}
            found[made.name] = [file for file in made.files if file.address not in others]
        return {name: [*found.get(name, ()), *(file for file, _ in more)] for name, more in files.items()}

    def files(self) -> Iterator[File]:
        """The figures of all files of the site so far."""
        for made in chain(self._ledger.files(self._kept), self._ledger.news()):
            yield from made.files

    def addresses(self, later: Collection[str]) -> list[str]:
        """The addresses of all files of the site so far, in any order."""
        if not self._output.is_known:
            return [file.address for file in self.files()]
        old, new = self._differences(later)
        gone = {file.address for made in (*old, *self._ledger.files(later)) for file in made.files}
        kept = [address for address in self._output.listed() if address not in gone]
        return kept + [file.address for made in new for file in made.files]

    def news(self, later: Collection[str]) -> News | None:
        """How the site so far differs from the one that stands; None when that is not known. `later` are names of what
        is still to be made.
        """
        if not (self._output.is_known and self._ledger.is_published):
            return None
        old, new = self._differences(later)
        before = {file.address: file for made in old for file in made.files}
        after = {file.address: file for made in new for file in made.files}
        files: dict[str, File | None] = {**dict.fromkeys(before), **after}
        changed = {address: file for address, file in files.items() if before.get(address) != file}
        return News(files, changed, self._last)

    def finish(self) -> Finish:
        """Swap the site in."""
        total = self._ledger.total() if self._output.is_known else None
        if total is None:
            return self._finish_whole()
        old, new = self._differences()
        self._ledger.remove({made.name for made in old} - {made.name for made in new})
        for made in old:
            total = total.plus(made, -1)
        for made in new:
            total = total.plus(made)
        before = {file.address for made in old for file in made.files}
        after = {file.address for made in new for file in made.files}
        self._output.swap_changes(total, after - before, before - after, self._changed)
        return Finish(total, self._count)

    def _finish_whole(self) -> Finish:
        """The same where it is not known how the site differs from the one that stands: of all that was made, only the
        addresses are held in memory.
        """
        self._ledger.remove(self._known.keys() - self._kept.keys() - self._ledger.new_names())
        total, addresses = Total(), set[str]()
        for made in chain(self._ledger.files(self._kept), self._ledger.news()):
            total = total.plus(made)
            addresses.update(file.address for file in made.files)
        self._output.swap(addresses, self._changed, total)
        return Finish(total, self._count)

    def _differences(self, later: Collection[str] = ()) -> tuple[list[Made], list[Made]]:
        """What had been made and is made anew or no more, and what has been made by this build."""
        new = list(self._ledger.news())
        touched = {made.name for made in new} | (self._known.keys() - self._kept.keys() - set(later))
        return self._standing_under(touched), new

    def _last(self, address: str) -> bytes | None:
        """A file of the tree that stands, if it is as it was made: as its publisher noted its figures."""
        try:
            data = Path(self.trees.old, address).read_bytes()
        except OSError:
            return None
        return data if self._published.get(address) == figures(address, data) else None

    @cached_property
    def _published(self) -> dict[str, File]:
        """What publishers made for the tree that stands, by address."""
        names = [name for name in self._known if name.startswith(PUBLISHED)]
        return {file.address: file for made in self._standing_under(names) for file in made.files}


def copy_static(theme: Theme, content: Path, making: Making) -> list[File]:
    """The theme's static files, and the operator's; returns their figures."""
    return making.write(STATIC, ((address, path.read_bytes()) for address, path in theme.static_files(content)))
