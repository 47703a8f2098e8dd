"""Bibliographic exports: one module a format; content decides, and every tag is kept."""
