"""Coming in with a passkey, or with a code after the password."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.models import Login
from allauth.core import ratelimit
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from samenspraak.people import actions, passkeys
from samenspraak.people.adapter import place_of
from samenspraak.people.forms import CodeForm, PasskeyForm
from samenspraak.people.http import is_own_path
from samenspraak.people.models import Person
from samenspraak.people.queries import factors_of
from samenspraak.ui.pages import render


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")  # type: ignore[untyped-decorator]  # allauth has no types
def second_factor(request: HttpRequest) -> HttpResponse:
    """After the password: a code of the app, a recovery code or a passkey."""
    stage: Any = request._login_stage  # type: ignore[attr-defined]  # noqa: SLF001  how allauth hands it over
    person: Person = stage.login.user
    answer: HttpResponse
    if "stop" in request.POST:
        answer = stage.abort()
        return answer
    if request.method != "POST":
        return _page(request, person, CodeForm())
    form: CodeForm | PasskeyForm = CodeForm(request.POST) if "code" in request.POST else PasskeyForm(request.POST)
    if not _may_try(request, person, form):
        return _page(request, person, form, 429)
    if form.is_valid():
        try:
            factor = _used(person, form)
        except (actions.WrongCode, passkeys.PasskeyRefused):
            form.add_error(None, _("This does not fit. Take the code that your app shows now; each code works once."))
        else:
            ratelimit.clear(request, action="second_factor", key=place_of(request, person))
            post_authentication(request, factor)
            answer = stage.exit()
            return answer
    return _page(request, person, form, 422)


def _may_try(request: HttpRequest, person: Person, form: CodeForm | PasskeyForm) -> bool:
    """Few wrong codes a place, some more a person; a passkey cannot be guessed and is never held up by the second."""
    may = ratelimit.consume(request, action="second_factor", key=place_of(request, person))
    if may and isinstance(form, CodeForm):
        may = ratelimit.consume(request, action="second_factor_person", key=str(person.pk))
    if not may:
        form.add_error(None, _("That was a few times wrong. Wait five minutes, then try again. Nothing is locked."))
    return bool(may)


def _used(person: Person, form: CodeForm | PasskeyForm) -> Any:
    given = form.cleaned_data
    if isinstance(form, CodeForm):
        return actions.use_code(person, given["code"])
    return passkeys.read(given["state"], given["credential"], person)


def _page(request: HttpRequest, person: Person, form: CodeForm | PasskeyForm, status: int = 200) -> HttpResponse:
    factors = factors_of(person)
    can_ask = bool(factors.passkeys) and passkeys.are_possible(request)
    context = {
        "form": form if isinstance(form, CodeForm) else CodeForm(),
        "problems": [
            *form.non_field_errors(),
            *(() if isinstance(form, CodeForm) else form.errors.get("credential", ())),
        ],
        "has_app": factors.app is not None,
        "question": passkeys.ask(person) if can_ask else None,
    }
    return render(request, "people/second_factor.html", context, status=status)


def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """In with a passkey alone: it is the device and the finger, face or code, so nothing else is asked."""
    form = PasskeyForm(request.POST)
    if not ratelimit.consume(request, action="passkey"):
        return render(request, "people/passkey_refused.html", {"is_often": True}, status=429)
    factor = _passkey(form) if passkeys.are_possible(request) and form.is_valid() else None
    if factor is None:
        return render(request, "people/passkey_refused.html", {"is_often": False}, status=422)
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("people:account"))
    target = request.POST.get("next", "")
    login = Login(user=factor.user, redirect_url=target if is_own_path(target) else None)
    answer: HttpResponse = perform_passwordless_login(request, factor, login)
    return answer


def _passkey(form: PasskeyForm) -> Any:
    try:
        return passkeys.read(form.cleaned_data["state"], form.cleaned_data["credential"])
    except passkeys.PasskeyRefused:
        return None
