"""Taking in files of other people: what was sent, what was understood of it, and what it would change."""
