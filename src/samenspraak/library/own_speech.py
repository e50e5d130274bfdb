"""What own words are called on the screen: their kinds, their texts, and lines of their history."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samenspraak.library.models import COLUMNS, OwnWords


def kind_words() -> dict[str, str]:
    """What each kind is called."""
    return {
        "wording": _("Own wording"),
        "example": _("Own example"),
        "action": _("Own action"),
        "line": _("Own line in a list"),
        "condition": _("Own condition"),
    }


def field_words(kind: str = "") -> dict[str, str]:
    """What each text of a kind is called, by column and for the history."""
    texts = {"title": _("Title"), "text": _("Text"), "why": _("Why this counts"), "signs": _("How you can tell")}
    texts |= {"condition": {"text": _("Statement")}, "line": {"text": _("About")}}.get(kind, {})
    codes = {"nl": _("in Dutch"), "en": _("in English")}
    columns = {name: f"{texts[name[:-3]]}, {codes[name[-2:]]}" for name in COLUMNS}
    return columns | {f"own_{name}": text for name, text in columns.items()} | {"own_back": _("Holds")}


def hints() -> dict[str, str]:
    """What helps to write each text, by kind and column."""
    return {
        "condition.text": _("One sentence that can be so or not so, like “My company …”."),
        "condition.signs": _("One on each line."),
        "action.text": _("Short enough for the title of a task: at most 200 characters."),
        "line.text": _("May be left empty."),
        "condition.why": _("May be left empty."),
    }


def said_of(row: OwnWords) -> list[tuple[str, str]]:
    """The texts of a row that are there, each with what it is called."""
    words = field_words(row.kind)
    return [(words[name], getattr(row, name)) for name in COLUMNS if getattr(row, name)]
