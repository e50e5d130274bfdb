"""Days, moments and numbers the way people write them in Dutch and in English; text cut short, text from the right."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal

from samenspraak.documents.blocks import Cell, Language
from samenspraak.documents.words import WORDS

NOTHING = "–"


def day_text(day: datetime.date, language: Language) -> str:
    """Give "21 november 2026" or "21 November 2026"."""
    return f"{day.day} {WORDS[language].months[day.month - 1]} {day.year}"


def moment_text(moment: datetime.datetime, language: Language) -> str:
    """Give "21 november 2026, 13.30 uur" or "21 November 2026, 13:30", in the zone the moment is given in."""
    return WORDS[language].moment.format(day=day_text(moment, language), hour=moment.hour, minute=moment.minute)


def number_text(number: int | Decimal, language: Language) -> str:
    """Give "1.234,56" or "1,234.56" with the decimals the number has; a year is a text, not a number."""
    words = WORDS[language]
    written = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,d}"
    return written.translate({ord(","): words.thousands, ord("."): words.decimal})


def cell_text(cell: Cell, language: Language) -> str:
    """Give a cell as text; an empty cell is a dash, so nobody wonders whether it was forgotten."""
    match cell:
        case None:
            return NOTHING
        case str():
            return cell
        case datetime.datetime():
            return moment_text(cell, language)
        case datetime.date():
            return day_text(cell, language)
        case _:
            return number_text(cell, language)


def shortened(text: str, letters: int) -> str:
    """Cut ``text`` to at most ``letters`` characters, the last of them "…", at the end of a word where one is near."""
    if len(text) <= letters:
        return text
    end = letters - 1
    while end > 0 and _joins(text[end], text[end - 1]):
        end -= 1
    kept = text[:end]
    word_end = max(kept.rfind(" "), kept.rfind("\n"))
    if word_end > end * 0.6:
        kept = kept[:word_end]
    return kept.rstrip() + "…"


def _joins(char: str, before: str) -> bool:
    """Whether ``char`` makes one drawn letter with the one before it."""
    return unicodedata.category(char) in {"Mn", "Mc", "Me", "Cf", "Sk"} or before == "\u200d"


def starts_right_to_left(text: str) -> bool:
    """Whether the first letter of ``text`` belongs to a script written from right to left."""
    directions = (unicodedata.bidirectional(char) for char in text)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"
