"""A study: its codebook, its file, its decisions, and the frames that are read from it."""
