"""The body proper, in the order in which it is read:

    paragraphs    which numbers are paragraphs: the best chain of candidates
    enumerations  which letters are sub-paragraphs, which numbers items of a list
    flow          the author's lines, and which gaps between them are his
    signature     the surname under the last paragraph
    blocks        lines → drafts of blocks (with headings, shapes, drafts)
    settle        what a neighbour decides about a draft
    write         drafts → blocks with anchors and marks; missing numbers
    summary       summary and comment, among the blocks

`read.read_body` runs them.
"""

from reftel.cable.body.read import Body, read_body

__all__ = ["Body", "read_body"]
