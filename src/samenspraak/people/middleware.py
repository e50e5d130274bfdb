"""Who asks, in which language and on which clock; and whether the access table lets them through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from samenspraak.people.access import ACCESS, Level, level_of
from samenspraak.people.actions import note_seen, note_use
from samenspraak.people.endpoints import wrong
from samenspraak.people.models import ApiToken, Scope
from samenspraak.people.queries import member_of_session, token_in_use
from samenspraak.ui.pages import render

Answer = Callable[[HttpRequest], HttpResponse]
API, SCHEMA = "/api/", "/api/v1/openapi.json"
LANGUAGE_COOKIE = "samenspraak-language"


def language_of(request: HttpRequest) -> str:
    """The chosen language: of the person, else of the cookie, else of the browser, else of the installation.

    A program says with every request in which language it wants its answer, and that comes first.
    """
    asked = _asked_language(request)
    if asked and request.path_info.startswith(API):
        return asked
    wanted = getattr(request.user, "language", "") or request.COOKIES.get(LANGUAGE_COOKIE, "")
    return str(wanted) if wanted in ("nl", "en") else asked or str(settings.LANGUAGE_CODE)


def _asked_language(request: HttpRequest) -> str:
    """The first language of ours in ``Accept-Language``; empty where there is none."""
    codes = (part.split(";")[0].strip()[:2].lower() for part in request.headers.get("Accept-Language", "").split(","))
    return next((code for code in codes if code in ("nl", "en")), "")


def _let_in(request: HttpRequest) -> ApiToken | None:
    """Who asks by token. A program never comes in by a session, so that no other site can ask in somebody's name."""
    way, _space, given = request.headers.get("Authorization", "").partition(" ")
    token = token_in_use(given.strip()) if way.lower() == "bearer" and given else None
    request.token = token  # type: ignore[attr-defined]
    request.member = token.member if token else None  # type: ignore[attr-defined]
    if token is not None:
        request.user = token.member.person
        note_use(token)
    elif request.path_info != SCHEMA or given:
        request.user = AnonymousUser()
    return token


class AccessMiddleware:
    """Sets ``request.member``, the language and the time zone, and refuses what the table does not allow."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        is_api = request.path_info.startswith(API)
        token = _let_in(request) if is_api else None
        if token is None and (not is_api or request.path_info == SCHEMA):
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
        token: ApiToken | None = getattr(request, "token", None)
        if token is not None and not is_read and token.scope != Scope.WRITE:
            return wrong(403, _("This token may only read."))
        member = request.member  # type: ignore[attr-defined]
        has = level_of(member, is_signed_in=request.user.is_authenticated)
        if has >= needed:
            return None
        return refuse(request, has)


def refuse(request: HttpRequest, has: Level) -> HttpResponse:
    """Ask to sign in, or say plainly that this role may not do this."""
    if request.path_info.startswith(API):
        if has == Level.ANYONE:
            return wrong(401, _("Send a token that works: Authorization: Bearer … You make one on your account page."))
        return wrong(403, _("Your role may not do this."))
    if has == Level.ANYONE:
        query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
        address = reverse("account_login") + (f"?{query}" if query else "")
        if request.headers.get("HX-Request"):
            response = HttpResponse(status=401)
            response["HX-Redirect"] = reverse("account_login")
            return response
        return HttpResponseRedirect(address)
    return render(request, "people/refused.html", {"has_organisation": has > Level.PERSON}, status=403)
