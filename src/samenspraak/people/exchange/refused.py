"""Why a file cannot come in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Refused(Exception):
    """Says, in the language of whoever brought the file, what is wrong with it and where; nothing has changed."""


@contextmanager
def within(place: str) -> Iterator[None]:
    """Say where something is wrong."""
    try:
        yield
    except Refused as refused:
        raise Refused(f"{place}: {refused}") from None
