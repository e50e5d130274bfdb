"""Typed requests: behind the access table a view knows who asks. And addresses: in a mail, and as ``next``.

A guest comes in by a link: ``for_guest`` opens it for a view, and answers in plain words when it opens nothing more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

from samenspraak.people.models import Guest, Member, Person
from samenspraak.ui.pages import render


class PersonRequest(HttpRequest):
    """A request of somebody who is signed in; ``member`` is None for a person without an organisation."""

    user: Person
    member: Member | None


class MemberRequest(PersonRequest):
    """A request of a member; ``member.organisation`` and ``member.person`` are loaded."""

    member: Member


CONFIRMED = "confirmed"
PROVEN = "proven"  # an address that the company account vouched for
CONFIRMED_FOR = 10 * 60


def come_in(request: HttpRequest, person: Person) -> None:
    """Sign somebody in who has shown by now who they are."""
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    note_arrival(request)


def note_arrival(request: HttpRequest) -> None:
    """Somebody just signed in with this browser."""
    request.session.begin(request.headers.get("User-Agent", ""))  # type: ignore[attr-defined]
    confirm(request)


def confirm(request: HttpRequest) -> None:
    """Who is signed in has just shown it again."""
    request.session[CONFIRMED] = time.time()


def is_confirmed(request: HttpRequest) -> bool:
    """Whether that was at most ten minutes ago."""
    age = time.time() - request.session.get(CONFIRMED, 0.0)
    return bool(0 <= age < CONFIRMED_FOR)


def address_of(route: str, **arguments: Any) -> str:
    """The whole address of a route, from the settings: what a visitor sends as host never stands in a mail."""
    return f"{settings.ENVIRONMENT.address}{reverse(route, kwargs=arguments or None)}"


def is_own_path(target: str) -> bool:
    """Whether a ``next`` stays here: a path, without a host that a browser could read into it."""
    is_path = target.startswith("/") and target[1:2] not in ("/", "\\")
    return is_path and url_has_allowed_host_and_scheme(target, allowed_hosts=None)


class GuestRequest(HttpRequest):
    """A request of whoever holds the link of ``guest``; nobody is a member on such a page, signed in or not."""

    guest: Guest
    key: str
    member: None
    LANGUAGE_CODE: str


class Gone(StrEnum):
    """Why the link of a guest opens nothing any more."""

    ORGANISATION = "organisation"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    USED = "used"


class GuestGone(Exception):
    """The link of this guest was fine once; ``why`` it is not any more goes on a page."""

    def __init__(self, guest: Guest, why: Gone) -> None:
        super().__init__(why)
        self.guest = guest
        self.why = why


GuestView = Callable[[GuestRequest], HttpResponse]


def for_guest(load: Callable[[str], Guest]) -> Callable[[GuestView], Callable[..., HttpResponse]]:
    """Open the link of a guest for a view; ``load`` is ``guest_for`` with its purpose.

    The page is in the guest's own language, or in the one asked for with ``?language=``. It needs no cookie, so a post
    carries no token against forgery: whoever can post has the key, which no other site knows. The address is a key,
    so no page that is opened from here is told it, and nothing is kept in a cache.
    """

    def decorate(view: GuestView) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def answer(request: GuestRequest, key: str) -> HttpResponse:
            request.key = key
            try:
                _open(request, load(key))
                response = view(request)
            except GuestGone as gone:
                _open(request, gone.guest)
                context = {"guest": gone.guest, "why": gone.why}
                response = render(request, "people/guest_gone.html", context, status=410)
            response.headers["Referrer-Policy"] = "no-referrer"
            response.headers["Cache-Control"] = "no-store"
            response.headers["X-Robots-Tag"] = "noindex"
            response.headers["Content-Language"] = request.LANGUAGE_CODE
            return response

        return answer

    return decorate


def _open(request: GuestRequest, guest: Guest) -> None:
    """Be with this guest: the language, the clock of the organisation, and no member."""
    asked = request.GET.get("language", "")
    request.guest, request.member = guest, None
    request.LANGUAGE_CODE = asked if asked in ("nl", "en") else guest.language
    translation.activate(request.LANGUAGE_CODE)
    timezone.activate(ZoneInfo(guest.organisation.time_zone))
