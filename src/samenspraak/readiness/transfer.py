"""What of rounds, answers and evidence travels."""

from __future__ import annotations

from functools import partial
from secrets import token_hex
from typing import cast

from django.db.models import Q
from django.utils.translation import gettext as _

from samenspraak.library.models import KeptOverlay, OwnWords
from samenspraak.method.load import editions, load_edition
from samenspraak.people.exchange import Refused, Room, Rows, StoredFile, Table
from samenspraak.readiness.models import (
    Answer,
    Assessment,
    BudgetLine,
    ElementAnswers,
    Evidence,
    HoursLine,
    Inquiry,
    Instrument,
    MandateLine,
    Participation,
    Round,
    Signature,
    TeamAssessment,
    TeamCount,
    TeamLine,
    TypedForm,
    Voice,
)
from samenspraak.ui.uploads import checked_link, media_type_of

OF_TEAM = "what a team answered is shown from five people on and in part; print its result before you go"
OWN = "own-"  # what an organisation added itself stays with it when a single round travels


def _rounds(rows: Rows) -> list[Round]:
    return cast("list[Round]", list(rows.get(Round, ())))


def _editions(rows: Rows) -> set[str]:
    return {found.edition for found in _rounds(rows)}


def _check(rows: Rows) -> None:
    """Every round is of an edition that is here, and every answer about a condition of it."""
    own = {row.key for row in rows.get(OwnWords, ()) if isinstance(row, OwnWords)}
    own |= {c for row in rows.get(KeptOverlay, ()) if isinstance(row, KeptOverlay) for c in row.conditions.split("\n")}
    conditions = {}
    for found in _rounds(rows):
        if found.edition not in editions():
            raise Refused(_("This file uses edition %(name)s, which is not here.") % {"name": found.edition[:20]})
        conditions[found.pk] = own | {c.id for c in load_edition(found.edition, "nl").conditions}
    for answer in cast("list[Answer]", list(rows.get(Answer, ()))):
        if answer.condition_id not in conditions[answer.round_id]:
            raise Refused(_("“%(id)s” is no condition of the edition of its round.") % {"id": answer.condition_id})


ROOM = Room(
    name="readiness",
    tables=(
        Table(model=Round, of_round="pk", round_blank=("closed_at", "overlay_version")),
        Table(model=Answer, of_round="round", round_rows=~Q(condition_id__startswith=OWN)),
        Table(
            model=Evidence,
            checks={"link": checked_link},
            file=StoredFile(check=media_type_of),
            of_round="answer__round",
            round_rows=Q(removed_at=None) & ~Q(answer__condition_id__startswith=OWN),
        ),
        Table(model=Instrument, of_round="round"),
        *(Table(model=line, of_round="instrument__round") for line in (MandateLine, HoursLine, BudgetLine, TeamLine)),
        Table(model=Signature),
        Table(model=Inquiry),
        Table(
            model=Voice,
            rows=Q(guest__isnull=False),
            rows_why="what was said without a name is shown from five answers on, and a row of its own would show it",
            left_out={"receipt": "the secret with which a colleague finds the own answer back"},
            fresh={"receipt": partial(token_hex, 32)},
        ),
        Table(
            model=Assessment,
            rows=Q(team=None, shared_on__isnull=False),
            rows_why="what somebody filled in alone is seen by that person, unless it was shared",
            left_out={"team": "only what somebody filled in alone travels", "guest": "only members fill it in alone"},
        ),
        Table(
            model=ElementAnswers,
            rows=Q(assessment__team=None, assessment__shared_on__isnull=False),
            rows_why="the same as of the self-assessment it is part of",
        ),
    ),
    left_out={
        TeamAssessment: OF_TEAM,
        TeamCount: OF_TEAM,
        Participation: OF_TEAM,
        TypedForm: OF_TEAM,
    },
    check=_check,
    editions=_editions,
)
