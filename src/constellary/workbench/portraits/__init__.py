"""Portraits: what the page of one alliance and of one firm shows."""
