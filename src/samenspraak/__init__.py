"""Samenspraak: from good intentions to good conversations with the people a supply chain touches."""

__version__ = "0.1.0"
