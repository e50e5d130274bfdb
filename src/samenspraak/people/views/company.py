"""Coming in with the company account, where the settings name a provider."""

from __future__ import annotations

import logging
import time

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from samenspraak.people import company
from samenspraak.people.http import PROVEN, is_own_path
from samenspraak.people.models import Person
from samenspraak.people.queries import is_invitation_path
from samenspraak.ui.pages import render

logger = logging.getLogger(__name__)
STATUS = {"away": 503, "refused": 400, "address": 403, "stranger": 403}


def _problem(request: HttpRequest, which: str) -> HttpResponse:
    return render(request, "people/company_problem.html", {"which": which}, status=STATUS[which])


def go(request: HttpRequest) -> HttpResponse:
    """Off to the provider."""
    if settings.ENVIRONMENT.company is None:
        raise Http404
    refused: HttpResponse | None = ratelimit.consume_or_429(request, action="company")
    if refused:
        return refused
    target = request.POST.get("next", "")
    try:
        return HttpResponseRedirect(company.begin(request.session, target if is_own_path(target) else "/"))
    except company.CompanyAway as problem:
        logger.warning("The company account cannot be reached: %s", problem)
        return _problem(request, "away")


def come_back(request: HttpRequest) -> HttpResponse:
    """Back from the provider, with its answer. Changes nothing unless this very browser left from here."""
    if settings.ENVIRONMENT.company is None:
        raise Http404
    try:
        came = company.finish(request.session, request.GET)
    except company.CompanyAway as problem:
        logger.warning("The company account cannot be reached: %s", problem)
        return _problem(request, "away")
    except company.CompanyRefused as problem:
        logger.info("An answer of the company account was refused: %s", problem)
        return _problem(request, "refused")
    except company.AddressRefused:
        return _problem(request, "address")
    return _enter(request, came)


def _enter(request: HttpRequest, came: company.Came) -> HttpResponse:
    """In, when there is an account; with an invitation on to that page; else a plain explanation."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(came.target)
    person = Person.objects.filter(email=came.email, is_active=True).first()
    if person is not None:
        record_authentication(request, person, "company")
        answer: HttpResponse = perform_login(request, Login(user=person, redirect_url=came.target))
        return answer
    if is_invitation_path(came.target, came.email):
        request.session[PROVEN] = {"email": came.email, "at": time.time()}
        return HttpResponseRedirect(came.target)
    return _problem(request, "stranger")
