"""Several voices: ask colleagues, see who has not answered yet, and lay what they say side by side."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from allauth.core import ratelimit
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samenspraak.people.forms import LANGUAGES
from samenspraak.people.http import MemberRequest
from samenspraak.people.queries import mail_is_configured, members_of
from samenspraak.readiness import actions
from samenspraak.readiness.forms import InquiryForm
from samenspraak.readiness.models import Round
from samenspraak.readiness.queries import (
    answer_for,
    asked_page,
    condition_for,
    edition_of,
    guest_of_round,
    guests_to_remind,
    round_for,
    spreads_of,
    voices_page,
)
from samenspraak.readiness.report.voices import all_shown, asked_states, done_words
from samenspraak.readiness.report.words import marks
from samenspraak.ui.fields import Unsent
from samenspraak.ui.pages import page_number, render


def voices(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Who was asked in a round, and who has not answered yet."""
    return _asked_page(request, round_for(request.member, round_id))


def _asked_page(request: MemberRequest, round: Round, *, status: int = 200, **extra: Any) -> HttpResponse:
    edition = edition_of(round, request.LANGUAGE_CODE)
    context = {
        "room": "readiness",
        "round": round,
        "asked": asked_page(round, page_number(request)),
        "titles": {c.id: c.title for c in edition.conditions},
        "states": asked_states(request.LANGUAGE_CODE, has_mail=mail_is_configured()),
        "spreads": all_shown(request.LANGUAGE_CODE, spreads_of(round)),
        "done": done_words(request.GET),
        "may_change": request.member.may_edit and not round.is_closed,
        "links": [],
    }
    return render(request, "readiness/voices.html", context | extra, status=status)


def ask(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Ask colleagues: the form, and what comes in with it."""
    round = round_for(request.member, round_id)
    if request.method != "POST":
        chosen = request.GET.getlist("condition")
        language = request.member.organisation.language
        return _ask_page(
            request, round, Unsent(InquiryForm, {"once": uuid4(), "conditions": chosen, "language": language})
        )
    edition = edition_of(round, request.LANGUAGE_CODE)
    form = InquiryForm(request.POST, conditions=edition.conditions, members=members_of(request.member))
    if not form.is_valid():
        return _ask_page(request, round, form, status=422)
    if not ratelimit.consume(request, action="ask_colleagues", user=request.user):
        form.add_error(None, _("That is a lot of asking in an hour. Wait a while, then send this form again."))
        return _ask_page(request, round, form, status=429)
    people = [actions.Addressee(*who) for who in form.addressees()]
    try:
        asked = actions.ask_colleagues(request.member, round, actions.InquiryDraft(**form.draft()), people)
    except actions.RoundClosed:
        return _ask_page(request, round, form, status=409, is_closed_now=True)
    return _asked(request, round, asked)


def _asked(request: MemberRequest, round: Round, asked: actions.Asked) -> HttpResponse:
    """To the list; without a mail server the links are shown once, but never of answers without a name."""
    if asked.guests and asked.inquiry.is_named and not mail_is_configured():
        links = [(each.guest.name, each.link) for each in asked.guests if each.link]
        return _asked_page(request, round, links=links)
    address = reverse("readiness:voices", args=[round.id])
    return HttpResponseRedirect(f"{address}?asked={asked.number}&skipped={len(asked.skipped)}")


def _ask_page(
    request: MemberRequest, round: Round, form: InquiryForm | Unsent, *, status: int = 200, **extra: Any
) -> HttpResponse:
    context = {
        "room": "readiness",
        "round": round,
        "edition": edition_of(round, request.LANGUAGE_CODE),
        "form": form,
        "colleagues": members_of(request.member),
        "languages": LANGUAGES,
        "example": "Ilse <ilse@example.org>",
        "has_mail": mail_is_configured(),
    }
    return render(request, "readiness/ask.html", context | extra, status=status)


def voices_on(request: MemberRequest, round_id: UUID, condition_id: str) -> HttpResponse:
    """Every voice on one condition that may be seen, a hundred a page."""
    round = round_for(request.member, round_id)
    edition = edition_of(round, request.LANGUAGE_CODE)
    found = condition_for(edition, condition_id)
    context = {
        "room": "readiness",
        "round": round,
        "condition": found,
        "answer": answer_for(round, condition_id),
        "marks": marks(request.LANGUAGE_CODE),
        "spreads": all_shown(request.LANGUAGE_CODE, spreads_of(round, condition_id)),
        "voices": voices_page(round, condition_id, page_number(request)),
    }
    return render(request, "readiness/voices_on.html", context)


def remind(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """A fresh mail to those of this page who have not answered yet; at most one a day for each."""
    round = round_for(request.member, round_id)
    guests = guests_to_remind(round, _ids(request.POST.getlist("guest")))
    try:
        number = actions.remind_colleagues(request.member, round, guests)
    except actions.RoundClosed:
        return _asked_page(request, round, status=409, is_closed_now=True, may_change=False)
    return HttpResponseRedirect(f"{reverse('readiness:voices', args=[round.id])}?reminded={number}")


def _ids(given: list[str]) -> list[UUID]:
    """What is an id; anything else is nobody."""
    found = []
    for each in given:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found


def withdraw(request: MemberRequest, round_id: UUID, guest_id: UUID) -> HttpResponse:
    """This colleague need not answer any more."""
    round = round_for(request.member, round_id)
    guest = guest_of_round(request.member, round, guest_id)
    actions.withdraw_question(request.member, round, guest)
    return HttpResponseRedirect(f"{reverse('readiness:voices', args=[round.id])}?withdrawn=1")
