"""Words that pages and papers of a round share."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from samenspraak.method.small_groups import Count
from samenspraak.method.standing import Standing
from samenspraak.people.models import HistoryEntry
from samenspraak.ui.jinja import in_words, quantity, upper_first
from samenspraak.ui.money import CURRENCIES, Money, money_text


def season(day: date) -> str:
    """What a round is called until somebody names it: najaar 2026."""
    names = (_("winter"), _("spring"), _("summer"), _("autumn"))
    name = names[(day.month % 12) // 3]
    return f"{name} {day.year}".capitalize()


def answer_words() -> dict[str, str]:
    """What each answer is called; the empty one was not given yet."""
    return {
        "yes": _("Yes"),
        "partly": _("Partly"),
        "no": _("No"),
        "unknown": _("I don’t know yet"),
        "": _("Not answered yet"),
    }


def change_in_words(entry: HistoryEntry) -> tuple[str, str]:
    """What stood there and what stands there now: answers as they are called, words of people as they are."""
    if entry.field in ("low", "expected", "high", "quarters"):
        return figure_in_words(entry.old), figure_in_words(entry.new)
    if entry.field == "meeting":
        meetings = {"in-person": _("in person"), "online": _("online")}
        return meetings.get(entry.old, entry.old), meetings.get(entry.new, entry.new)
    if entry.field not in ("value", "voice"):
        return entry.old, entry.new
    words = answer_words()
    return words.get(entry.old, entry.old), words.get(entry.new, entry.new)


def figure_in_words(text: str) -> str:
    """An amount or a number of hours of the history as people write it, with its title where it has one."""
    title, mark, figure = text.rpartition(": ")
    currency, _space, number = figure.rpartition(" ")
    if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", number):
        return text
    value = Decimal(number)
    if currency in CURRENCIES:
        return title + mark + money_text(Money(int(value.scaleb(CURRENCIES[currency])), currency))
    return text if currency else title + mark + quantity(value)


def default_question() -> str:
    """The title of the director's page until somebody writes one."""
    return _("May we start this conversation?")


def history_fields() -> dict[str, str]:
    """What each field of a round is called in its history."""
    return {
        "brought_in": _("Brought in from a file"),
        "started": _("Started"),
        "closed": _("Closed"),
        "value": _("Answer"),
        "how": _("How do we know?"),
        "owner": _("Who"),
        "due_on": _("When"),
        "evidence": _("Evidence"),
        "name": _("Name of the round"),
        "unit": _("Part of the company"),
        "motive": _("Why we want to talk"),
        "question": _("Question to the director"),
        "ask": _("What we ask"),
        "benefits": _("What it brings, and can cost"),
        "feasibility": _("What we think is feasible"),
        **need_fields(),
        "voice_asked": _("A colleague asked"),
        "voice_reminded": _("A colleague reminded"),
        "voice": _("What a colleague answers"),
        "voice_how": _("How this colleague knows"),
    }


def need_fields() -> dict[str, str]:
    """What each field of mandate, hours, budget and team is called in the history."""
    return {
        "about": _("About"),
        "title": _("Line of your own"),
        "may_promise": _("May promise"),
        "must_ask": _("Must ask first"),
        "not_possible": _("Not possible"),
        "by_whom": _("Who decides"),
        "until_on": _("Until"),
        "quarters": _("Hours for each person"),
        "people": _("People"),
        "low": _("Low"),
        "expected": _("Expected"),
        "high": _("High"),
        "is_yearly": _("Every year"),
        "meeting": _("How"),
        "leads": _("Leads"),
        "gives_input": _("Gives input"),
        "wants_results": _("Wants to hear the results"),
        "helps": _("Helps to carry it out"),
        "asked": _("Asked to sign the mandate"),
        "reminded": _("Asked again to sign the mandate"),
        "signed": _("Mandate signed"),
        "change": _("Change asked in the mandate"),
    }


KINDS = {"yes": "good", "partly": "attention", "no": "attention", "unknown": "unknown", "": "unknown"}


class Mark(NamedTuple):
    """One answer as people see it; never colour alone."""

    kind: str
    word: str
    icon: Markup


@cache
def marks(language: str) -> dict[str, Mark]:
    """The marks of the four answers and of no answer yet."""
    page: Any = get_template("ui/components.html")
    draw = page.template.module.icon
    with translation.override(language):
        return {value: Mark(KINDS[value], word, draw(value or "open")) for value, word in answer_words().items()}


@cache
def headline(language: str, met: int, attention: int, unanswered: int) -> str:
    """What a round says about itself: ‘Drie van de acht zijn op orde. Vijf vragen aandacht.’"""
    with translation.override(language):
        total = in_words(met + attention + unanswered)
        if not attention and not unanswered:
            return _("All %(total)s conditions are met.") % {"total": total}
        if not met and not attention:
            return _("Nothing has been answered yet.")
        said = [
            ngettext("One of the %(total)s is met.", "%(count)s of the %(total)s are met.", met)
            % {"count": in_words(met), "total": total}
            if met
            else _("None of the %(total)s is met yet.") % {"total": total}
        ]
        if attention:
            asks = ngettext("One needs attention.", "%(count)s need attention.", attention)
            said.append(asks % {"count": in_words(attention)})
        return " ".join(map(upper_first, said))


@cache
def counts_in_words(language: str, *numbers: int) -> str:
    """How the conditions of a category stand: ‘1 op orde, 1 deels’."""
    with translation.override(language):
        met, partly, no, unknown, unanswered = numbers
        said = (
            (met, ngettext("%(num)s met", "%(num)s met", met)),
            (partly, ngettext("%(num)s partly", "%(num)s partly", partly)),
            (no, ngettext("%(num)s not met", "%(num)s not met", no)),
            (unknown, ngettext("%(num)s unknown", "%(num)s unknown", unknown)),
            (unanswered, ngettext("%(num)s not answered", "%(num)s not answered", unanswered)),
        )
        return ", ".join(text % {"num": number} for number, text in said if number)


def standing_in_words(language: str, standing: Standing) -> tuple[str, tuple[str, ...]]:
    """The headline of a round and the line under each category."""
    groups = ((c.met, c.partly, c.no, c.unknown, c.open) for c in standing.categories)
    lines = tuple(counts_in_words(language, *map(len, group)) for group in groups)
    return headline(language, standing.met, standing.needs_attention, standing.unanswered), lines


COLOUR_KINDS = {"green": "good", "orange": "attention", "grey": "unknown"}


def colour_words() -> dict[str, str]:
    """What each colour of an element is called: the colour and what it means."""
    return {
        "green": _("green, sturdy"),
        "orange": _("orange, needs attention"),
        "grey": _("grey, not filled in"),
    }


@cache
def colour_marks(language: str) -> dict[str, Mark]:
    """The marks of the three colours; never colour alone."""
    page: Any = get_template("ui/components.html")
    draw = page.template.module.icon
    with translation.override(language):
        return {
            colour: Mark(COLOUR_KINDS[colour], word, draw(COLOUR_KINDS[colour]))
            for colour, word in colour_words().items()
        }


@cache
def result_headline(language: str, green: int, orange: int) -> str:
    """What a self-assessment says about itself: ‘Vier elementen staan stevig. Vier vragen aandacht.’ No mark."""
    with translation.override(language):
        said = []
        if green:
            sturdy = ngettext("One element is sturdy.", "%(count)s elements are sturdy.", green)
            said.append(sturdy % {"count": in_words(green)})
        if orange:
            if green:
                asks = ngettext("One needs attention.", "%(count)s need attention.", orange)
            else:
                asks = ngettext("One element needs attention.", "%(count)s elements need attention.", orange)
            said.append(asks % {"count": in_words(orange)})
        return " ".join(map(upper_first, said)) or _("Nothing can be said yet.")


def people_in_words(count: Count) -> str:
    """How many people: a number, ‘4 of 5’, or ‘18 tot en met 20’."""
    if count.is_exact:
        return str(count.least)
    if count.most == count.least + 1:
        return _("%(least)s or %(most)s") % {"least": count.least, "most": count.most}
    return _("%(least)s to %(most)s") % {"least": count.least, "most": count.most}


def withheld_words(reason: str) -> str:
    """Why a spread stays closed, for people."""
    return {
        "still_open": _(
            "You see the spread when the self-assessment has been closed: then nobody’s answer can be told from the one after it."
        ),
        "too_few": _(
            "Fewer than five people handed in. Their answers stay closed, so that nobody can tell who said what."
        ),
        "would_reveal": _(
            "Fewer than five people handed in by themselves, and fewer than five on paper. Together that is too few to show: whoever typed in the papers could tell the others’ answers."
        ),
    }[reason]
