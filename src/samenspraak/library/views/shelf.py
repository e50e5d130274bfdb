"""Naslag: its parts, single items, and search."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from samenspraak.library.entries import PARTS, is_worded
from samenspraak.library.queries import Shelf, edition_for, entry_at, found
from samenspraak.method.types import Edition, Language
from samenspraak.people.http import MemberRequest
from samenspraak.ui.illustrations.model import draw_model
from samenspraak.ui.illustrations.route import Place, Stretch, draw_route
from samenspraak.ui.pages import render

# Items of these kinds are a page or a heading of their part; all others have a page of their own.
ON_THEIR_PART = {"category", "phase", "model", "facilitator", "business-case", "commitment", "workshop"}


def _edition(request: MemberRequest) -> Edition:
    language: Language = "en" if request.LANGUAGE_CODE == "en" else "nl"
    return edition_for(request.member.organisation, language)


def _around(edition: Edition, key: str = "") -> dict[str, Any]:
    """What every page of this room knows."""
    here = next((part for part in PARTS if part.key == key), None)
    return {"room": "library", "edition": edition, "shelf": Shelf(edition), "parts": PARTS, "part": here}


def home(request: MemberRequest) -> HttpResponse:
    """Search first, then the parts, each with one line; the model as a way in."""
    edition = _edition(request)
    return render(request, "library/home.html", {**_around(edition), "drawing": _drawing(edition, "model")})


def part(request: MemberRequest, key: str) -> HttpResponse:
    """One part of Naslag."""
    if key not in {part.key for part in PARTS}:
        raise Http404
    edition = _edition(request)
    context = _around(edition, key)
    if key in _DRAWINGS:
        context["drawing"] = _drawing(edition, key)
    return render(request, f"library/{key}.html", context)


def item(request: MemberRequest, kind: str, item_id: str) -> HttpResponse:
    """One item alone, to link to; what is a heading of its part is shown there."""
    edition = _edition(request)
    statement = _element_of(edition, item_id) if kind == "statement" else None
    if statement:
        return HttpResponseRedirect(f"{reverse('library:item', args=['element', statement])}#statement-{item_id}")
    entry = entry_at(edition, f"{kind}:{item_id}")
    if entry is None:
        raise Http404
    if kind in ON_THEIR_PART:
        return HttpResponseRedirect(f"{reverse('library:part', args=[entry.part.key])}#{kind}-{item_id}")
    around = _around(edition, entry.part.key)
    context = {**around, "entry": entry, "thing": entry.item, "is_worded": is_worded(entry.item)}
    return render(request, "library/item.html", context)


def search(request: MemberRequest) -> HttpResponse:
    """What fits a question; when nothing does, where to look instead."""
    edition = _edition(request)
    question = request.GET.get("q", "").strip()
    context = {**_around(edition), "question": question, "result": found(edition, question) if question else None}
    return render(request, "library/search.html", context)


def _element_of(edition: Edition, statement_id: str) -> str | None:
    return next((e.id for e in edition.elements if any(s.id == statement_id for s in e.statements)), None)


def _address(kind: str, item_id: str) -> str:
    return reverse("library:item", args=[kind, item_id])


def _model(edition: Edition) -> Markup:
    names = {element.id: element.title for element in edition.elements}
    return draw_model(names, {element: _address("element", element) for element in names}, edition.model.title)


def _route(edition: Edition) -> Markup:
    """The route as nobody walks it yet: every step plain."""
    places = [Place(s.number, s.label, "plain", "", _address("step", s.id)) for s in edition.steps]
    return draw_route(places, [Stretch(p.number, p.label, len(p.steps)) for p in edition.phases])


_DRAWINGS: dict[str, Callable[[Edition], Markup]] = {"model": _model, "steps": _route}
_DRAWN: dict[tuple[str, str, str], Markup] = {}


def _drawing(edition: Edition, key: str) -> Markup:
    """The drawing of a part. An edition never changes while we run, so it is drawn once; with own words every time."""
    known = (edition.name, edition.language, key)
    if edition.laid:
        return _DRAWINGS[key](edition)
    if known not in _DRAWN:
        _DRAWN[known] = _DRAWINGS[key](edition)
    return _DRAWN[known]
