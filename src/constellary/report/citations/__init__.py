"""Reference lists in the styles of journals, by the Citation Style Language."""
