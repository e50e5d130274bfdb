"""An answer that somebody takes care of, or that has a day, stands in Tasks as well."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from samenspraak.people.models import Member
from samenspraak.readiness.models import Answer, Round
from samenspraak.readiness.queries import edition_of
from samenspraak.tasks.actions import Origin, TaskDraft, follow, hand_on
from samenspraak.tasks.queries import items_followed


def keep_in_tasks(member: Member, round: Round, answer: Answer) -> None:
    """An answer with a name or a day has one line in Tasks until it is yes, in the language of the organisation."""
    draft = None
    if answer.owner_id or answer.due_on:
        language = member.organisation.language
        round.organisation = member.organisation
        asked = edition_of(round, language).conditions
        condition = next((c for c in asked if c.id == answer.condition_id), None)
        if condition is None:  # an own condition that was taken back: its line stays as it is
            return
        with translation.override(language):
            title = _("Still to settle: %(condition)s") % {"condition": condition.title}
        draft = TaskDraft(title=title[:200], owner=answer.owner, due_on=answer.due_on)
    origin = Origin(route="readiness:condition", row=round.id, item=answer.condition_id, action_id=answer.condition_id)
    follow(member, origin, draft, is_settled=answer.value == "yes")


def take_over_tasks(member: Member, previous: Round, fresh: Round) -> None:
    """The lines in Tasks go along to the next round, so that nothing stands there twice."""
    hand_on(member, previous.id, fresh.id)
    for answer in Answer.objects.filter(organisation_id=fresh.organisation_id, round=fresh).select_related("owner"):
        keep_in_tasks(member, fresh, answer)


def keep_in_tasks_again(member: Member, round: Round) -> None:
    """A round that is opened again has its lines in Tasks follow it again; what was done meanwhile stays done."""
    hand_on(member, round.id, round.id)
    items = items_followed(member, round.id)
    answers = Answer.objects.filter(organisation_id=round.organisation_id, round=round, condition_id__in=items)
    for answer in answers.select_related("owner"):
        keep_in_tasks(member, round, answer)
