"""The mandate, signed by link: asking for it, and the one page that a director sees."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenspraak.people.http import GuestRequest, MemberRequest, for_guest
from samenspraak.people.queries import guest_for, mail_is_configured
from samenspraak.readiness import actions
from samenspraak.readiness.forms import ChangeForm, SignerForm, SignForm
from samenspraak.readiness.queries import (
    content_of,
    edition_of,
    items_of,
    known_items,
    mandate_of_guest,
    round_for,
    sheet_of,
    signer_for,
)
from samenspraak.readiness.views.instruments import instrument_page
from samenspraak.tasks.actions import StaleVersion
from samenspraak.ui.fields import Unsent
from samenspraak.ui.pages import render


def _back(round_id: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("readiness:instrument", args=[round_id, "mandate"]) + "#signing")


def ask(request: MemberRequest, round_id: UUID) -> HttpResponse:
    """Ask a director to sign; where no mail can go out, the link is shown once, to hand over."""
    round = round_for(request.member, round_id)
    form = SignerForm(request.POST)
    if not form.is_valid():
        return instrument_page(request, round, "mandate", status=422, signer_form=form)
    values = form.cleaned_data
    language = values["language"] or request.member.organisation.language
    draft = actions.SignDraft(name=values["name"], email=values["email"], language=language, once=values["once"])
    try:
        asked = actions.ask_signature(request.member, round, draft)
    except actions.RoundClosed:
        return instrument_page(request, round, "mandate", status=409, signer_form=form, is_closed_now=True)
    if mail_is_configured():
        return _back(round.id)
    return instrument_page(request, round, "mandate", link=asked.link)


def remind(request: MemberRequest, round_id: UUID, guest_id: UUID) -> HttpResponse:
    """A fresh mail with the same link."""
    return _change(request, round_id, guest_id, actions.remind_signer)


def withdraw(request: MemberRequest, round_id: UUID, guest_id: UUID) -> HttpResponse:
    """The link stops working."""
    return _change(request, round_id, guest_id, actions.withdraw_signer)


def _change(request: MemberRequest, round_id: UUID, guest_id: UUID, act: Any) -> HttpResponse:
    round = round_for(request.member, round_id)
    guest = signer_for(request.member, round, guest_id)
    try:
        act(request.member, round, guest)
    except actions.RoundClosed:
        return instrument_page(request, round, "mandate", status=409, is_closed_now=True)
    return _back(round.id)


@for_guest(partial(guest_for, purpose=actions.PURPOSE))
def sign(request: GuestRequest) -> HttpResponse:
    """The mandate on one page, to sign or to say what must change."""
    if request.method != "POST":
        return _sign_page(request)
    is_change = "change-version" in request.POST
    form = ChangeForm(request.POST) if is_change else SignForm(request.POST)
    came_back = {"change_form" if is_change else "sign_form": form}
    if not form.is_valid():
        return _sign_page(request, status=422, **came_back)
    seen = _mandate(request)
    draft = actions.SignatureDraft(
        outcome="change" if is_change else "signed",
        name=form.cleaned_data["name"],
        says=form.cleaned_data.get("says", ""),
        version=form.cleaned_data["version"],
        content=seen["content"],
    )
    try:
        signature = actions.answer_mandate(request.guest, draft, seen_version=seen["mandate"].version)
    except (StaleVersion, actions.RoundClosed):
        return _sign_page(request, status=409, **came_back)
    return render(request, "readiness/signed.html", {**seen, "signature": signature})


def _mandate(request: GuestRequest) -> dict[str, Any]:
    """The mandate as it is now, in the language of the page."""
    found = mandate_of_guest(request.guest)
    round = found.round
    sheet, items = sheet_of(round, "mandate"), items_of(edition_of(round, request.LANGUAGE_CODE), "mandate")
    titles = {key: title for key, (title, _about) in known_items(items, sheet.lines).items()}
    return {
        "round": round,
        "mandate": sheet.instrument,
        "content": content_of(sheet.lines, titles),
        "organisation": request.guest.organisation,
    }


def _sign_page(request: GuestRequest, *, status: int = 200, **extra: Any) -> HttpResponse:
    """The page; what comes back keeps what was typed, under the mandate as it is now."""
    context = {
        **_mandate(request),
        "guest": request.guest,
        "sign_form": Unsent(SignForm, {}),
        "change_form": Unsent(ChangeForm, {}),
        "has_changed": status == 409,
    }
    return render(request, "readiness/sign.html", context | extra, status=status)
