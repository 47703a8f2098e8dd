"""The literature review: records, deduplication, screening, flow, taxonomy and synthesis. Pure functions."""
