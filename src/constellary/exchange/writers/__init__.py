"""One module a format that Constellary writes.

Each has a function `files(frames)`, or `files(frames, drawing)` for graph formats, that returns bytes
by name and touches no disk (SPSS and Stata borrow a temporary folder). For a format that is a folder
the names are those of its files; for one that is a file or a few files, they are what follows the stem
of the path (`.gexf`, `-firms.sav`). `constellary.exchange.export` puts them in place. The same frames
and drawing give the same bytes.
"""
