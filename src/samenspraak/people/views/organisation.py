"""The page of an organisation, and what owners change on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core import ratelimit
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from samenspraak.people import actions
from samenspraak.people.forms import LANGUAGES, ROLES, InviteForm, LogoForm, OrganisationForm, RoleForm, weekdays
from samenspraak.people.http import MemberRequest
from samenspraak.people.models import Role
from samenspraak.people.queries import (
    colleague_for,
    has_logo,
    history_of,
    invitation_for,
    mail_is_configured,
    members_page,
    names_in,
    open_invitations,
)
from samenspraak.ui.pages import render

DONE = {
    "changed": gettext_lazy("Saved."),
    "logo": gettext_lazy("The logo has been saved."),
    "logo-removed": gettext_lazy("The logo has been removed."),
    "invited": gettext_lazy("The invitation is on its way."),
    "withdrawn": gettext_lazy("The invitation has been withdrawn. Its link no longer works."),
    "role": gettext_lazy("The role has been changed."),
    "handed-over": gettext_lazy("Handed over. You are editor now."),
    "ending": gettext_lazy("Every owner gets a mail. Until the day itself any owner can still undo this."),
    "kept": gettext_lazy("The organisation stays. Every owner gets a mail."),
    "left": gettext_lazy("This colleague no longer takes part. What was written stays."),
}


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('people:organisation')}?done={done}")


def _page_number(request: MemberRequest, name: str) -> int:
    asked = request.GET.get(name, "1")
    return min(int(asked), 10_000) if asked.isascii() and asked.isdigit() and len(asked) < 9 and int(asked) else 1


def organisation(request: MemberRequest) -> HttpResponse:
    """Who takes part, who is asked, and what an owner may change."""
    return _organisation_page(request)


def _organisation_page(request: MemberRequest, status: int = 200, **more: Any) -> HttpResponse:
    """The page; ``more`` is a form of it that came back, or what went otherwise than asked."""
    member = request.member
    context: dict[str, Any] = {
        "people": members_page(member, _page_number(request, "page")),
        "invitations": open_invitations(member),
        "has_mail": mail_is_configured(),
        "done": DONE.get(request.GET.get("done", "")),
        "trouble": None,
        "asked": None,
    }
    if member.is_owner:
        context |= _for_owners(request)
    return render(request, "people/organisation.html", {**context, **more}, status=status)


def _for_owners(request: MemberRequest) -> dict[str, Any]:
    member, now = request.member, request.member.organisation
    present: dict[str, Any] = {"name": now.name, "language": now.language, "time_zone": now.time_zone}
    present |= {"reminder_weekday": now.reminder_weekday, "reminder_hour": now.reminder_hour}
    history = history_of(member, now.pk, _page_number(request, "history"))
    return {
        "history": history,
        "history_names": names_in(member, history),
        "history_values": {
            **dict(Role.choices),
            **dict(LANGUAGES),
            **dict(zip(actions.WEEKDAYS, dict(weekdays()).values(), strict=True)),
            "new": pgettext("logo", "new"),
            "removed": pgettext("logo", "removed"),
        },
        "organisation_form": OrganisationForm(initial=present, present=now.time_zone),
        "invite_form": InviteForm(member=member),
        "logo_form": LogoForm(),
        "languages": LANGUAGES,
        "roles": ROLES,
        "has_logo": has_logo(member),
    }


def change_organisation(request: MemberRequest) -> HttpResponse:
    """Name, language and time zone."""
    form = OrganisationForm(request.POST, present=request.member.organisation.time_zone)
    if not form.is_valid():
        return _organisation_page(request, 422, organisation_form=form)
    actions.change_organisation(request.member, actions.Settings(**form.cleaned_data))
    return _back("changed")


def logo(request: MemberRequest) -> HttpResponse:
    """The logo, for members alone."""
    organisation = request.member.organisation
    if organisation.logo is None:
        raise Http404
    response = HttpResponse(bytes(organisation.logo), content_type=organisation.logo_type)
    response.headers["Content-Disposition"] = "inline"
    return response


def change_logo(request: MemberRequest) -> HttpResponse:
    """Another logo."""
    form = LogoForm(request.POST, request.FILES)
    if not form.is_valid():
        return _organisation_page(request, 422, logo_form=form)
    actions.change_logo(request.member, form.cleaned_data["logo"])
    return _back("logo")


def remove_logo(request: MemberRequest) -> HttpResponse:
    """No logo."""
    actions.change_logo(request.member, None)
    return _back("logo-removed")


def invite(request: MemberRequest) -> HttpResponse:
    """Ask somebody in. Without a mail server the link is shown here, once: only its hash is kept."""
    form = InviteForm(request.POST, member=request.member)
    if not form.is_valid():
        return _organisation_page(request, 422, invite_form=form)
    if not ratelimit.consume(request, action="invite"):
        form.add_error("email", _("That was a lot in an hour. Invite the others a little later."))
        return _organisation_page(request, 429, invite_form=form)
    asked = actions.invite(request.member, **form.cleaned_data)
    return _back("invited") if mail_is_configured() else _organisation_page(request, asked=asked)


def withdraw_invitation(request: MemberRequest, invitation_id: UUID) -> HttpResponse:
    """The link stops working."""
    actions.withdraw_invitation(request.member, invitation_for(request.member, invitation_id))
    return _back("withdrawn")


def change_role(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """Another role for a colleague."""
    colleague = colleague_for(request.member, member_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        return _organisation_page(request, 422, trouble=_("Choose one of the three roles."))
    try:
        actions.change_role(request.member, colleague, form.cleaned_data["role"])
    except actions.LastOwner:
        return _organisation_page(request, 409, trouble=_last_owner())
    return _back("role")


def let_leave(request: MemberRequest, member_id: UUID) -> HttpResponse:
    """A colleague takes part no longer; an owner may also leave."""
    colleague = colleague_for(request.member, member_id)
    try:
        actions.let_leave(request.member, colleague, session_key=request.session.session_key)
    except actions.LastOwner:
        return _organisation_page(request, 409, trouble=_last_owner())
    return HttpResponseRedirect("/") if colleague.pk == request.member.pk else _back("left")


def _last_owner() -> str:
    return _("An organisation keeps at least one owner. Make somebody else owner first; after that this works too.")
