"""Coming in: the first run and invitations. Both are open to anyone who holds the code or the link."""

from __future__ import annotations

import time

from allauth.core import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from samenspraak.people import actions
from samenspraak.people.forms import FirstRunForm, NewcomerForm
from samenspraak.people.http import CONFIRMED_FOR, PROVEN, come_in
from samenspraak.people.models import Invitation, Member, Person
from samenspraak.people.queries import SESSION_ORGANISATION, has_account, has_organisation, invitation_of_token
from samenspraak.ui.pages import render


def first_run(request: HttpRequest) -> HttpResponse:
    """The first organisation and its first owner, while there is none."""
    form = FirstRunForm(request.POST or None)
    if not form.is_valid():
        if has_organisation():
            raise Http404
        return _first_run_page(request, form, 422 if form.is_bound else 200)
    if not ratelimit.consume(request, action="first_run"):
        form.add_error("code", _("That was a few times wrong. Wait five minutes, then try again."))
        form.ask_again()
        return _first_run_page(request, form, 429)
    try:
        person = actions.start_organisation(
            actions.FirstRun(**form.cleaned_data, language=getattr(request, "LANGUAGE_CODE", "nl"))
        )
    except actions.AlreadyStarted:
        raise Http404 from None
    except actions.CodeRefused:
        form.add_error(
            "code", _("This code does not fit, or is older than a day. Start the server again for a new one.")
        )
        form.ask_again()
        return _first_run_page(request, form, 422)
    come_in(request, person)
    return HttpResponseRedirect("/")


def _first_run_page(request: HttpRequest, form: FirstRunForm, status: int) -> HttpResponse:
    return render(request, "people/first_run.html", {"form": form}, status=status)


def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in an invitation opens: make an account, or join with the one you have."""
    found = invitation_of_token(token)
    if request.method != "POST":
        return _invitation_page(request, found)
    form = NewcomerForm(request.POST, email=found.email if found else "", is_proven=_is_proven(request, found))
    if not ratelimit.consume(request, action="invitation"):
        form.add_error(None, _("That was often in a short time. Wait five minutes, then try again."))
        return _invitation_page(request, found, form, 429)
    try:
        return _join(request, token, form) or _invitation_page(request, found, form, 422)
    except (actions.AccountExists, actions.NotYours):
        return _invitation_page(request, found, None, 409)
    except actions.LinkEnded:
        return _invitation_page(request, None)


def _is_proven(request: HttpRequest, found: Invitation | None) -> bool:
    """Whether the company account vouched, at most ten minutes ago, for the address that was invited."""
    proven = request.session.get(PROVEN)
    if not proven or found is None or settings.ENVIRONMENT.company is None:
        return False
    return bool(proven["email"] == found.email and 0 <= time.time() - proven["at"] < CONFIRMED_FOR)


def _join(request: HttpRequest, token: str, form: NewcomerForm) -> HttpResponse | None:
    """In, with the account of this session or a new one; None when the form has to be mended."""
    if isinstance(request.user, Person):
        return _enter(request, actions.join_with_account(token, request.user))
    if not form.is_valid():
        return None
    language = getattr(request, "LANGUAGE_CODE", "nl")
    return _enter(request, actions.join_as_newcomer(token, actions.Newcomer(**form.cleaned_data), language))


def _enter(request: HttpRequest, member: Member) -> HttpResponse:
    """In, and in this organisation."""
    if not request.user.is_authenticated:
        come_in(request, member.person)
    request.session[SESSION_ORGANISATION] = str(member.organisation_id)
    return HttpResponseRedirect("/")


def _invitation_page(
    request: HttpRequest, found: Invitation | None, form: NewcomerForm | None = None, status: int = 200
) -> HttpResponse:
    """The invitation; the friendly end of a link where there is none."""
    if found is None:
        return render(request, "people/link_ended.html", {}, status=410)
    signed_in = request.user if isinstance(request.user, Person) else None
    context = {
        "invitation": found,
        "form": form or NewcomerForm(email=found.email, is_proven=_is_proven(request, found)),
        "company": settings.ENVIRONMENT.company,
        "is_signed_in": signed_in is not None,
        "is_yours": signed_in is not None and signed_in.email == found.email,
        "has_account": has_account(found.email),
    }
    return render(request, "people/invitation.html", context, status=status)
