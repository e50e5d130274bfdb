"""Pages on which an organisation or a round goes out as a file, and comes in."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import IO
from uuid import UUID, uuid4

from allauth.core import ratelimit
from django.core.files.temp import NamedTemporaryFile
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenspraak.people import actions
from samenspraak.people.exchange import Refused
from samenspraak.people.exchange.brought import known_by_name
from samenspraak.people.forms import ROLES
from samenspraak.people.http import MemberRequest
from samenspraak.people.models import Organisation
from samenspraak.people.queries import SESSION_ORGANISATION
from samenspraak.readiness.queries import round_for
from samenspraak.site.transfer.bring import bring_in as bring_in_organisation
from samenspraak.site.transfer.forms import FileForm
from samenspraak.site.transfer.gather import write_organisation
from samenspraak.site.transfer.round import bring_in_round, write_round
from samenspraak.ui.pages import render

DONE = {
    "brought": gettext_lazy("Everything from the file is here. You are the owner of this organisation."),
    "here": gettext_lazy("You brought this very file in before. Here is what it became; nothing has changed."),
}


def travelling(request: MemberRequest) -> HttpResponse:
    """Take everything with you, or bring in a file."""
    return _travel_page(request, FileForm())


def _travel_page(request: MemberRequest, form: FileForm, *, status: int = 200, trouble: str = "") -> HttpResponse:
    context = {
        "form": form,
        "trouble": trouble,
        "done": DONE.get(request.GET.get("done", "")),
        "known": known_by_name(request.member),
        "roles": dict(ROLES),
        "once": uuid4(),
    }
    return render(request, "site/travelling.html", context, status=status)


def _why(refused: Refused) -> str:
    return _("%(why)s. Nothing has changed.") % {"why": str(refused).rstrip(".")}


def _download(write: Callable[[IO[bytes]], None], name: str) -> tuple[FileResponse, str]:
    """The file as a download, and the hash of its bytes."""
    target = NamedTemporaryFile(suffix=".zip")
    try:
        write(target)
    except BaseException:
        target.close()
        raise
    target.seek(0)
    sha256 = hashlib.file_digest(target, "sha256").hexdigest()
    target.seek(0)
    filename = f"samenspraak-{slugify(name)[:60] or 'export'}.zip"
    return FileResponse(target, as_attachment=True, filename=filename, content_type="application/zip"), sha256


def take_everything(request: MemberRequest) -> HttpResponseBase:
    """Everything of the organisation as one file; the history says who took it."""
    organisation = Organisation.objects.get(pk=request.member.organisation_id)
    try:
        response, sha256 = _download(lambda target: write_organisation(organisation, target), organisation.name)
    except Refused as refused:
        return _travel_page(request, FileForm(), status=409, trouble=str(refused))
    actions.note_taken_out(request.member, sha256)
    return response


def bring_in(request: MemberRequest) -> HttpResponse:
    """Make an organisation of a file, and go there."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _travel_page(request, form, status=422)
    if not ratelimit.consume(request, action="bring_in"):
        form.add_error("file", _("That was often in an hour. Bring in the others a little later."))
        return _travel_page(request, form, status=429)
    try:
        organisation, done = bring_in_organisation(form.cleaned_data["file"], request.user), "brought"
    except actions.AlreadyHere as already:
        organisation, done = already.organisation, "here"
    except Refused as refused:
        form.add_error("file", _why(refused))
        return _travel_page(request, form, status=422)
    request.session[SESSION_ORGANISATION] = str(organisation.pk)
    return HttpResponseRedirect(f"{reverse('travelling')}?done={done}")


def take_round(request: MemberRequest, round_id: UUID) -> HttpResponseBase:
    """One round as a file, with its answers or with its words alone."""
    round = round_for(request.member, round_id)
    has_answers = request.GET.get("answers") != "no"
    try:
        response, _sha256 = _download(lambda target: write_round(round, target, has_answers=has_answers), round.name)
    except Refused as refused:
        return render(request, "ui/message.html", {"title": round.name, "text": str(refused)}, status=409)
    return response


def bring_round(request: MemberRequest) -> HttpResponse:
    """Make a round of a file."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if not form.is_bound:
        return _round_page(request, form)
    if not form.is_valid():
        return _round_page(request, form, 422)
    if not ratelimit.consume(request, action="bring_in"):
        form.add_error("file", _("That was often in an hour. Bring in the others a little later."))
        return _round_page(request, form, 429)
    try:
        round = bring_in_round(form.cleaned_data["file"], request.member)
    except Refused as refused:
        form.add_error("file", _why(refused))
        return _round_page(request, form, 422)
    return HttpResponseRedirect(reverse("readiness:round", args=[round.pk]))


def _round_page(request: MemberRequest, form: FileForm, status: int = 200) -> HttpResponse:
    return render(request, "site/bring_round.html", {"room": "readiness", "form": form}, status=status)
