"""The texts of all blocks as one string: a word is looked for once in it, and not once in every block.

What is found there belongs to one block; where it stands in that block's text is counted from `starts`.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from reftel.cable.model import Block


@dataclass(slots=True)
class Prose:
    """The blocks' texts, a line end between two of them."""

    texts: list[str]
    whole: str = field(init=False)
    lower: bytes = field(init=False)
    """The same in small letters, a byte for each character (`?` where there is none): a word is found fastest in it."""
    starts: list[int] = field(init=False)
    """Where each block's text begins in it."""

    def __post_init__(self) -> None:
        self.whole = "\n".join(self.texts)
        self.lower = self.whole.encode("latin-1", "replace").lower()
        self.starts = list(accumulate([len(text) + 1 for text in self.texts[:-1]], initial=0))

    def block_at(self, offset: int) -> int:
        """The index of the block whose text holds the character at `offset` of the whole."""
        return bisect_right(self.starts, offset) - 1

    def blocks_with(self, word: bytes) -> Iterator[int]:
        """The indexes of the blocks in whose text a word in small letters stands, in order, each once."""
        at = self.lower.find(word)
        while at >= 0:
            i = self.block_at(at)
            yield i
            at = self.lower.find(word, self.starts[i] + len(self.texts[i]))


def prose_of(blocks: list[Block]) -> Prose:
    """The blocks' texts as one."""
    return Prose([block.text for block in blocks])
