"""Papers of a round."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone

from samenspraak.documents.blocks import Document
from samenspraak.documents.render import MEDIA_TYPES, file_name, render
from samenspraak.library.queries import edition_for
from samenspraak.people.http import MemberRequest
from samenspraak.readiness import report
from samenspraak.readiness.queries import assessment_for, kind_for, round_for, team_for

KINDS = ("pdf", "docx", "xlsx")


def _answer(document: Document, kind: str, kinds: tuple[str, ...]) -> HttpResponse:
    if kind not in kinds:
        raise Http404
    response = HttpResponse(render(document, kind), content_type=MEDIA_TYPES[kind])  # type: ignore[arg-type]
    way = "inline" if kind == "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{file_name(document, kind)}"'  # type: ignore[arg-type]
    return response


def director_page(request: MemberRequest, round_id: UUID, kind: str) -> HttpResponse:
    """One page for the director."""
    round = round_for(request.member, round_id)
    document = report.director_page(request.member, round, request.LANGUAGE_CODE)
    return _answer(document, kind, ("pdf", "docx"))


def full_report(request: MemberRequest, round_id: UUID, kind: str) -> HttpResponse:
    """Everything that is kept about the round."""
    round = round_for(request.member, round_id)
    build = report.workbook if kind == "xlsx" else report.full_report
    return _answer(build(request.member, round, request.LANGUAGE_CODE), kind, ("pdf", "docx", "xlsx"))


def blank_form(request: MemberRequest, kind: str) -> HttpResponse:
    """The conditions on paper, to fill in by hand."""
    edition = edition_for(request.member.organisation, "en" if request.LANGUAGE_CODE == "en" else "nl")
    document = report.blank_form(request.member.organisation, edition, timezone.localdate())
    return _answer(document, kind, ("pdf", "docx"))


def statements_form(request: MemberRequest, kind: str) -> HttpResponse:
    """The 36 statements on paper, to fill in by hand."""
    edition = edition_for(request.member.organisation, "en" if request.LANGUAGE_CODE == "en" else "nl")
    return _answer(report.statements_form(request.member.organisation, edition, timezone.localdate()), kind, KINDS[:2])


def result(request: MemberRequest, assessment_id: UUID, kind: str) -> HttpResponse:
    """What one self-assessment says."""
    found = assessment_for(request.member, assessment_id)
    return _answer(report.assessment_paper(request.member, found, request.LANGUAGE_CODE), kind, KINDS)


def team_result(request: MemberRequest, team_id: UUID, kind: str) -> HttpResponse:
    """What may be shown of what a team answered."""
    found = team_for(request.member, team_id)
    return _answer(report.team_paper(request.member, found, request.LANGUAGE_CODE), kind, KINDS)


def instrument_paper(request: MemberRequest, round_id: UUID, instrument: str, kind: str) -> HttpResponse:
    """Mandate, hours, budget or team as a paper of its own; what counts as a workbook too."""
    round, which = round_for(request.member, round_id), kind_for(instrument)
    kinds = ("pdf", "docx", "xlsx") if which in ("hours", "budget") else ("pdf", "docx")
    return _answer(report.instrument_paper(request.member, round, which, request.LANGUAGE_CODE), kind, kinds)


def blank_instrument(request: MemberRequest, instrument: str, kind: str) -> HttpResponse:
    """Hours or team to fill in by hand."""
    if instrument not in report.BLANK:
        raise Http404
    edition = edition_for(request.member.organisation, "en" if request.LANGUAGE_CODE == "en" else "nl")
    document = report.blank_instrument(request.member.organisation, edition, instrument, timezone.localdate())
    return _answer(document, kind, ("pdf", "docx"))
