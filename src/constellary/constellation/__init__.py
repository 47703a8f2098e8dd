"""The firms and their ties: projection, centrality, communities, stability, layout."""
