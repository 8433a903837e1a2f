"""The order in which lunr.js expands a word with wildcards or mistakes into terms.

Ties among results follow this order, so it is kept: the terms are put into a trie, intersected with the word's
automaton and listed, each as lunr.js's TokenSet does it, whose edges stand in the order of a JavaScript object's keys:
digits first, then as inserted. (The lunr package's TokenSet keeps Python's order; lunr.js's own index shares nodes
wrongly for some terms with digits: a plain trie does not.)
"""

from collections.abc import Iterable


class Node:
    """A state: whether a word may end here, and where each character leads ("*" in a word's automaton: any)."""

    __slots__ = ("edges", "final")

    def __init__(self) -> None:
        self.final = False
        self.edges: dict[str, Node] = {}

    def labels(self) -> list[str]:
        """The edges in JavaScript's order."""
        digits = sorted(key for key in self.edges if "0" <= key <= "9")
        return digits + [key for key in self.edges if not "0" <= key <= "9"]

    def step(self, key: str) -> "Node":
        """The state behind an edge, made where there is none."""
        return self.edges.setdefault(key, Node())


def expansion_order(terms: Iterable[str], word: str, edits: int) -> list[str]:
    """The terms that match the word, in lunr.js's order. The terms come in UTF-16 order."""
    return _words(_intersect(_trie(terms), _fuzzy(word, edits) if edits else _pattern(word)))


def _trie(terms: Iterable[str]) -> Node:
    root = Node()
    for term in terms:
        node = root
        for character in term:
            node = node.step(character)
        node.final = True
    return root


def _pattern(word: str) -> Node:
    root = node = Node()
    for place, character in enumerate(word):
        last = place == len(word) - 1
        if character == "*":
            node.edges["*"] = node
            node.final = last
        else:
            following = node.edges[character] = Node()
            following.final = last
            node = following
    return root


def _fuzzy(word: str, edits: int) -> Node:
    root = Node()
    stack = [(root, edits, word)]
    while stack:
        node, left, rest = stack.pop()
        if rest:
            same = node.step(rest[0])
            same.final = same.final or len(rest) == 1
            stack.append((same, left, rest[1:]))
        if not left:
            continue
        inserted = node.step("*")
        inserted.final = inserted.final or not rest
        stack.append((inserted, left - 1, rest))
        if len(rest) > 1:
            stack.append((node, left - 1, rest[1:]))
        if len(rest) == 1:
            node.final = True
        if rest:
            substituted = node.step("*")
            substituted.final = substituted.final or len(rest) == 1
            stack.append((substituted, left - 1, rest[1:]))
        if len(rest) > 1:
            swapped = node.step(rest[1])
            stack.append((swapped, left - 1, rest[0] + rest[2:]))
    return root


def _intersect(index: Node, query: Node) -> Node:
    output = Node()
    stack = [(query, output, index)]
    while stack:
        asked, made, node = stack.pop()
        there = node.labels()
        for wanted in asked.labels():
            for key in there:
                if key == wanted or wanted == "*":
                    behind, asked_behind = node.edges[key], asked.edges[wanted]
                    following = made.step(key)
                    following.final = following.final or (behind.final and asked_behind.final)
                    stack.append((asked_behind, following, behind))
    return output


def _words(root: Node) -> list[str]:
    words: list[str] = []
    stack = [("", root)]
    while stack:
        prefix, node = stack.pop()
        if node.final:
            words.append(prefix)
        stack += [(prefix + key, node.edges[key]) for key in node.labels()]
    return words
