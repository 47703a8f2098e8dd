"""Coding by several people: who codes what in which order, where they differ, and what must stay hidden."""
