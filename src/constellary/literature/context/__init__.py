"""Bibliographic context: years, venues, authors, keywords and citations of works, and the networks that they make."""
