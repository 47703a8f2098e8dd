"""Constellary: the workbench for studying inter-firm alliances."""

__version__ = "0.1.0"
