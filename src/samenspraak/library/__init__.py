"""Naslag: the method to browse, search, link to and print.

Other rooms read content through ``queries.edition_for``, so that an organisation's own wording can be laid over an
edition in one place.
"""
