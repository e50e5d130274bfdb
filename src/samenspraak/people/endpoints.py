"""What an address for programs takes, what it gives, and how it says that something is wrong.

Each room declares its endpoints in ``api.py``; ``site/api.py`` gathers them and writes the OpenAPI from the same types
that read and write. Own code on ``msgspec``, which reads our editions already: a second library for the same job
would cost a third of a second at every start (decision 0003).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

import msgspec
from django import forms
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from samenspraak.people.http import MemberRequest

Gives = TypeVar("Gives")
MOST_A_MINUTE = 600
View = Callable[..., Any]


class Struct(msgspec.Struct, frozen=True, kw_only=True):
    """What an endpoint gives."""


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an endpoint takes. What is left out stays as it is."""


class Page(msgspec.Struct, Generic[Gives], frozen=True, kw_only=True):
    """At most a hundred of a list; ask for ``?page=`` the next one while ``has_more``."""

    items: list[Gives]
    page: int
    has_more: bool


class Wrong(Struct, frozen=True):
    """What is wrong, in the language that was asked for. ``fields`` says it by field; ``now`` is what stands there."""

    message: str
    fields: dict[str, list[str]] = {}
    now: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One thing an endpoint does. ``gives`` is a type, or None for a file; ``takes`` is None where nothing is sent."""

    view: View
    about: str
    gives: Any
    takes: type[Given] | None = None
    is_paged: bool = False


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """An address for programs. ``name`` is that of its route and stands in the access table."""

    name: str
    address: str
    get: Operation | None = None
    post: Operation | None = None

    def pattern(self) -> URLPattern:
        """The address, as Django wants it."""
        return path(self.address, _answering(self), name=self.name)


class Stop(Exception):
    """The answer is known here: what is wrong, and its status."""

    def __init__(self, status: int, wrong: Wrong) -> None:
        super().__init__(wrong.message)
        self.status, self.wrong = status, wrong


def stale(now: Struct) -> Stop:
    """Somebody else saved in between; ``now`` is what stands there."""
    message = _("Somebody else saved in between. Look at what stands there now, then save again.")
    return Stop(409, Wrong(message=message, now=msgspec.to_builtins(now)))


def closed() -> Stop:
    """The round has been closed."""
    return Stop(409, Wrong(message=_("This round has been closed, so nothing in it changes.")))


def checked(form: forms.Form) -> Mapping[str, Any]:
    """What a form makes of what was sent; its messages stand at the field, as on the page."""
    if form.is_valid():
        return form.cleaned_data
    fields = {name: [str(message) for message in messages] for name, messages in form.errors.items()}
    raise Stop(422, Wrong(message=_("Something has to be mended. Nothing was saved."), fields=fields))


def typed(given: Given, present: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What was sent as a form reads it, on top of what stands there now."""
    sent = {name: getattr(given, name) for name in given.__struct_fields__}
    known = {**(present or {}), **{name: value for name, value in sent.items() if value is not msgspec.UNSET}}
    return {name: "" if value is None else str(value) for name, value in known.items()}


def answer(value: Any, status: int = 200) -> HttpResponse:
    """The value as JSON, which no cache keeps."""
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(msgspec.json.encode(value), content_type="application/json", status=status, headers=headers)


def wrong(status: int, message: str) -> HttpResponse:
    """What is wrong, as JSON."""
    response = answer(Wrong(message=message), status)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


def not_found() -> HttpResponse:
    """404, also for what is not yours."""
    return wrong(404, _("There is nothing here, or it is not yours to see."))


def _answering(endpoint: Endpoint) -> Callable[..., HttpResponseBase]:
    """The view: reads what is sent, does the one thing, and answers in JSON whatever happens.

    Free of the check on forged posts: an address for programs never looks at a session, only at its token.
    """

    @csrf_exempt
    def view(request: MemberRequest, **arguments: Any) -> HttpResponseBase:
        operation = endpoint.post if request.method == "POST" else endpoint.get
        assert operation is not None  # the access table knows which there are
        if _is_too_often(request.member.pk):
            return wrong(429, _("That was often in a minute. Wait a little, then go on."))
        try:
            if operation.takes is not None:
                arguments["given"] = _read(request, operation.takes)
            value = operation.view(request, **arguments)
        except Stop as stop:
            return answer(stop.wrong, stop.status)
        except Http404:
            return not_found()
        return value if isinstance(value, HttpResponseBase) else answer(value)

    return view


def _is_too_often(member_id: UUID) -> bool:
    """Whether the programs of this member asked more than fits in a minute. One small number, read or changed alike."""
    key = f"api:{member_id}:{int(time.time() // 60)}"
    cache.add(key, 0, 120)
    return cache.incr(key) > MOST_A_MINUTE


def _read(request: HttpRequest, kind: type[Given]) -> Given:
    try:
        return msgspec.json.decode(request.body or b"{}", type=kind)
    except msgspec.ValidationError as problem:
        place = (
            str(problem).rpartition("`$.")[2].rstrip("`").split(".")[0].split("[")[0] if "`$." in str(problem) else ""
        )
        message = _("This is not written the way it should be, or is unknown here.")
        raise Stop(422, Wrong(message=message, fields={place: [message]} if place else {})) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Stop(400, Wrong(message=_("What was sent is no JSON."))) from None
