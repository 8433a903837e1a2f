"""What editors add to the cables: prose pages in Markdown, and sidecars that correct a record without touching its raw
text.
"""
