"""Everything with an owner and a date, wherever it came from.

A task keeps one click back to its origin, is done with a note, and stands in a calendar feed. Rooms above make
tasks through ``actions``; this room does not know what they are for.
"""
