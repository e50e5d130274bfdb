"""One way to answer with a page or a part of one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.template.backends.utils import csrf_input
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from samenspraak.ui.speech import speech


class Room(NamedTuple):
    """A room in the header. ``route`` is its first page."""

    key: str
    route: str
    title: str


ROOMS = (
    ("route", "route:home", gettext_noop("Route")),
    ("readiness", "readiness:rounds", gettext_noop("Are we ready?")),
    ("tasks", "tasks:tasks", gettext_noop("Tasks")),
    ("workshops", "workshops:workshops", gettext_noop("Workshops")),
    ("library", "library:home", gettext_noop("Library")),
)


@cache
def rooms(language: str) -> tuple[Room, ...]:
    """The rooms, named in a language."""
    with translation.override(language):
        return tuple(Room(key, route, gettext(title)) for key, route, title in ROOMS)


def render(request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """Answer with ``template``; every page knows the rooms, the member and the language."""
    language = getattr(request, "LANGUAGE_CODE", "nl")
    words = speech()
    around = {
        "_": words.say,
        "ngettext": words.count,
        "rooms": rooms(words.language),
        "member": getattr(request, "member", None),
        "language": language,
        "room": "",
    }
    return HttpResponse(get_template(template).render({**around, **context}, request), status=status)


def wants_part(request: HttpRequest) -> bool:
    """Whether the page asks for a part of itself; without script the same address answers with a whole page."""
    return request.headers.get("HX-Request") == "true"


def page_number(request: HttpRequest) -> int:
    """The page of a list that is asked for, from 1; anything else is the first."""
    given = request.GET.get("page", "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 and int(given) else 1


def removed_id(request: HttpRequest) -> UUID | None:
    """What was just taken off, for the page that offers to put it back; anything that is no id is nothing."""
    try:
        return UUID(request.GET.get("removed", ""))
    except ValueError:
        return None


class OneToken:
    """The hidden field against forged posts, drawn once per page: every form of a page may carry the same."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.drawn: str | None = None

    def __html__(self) -> str:
        if self.drawn is None:
            self.drawn = csrf_input(self.request)
        return self.drawn


def one_token(request: HttpRequest) -> dict[str, OneToken]:
    """A context processor: ``csrf_input`` for every form of a page."""
    return {"csrf_input": OneToken(request)}
