"""The Jinja2 environment of every page."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID

from babel.dates import format_date
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from samenspraak.ui.assets import asset_url
from samenspraak.ui.speech import counted, translated

_PLAIN = re.compile(r"[A-Za-z0-9_-]+")


@cache
def _address(urlconf: str, name: str, kinds: tuple[type, ...]) -> list[str] | None:
    """The pieces of an address around its arguments; None where they cannot be told apart."""
    stand_ins = [UUID(int=n + 1) if kind is UUID else f"stand-in-{n}" for n, kind in enumerate(kinds)]
    try:
        path = reverse(name, urlconf=urlconf, args=stand_ins or None)
    except NoReverseMatch:
        return None
    pieces = []
    for stand_in in stand_ins:
        before, found, path = path.partition(str(stand_in))
        if not found:
            return None
        pieces.append(before)
    return [*pieces, path]


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a route.

    A page has tens of links and Django's ``reverse`` searches all routes for each, so the pieces are remembered. What
    needs quoting, and what is no UUID or text, goes the slow way.
    """
    if not kwargs and all(isinstance(a, UUID) or (isinstance(a, str) and _PLAIN.fullmatch(a)) for a in args):
        kinds = tuple(UUID if isinstance(a, UUID) else str for a in args)
        pieces = _address(settings.ROOT_URLCONF, name, kinds)
        if pieces:
            return "".join(f"{piece}{arg}" for piece, arg in zip(pieces, args, strict=False)) + pieces[-1]
    return reverse(name, args=args or None, kwargs=kwargs or None)


def day(value: date | datetime) -> str:
    """A day as people write it: 21 november 2026."""
    value = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return format_date(value, "d MMMM y", locale=get_language() or "nl")


def written_day(value: str) -> str:
    """A day that was kept as 2026-11-27, as people write it; anything else as it is."""
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value


def short_day(value: date | datetime) -> str:
    """A day without its year when that is this year: 27 november."""
    value = timezone.localtime(value).date() if isinstance(value, datetime) else value
    pattern = "d MMMM" if value.year == timezone.localdate().year else "d MMMM y"
    return format_date(value, pattern, locale=get_language() or "nl")


def clock(value: datetime | time) -> str:
    """A time on the organisation's clock: 14.32 uur, 14:32. A bare time is on that clock already."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    return f"{local:%H.%M} uur" if get_language() == "nl" else f"{local:%H:%M}"


def moment(value: datetime) -> str:
    """Day and time together."""
    return f"{day(value)}, {clock(value)}"


def machine_time(value: date | datetime) -> str:
    """For the ``datetime`` attribute of ``<time>``."""
    return value.isoformat()


def number(value: int) -> str:
    """A whole number with its thousands apart."""
    return f"{value:,}".replace(",", "." if get_language() == "nl" else ",")


def quantity(value: Decimal) -> str:
    """A number with the decimals it needs and no thousands apart, so that it can be typed back: 1,5 or 1.5."""
    written = f"{value.normalize():f}"
    return written.replace(".", ",") if get_language() == "nl" else written


_WORDS = {
    "nl": ["nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"],
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
}


def in_words(value: int) -> str:
    """A small whole number as a word, from thirteen on in figures."""
    words = _WORDS["en" if get_language() == "en" else "nl"]
    return words[value] if 0 <= value < len(words) else number(value)


def upper_first(text: str) -> str:
    """A sentence with its first letter in upper case, and nothing else changed."""
    return text[:1].upper() + text[1:]


def file_size(value: int) -> str:
    """A size in kB or MB of 1000: 84 kB."""
    if value < 1_000_000:
        return f"{max(1, round(value / 1000))} kB"
    figure = f"{value / 1_000_000:.1f}"
    return f"{figure.replace('.', ',') if get_language() == 'nl' else figure} MB"


def paragraphs(text: str) -> Markup:
    """Plain text as paragraphs; a blank line starts a new one, a newline breaks the line."""
    parts = [p.strip() for p in text.split("\n\n") if p.strip()]
    return Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in p.split("\n"))) for p in parts
    )


def prose(text: str) -> Markup:
    """Text of an edition: every line is a paragraph."""
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in text.split("\n") if line)


def environment(**options: Any) -> Environment:
    """Jinja2 as our pages use it: escaping always on, an unknown name is an error."""
    options["undefined"] = StrictUndefined
    options["autoescape"] = True
    options["trim_blocks"] = True
    options["lstrip_blocks"] = True
    made = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], **options)  # noqa: S701  autoescape is on above
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    made.globals |= {
        "_": translated,
        "ngettext": counted,
        "url": url,
        "asset": asset_url,
        "now": timezone.now,
        "today": timezone.localdate,
    }
    made.filters |= {
        "day": day,
        "written_day": written_day,
        "short_day": short_day,
        "clock": clock,
        "moment": moment,
        "machine_time": machine_time,
        "in_words": in_words,
        "upper_first": upper_first,
        "file_size": file_size,
        "paragraphs": paragraphs,
        "prose": prose,
    }
    return made
