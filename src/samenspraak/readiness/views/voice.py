"""The one page of a colleague who was asked: no account, one link, one thing to do."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenspraak.people.http import GuestRequest, for_guest
from samenspraak.readiness import actions
from samenspraak.readiness.forms import VoiceForm
from samenspraak.readiness.models import Inquiry, Voice
from samenspraak.readiness.queries import edition_of, inquiry_of, own_voices, voice_guest
from samenspraak.readiness.report.words import marks
from samenspraak.tasks.actions import StaleVersion
from samenspraak.ui.pages import render


@for_guest(voice_guest)
def voice(request: GuestRequest) -> HttpResponse:
    """What you are asked, and what you say; the same link corrects it until the round is closed."""
    inquiry = inquiry_of(request.guest)
    if request.method != "POST":
        return _page(request, inquiry)
    offered = request.POST.getlist("asked")
    form = VoiceForm(request.POST, conditions=[c for c in inquiry.conditions if c in offered])
    if not form.is_valid():
        return _page(request, inquiry, status=422, form=form)
    said = tuple(actions.Said(*each) for each in form.said())
    draft = actions.VoiceDraft(key=request.key, said=said, version=form.cleaned_data["version"])
    try:
        actions.save_voices(request.guest, inquiry, draft)
    except StaleVersion as stale:
        theirs = {voice.condition_id: voice for voice in cast("list[Voice]", stale.row)}
        return _page(request, inquiry, status=409, form=form, theirs=theirs)
    except actions.RoundClosed:
        return _page(request, inquiry, status=409, form=form, trouble="closed")
    except actions.VoiceShown:
        return _page(request, inquiry, status=409, form=form, trouble="shown")
    address = reverse("readiness:voice", kwargs={"key": request.key})
    return HttpResponseRedirect(f"{address}?language={request.LANGUAGE_CODE}&kept=1")


def _page(request: GuestRequest, inquiry: Inquiry, *, status: int = 200, **extra: Any) -> HttpResponse:
    edition = edition_of(inquiry.round, request.LANGUAGE_CODE)
    own = own_voices(inquiry, request.key)
    values = {f"value-{v.condition_id}": v.value for v in own.values()}
    values |= {f"how-{v.condition_id}": v.how for v in own.values()}
    context = {
        "guest": request.guest,
        "inquiry": inquiry,
        "conditions": [c for c in edition.conditions if c.id in inquiry.conditions],
        "own": own,
        "form": VoiceForm(initial=values, conditions=inquiry.conditions),
        "version": sum(voice.version for voice in own.values() if voice.block is None),
        "marks": marks(request.LANGUAGE_CODE),
        "is_kept": "kept" in request.GET and request.method == "GET",
        "theirs": None,
        "trouble": "",
    }
    return render(request, "readiness/voice.html", context | extra, status=status)
