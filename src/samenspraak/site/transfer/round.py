"""A single round as one file: a sector association makes it once, and twenty companies bring it in.

No person travels: whoever owned or wrote something is nobody in the file. Its ids follow from what stands in it, so
that the same round gives the same bytes wherever it is.
"""

from __future__ import annotations

from typing import IO, Any
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from samenspraak.people import actions
from samenspraak.people.exchange import Ids, Refused, Table, rows_of, write_row
from samenspraak.people.models import Member
from samenspraak.readiness.models import Round
from samenspraak.site.transfer.archive import as_json
from samenspraak.site.transfer.bring import check_rooms, files_kept, given_rows, known_ids, opened, saved, take_rows
from samenspraak.site.transfer.gather import Gathered, keep_bytes
from samenspraak.site.transfer.rooms import OF_ROUND

NAMES = UUID("6f0c5a9e-7d0b-5a52-9f0a-3f1f6f6f7a11")
Names = dict[str, str]


@transaction.atomic
def gather_round(round: Round, *, has_answers: bool) -> Gathered:
    """The round alone, or with its answers, evidence and tasks."""
    found, names = Gathered(editions={round.edition}), Names()
    for room in OF_ROUND:
        lines = found.rooms.setdefault(room.name, {})
        for table in room.tables:
            travels = has_answers or table.model is Round
            lines[table.name] = _lines(table, round, names, found) if travels else []
    return found


def _lines(table: Table, round: Round, names: Names, found: Gathered) -> list[dict[str, Any]]:
    """The rows of a table that belong to the round, with ids that follow from what they say and from their place."""
    rows = rows_of(table.model).filter(
        table.rows, table.round_rows, organisation_id=round.organisation_id, **{table.of_round: round.pk}
    )
    lines = [_line(table, row, names, found) for row in rows.select_related(*table.related)]
    lines.sort(key=lambda line: as_json({**line, "id": None}))
    for number, line in enumerate(lines):
        names[line["id"]] = str(uuid5(NAMES, f"{table.name} {number}"))
        line["id"] = names[line["id"]]
    return lines


def _line(table: Table, row: Any, names: Names, found: Gathered) -> dict[str, Any]:
    line = write_row(table, row)
    keep_bytes(table, row, line, found)
    for column in table.columns():
        if column.name in table.round_blank:
            line[column.name] = None if column.null else ""
        elif not column.primary_key and (column.is_relation or column.name in table.ids_in):
            line[column.name] = names.get(line[column.name] or "")
    return line


def write_round(round: Round, target: IO[bytes], *, has_answers: bool) -> None:
    """Write a round to ``target``."""
    gather_round(round, has_answers=has_answers).write(target, "round")


def bring_in_round(source: IO[bytes], member: Member) -> Round:
    """Make the round in ``source`` one of the member's organisation; the same file twice gives the same round."""
    archive = opened(source, "round")
    given = given_rows(archive, OF_ROUND)
    known: dict[type[Model], set[UUID]] = known_ids(given, OF_ROUND)
    salt = f"{member.organisation_id} {archive.sha256}"
    rows = take_rows(given, OF_ROUND, Ids(known, lambda found: uuid5(found, salt)))
    if len(known[Round]) != 1:
        raise Refused(_("This file holds not one round."))
    round: Round = rows[0].row
    before = Round.objects.filter(organisation_id=member.organisation_id, pk=round.pk).first()
    if before is not None:
        return before
    for taken in rows:
        setattr(taken.row, taken.table.of, member.organisation)
    try:
        with files_kept(archive, rows, member.organisation_id):
            check_rooms(rows)
            saved(lambda: actions.bring_in_rows(member, [taken.row for taken in rows], round.name))
    except actions.AlreadyHere:
        return Round.objects.get(organisation_id=member.organisation_id, pk=round.pk)
    return round
