"""What pages say: the texts of a language, looked up once."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import get_language, gettext, ngettext
from markupsafe import Markup


class Speech:
    """The texts of one language for templates: the translation is trusted, values are escaped.

    Says the same as Jinja's own newstyle gettext, which goes through the template context and Django's thread-locals
    for every text; a page says a hundred things, so a text that was said once is kept.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.known: dict[str, Markup] = {}

    def say(self, text: str, **values: Any) -> Markup:
        """``_("…", name=…)``."""
        found = self.known.get(text)
        if found is None:
            with translation.override(self.language):
                found = self.known[text] = Markup(gettext(text))  # noqa: S704  our own catalogue
        return found % values if values or "%%" in found else found

    def count(self, one: str, many: str, num: int, **values: Any) -> Markup:
        """``ngettext``; ``%(num)s`` is always there. Dutch and English have the same two forms."""
        key = f"{one}\x00{many}\x00{num == 1}"
        found = self.known.get(key)
        if found is None:
            with translation.override(self.language):
                found = self.known[key] = Markup(ngettext(one, many, num))  # noqa: S704  our own catalogue
        return found % {"num": num, **values}


_SPEECH = {language: Speech(language) for language in ("nl", "en")}


def speech() -> Speech:
    """The texts of the language that is active now."""
    return _SPEECH["en" if get_language() == "en" else "nl"]


def translated(text: str, **values: Any) -> Markup:
    """``_`` for macros, which do not see what the page knows."""
    return speech().say(text, **values)


def counted(one: str, many: str, num: int, **values: Any) -> Markup:
    """``ngettext`` for macros."""
    return speech().count(one, many, num, **values)
