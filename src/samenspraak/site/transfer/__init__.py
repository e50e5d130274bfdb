"""Everything out and everything in: one file for an organisation, or for a single round.

The rooms say in their ``transfer.py`` what travels; here it is gathered, packed, and brought in again.
"""
