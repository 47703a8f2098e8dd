"""What each measure means, in a sentence, with its source."""

from __future__ import annotations

__all__ = ["COMPARED", "DEFINITIONS", "NETWORK_LABELS"]

COMPARED = ("degree", "strength", "betweenness", "harmonic_normalised", "eigenvector", "core")
"""Measures of firms by which two groups of them are set against each other."""

DEFINITIONS: dict[str, str] = {
    "alliances": "Number of alliances of which the firm is a partner.",
    "degree": "Number of distinct firms with which the firm shares at least one alliance "
    "(Freeman 1978, DOI 10.1016/0378-8733(78)90021-7; not normalised).",
    "strength": "Sum of the weights of the firm's ties, the weight being the number of shared alliances "
    "(Barrat et al. 2004, DOI 10.1073/pnas.0400087101).",
    "betweenness": "Share of the shortest paths between two other firms that pass through the firm, averaged "
    "over all pairs of other firms: betweenness_raw times 2 / ((n - 1)(n - 2)). A tie is one step "
    "whatever its weight; pairs without a path count as 0 (Freeman 1977, DOI 10.2307/3033543).",
    "betweenness_raw": "Sum over all pairs of other firms of the share of their shortest paths that pass "
    "through the firm (Freeman 1977, DOI 10.2307/3033543; Brandes 2001, DOI 10.1080/0022250X.2001.9990249).",
    "betweenness_error": "Standard error of betweenness when it rests on a sample of source firms; "
    "0 when it is exact.",
    "harmonic": "Sum over all other firms of 1 / distance, 0 for a firm that cannot be reached "
    "(Marchiori and Latora 2000, DOI 10.1016/S0378-4371(00)00311-3; Rochat 2009).",
    "harmonic_normalised": "Harmonic closeness divided by n - 1: the mean of 1 / distance, in 0..1.",
    "harmonic_error": "Standard error of normalised harmonic closeness when it rests on a sample of firms; "
    "0 when it is exact.",
    "eigenvector": "Entry of the leading eigenvector (of length 1) of the matrix of shared alliances: a firm "
    "is central when its partners are; exactly 0 outside the component with the greatest eigenvalue "
    "(Bonacich 1972, DOI 10.1080/0022250X.1972.9989806).",
    "core": "Greatest k such that the firm belongs to a set of firms each of which has at least k partners "
    "within the set (k-core; Seidman 1983, DOI 10.1016/0378-8733(83)90028-X).",
    "component": "Number of the component: firms joined by some path. 1 is the largest.",
    "community": "Number of the community by the Leiden algorithm on weighted ties; 1 is the largest "
    "(Traag, Waltman and van Eck 2019, DOI 10.1038/s41598-019-41695-z).",
    "rank": "Competition rank: 1 + the number of firms with a greater value. low and high: 2.5% and 97.5% "
    "percentile of the rank over a bootstrap of alliances, widened to hold the rank itself; "
    "top: share of draws in which the firm is among the first ten.",
    "ties": "Pairs of firms that share at least one alliance.",
    "density": "Ties divided by the number of pairs of firms.",
    "mean_degree": "Mean number of partner firms over all firms: 2 x ties / firms.",
    "share_in_largest": "Share of the firms that are in the largest component.",
    "transitivity": "Three times the number of triangles divided by the number of pairs of ties that meet in "
    "a firm. An alliance of three or more partners makes triangles by itself "
    "(Newman, Watts and Strogatz 2002, DOI 10.1073/pnas.012582999).",
    "average_clustering": "Mean over all firms of the share of pairs of a firm's partners that are partners "
    "themselves; firms with fewer than two partners count as 0, and where no firm has two it is undefined "
    "(Watts and Strogatz 1998, DOI 10.1038/30918).",
    "mean_distance": "Mean number of steps between two firms of the largest component.",
    "diameter": "Greatest distance between two firms of the largest component.",
    "modularity": "Share of the weight of ties that lies within communities, less the share expected if ties "
    "were drawn at random with the same strengths (Newman 2004, DOI 10.1103/PhysRevE.70.056131).",
    "agreement": "Mean adjusted Rand index between partitions from different seeds: 1 = always the same, "
    "0 = no more alike than by chance (Hubert and Arabie 1985, DOI 10.1007/BF01908075).",
    "information": "Mean normalised mutual information between partitions from different seeds "
    "(Danon et al. 2005, DOI 10.1088/1742-5468/2005/09/P09008).",
}
"""Definition of each column of the firms' table and of each number of the network, by name."""

NETWORK_LABELS: dict[str, str] = {
    "firms": "Firms",
    "alliances": "Alliances",
    "ties": "Ties",
    "density": "Density",
    "mean_degree": "Mean degree",
    "components": "Components",
    "largest_component": "Firms in the largest component",
    "share_in_largest": "Share in the largest component",
    "transitivity": "Transitivity",
    "average_clustering": "Average clustering",
    "mean_distance": "Mean distance (largest component)",
    "diameter": "Diameter (largest component)",
    "communities": "Communities",
    "modularity": "Modularity",
    "agreement": "Agreement between runs (adjusted Rand)",
    "information": "Agreement between runs (mutual information)",
}
"""Printed label of each number of the network, in the order of the table."""
