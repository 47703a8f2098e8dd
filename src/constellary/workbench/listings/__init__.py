"""Listings: the tables of alliances, firms and sources that one searches, sorts and pages through."""
