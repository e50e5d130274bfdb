"""Who asks, in which language and on which clock; and whether the access table lets them through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from samenspraak.people.access import ACCESS, Level, level_of
from samenspraak.people.actions import note_seen
from samenspraak.people.queries import member_of_session
from samenspraak.ui.pages import render

Answer = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "samenspraak-language"


def language_of(request: HttpRequest) -> str:
    """The chosen language: of the person, else of the cookie, else of the browser, else of the installation."""
    person = request.user
    wanted = getattr(person, "language", "") or request.COOKIES.get(LANGUAGE_COOKIE, "")
    if wanted in ("nl", "en"):
        return str(wanted)
    for part in request.headers.get("Accept-Language", "").split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in ("nl", "en"):
            return code
    return str(settings.LANGUAGE_CODE)


class AccessMiddleware:
    """Sets ``request.member``, the language and the time zone, and refuses what the table does not allow."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        request.member = member_of_session(request)  # type: ignore[attr-defined]
        language = language_of(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        member = request.member  # type: ignore[attr-defined]
        timezone.activate(ZoneInfo(member.organisation.time_zone if member else settings.TIME_ZONE))
        if request.user.is_authenticated:
            note_seen(request.session)  # type: ignore[arg-type]  # our own store
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store" if request.user.is_authenticated else "no-cache, private"
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the request through (None) or answer why not."""
        match = request.resolver_match
        name = match.view_name if match else ""
        rule = ACCESS.get(name)
        if rule is None:
            raise Http404
        if name != "healthz":  # asked by machines, under any name
            request.get_host()  # refuses names that are not ours, so that no other site can pose as this one
        is_read = request.method in ("GET", "HEAD")
        needed = rule.get if is_read else rule.post if request.method == "POST" else None
        if needed is None:
            allowed = [
                m for m, level in (("GET", rule.get), ("HEAD", rule.get), ("POST", rule.post)) if level is not None
            ]
            return HttpResponseNotAllowed(allowed)
        member = request.member  # type: ignore[attr-defined]
        has = level_of(member, is_signed_in=request.user.is_authenticated)
        if has >= needed:
            return None
        return refuse(request, has)


def refuse(request: HttpRequest, has: Level) -> HttpResponse:
    """Ask to sign in, or say plainly that this role may not do this."""
    if has == Level.ANYONE:
        query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        address = reverse("account_login") + (f"?{query}" if query else "")
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=401)
            response["HX-Redirect"] = reverse("account_login")
            return response
        return HttpResponseRedirect(address)
    return render(request, "people/refused.html", {"has_organisation": has > Level.PERSON}, status=403)
