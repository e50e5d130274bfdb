"""The levels of the titles in a paper."""

from __future__ import annotations


class Outline:
    """Hands out heading levels: never one skipped on the way down, or readers who go by headings would get lost."""

    def __init__(self) -> None:
        self._level = 1

    def level(self, wanted: int) -> int:
        """Give the level for the next title: ``wanted``, or less deep when the one before it is not deep enough."""
        self._level = min(wanted, self._level + 1)
        return self._level
