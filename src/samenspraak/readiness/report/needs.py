"""Words and tables of mandate, hours, budget and team that pages and papers share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from samenspraak.documents.blocks import Cell, ColumnKind, Table, TableColumn
from samenspraak.method.types import Edition, ListingItem
from samenspraak.readiness.models import KINDS, BudgetLine, HoursLine, Round, Signature
from samenspraak.readiness.queries import Signed, items_of, lines_for_condition, title_of
from samenspraak.readiness.report.sums import cost_sums, hours_around, hours_of, in_words, role_words
from samenspraak.ui.jinja import day, quantity
from samenspraak.ui.money import CURRENCIES, MONEY_FIELDS, Money, money_text

Items = Mapping[str, ListingItem]


class Words(NamedTuple):
    """What an instrument is called, what it asks and why."""

    title: str
    question: str
    lead: str
    about: str
    own: str


def words_of(kind: str) -> Words:
    """The words of one of the four."""
    return {
        "mandate": Words(
            _("Mandate"),
            _("What may you promise?"),
            _("Write down for each topic how far you may go. Then nobody has to guess at the table."),
            _("What is it about?"),
            _("Another topic"),
        ),
        "hours": Words(
            _("Hours"),
            _("How many hours does one conversation take?"),
            _("Fill in your own estimate. There are no fixed numbers; what you do not need stays empty."),
            _("Which conversation is it about?"),
            _("Something else that takes time"),
        ),
        "budget": Words(
            _("Budget"),
            _("What does the conversation cost?"),
            _("Fill in what you expect. Are you not sure, then add the lowest and the highest amount too."),
            _("Which conversation is it about?"),
            _("Another cost"),
        ),
        "team": Words(
            _("Team map"),
            _("Who does what?"),
            _("Tick for each team what it does, and write who it is. One team can do more than one thing."),
            _("Which conversation is it about?"),
            _("Another team"),
        ),
    }[kind]


def mandate_words() -> dict[str, str]:
    """The columns of a mandate."""
    return {
        "may_promise": _("May promise"),
        "must_ask": _("Must ask first"),
        "not_possible": _("Not possible"),
        "by_whom": _("Who decides"),
        "until_on": _("Until"),
    }


def period_word(*, is_yearly: bool) -> str:
    """Once or every year."""
    return _("every year") if is_yearly else _("once")


def meeting_words() -> dict[str, str]:
    """Whether a cost belongs to meeting or to talking online."""
    return {"": _("both"), "in-person": _("in person"), "online": _("online")}


def line_texts(kind: str, lines: Sequence[Any], items: Items) -> list[tuple[str, str]]:
    """Title and contents of every line, as one text."""
    said = {"mandate": _mandate_text, "hours": _hours_text, "budget": _budget_text, "team": _team_text}[kind]
    return [(title_of(line, items), said(line)) for line in lines]


def _mandate_text(line: Any) -> str:
    shown = {name: getattr(line, name) for name in mandate_words()}
    shown["until_on"] = day(line.until_on) if line.until_on else ""
    return "\n".join(f"{word}: {shown[name]}" for name, word in mandate_words().items() if shown[name])


def _hours_text(line: HoursLine) -> str:
    return _("%(hours)s hours × %(people)s") % {"hours": quantity(line.hours), "people": line.people}


def _budget_text(line: BudgetLine) -> str:
    amounts = [getattr(line, name) for name in MONEY_FIELDS]
    shown = " – ".join("…" if a is None else money_text(Money(a, line.currency)) for a in amounts)
    return f"{shown}, {period_word(is_yearly=line.is_yearly)}, {meeting_words()[line.meeting]}"


def _team_text(line: Any) -> str:
    roles = [word for role, word in role_words().items() if getattr(line, role)]
    return ", ".join(filter(None, [line.who, *roles]))


def column(key: str, title: str, about: str, kind: ColumnKind = "text", width: float = 1.0) -> TableColumn:
    """A column with its line in the code book."""
    return TableColumn(key=key, title=title, about=about, kind=kind, width=width)


def mandate_table(lines: Sequence[Any], items: Items) -> Table:
    """Every topic of the mandate."""
    words = mandate_words()
    columns = (
        column("topic", _("Topic"), _("What it is about"), width=1.3),
        column("may_promise", words["may_promise"], _("What may be promised at the table"), width=2),
        column("must_ask", words["must_ask"], _("What has to be asked first"), width=2),
        column("not_possible", words["not_possible"], _("What cannot be done"), width=1.8),
        column("by_whom", words["by_whom"], _("Who decides on what must be asked first"), width=1.3),
        column("until_on", words["until_on"], _("The last day on which it holds"), "date", 1.3),
    )
    rows = tuple((title_of(x, items), x.may_promise, x.must_ask, x.not_possible, x.by_whom, x.until_on) for x in lines)
    return Table(name=_("mandate"), caption=_("Mandate"), columns=columns, rows=rows, is_caption_shown=False)


def hours_table(lines: Sequence[HoursLine], items: Items) -> Table:
    """Every part of the hours."""
    columns = (
        column("part", _("What"), _("What takes time"), width=3),
        column("hours", _("Hours for each person"), _("Hours for one person"), "number"),
        column("people", _("People"), _("How many people"), "number"),
        column("together", _("Together"), _("Hours of all these people"), "number"),
    )
    rows = tuple((title_of(x, items), _exact(x.hours), x.people, _exact(x.total)) for x in lines)
    return Table(name=_("hours"), caption=_("Hours"), columns=columns, rows=rows, is_caption_shown=False)


def _exact(hours: Decimal) -> Cell:
    return int(hours) if hours == int(hours) else hours


def hours_sums(lines: Sequence[HoursLine]) -> Table:
    """What the hours add up to."""
    columns = (
        column("what", _("Sum"), _("What is added"), width=3),
        column("hours", _("Hours"), _("Hours of all people"), "number"),
    )
    rows = (
        (_("All hours"), _exact(hours_of(lines))),
        (_("Of which preparation and follow-up"), _exact(hours_around(lines))),
    )
    return Table(name=_("sum of hours"), caption=_("Sum"), columns=columns, rows=rows, is_caption_shown=False)


def _amount(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else Money(minor, currency).amount.quantize(Decimal(1).scaleb(-CURRENCIES[currency]))


def budget_table(lines: Sequence[BudgetLine], items: Items) -> Table:
    """Every cost."""
    columns = (
        column("cost", _("Cost"), _("What it costs money for"), width=2.4),
        column("low", _("Low"), _("The lowest amount; empty when the amount is certain"), "number", 1.4),
        column("expected", _("Expected"), _("What is expected"), "number", 1.4),
        column("high", _("High"), _("The highest amount; empty when the amount is certain"), "number", 1.4),
        column("currency", _("Currency"), _("The currency of the amounts"), width=1.1),
        column("period", _("When"), _("Once, or every year"), width=1.2),
        column("meeting", _("How"), _("For meeting in person, for talking online, or for both"), width=1.5),
    )
    rows = tuple(
        (
            title_of(x, items),
            *(_amount(getattr(x, name), x.currency) for name in MONEY_FIELDS),
            x.currency,
            period_word(is_yearly=x.is_yearly),
            meeting_words()[x.meeting],
        )
        for x in lines
    )
    return Table(name=_("budget"), caption=_("Budget"), columns=columns, rows=rows, is_caption_shown=False)


def budget_sums(lines: Sequence[BudgetLine]) -> Table:
    """What the costs add up to: a row for each currency, once and every year apart."""
    columns = (
        column("period", _("Sum"), _("What is paid once, or every year"), width=2.4),
        column("currency", _("Currency"), _("Two currencies are never added"), width=1.1),
        column("low", _("Low"), _("Sum of the lowest amounts; a certain amount counts as it is"), "number", 1.4),
        column("expected", _("Expected"), _("Sum of what is expected"), "number", 1.4),
        column("high", _("High"), _("Sum of the highest amounts; a certain amount counts as it is"), "number", 1.4),
    )
    rows = tuple(
        (
            period_word(is_yearly=found.is_yearly),
            found.expected.currency,
            *(_amount(m.minor, m.currency) for m in (found.low, found.expected, found.high)),
        )
        for found in cost_sums(lines)
    )
    return Table(name=_("sum of budget"), caption=_("Sum"), columns=columns, rows=rows, is_caption_shown=False)


def team_table(lines: Sequence[Any], items: Items) -> Table:
    """Every team with what it does."""
    words = role_words()
    columns = (
        column("team", _("Team"), _("The team"), width=2),
        column("who", _("Who"), _("Who it is, by name"), width=2),
        *(column(role, word, _("A tick when it is so")) for role, word in words.items()),
    )
    rows = tuple((title_of(x, items), x.who, *("✓" if getattr(x, role) else None for role in words)) for x in lines)
    return Table(name=_("team"), caption=_("Team map"), columns=columns, rows=rows, is_caption_shown=False)


def tables_of(kind: str, lines: Sequence[Any], items: Items) -> Iterator[Table]:
    """The lines of an instrument, and what they add up to."""
    yield {"mandate": mandate_table, "hours": hours_table, "budget": budget_table, "team": team_table}[kind](
        lines, items
    )
    if kind == "hours":
        yield hours_sums(lines)
    if kind == "budget":
        yield budget_sums(lines)


def signed_in_words(signed: Signed) -> str:
    """Whether the mandate has been signed, in one sentence."""
    found = signed.signature
    if found is None:
        return _("The mandate has not been signed yet.")
    said = {"name": found.name, "day": day(found.signed_at)}
    if found.outcome == "change":
        return _("%(name)s asked on %(day)s for a change first.") % said
    if signed.has_changed:
        return _("Signed by %(name)s on %(day)s, and changed since then.") % said
    return _("Signed by %(name)s on %(day)s.") % said


def signature_line(signature: Signature) -> str:
    """One answer in one line: what, who, when."""
    said = {"name": signature.name, "day": day(signature.signed_at)}
    if signature.outcome == "signed":
        return _("Signed by %(name)s on %(day)s.") % said
    return _("%(name)s asked on %(day)s for a change: “%(says)s”") % {**said, "says": signature.says}


class Need(NamedTuple):
    """What a condition shows of the instrument it asks for."""

    kind: str
    title: str
    question: str
    said: list[str]


def need_of(round: Round, edition: Edition, condition_id: str) -> Need | None:
    """The instrument that a condition asks for; None where it asks for none."""
    found = lines_for_condition(round, condition_id)
    if found is None:
        return None
    kind, lines = found
    words = words_of(kind)
    return Need(kind, words.title, words.question, in_words(kind, lines, items_of(edition, kind)))


def item_names(edition: Edition) -> dict[str, str]:
    """What the pieces are called that lines of the history are about: conditions, the four, and their lines."""
    names = {item.id: item.title for kind in KINDS for item in items_of(edition, kind).values()}
    names |= {kind: words_of(kind).title for kind in KINDS}
    return names | {condition.id: condition.title for condition in edition.conditions}
