"""Slides to stand beside: a ``Deck`` and its ``Slide``s, all frozen values, as a ``Document`` is for papers to read.

Every text is plain text. A slide that could not be read from the last row (a title of a paragraph, seven lines) is
the maker's to mend: the renderer sets it smaller until it fits, and never drops a word.
"""

from __future__ import annotations

import datetime
from typing import Literal, TypeAlias

import msgspec

from samenspraak.documents.blocks import _PICTURE_STARTS, Drawing, Language, is_blank

SlideKind: TypeAlias = Literal["title", "content", "assignment", "background"]


class Slide(msgspec.Struct, frozen=True, kw_only=True):
    """One slide.

    ``title`` opens a part, ``content`` makes one claim with a few lines or a drawing, ``assignment`` says what to do
    in how many ``minutes``, and ``background`` is hidden in the room and read afterwards. ``over`` is a short line
    above the title, ``foot`` one below; ``notes`` is what the trainer says.
    """

    kind: SlideKind
    title: str
    lines: tuple[str, ...] = ()
    over: str = ""
    minutes: int | None = None
    foot: str = ""
    notes: str = ""
    drawing: Drawing | None = None

    def __post_init__(self) -> None:
        if is_blank(self.title):
            raise ValueError("a slide needs a title")
        if self.minutes is not None and self.kind != "assignment":
            raise ValueError(f"slide {self.title!r}: only an assignment takes minutes")
        if self.drawing is not None and self.kind != "content":
            raise ValueError(f"slide {self.title!r}: a drawing stands beside content")

    @property
    def layout(self) -> str:
        """Which layout it takes: its kind, and content with a drawing has its own."""
        return "drawing" if self.drawing is not None else self.kind

    @property
    def is_hidden(self) -> bool:
        """Whether it stays out of sight in the room."""
        return self.kind == "background"


class Deck(msgspec.Struct, frozen=True, kw_only=True):
    """All slides of one occasion; ``organisation`` gives it, with its ``logo`` (the bytes of a PNG or JPEG) if any."""

    title: str
    language: Language
    day: datetime.date
    organisation: str
    slides: tuple[Slide, ...]
    logo: bytes | None = None
    subject: str = ""

    def __post_init__(self) -> None:
        if is_blank(self.title) or not self.slides:
            raise ValueError("a deck needs a title and slides")
        if self.logo is not None and not self.logo.startswith(_PICTURE_STARTS):
            raise ValueError("a logo is a PNG or JPEG picture")
