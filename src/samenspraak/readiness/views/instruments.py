"""Mandate, hours, budget and team: a page each, filled in as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenspraak.people.http import MemberRequest
from samenspraak.people.models import Member
from samenspraak.people.queries import mail_is_configured, members_of
from samenspraak.readiness import actions
from samenspraak.readiness.forms import MOST_OWN_LINES, Filled, InstrumentForm, SignerForm, shown_rows
from samenspraak.readiness.models import Instrument, Round
from samenspraak.readiness.queries import CONDITIONS as ASKED_BY
from samenspraak.readiness.queries import (
    Sheet,
    asked_of,
    condition_for,
    edition_of,
    items_of,
    kind_for,
    known_items,
    round_for,
    sheet_of,
    signed_of,
)
from samenspraak.readiness.report.needs import line_texts, words_of
from samenspraak.readiness.report.sums import in_words
from samenspraak.tasks.actions import StaleVersion
from samenspraak.ui.fields import Unsent
from samenspraak.ui.money import CURRENCIES
from samenspraak.ui.pages import render, wants_part


def instrument(request: MemberRequest, round_id: UUID, instrument: str) -> HttpResponse:
    """The page of one of the four."""
    round = round_for(request.member, round_id)
    return instrument_page(request, round, kind_for(instrument))


def _blanks(request: MemberRequest) -> int:
    """How many empty lines of one's own the page shows."""
    asked = request.GET.get("lines", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 4 else 1


def instrument_page(
    request: MemberRequest, round: Round, kind: str, *, status: int = 200, **extra: Any
) -> HttpResponse:
    """The page, with forms that came back where ``extra`` holds them."""
    edition = edition_of(round, request.LANGUAGE_CODE)
    sheet, items = sheet_of(round, kind), items_of(edition, kind)
    may_change = request.member.may_edit and not round.is_closed
    head = {"about": sheet.instrument.about, "version": sheet.instrument.version}
    context = {
        "room": "readiness",
        "round": round,
        "kind": kind,
        "words": words_of(kind),
        "condition": condition_for(edition, ASKED_BY[kind][0]),
        "instrument": sheet.instrument,
        "head": Unsent(InstrumentForm, head),
        "rows": shown_rows(
            kind, sheet.lines, known_items(items, sheet.lines), blank=_blanks(request) if may_change else 0
        ),
        "said": in_words(kind, sheet.lines, items),
        "currencies": list(CURRENCIES),
        "colleagues": _colleagues(request.member, kind),
        "may_change": may_change,
        "most": MOST_OWN_LINES,
        "theirs": None,
        "problem": "",
        "filled": None,
        "is_saved": False,
    }
    if kind == "mandate":
        context |= _signing(request, round, sheet)
    return render(request, "readiness/instrument.html", context | extra, status=status)


def _colleagues(member: Member, kind: str) -> list[Member]:
    return members_of(member) if kind == "team" else []


def _signing(request: MemberRequest, round: Round, sheet: Sheet) -> dict[str, Any]:
    """Who signed, who was asked, and the form to ask somebody."""
    new = {"once": uuid4(), "language": request.member.organisation.language}
    return {
        "signed": signed_of(round, sheet),
        "waiting": asked_of(sheet.instrument),
        "signer_form": Unsent(SignerForm, new),
        "has_mail": mail_is_configured(),
        "link": "",
    }


def save_instrument(request: MemberRequest, round_id: UUID, instrument: str) -> HttpResponse:
    """Save all lines; a part of the page comes back, or without script the page itself."""
    round, kind = round_for(request.member, round_id), kind_for(instrument)
    edition = edition_of(round, request.LANGUAGE_CODE)
    sheet, items = sheet_of(round, kind), items_of(edition, kind)
    members = _colleagues(request.member, kind)
    filled = Filled(kind, request.POST, known_items(items, sheet.lines), members)
    if not filled.is_valid():
        return _not_saved(request, round, filled, status=422)
    try:
        saved = actions.save_instrument(request.member, round, actions.draft_of(**filled.draft()))
    except StaleVersion as stale:
        return _not_saved(request, round, filled, status=409, theirs=cast("Instrument", stale.row))
    except actions.RoundClosed:
        return _not_saved(request, round, filled, status=409, is_closed_now=True)
    return _saved(request, round, filled, saved)


def _saved(request: MemberRequest, round: Round, filled: Filled, saved: Instrument) -> HttpResponse:
    address = reverse("readiness:instrument", args=[round.id, filled.kind])
    wants_more = "more" in request.POST
    if wants_more:
        own = sum(row.is_own for row in filled.rows)
        kept = sum(not line["item_id"] for line in filled.lines())
        address += f"?lines={own - kept + 1}#own-{own + 1}-title"
    if not wants_part(request):
        return HttpResponseRedirect(address)
    response = _part(request, round, filled, instrument=saved)
    if wants_more:
        response["HX-Redirect"] = address
    return response


def _not_saved(request: MemberRequest, round: Round, filled: Filled, *, status: int, **extra: Any) -> HttpResponse:
    """Say why it was not saved; everything that was typed is still there."""
    if "theirs" in extra:
        sheet = sheet_of(round, filled.kind)
        items = items_of(edition_of(round, request.LANGUAGE_CODE), filled.kind)
        extra["their_lines"] = line_texts(filled.kind, sheet.lines, items)
    extra["problem"] = filled.problem
    if wants_part(request):
        return _part(request, round, filled, status=status, **extra)
    sent = {"filled": filled, "head": filled.head, "rows": filled.rows}
    return instrument_page(request, round, filled.kind, status=status, **sent, **extra)


def _part(request: MemberRequest, round: Round, filled: Filled, *, status: int = 200, **extra: Any) -> HttpResponse:
    """Only what changed, so that nobody loses the cursor: the state of saving, the sums, messages at the fields."""
    sheet = sheet_of(round, filled.kind)
    items = items_of(edition_of(round, request.LANGUAGE_CODE), filled.kind)
    context = {
        "round": round,
        "kind": filled.kind,
        "instrument": sheet.instrument,
        "said": in_words(filled.kind, sheet.lines, items),
        "head": filled.head,
        "cells": _cells(request, filled),
        "theirs": None,
        "problem": "",
        "filled": filled,
        "is_saved": status == 200,
    }
    return render(request, "readiness/_instrument_saved.html", context | extra, status=status)


def _cells(request: MemberRequest, filled: Filled) -> list[Any]:
    """Fields with a message, and those that had one before: their message goes."""
    before = set(request.POST.get("wrong", "").split())
    cells: Iterable[Any] = (cell for row in filled.rows for cell in row.cells.values())
    return [cell for cell in (*cells, filled.head["about"]) if cell.errors or cell.html_name in before]
