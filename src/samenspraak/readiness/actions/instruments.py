"""Save what a conversation needs: mandate, hours, budget and team."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from django.db import transaction

from samenspraak.people.actions import Change, record
from samenspraak.people.models import Member
from samenspraak.readiness.actions.lines import TABLES, LineDraft, drafts_of, replace_lines
from samenspraak.readiness.actions.rounds import open_round
from samenspraak.readiness.models import Instrument, Round
from samenspraak.tasks.actions import StaleVersion
from samenspraak.ui.money import Money

MONEY = ("low", "expected", "high")


@dataclass(frozen=True, kw_only=True)
class InstrumentDraft:
    """All of one instrument as it was filled in; ``version`` is that of the one it was based on."""

    kind: str
    about: str
    lines: tuple[LineDraft, ...]
    version: int


def draft_of(*, kind: str, about: str, lines: Sequence[Mapping[str, Any]], version: int) -> InstrumentDraft:
    """A draft out of checked fields; every line is a mapping of the fields of its kind."""
    _table, made = TABLES[kind]
    return InstrumentDraft(kind=kind, about=about, lines=tuple(made(**line) for line in lines), version=version)


def locked_instrument(round: Round, kind: str) -> Instrument:
    """The row of this instrument, made when it is not there; call it inside a transaction."""
    where: dict[str, Any] = {"organisation_id": round.organisation_id, "round_id": round.id, "kind": kind}
    Instrument.objects.get_or_create(**where)
    return Instrument.objects.select_for_update(of=("self",)).select_related("changed_by__person").get(**where)


@transaction.atomic
def save_instrument(member: Member, round: Round, draft: InstrumentDraft) -> Instrument:
    """Save all lines of an instrument; those that are not in the draft go, with what they said in the history.

    A draft that was based on an older version raises ``StaleVersion`` with the instrument as it is now, unless it says
    exactly the same: then the save is a repeat and nothing changes.
    """
    found = locked_instrument(open_round(round), draft.kind)
    before = drafts_of(found)
    after = _with_known_titles(before, draft.lines)
    if (before, found.about) == (after, draft.about):
        return found
    if found.version != draft.version:
        raise StaleVersion(found)
    changes = list(_changes(before, after))
    if found.about != draft.about:
        changes.append(Change("about", found.about, draft.about, draft.kind))
    replace_lines(found, TABLES[draft.kind][0], after)
    found.about, found.changed_by = draft.about, member
    found.version += 1
    found.save()
    record(member, round.id, *changes)
    return found


def _with_known_titles(before: Sequence[Any], after: Sequence[Any]) -> tuple[Any, ...]:
    """A line of the edition keeps the title it was first saved with: in another language it is still the same line."""
    known = {line.item_id: line.title for line in before if line.item_id}
    return tuple(replace(line, title=known.get(line.item_id, line.title)) for line in after)


def _keyed(lines: Sequence[Any]) -> dict[str, Any]:
    """Lines of the edition by their id, those of one's own by their number."""
    own = iter(range(len(lines)))
    return {line.item_id or f"own-{next(own)}": line for line in lines}


def _changes(before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    """One change for every field of every line that says something else now."""
    old, new = _keyed(before), _keyed(after)
    for key in dict.fromkeys((*old, *new)):
        some = new.get(key) or old[key]
        empty = type(some)(item_id=some.item_id)
        was, becomes = old.get(key, empty), new.get(key, empty)
        for field in fields(some):
            if field.name in ("item_id", "member", "currency") or (field.name == "title" and some.item_id):
                continue
            said, says = _said(was, field.name), _said(becomes, field.name)
            if said != says:
                yield Change(field.name, _titled(was, said), _titled(becomes, says), some.item_id)


def _said(line: Any, name: str) -> str:
    """A field as the history keeps it."""
    value = getattr(line, name)
    if name in MONEY:
        return "" if value is None else Money(value, line.currency).plain
    if name == "quarters":
        return f"{Decimal(value) / 4:f}" if value else ""
    if isinstance(value, bool):
        return "✓" if value else ""
    return "" if value is None else str(value)


def _titled(line: Any, text: str) -> str:
    """Of a line of one's own with its title before it."""
    return f"{line.title}: {text}" if text and line.title not in ("", text) and not line.item_id else text
