"""Counts, shares, tests, intervals, concentration, trend and agreement: frames in, results out."""
