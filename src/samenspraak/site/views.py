"""Pages that belong to no room: health, the choice of language, and what is shown when something is not there."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _

from samenspraak.people import endpoints
from samenspraak.people.http import come_in, is_own_path
from samenspraak.people.middleware import API, LANGUAGE_COOKIE
from samenspraak.site.demo_links import person_of
from samenspraak.site.health import look
from samenspraak.ui.pages import render


def healthz(_request: HttpRequest) -> HttpResponse:
    """200 while this process can read and write; the rest is for whoever watches."""
    health = look(settings.ENVIRONMENT.data)
    return JsonResponse(asdict(health), status=200 if health.can_read and health.can_write else 503)


def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language with the person, or in a cookie of a visitor; then back to the page."""
    language = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not is_own_path(back):
        back = "/"
    response = HttpResponseRedirect(back)
    if language in ("nl", "en"):
        response.set_cookie(LANGUAGE_COOKIE, language, max_age=31536000, samesite="Lax", httponly=True)
        if request.user.is_authenticated:
            from samenspraak.people.actions import choose_language  # noqa: PLC0415  for signed-in people alone

            choose_language(request.user, language)
    return response


def about(request: HttpRequest) -> HttpResponse:
    """What Samenspraak is, whose method it follows, and on which terms."""
    return render(request, "site/about.html", {})


def demo_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by link, in the demo alone: nobody has to make an account to look around."""
    person = person_of(token)
    if person is None:
        raise Http404
    come_in(request, person)
    return HttpResponseRedirect("/")


def _message(request: HttpRequest, title: str, text: str, status: int) -> HttpResponse:
    return render(request, "ui/message.html", {"title": title, "text": text}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, also for what is not yours."""
    del exception
    if request.path_info.startswith(API):
        return endpoints.not_found()
    return _message(
        request,
        _("This page does not exist"),
        _("Or it is not yours to see. Check the address, or start at the route."),
        404,
    )


def too_many(request: HttpRequest) -> HttpResponse:
    """429: a pause, never a lock."""
    return _message(
        request,
        _("That was often in a short time"),
        _("Wait five minutes, then go back one page and try again. Nothing is locked."),
        429,
    )


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for a request that cannot be read."""
    del exception
    return _message(
        request,
        _("We cannot read this request"),
        _("Go back one page: what you typed is still there. Then try again."),
        400,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form comes from elsewhere or has become too old."""
    del reason
    return _message(
        request,
        _("This page has been open too long"),
        _("Go back one page: what you typed is still there. Reload it, and save again."),
        403,
    )


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault, said so, without details."""
    return HttpResponse(
        "<!doctype html><html lang=nl><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        "<title>Er ging iets mis – Samenspraak</title><main><h1>Er ging iets mis bij ons</h1>"
        "<p>Ga een pagina terug: wat je typte, staat er nog.</p><div lang=en><h2>Something went wrong on our side</h2>"
        "<p>Go back one page: what you typed is still there.</p></div></main>",
        status=500,
    )
