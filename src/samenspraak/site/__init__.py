"""Wiring only: settings, addresses, the servers and the command line.

This room imports every other room and is imported by none. What it decides is how the rooms are put
together and started, never what they do.
"""
