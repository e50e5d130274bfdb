"""The few words the renderer itself adds to a paper, in Dutch and in English."""

from __future__ import annotations

import msgspec

from samenspraak.documents.blocks import ColumnKind, Language
from samenspraak.documents.lines import LineKind


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """Words in one language; names in braces are filled in with ``str.format``."""

    page: str
    attention: str
    more: str
    table: str
    glyph_note: str
    short_note: str
    background: str
    minutes: str
    months: tuple[str, ...]
    moment: str
    thousands: str
    decimal: str
    code_titles: tuple[str, ...]
    text_titles: tuple[str, ...]
    about_text: tuple[str, ...]
    column_kinds: dict[ColumnKind, str]
    line_kinds: dict[LineKind, str]


WORDS: dict[Language, Words] = {
    "nl": Words(
        page="bladzijde {number} van {count}",
        attention="Let op",
        more="… en nog {count}",
        table="tabel",
        glyph_note="Een code als ⟨U+4E2D⟩ staat voor een teken dat onze lettertypen niet hebben.",
        short_note="Ingekort, zodat het op één bladzijde past. De Word-versie bevat alles.",
        background="Achtergrond, verborgen in de zaal",
        minutes="minuten",
        months=(
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ),
        moment="{day}, {hour:02}.{minute:02} uur",
        thousands=".",
        decimal=",",
        code_titles=("Blad", "Kolom", "Naam", "Betekenis", "Soort"),
        text_titles=("Deel", "Soort", "Tekst", "Toelichting"),
        about_text=(
            "Het deel van het stuk waar de regel in staat",
            "Wat de regel is: kop, tekst, stand, getal, keuze",
            "De tekst zelf",
            "Wat er verder bij staat",
        ),
        column_kinds={
            "text": "tekst",
            "number": "getal",
            "date": "datum",
            "datetime": "datum en tijd",
            "state": "stand",
            "link": "verwijzing",
        },
        line_kinds={
            "title": "titel",
            "heading": "kop",
            "text": "tekst",
            "item": "punt",
            "state": "stand",
            "figure": "getal",
            "fact": "gegeven",
            "choice": "keuze",
            "writing": "schrijfruimte",
            "sign": "ondertekening",
            "notice": "let op",
            "drawing": "tekening",
            "foot": "voet",
        },
    ),
    "en": Words(
        page="page {number} of {count}",
        attention="Please note",
        more="… and {count} more",
        table="table",
        glyph_note="A code such as ⟨U+4E2D⟩ stands for a character that our fonts do not have.",
        short_note="Shortened to fit one page. The Word version holds everything.",
        background="Background, hidden in the room",
        minutes="minutes",
        months=(
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        moment="{day}, {hour:02}:{minute:02}",
        thousands=",",
        decimal=".",
        code_titles=("Sheet", "Column", "Key", "Meaning", "Kind"),
        text_titles=("Part", "Kind", "Text", "Detail"),
        about_text=(
            "The part of the paper the line stands in",
            "What the line is: heading, text, standing, figure, choice",
            "The text itself",
            "What goes with it",
        ),
        column_kinds={
            "text": "text",
            "number": "number",
            "date": "date",
            "datetime": "date and time",
            "state": "standing",
            "link": "link",
        },
        line_kinds={
            "title": "title",
            "heading": "heading",
            "text": "text",
            "item": "item",
            "state": "standing",
            "figure": "figure",
            "fact": "fact",
            "choice": "choice",
            "writing": "writing space",
            "sign": "signature",
            "notice": "notice",
            "drawing": "drawing",
            "foot": "foot",
        },
    ),
}
