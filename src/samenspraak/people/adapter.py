"""How django-allauth fits here: nobody signs up without an invitation, and every mail goes through the outbox."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from samenspraak.people.actions import queue_mail, write_letter
from samenspraak.people.http import address_of, is_own_path, note_arrival
from samenspraak.people.models import Person
from samenspraak.people.queries import person_with_memberships
from samenspraak.ui.pages import render


class SignInBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """Loads the person of a session together with the memberships, so that a page asks for who asks only once."""

    def get_user(self, user_id: UUID) -> Person | None:
        """The person of a session; None when the account has been closed."""
        person = person_with_memberships(user_id)
        return person if person and self.user_can_authenticate(person) else None


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Our answers to allauth's questions."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This address and this password do not belong together. Check both, or ask for a new password."
        ),
        "too_many_login_attempts": _(
            "That was a few times wrong. Wait five minutes, then try again. Nothing is locked."
        ),
        "enter_current_password": _("This is not your present password."),
        "invalid_password_reset": _("This link no longer works."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people come by invitation or by the first-run code."""
        del request
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        """In; the session knows the device and the moment."""
        super().login(request, user)
        note_arrival(request)

    def add_message(self, *_args: Any, **_kwargs: Any) -> None:
        """No messages of its own: pages say what happened."""

    def is_ajax(self, request: HttpRequest) -> bool:
        """Never: one way to answer is enough."""
        del request
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this installation, written without a host."""
        return is_own_path(url)

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        """Said only to somebody who knows the password."""
        del user
        return render(request, "account/account_inactive.html", {}, status=403)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account, which says that it worked."""
        del request
        return reverse("people:account") + "?done=password"

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail, with the host from the settings."""
        uidb36, _dash, token = key.partition("-")
        return address_of("account_reset_password_from_key", uidb36=uidb36, key=token)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, in the language of the person; the same mail twice goes out once."""
        person = context.get("user")
        language = person.language if isinstance(person, Person) else get_language() or "nl"
        letter = write_letter(template_prefix, "", email, language, {**context, "email": email})
        content = hashlib.sha256(f"{email}\n{letter.text}".encode()).hexdigest()
        queue_mail(letter._replace(key=f"{letter.kind}:{content}"))

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Wrong passwords count per address and place: a stranger who keeps guessing locks nobody out."""
        return f"{self.get_client_ip(request)} {credentials.get('email', '').lower()}"


def place_of(request: HttpRequest, person: Person) -> str:
    """A person and a place together: wrong codes are counted by it."""
    return f"{AccountAdapter(request).get_client_ip(request)} {person.pk}"
