"""The own words of an organisation: what differs from the edition, one piece of it, and all of it as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from markupsafe import Markup

from samenspraak.library import actions
from samenspraak.library.entries import PARTS, is_worded, label_of, pieces
from samenspraak.library.forms import OwnForm, UploadForm
from samenspraak.library.laid import FIELDS, HOMES, overlay_of
from samenspraak.library.models import COLUMNS, KINDS, OwnWords
from samenspraak.library.own_speech import field_words, hints, kind_words, said_of
from samenspraak.library.problem_words import told
from samenspraak.library.queries import (
    Shelf,
    differences,
    edition_for,
    entry_at,
    homes_of,
    original_of,
    own_subject,
    own_words_for,
    wordable,
    wording_of,
    wordings_of,
)
from samenspraak.method.load import editions, load_edition
from samenspraak.method.overlay_file import FILE, longest, read_overlay, write_overlay
from samenspraak.method.types import Language
from samenspraak.people.actions import StaleVersion
from samenspraak.people.http import MemberRequest
from samenspraak.people.queries import history_of
from samenspraak.ui.fields import Unsent
from samenspraak.ui.pages import page_number, removed_id, render

MOST_PROBLEMS = 50
# For a field in which somebody writes in one language while the page is in the other.
TONGUES = {code: Markup('lang="{}"').format(code) for code in ("nl", "en")}


@dataclass(frozen=True)
class About:
    """What a form is about: the kind, the row when there is one, and what it stands beside or may be added to."""

    kind: str
    row: OwnWords | None
    home: str = ""
    field: str = ""
    original: str = ""
    homes: tuple[tuple[str, str], ...] = ()


def _language(request: MemberRequest) -> Language:
    return "en" if request.LANGUAGE_CODE == "en" else "nl"


def _around(request: MemberRequest) -> dict[str, Any]:
    """What every page here knows."""
    edition = edition_for(request.member.organisation, _language(request))
    return {"room": "library", "edition": edition, "shelf": Shelf(edition), "parts": PARTS, "part": None, "own": True}


def own(request: MemberRequest) -> HttpResponse:
    """What the organisation says otherwise or added, beside the edition; to take back and put back."""
    return _own_page(request)


def _own_page(request: MemberRequest, *, status: int = 200, **more: Any) -> HttpResponse:
    language, page = _language(request), page_number(request)
    found = differences(request.member, language, page)
    context = {
        **_around(request),
        "found": found,
        "kinds": kind_words(),
        "fields": field_words(),
        "fields_of": {kind: field_words(kind) for kind in KINDS},
        "page": page,
        "taken_back": removed_id(request),
        "history": history_of(request.member, own_subject(request.member.organisation_id)),
        "items": {d.row.key[:80]: d.where for d in found.differences},
        "form": Unsent(UploadForm, {"version": request.member.organisation.overlay_version}),
        "problems": (),
        "theirs": None,
    }
    return render(request, "library/own.html", context | more, status=status)


def texts(request: MemberRequest) -> HttpResponse:
    """The texts of one item, each to be said in own words; without an item, all that may be chosen."""
    edition = load_edition(editions()[-1], _language(request))
    if "item" not in request.GET:
        return render(request, "library/own_items.html", _around(request) | {"wordable": wordable(edition)})
    entry = entry_at(edition, request.GET["item"])
    if entry is None or not is_worded(entry.item):
        raise Http404
    context = {"entry": entry, "pieces": pieces(entry), "said": wordings_of(request.member)}
    return render(request, "library/own_texts.html", _around(request) | context)


def reword(request: MemberRequest, kind: str, item_id: str, field: str) -> HttpResponse:
    """One text in own words, beside the original."""
    home = f"{kind}:{item_id}"
    original = original_of(home, field, _language(request))
    about = About("wording", wording_of(request.member, home, field), home, field, original)
    if request.method != "POST":
        return _form_page(request, about, _unsent(about))
    form = OwnForm(request.POST, kind="wording", language=_language(request), most=longest(kind, field))
    return _keep(request, about, form, uuid4())


def add(request: MemberRequest, kind: str) -> HttpResponse:
    """An example, an action, a line of a list or a condition of its own."""
    if kind not in HOMES:
        raise Http404
    about = About(kind, None, homes=tuple(homes_of(request.member, kind, _language(request))))
    if request.method != "POST":
        return _form_page(request, about, _unsent(about, home=request.GET.get("home", "")))
    form = _addition(request, about)
    return _keep(request, about, form, form.given_key() or uuid4())


def change(request: MemberRequest, own_id: UUID) -> HttpResponse:
    """What was added, to change; a text that was said otherwise has its own page."""
    row = own_words_for(request.member, own_id)
    if row.kind == "wording":
        kind, _colon, item_id = row.home.partition(":")
        return HttpResponseRedirect(reverse("library:reword", args=[kind, item_id, row.field]))
    about = About(row.kind, row, homes=tuple(homes_of(request.member, row.kind, _language(request))))
    if request.method != "POST":
        return _form_page(request, about, _unsent(about))
    return _keep(request, about, _addition(request, about), row.pk)


def _addition(request: MemberRequest, about: About) -> OwnForm:
    homes = {home for home, _title in about.homes} | ({about.row.home} if about.row else set())
    return OwnForm(request.POST, kind=about.kind, language=_language(request), homes=homes)


def _unsent(about: About, home: str = "") -> Unsent:
    """The form as it is first shown: what stands there now, or nothing yet."""
    row = about.row
    values: dict[str, Any] = {"key": uuid4(), "version": row.version if row else 0, "home": row.home if row else home}
    return Unsent(OwnForm, values | ({name: getattr(row, name) for name in COLUMNS} if row else {}))


def _form_page(
    request: MemberRequest, about: About, form: OwnForm | Unsent, *, status: int = 200, **more: Any
) -> HttpResponse:
    texts = list(FIELDS[about.kind].items())
    label = label_of(about.home.partition(":")[0], about.field) if about.field else ""
    context = {"about": about, "form": form, "texts": texts, "label": label, "theirs": None, "too_many": False}
    words = {"kinds": kind_words(), "fields": field_words(about.kind), "hints": hints(), "tongues": TONGUES}
    return render(request, "library/own_form.html", {**_around(request), **context, **words, **more}, status=status)


def _keep(request: MemberRequest, about: About, form: OwnForm, own_id: UUID) -> HttpResponse:
    """Keep what was written, or give the form back with everything in it."""
    if not form.is_valid():
        return _form_page(request, about, form, status=422)
    draft = actions.OwnDraft(
        id=own_id,
        kind=about.kind,
        home=form.cleaned_data["home"] if about.homes else about.home,
        field=about.field,
        edition=editions()[-1],
        texts=form.texts(),
        version=form.cleaned_data["version"],
    )
    try:
        row = actions.say(request.member, draft)
    except actions.TooMany:
        return _form_page(request, about, form, status=422, too_many=True)
    except StaleVersion as stale:
        theirs = cast("OwnWords", stale.row)
        return _form_page(request, about, form, status=409, theirs=theirs, theirs_said=said_of(theirs))
    return HttpResponseRedirect(f"{reverse('library:own')}#own-{row.pk}")


def take_back(request: MemberRequest, own_id: UUID) -> HttpResponse:
    """As in the edition again; the page offers to undo it."""
    row = own_words_for(request.member, own_id)
    actions.take_back(request.member, row)
    return HttpResponseRedirect(f"{reverse('library:own')}?removed={own_id}#own-{own_id}")


def put_back(request: MemberRequest, own_id: UUID) -> HttpResponse:
    """Undo taking back."""
    row = own_words_for(request.member, own_id)
    try:
        actions.put_back(request.member, row)
    except actions.TooMany:
        return _own_page(request, status=422, too_many=True)
    return HttpResponseRedirect(f"{reverse('library:own')}#own-{own_id}")


def file(request: MemberRequest) -> HttpResponse:
    """All own words as a file, to keep, to change elsewhere and to upload."""
    text = write_overlay(overlay_of(request.member.organisation_id))
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{FILE}"'
    return response


def upload(request: MemberRequest) -> HttpResponse:
    """A whole file: it holds from now on when all of it is right, and nothing changes when it is not."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _own_page(request, status=422, form=form)
    content = form.content()
    sent = content.decode("utf-8", "replace")
    read = read_overlay(content)
    if read.overlay is None:
        found = {
            "problems": [told(p) for p in read.problems[:MOST_PROBLEMS]],
            "more_problems": len(read.problems) - MOST_PROBLEMS,
        }
        return _own_page(request, status=422, form=form, sent=sent, **found)
    try:
        actions.lay_file(request.member, read.overlay, version=form.cleaned_data["version"])
    except StaleVersion as stale:
        return _own_page(request, status=409, form=form, sent=sent, theirs=stale.row)
    return HttpResponseRedirect(reverse("library:own"))
