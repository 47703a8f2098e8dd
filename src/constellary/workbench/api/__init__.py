"""The JSON API under `/api/v1`, a module for each subject; the same services as the pages."""
