"""Signing in safely: the second factor, and the browsers in which somebody is signed in."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import uuid4

from allauth.core import ratelimit
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspraak.people import actions, codes, passkeys
from samenspraak.people.forms import AddAppForm, ConfirmForm, NewPasskeyForm
from samenspraak.people.http import PersonRequest, confirm, is_confirmed, is_own_path
from samenspraak.people.queries import factors_of, sessions_of
from samenspraak.ui.pages import render

DONE = {
    "added": gettext_lazy("Added."),
    "removed": gettext_lazy("Removed."),
    "session": gettext_lazy("That browser is signed out."),
    "sessions": gettext_lazy("Everywhere else you are signed out."),
    "there": gettext_lazy("That was set already."),
}
View = Callable[..., HttpResponse]


def confirmed(view: View) -> View:
    """Only for somebody who showed at most ten minutes ago who they are; others show it and come back."""

    @wraps(view)
    def after(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *args, **kwargs)
        back = request.path if request.method in ("GET", "HEAD") else reverse("people:security")
        return HttpResponseRedirect(f"{reverse('people:confirm')}?{urlencode({'next': back})}")

    return after


def _back(done: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('people:security')}?done={done}")


def security(request: PersonRequest) -> HttpResponse:
    """What protects the account, and where somebody is signed in."""
    context = {
        "factors": factors_of(request.user),
        "sessions": sessions_of(request.user, request.session.session_key or ""),
        "has_passkeys": passkeys.are_possible(request),
        "once": uuid4(),
        "done": DONE.get(request.GET.get("done", "")),
    }
    return render(request, "people/security.html", context)


def confirm_it_is_you(request: PersonRequest) -> HttpResponse:
    """The password once more, before something important; whoever has none signs in again."""
    target = request.POST.get("next") or request.GET.get("next", "")
    target = target if is_own_path(target) else reverse("people:security")
    form = ConfirmForm(request.POST or None, person=request.user)
    context = {"form": form, "next": target, "has_password": request.user.has_usable_password()}
    if request.method != "POST":
        return render(request, "people/confirm.html", context)
    if not ratelimit.consume(request, action="confirm"):
        form.add_error(
            "password", _("That was a few times wrong. Wait five minutes, then try again. Nothing is locked.")
        )
        return render(request, "people/confirm.html", context, status=429)
    if not form.is_valid():
        return render(request, "people/confirm.html", context, status=422)
    confirm(request)
    return HttpResponseRedirect(target)


@confirmed
def add_app(request: PersonRequest) -> HttpResponse:
    """An app with codes: the secret as a square and as text, and the first code as proof that it works."""
    person = request.user
    form = AddAppForm(request.POST or None)
    secret = codes.secret_of(person, form.data.get("secret", "")) if form.is_bound else None
    if request.method != "POST" or secret is None:
        return _app_page(request, AddAppForm(), *codes.new_secret(person), status=422 if form.is_bound else 200)
    if form.is_valid():
        try:
            return _codes_page(request, actions.add_app(person, secret, form.cleaned_data["code"]))
        except actions.AlreadyThere:
            return _back("there")
        except actions.WrongCode:
            form.add_error(
                "code", _("This is not the code of now. Check the clock of your phone and try the next code.")
            )
    return _app_page(request, form, secret, form.data["secret"], status=422)


def _app_page(request: PersonRequest, form: AddAppForm, secret: str, signed: str, *, status: int) -> HttpResponse:
    context = {
        "form": form,
        "square": codes.square(request.user, secret),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "signed": signed,
    }
    return render(request, "people/add_app.html", context, status=status)


def _codes_page(request: PersonRequest, drawn: list[str]) -> HttpResponse:
    """Recovery codes, the only time they are shown; without new ones back to where it began."""
    return render(request, "people/recovery_codes.html", {"codes": drawn}) if drawn else _back("added")


@confirmed
def add_passkey(request: PersonRequest) -> HttpResponse:
    """A passkey, where browsers allow them."""
    if not passkeys.are_possible(request):
        return render(request, "people/no_passkeys.html", {}, status=409 if request.method == "POST" else 200)
    form = NewPasskeyForm(request.POST or None)
    if not form.is_valid():
        return _passkey_page(request, form, 422 if form.is_bound else 200)
    given = form.cleaned_data
    try:
        passkeys.read_new(request.user, given["state"], given["credential"])
        return _codes_page(request, actions.add_passkey(request.user, given["name"], given["credential"]))
    except actions.AlreadyThere:
        return _back("there")
    except passkeys.PasskeyRefused:
        form.add_error(None, _("The answer of your device does not fit. Try once more."))
        return _passkey_page(request, form, 422)


def _passkey_page(request: PersonRequest, form: NewPasskeyForm, status: int) -> HttpResponse:
    context = {"form": form, "question": passkeys.ask_new(request.user)}
    return render(request, "people/add_passkey.html", context, status=status)


@confirmed
def remove_factor(request: PersonRequest) -> HttpResponse:
    """Take off an app or a passkey of one's own; what is not there is off already."""
    given = request.POST.get("factor", "")
    if not given.isascii() or not given.isdigit() or len(given) > 15:
        raise Http404
    actions.remove_factor(request.user, int(given))
    return _back("removed")


@confirmed
def recovery_codes(request: PersonRequest) -> HttpResponse:
    """Ten new recovery codes; the old ones stop working."""
    return _codes_page(request, actions.renew_recovery_codes(request.user, request.POST.get("once", "")[:40]))


def end_session(request: PersonRequest) -> HttpResponse:
    """Sign one other browser out."""
    actions.end_session(request.user, request.POST.get("session", ""))
    return _back("session")


def end_other_sessions(request: PersonRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    actions.end_sessions(request.user, but=request.session.session_key)
    return _back("sessions")
