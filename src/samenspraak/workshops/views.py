"""Pages of workshops: the kits, one kit with its papers, and each paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpResponse
from django.utils import timezone

from samenspraak.documents.blocks import Document
from samenspraak.documents.render import MEDIA_TYPES, file_name, render, render_deck
from samenspraak.people.http import MemberRequest
from samenspraak.ui import pages
from samenspraak.workshops import report
from samenspraak.workshops.forms import OccasionForm
from samenspraak.workshops.queries import kit_for, kits_in, needed, programme_for, size_advice, tables_for
from samenspraak.workshops.report import Occasion
from samenspraak.workshops.timetable import timetable

DOCUMENTS: Mapping[str, Callable[[Occasion], Document]] = {
    "times": report.times,
    "script": report.script,
    "example": report.filled_example,
    "roles": report.roles,
    "cards": report.cards,
}
DECKS = {"slides": False, "slides-with-background": True}


def workshops(request: MemberRequest) -> HttpResponse:
    """The sector kits, and what the workshop is."""
    context = {
        "room": "workshops",
        "programme": programme_for(request.member, request.LANGUAGE_CODE),
        "kits": kits_in(request.LANGUAGE_CODE),
    }
    return pages.render(request, "workshops/workshops.html", context)


def kit(request: MemberRequest, kit_id: str) -> HttpResponse:
    """One kit: the case, the times on the clock, what to bring, and every paper."""
    found = kit_for(kit_id, request.LANGUAGE_CODE)
    form = OccasionForm(request.GET)
    said = form.said()
    programme = programme_for(request.member, request.LANGUAGE_CODE)
    context = {
        "room": "workshops",
        "kit": found,
        "programme": programme,
        "form": form,
        "said": said,
        "slots": timetable(programme, said.starts),
        "needed": needed(programme, said.people),
        "tables": tables_for(programme.group, said.people),
        "advice": size_advice(programme.group, said.people),
    }
    return pages.render(request, "workshops/kit.html", context, status=422 if form.errors else 200)


def paper(request: MemberRequest, kit_id: str, paper: str, kind: str) -> HttpResponse:
    """One paper of the box."""
    occasion = _occasion(request, kit_id)
    if paper in DECKS and kind in ("pdf", "pptx"):
        made = report.deck(occasion)
        return _file(render_deck(made, kind, with_hidden=DECKS[paper]), file_name(made, kind), kind)  # type: ignore[arg-type]
    sheets = {sheet.id: sheet for sheet in occasion.programme.worksheets}
    if (paper in DOCUMENTS or paper in sheets) and kind in ("pdf", "docx"):
        document = DOCUMENTS[paper](occasion) if paper in DOCUMENTS else report.worksheet(occasion, sheets[paper])
        return _file(render(document, kind), file_name(document, kind), kind)  # type: ignore[arg-type]
    raise Http404


def _occasion(request: MemberRequest, kit_id: str) -> Occasion:
    said = OccasionForm(request.GET).said()
    return Occasion(
        organisation=request.member.organisation,
        language="en" if request.LANGUAGE_CODE == "en" else "nl",
        programme=programme_for(request.member, request.LANGUAGE_CODE),
        kit=kit_for(kit_id, request.LANGUAGE_CODE),
        people=said.people,
        starts=said.starts,
        day=timezone.localdate(),
    )


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPES[kind])
    way = "inline" if kind == "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{name}"'
    return response
