"""Figures, tables, text and documents, written from results."""
