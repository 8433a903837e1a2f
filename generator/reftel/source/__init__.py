"""Read a content folder: one `Source` per cable found, whatever it was found in.

walk        which files are candidates
read        one file: told by its content (`recognise`), decoded (`decode`), its cables found by one of these:
text        raw text, several cables in one file, a blog's page copied as text (`furniture`)
page, blog  a page of the 2010 site; any other HTML page
dump        the full set's CSV, as a stream
"""
