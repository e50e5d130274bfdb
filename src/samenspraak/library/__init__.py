"""Naslag: the method to browse, search, link to and print.

An organisation lays its own words over an edition here. Other rooms read content through ``queries.edition_for``, so
that they get those words without knowing of them.
"""
