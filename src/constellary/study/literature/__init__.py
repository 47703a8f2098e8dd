"""The literature of a study: its records and everything that is decided about them."""
