"""The chapters of the report, one module a chapter.

Each takes findings and returns a section, or None where there is nothing to say. They write sentences
from numbers and compute nothing.
"""
