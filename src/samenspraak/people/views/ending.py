"""Leaving, handing over, ending an organisation, and closing the own account."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samenspraak.people import actions
from samenspraak.people.forms import EndForm
from samenspraak.people.http import MemberRequest, PersonRequest
from samenspraak.people.queries import colleague_for, members_of, sole_ownerships
from samenspraak.people.views.security import confirmed
from samenspraak.ui.pages import render


def leave(request: MemberRequest) -> HttpResponse:
    """Out of this organisation by choice; the last owner hands over first."""
    if request.method != "POST":
        return _leave_page(request, 200)
    try:
        actions.let_leave(request.member, request.member, session_key=request.session.session_key)
    except actions.LastOwner:
        return _leave_page(request, 409)
    return HttpResponseRedirect("/")


def _leave_page(request: MemberRequest, status: int) -> HttpResponse:
    context = {"is_last_owner": bool(sole_ownerships(request.user, request.member.organisation_id))}
    return render(request, "people/leave.html", context, status=status)


def hand_over(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """A colleague becomes owner, and I editor."""
    try:
        actions.hand_over(request.member, colleague_for(request.member, member_id))
    except actions.NotAColleague:
        return HttpResponseRedirect(reverse("people:organisation"))
    return HttpResponseRedirect(f"{reverse('people:organisation')}?done=handed-over")


def end(request: MemberRequest) -> HttpResponse:
    """Delete the organisation in thirty days: what that means, and its name typed as a second thought."""
    name = request.member.organisation.name
    form = EndForm(request.POST or None, present=name)
    if form.is_valid():
        actions.end_organisation(request.member)
        return HttpResponseRedirect(f"{reverse('people:organisation')}?done=ending")
    context = {"form": form, "days": actions.GRACE.days, "people": len(members_of(request.member))}
    return render(request, "people/end.html", context, status=422 if request.method == "POST" else 200)


def keep(request: MemberRequest) -> HttpResponse:
    """Undo: the organisation stays."""
    actions.keep_organisation(request.member)
    return HttpResponseRedirect(f"{reverse('people:organisation')}?done=kept")


@confirmed
def close_account(request: PersonRequest) -> HttpResponse:
    """Close the own account, after saying what goes and what stays."""
    if request.method != "POST":
        return _close_page(request, 200)
    try:
        actions.close_account(request.user)
    except actions.LastOwner:
        return _close_page(request, 409)
    logout(request)
    answer = render(
        request, "ui/message.html", {"title": _("Your account is closed"), "text": _("Thank you for taking part.")}
    )
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def _close_page(request: PersonRequest, status: int) -> HttpResponse:
    return render(request, "people/close_account.html", {"only_owner_of": sole_ownerships(request.user)}, status=status)
