"""Forms: alliances and firms as a person edits them, from the codebook to the page and back."""
