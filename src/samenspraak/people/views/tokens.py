"""Tokens for programs: made here, shown once, withdrawn here."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenspraak.people import actions
from samenspraak.people.forms import LIFETIMES, SCOPES, TokenForm
from samenspraak.people.http import MemberRequest, address_of
from samenspraak.people.queries import token_for, tokens_of
from samenspraak.ui.pages import render


def tokens(request: MemberRequest) -> HttpResponse:
    """The tokens of this member, and a new one."""
    if request.method != "POST":
        return _tokens_page(request, TokenForm())
    form = TokenForm(request.POST)
    if not form.is_valid():
        return _tokens_page(request, form, status=422)
    return _tokens_page(request, TokenForm(), token=actions.make_token(request.member, form.draft()))


def _tokens_page(request: MemberRequest, form: TokenForm, *, status: int = 200, token: str = "") -> HttpResponse:
    context = {
        "form": form,
        "token": token,
        "tokens": tokens_of(request.member),
        "scopes": SCOPES,
        "lifetimes": LIFETIMES,
        "address": address_of("api:openapi"),
        "is_withdrawn": "withdrawn" in request.GET,
    }
    return render(request, "people/tokens.html", context, status=status)


def withdraw_token(request: MemberRequest, token_id: UUID) -> HttpResponse:
    """The token stops working."""
    actions.withdraw_token(request.member, token_for(request.member, token_id))
    return HttpResponseRedirect(f"{reverse('people:tokens')}?withdrawn")
