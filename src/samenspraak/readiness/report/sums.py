"""What the lines of an instrument add up to, and how pages and papers say it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenspraak.method.types import ListingItem
from samenspraak.readiness.models import BudgetLine, HoursLine, MandateLine, TeamLine
from samenspraak.readiness.queries import title_of
from samenspraak.ui.jinja import quantity
from samenspraak.ui.money import Money, money_text, sums

# The parts of a conversation that are forgotten first.
AROUND = ("preparation", "follow-up")
ROLES = ("leads", "gives_input", "wants_results", "helps")


class CostSum(NamedTuple):
    """What costs of one currency add up to, once or every year."""

    is_yearly: bool
    low: Money
    expected: Money
    high: Money


def hours_of(lines: Iterable[HoursLine]) -> Decimal:
    """Hours of all people together."""
    return sum((line.total for line in lines), Decimal(0))


def hours_around(lines: Iterable[HoursLine]) -> Decimal:
    """Hours for preparation and follow-up."""
    return hours_of(line for line in lines if line.item_id in AROUND)


def cost_sums(lines: Iterable[BudgetLine]) -> list[CostSum]:
    """One sum for each currency, what is paid once apart from what is paid every year; two currencies never together."""
    found: list[CostSum] = []
    lines = list(lines)
    for is_yearly in (False, True):
        amounts = [line.amounts for line in lines if line.is_yearly == is_yearly and line.amounts]
        columns = [sums(column) for column in zip(*amounts, strict=True)]
        found += [CostSum(is_yearly, *together) for together in zip(*columns, strict=True)]
    return found


def hours_figure(lines: Iterable[HoursLine]) -> str:
    """All hours with their unit: 34,5 uur."""
    total = hours_of(lines)
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if total == 1 else 2) % {"hours": quantity(total)}


def share_in_words(part: Decimal, whole: Decimal) -> str:
    """How large a part is, as people say it; never a percentage."""
    ratio = part / whole
    said = (
        (Decimal(1), _("all of it")),
        (Decimal("0.9"), _("nearly all")),
        (Decimal("0.7"), _("most of it")),
        (Decimal("0.55"), _("more than half")),
        (Decimal("0.45"), _("about half")),
        (Decimal("0.38"), _("less than half")),
        (Decimal("0.29"), _("about a third")),
        (Decimal("0.2"), _("about a quarter")),
        (Decimal("0.00001"), _("a small part")),
        (Decimal(0), _("nothing")),
    )
    return next(text for least, text in said if ratio >= least)


def hours_in_words(lines: Sequence[HoursLine]) -> list[str]:
    """The sum, and the share of preparation and follow-up."""
    total, around = hours_of(lines), hours_around(lines)
    if not total:
        return []
    share = _("Preparation and follow-up take %(hours)s of them: %(share)s.") % {
        "hours": quantity(around),
        "share": share_in_words(around, total),
    }
    if not around:
        share = _("There are no hours for preparation and follow-up in it yet.")
    return [_("You estimated %(hours)s for one conversation.") % {"hours": hours_figure(lines)}, share]


def range_in_words(found: CostSum) -> str:
    """Between which amounts it will be; empty when it is certain."""
    if found.low == found.high:
        return ""
    return _("between %(low)s and %(high)s") % {"low": money_text(found.low), "high": money_text(found.high)}


def cost_in_words(found: CostSum) -> str:
    """One sum: € 7.400 once, between € 5.900 and € 9.200."""
    expected = money_text(found.expected)
    text = _("%(amount)s every year") if found.is_yearly else _("%(amount)s once")
    return ", ".join(filter(None, (text % {"amount": expected}, range_in_words(found))))


def budget_in_words(lines: Sequence[BudgetLine]) -> list[str]:
    """Every sum, and what is not in it."""
    found = cost_sums(lines)
    said = []
    if found:
        said.append(_("You expect %(sums)s.") % {"sums": "; ".join(map(cost_in_words, found))})
    if len({s.expected.currency for s in found}) > 1:
        said.append(_("Each currency has its own sum; we never add two currencies."))
    left = sum(line.amounts is None for line in lines)
    if left:
        text = ngettext(
            "%(num)s line has no expected amount and is in no sum.",
            "%(num)s lines have no expected amount and are in no sum.",
            left,
        )
        said.append(text % {"num": left})
    return said


def mandate_in_words(lines: Sequence[MandateLine]) -> list[str]:
    """How many topics have been filled in."""
    if not lines:
        return []
    text = ngettext(
        "For %(num)s topic you wrote down how far you may go.",
        "For %(num)s topics you wrote down how far you may go.",
        len(lines),
    )
    return [text % {"num": len(lines)}]


def role_words() -> dict[str, str]:
    """What a team can do."""
    return {
        "leads": _("Leads"),
        "gives_input": _("Gives input"),
        "wants_results": _("Wants to hear the results"),
        "helps": _("Helps to carry it out"),
    }


def teams_by_role(lines: Iterable[TeamLine], items: Mapping[str, ListingItem]) -> dict[str, list[str]]:
    """Role → the teams that have it, with names where they are known; of ‘Bram, inkoop’ the name alone."""
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for line in lines:
        title = title_of(line, items)
        for role in ROLES:
            if getattr(line, role):
                found[role].append(f"{title} ({line.who.split(',')[0]})" if line.who else title)
    return found


def team_in_words(lines: Sequence[TeamLine], items: Mapping[str, ListingItem]) -> list[str]:
    """Who leads, and how many teams take part."""
    if not lines:
        return []
    text = ngettext("%(num)s team stands on your map.", "%(num)s teams stand on your map.", len(lines))
    leads = teams_by_role(lines, items)["leads"]
    leading = _("The conversation is led by %(teams)s.") % {"teams": ", ".join(leads)}
    return [text % {"num": len(lines)}, leading if leads else _("Nobody leads the conversation yet.")]


def in_words(kind: str, lines: Sequence[Any], items: Mapping[str, ListingItem]) -> list[str]:
    """What an instrument says in a few sentences; nothing while it is empty."""
    if kind == "team":
        return team_in_words(lines, items)
    say: dict[str, Callable[[Sequence[Any]], list[str]]] = {
        "hours": hours_in_words,
        "budget": budget_in_words,
        "mandate": mandate_in_words,
    }
    return say[kind](lines)
