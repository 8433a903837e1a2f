"""What stands between blanks, analysed once for each process: most chunks in one part have been in another before.

A text's chunks are looked up all at once, in a table by their bytes; only those that are not in it are asked for one by
one.
"""

from array import array
from functools import lru_cache

import numpy as np

from reftel.search.arrays import Array
from reftel.search.fields import BREAK, END, TERM
from reftel.search.stemmer import stem
from reftel.search.table import NONE, Table, bounds, spelled
from reftel.search.word_numbers import Words
from reftel.search.words import STOP_WORDS, analyse, is_plain, surfaces

STOP_CODES = {word: code for code, word in enumerate(sorted(STOP_WORDS), 1)}
"""How a stop word is written in a gap: one byte, 1 to 119."""
TERM_CODE, JOINED_CODE, BREAK_CODE, END_CODE = 0, 253, 254, 255
"""Of steps that are no stop words. A joined form stands with the word before it, at no place of its own."""
NO_TERM = -1
MOST_CHUNKS = 500_000
"""How many different chunks a process remembers (some 150 bytes each)."""
_END = END.decode(errors="surrogateescape")
"""As the lone surrogate that Python makes of such a byte."""
MARKS = ".,;:!?()[]<>*-/_`'\"\u2018\u2019\u201c\u201d"
"""What may stand around a word and changes nothing."""


class Chunks(dict[str, int]):
    """Numbers for the chunks seen so far, with the steps that each takes through the text: a word, a stop word, a
    break, or a joined form.
    """

    def __init__(self) -> None:
        super().__init__()
        self.terms, self.forms = Words(), Words()
        self.code, self.term, self.form = array("B"), array("i"), array("i")
        """Of each step its code, and the term and form where it has them."""
        self.starts = array("i", [0])
        """Where each chunk's steps begin, [chunks + 1]."""
        self._table = Table()

    def numbers_in(self, text: bytes) -> Array:
        """The numbers of a text's chunks, in order. It begins with a blank."""
        starts, sizes = bounds(text)
        pairs = spelled(text, starts, sizes)
        numbers = self._table.numbers(pairs)
        missing = np.flatnonzero(numbers == NONE)
        if len(missing):
            places = zip(starts[missing].tolist(), (starts + sizes)[missing].tolist(), strict=True)
            numbers[missing] = [self[text[start:end].decode(errors="surrogateescape")] for start, end in places]
            new = missing.take(self._table.room(pairs[missing]))
            self._table.put(pairs[new], numbers[new])
        return numbers

    def __missing__(self, chunk: str) -> int:
        plain = chunk.lower().strip(MARKS)
        if not is_plain(plain):
            self._steps(chunk)
        elif plain == chunk:
            self._step(plain, "" if plain in STOP_CODES else stem(plain))
        else:
            number = self[chunk] = self[plain]
            return number
        number = self[chunk] = len(self.starts) - 1
        self.starts.append(len(self.code))
        return number

    def _steps(self, chunk: str) -> None:
        if chunk == BREAK:
            self._place(BREAK_CODE)
        elif chunk == _END:
            self._place(END_CODE)
        elif chunk.startswith(TERM):
            self._step(chunk[1:], chunk[1:])
        else:
            for surface in surfaces(chunk):
                for piece in analyse(surface):
                    first, *others = piece.words
                    self._step(*first)
                    if piece.joined and piece.joined.term:
                        self._step(*piece.joined, JOINED_CODE)
                    for word in others:
                        self._step(*word)

    def _step(self, form: str, term: str, code: int = TERM_CODE) -> None:
        if not term:
            self._place(STOP_CODES[form])
            return
        self.code.append(code)
        self.term.append(self.terms[term])
        self.form.append(self.forms[form])

    def _place(self, code: int) -> None:
        self.code.append(code)
        self.term.append(NO_TERM)
        self.form.append(NO_TERM)


@lru_cache(maxsize=1)
def chunks_seen() -> Chunks:
    """The chunks that this process has seen."""
    return Chunks()


def forget_too_many() -> None:
    """Begin anew when the process remembers too much."""
    if len(chunks_seen()) > MOST_CHUNKS:
        chunks_seen.cache_clear()
