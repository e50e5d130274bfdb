"""Pieces of SVG: numbers in as few signs as a drawing needs, text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, LiteralString

from markupsafe import Markup, escape


def number(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{round(value, 1):g}"


def _safe(value: Any) -> str:
    return number(value) if isinstance(value, float | int) else escape(value)


def piece(template: LiteralString, **values: Any) -> Markup:
    """The template with its values in place: numbers short, text escaped, markup as it is."""
    safe = {key: _safe(value) for key, value in values.items()}
    return Markup(template.format(**safe))  # noqa: S704  every value is escaped; the templates are literals here


def joined(pieces: Iterable[Markup]) -> Markup:
    """The pieces one after another."""
    return Markup("".join(pieces))  # noqa: S704  the pieces are markup
