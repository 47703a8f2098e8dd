"""From somebody's file to the tables of a study: one module a format, then one a step."""
