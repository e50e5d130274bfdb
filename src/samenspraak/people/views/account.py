"""The own account."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from samenspraak.people import actions
from samenspraak.people.forms import LANGUAGES, AccountForm, RemindersForm
from samenspraak.people.http import PersonRequest
from samenspraak.people.models import Reminders
from samenspraak.people.queries import SESSION_ORGANISATION, memberships_of
from samenspraak.ui.pages import render

DONE = {
    "account": _("Saved."),
    "reminders": _("Saved. From now on you get mail about your tasks as you chose."),
    "password": _("Your password has been changed. Wherever else you were signed in, you are now signed out."),
}


def account(request: PersonRequest) -> HttpResponse:
    """Name, language and function; ways to the password and out."""
    member = request.member
    if request.method != "POST":
        now = {
            "name": request.user.name,
            "language": request.user.language,
            "function": member.function if member else "",
        }
        return _account_page(request, AccountForm(initial=now), 200)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _account_page(request, form, 422)
    actions.change_account(request.user, member, actions.Account(**form.cleaned_data))
    return HttpResponseRedirect(reverse("people:account") + "?done=account")


def _account_page(request: PersonRequest, form: AccountForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "languages": LANGUAGES,
        "memberships": memberships_of(request.user),
        "reminders": Reminders.choices,
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "people/account.html", context, status=status)


def choose_organisation(request: PersonRequest) -> HttpResponse:
    """Go and work in another organisation of which this person is a member."""
    chosen = request.POST.get("organisation", "")
    if chosen not in {str(m.organisation_id) for m in memberships_of(request.user)}:
        raise Http404
    request.session[SESSION_ORGANISATION] = chosen
    return HttpResponseRedirect("/")


def choose_reminders(request: PersonRequest) -> HttpResponse:
    """When you want mail about your tasks, for one of the organisations you are a member of."""
    form = RemindersForm(request.POST)
    own = {m.pk: m for m in memberships_of(request.user)}
    if not form.is_valid() or form.cleaned_data["member"] not in own:
        raise Http404
    actions.choose_reminders(own[form.cleaned_data["member"]], Reminders(form.cleaned_data["reminders"]))
    return HttpResponseRedirect(reverse("people:account") + "?done=reminders")
