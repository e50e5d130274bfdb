"""Signing in and out, and passwords: allauth's flows behind pages of ours.

allauth's own views are classes; here they get our form, our page and our status for what has to be mended.
"""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect

from samenspraak.people import actions, forms, passkeys
from samenspraak.people.queries import has_organisation
from samenspraak.ui.pages import render


class Ours:
    """Answers through our own ``render``, and with 422 when something has to be mended."""

    request: HttpRequest
    template_name: str

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """What the page needs; ``next`` only where it is an address of ours."""
        made: dict[str, Any] = super().get_context_data(**context)  # type: ignore[misc]
        made["next"] = self.get_next_url() if hasattr(self, "get_next_url") else None
        return made

    def render_to_response(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A page of ours."""
        return render(self.request, self.template_name, context, status=status)

    def form_invalid(self, form: Any) -> HttpResponse:
        """The same page with what to mend."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SignIn(Ours, account.LoginView):  # type: ignore[misc]  # allauth has no types
    """Address and password. An installation without an organisation begins elsewhere."""

    form_class = forms.SignInForm

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The form, or the first run."""
        if not has_organisation():
            return redirect("people:first_run")
        answer: HttpResponseBase = super().get(request, *args, **kwargs)
        return answer

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """The other ways in, where they are there."""
        made = super().get_context_data(**context)
        made["question"] = passkeys.ask() if passkeys.are_possible(self.request) else None
        made["company"] = settings.ENVIRONMENT.company
        return made


class SignOut(Ours, account.LogoutView):  # type: ignore[misc]  # allauth has no types
    """Ends the session; what this browser kept of it goes too."""

    def post(self, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Out."""
        answer: HttpResponseBase = super().post(*args, **kwargs)
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        return answer


class ChangePassword(Ours, account.PasswordChangeView):  # type: ignore[misc]  # allauth has no types
    """Another password; every other session of this person ends."""

    form_class = forms.ChangePasswordForm

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Keep it, and sign out everywhere else."""
        answer: HttpResponseBase = super().form_valid(form)
        actions.end_sessions(self.request.user, but=self.request.session.session_key)  # type: ignore[arg-type]
        return answer

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Whoever has no password yet, as in the demo, is sent a link for one."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            return redirect("account_reset_password")
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer


class AskPassword(Ours, account.PasswordResetView):  # type: ignore[misc]  # allauth has no types
    """Ask for a link. The answer is the same whether the address is known or not, and takes as long."""

    form_class = forms.AskPasswordForm

    def form_valid(self, form: Any) -> HttpResponse:
        """Leave the looking up to a worker."""
        address = form.cleaned_data["email"]
        refused: HttpResponse | None = ratelimit.consume_or_429(self.request, action="reset_password", key=address)
        if refused:
            return refused
        actions.send_new_password_link.enqueue(address)
        return HttpResponseRedirect(self.get_success_url())


class AskedPassword(Ours, account.PasswordResetDoneView):  # type: ignore[misc]  # allauth has no types
    """Look in your mail."""


class SetPassword(Ours, account.PasswordResetFromKeyView):  # type: ignore[misc]  # allauth has no types
    """What the link opens."""

    form_class = forms.SetPasswordForm

    def form_valid(self, form: Any) -> HttpResponseBase:
        """Keep it, and sign out everywhere. The second factor stays: a mailbox alone is not enough."""
        answer: HttpResponseBase = super().form_valid(form)
        actions.end_sessions(self.reset_user)
        return answer

    def render_to_response(self, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A link that has ended answers 410."""
        return super().render_to_response(context, status=410 if context.get("token_fail") else status)


class PasswordSet(Ours, account.PasswordResetFromKeyDoneView):  # type: ignore[misc]  # allauth has no types
    """It worked."""


sign_in = SignIn.as_view()
sign_out = SignOut.as_view()
change_password = ChangePassword.as_view()
ask_password = AskPassword.as_view()
asked_password = AskedPassword.as_view()
set_password = SetPassword.as_view()
password_set = PasswordSet.as_view()
