"""Pages of tasks for members: the list, one task, the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from icalendar import Calendar, Event

from samenspraak.documents.render import MEDIA_TYPES, file_name
from samenspraak.documents.render import render as render_paper
from samenspraak.library.queries import edition_for
from samenspraak.method.types import Language
from samenspraak.people.forms import LANGUAGES
from samenspraak.people.http import MemberRequest
from samenspraak.people.queries import history_of, mail_is_configured, members_of
from samenspraak.tasks import actions
from samenspraak.tasks.forms import DoneForm, HandOverForm, TaskForm, owner_choices
from samenspraak.tasks.models import Task
from samenspraak.tasks.queries import (
    Which,
    calendar_tasks,
    member_of_calendar,
    proofs_of,
    task_for,
    task_rows,
    task_to_change,
)
from samenspraak.tasks.report import task_list
from samenspraak.ui.fields import Unsent
from samenspraak.ui.pages import page_number, removed_id, render

SAID = {
    "handed": gettext_lazy("The mail is on its way."),
    "handed-already": gettext_lazy("This task is done or off the list, so nobody was mailed."),
    "mailed": gettext_lazy("A fresh mail is on its way."),
    "mailed-already": gettext_lazy("There was a mail less than a day ago. Another one goes tomorrow at the earliest."),
}


def tasks(request: MemberRequest) -> HttpResponse:
    """The one list: open, mine or done."""
    which = cast("Which", request.GET.get("show") if request.GET.get("show") in ("mine", "done") else "open")
    page = page_number(request)
    rows, has_next = task_rows(request.member, which, page)
    context = {
        "rows": rows,
        "which": which,
        "page": page,
        "has_next": has_next,
        "origins": origin_titles(request),
        "removed": removed_id(request),
    }
    return render(request, "tasks/tasks.html", {"room": "tasks", **context})


def origin_titles(request: MemberRequest) -> Mapping[str, str]:
    """Titles of the pieces of the method that tasks come from."""
    edition = edition_for(request.member.organisation, cast("Language", request.LANGUAGE_CODE))
    return {c.id: c.title for c in edition.conditions} | {e.id: e.title for e in edition.elements}


def workbook(request: MemberRequest) -> HttpResponse:
    """The whole list as a workbook."""
    language = cast("Language", request.LANGUAGE_CODE)
    document = task_list(request.member, language, origin_titles(request))
    response = HttpResponse(render_paper(document, "xlsx"), content_type=MEDIA_TYPES["xlsx"])
    response["Content-Disposition"] = f'attachment; filename="{file_name(document, "xlsx")}"'
    return response


def _values(task: Task) -> dict[str, Any]:
    fields = ("title", "note", "due_on", "version")
    return {name: getattr(task, name) for name in fields} | {"owner": task.owner_id or task.guest_id}


def new(request: MemberRequest) -> HttpResponse:
    """A task of your own, without an origin."""
    members = members_of(request.member)
    context: dict[str, Any] = {"room": "tasks", "owners": owner_choices(members)}
    if request.method != "POST":
        context["form"] = Unsent(TaskForm, {"key": uuid4(), "owner": request.member.id})
        return render(request, "tasks/new.html", context)
    form = TaskForm(request.POST, members=members)
    if not form.is_valid():
        return render(request, "tasks/new.html", context | {"form": form}, status=422)
    actions.add_task(request.member, actions.TaskDraft(**form.draft()))
    return HttpResponseRedirect(reverse("tasks:tasks"))


def task(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """One task: what, who, when, where it came from, and what changed."""
    found = task_for(request.member, task_id)
    return task_page(request, found)


def task_page(
    request: MemberRequest, task: Task, form: TaskForm | None = None, *, status: int = 200, **extra: object
) -> HttpResponse:
    """The page of one task; ``extra`` is a form of it that came back, or what went otherwise than asked."""
    language = request.member.organisation.language
    context = {
        "room": "tasks",
        "task": task,
        "form": form or Unsent(TaskForm, _values(task)),
        "theirs": None,
        "done_form": Unsent(DoneForm, {}),
        "hand_form": Unsent(HandOverForm, {"once": uuid4(), "language": language}),
        "languages": LANGUAGES,
        "proofs": proofs_of(task),
        "removed": removed_id(request),
        "link": "" if mail_is_configured() else actions.open_link(task),
        "said": SAID.get(request.GET.get("done", "")),
        "owners": owner_choices(members_of(request.member), task.guest),
        "origins": origin_titles(request),
        "history": history_of(request.member, task.id, page_number(request)),
        "history_fields": history_fields(),
    }
    return render(request, "tasks/task.html", context | extra, status=status)


def history_fields() -> dict[str, str]:
    """What each field of a task is called in its history."""
    return {
        "created": _("Made"),
        "title": _("What"),
        "note": _("Note"),
        "owner": _("Who"),
        "due_on": _("When"),
        "done": _("Done"),
        "proof": _("Proof"),
        "removed": _("On the list"),
    }


def change(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Save what the task says."""
    found = task_to_change(request.member, task_id)
    form = TaskForm(request.POST, members=members_of(request.member), guest=found.guest)
    if not form.is_valid():
        return task_page(request, found, form, status=422)
    try:
        version = form.cleaned_data["version"]
        draft = actions.TaskDraft(**form.draft())
        actions.change_task(request.member, found, draft, version=version if version is not None else -1)
    except actions.StaleVersion as stale:
        return task_page(request, found, form, theirs=cast("Task", stale.row), status=409)
    return HttpResponseRedirect(reverse("tasks:task", args=[found.id]))


def done(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Say that it is done."""
    found = task_to_change(request.member, task_id)
    form = DoneForm(request.POST, request.FILES)
    if not form.is_valid():
        return task_page(request, found, done_form=form, status=422)
    actions.finish_task(request.member, found, form.cleaned_data["note"], actions.Given(**form.given()))
    return HttpResponseRedirect(reverse("tasks:task", args=[found.id]))


def reopen(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Not done after all."""
    actions.reopen_task(request.member, task_to_change(request.member, task_id))
    return HttpResponseRedirect(reverse("tasks:task", args=[task_id]))


def remove(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Off the list; the list offers to undo it."""
    actions.remove_task(request.member, task_to_change(request.member, task_id))
    return HttpResponseRedirect(f"{reverse('tasks:tasks')}?removed={task_id}")


def put_back(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Undo a removal."""
    actions.put_back_task(request.member, task_to_change(request.member, task_id))
    return HttpResponseRedirect(reverse("tasks:task", args=[task_id]))


def calendar(request: MemberRequest) -> HttpResponse:
    """The address of your feed, told once when it is made."""
    link = ""
    if request.method == "POST":
        key = actions.make_calendar_key(request.member)
        link = request.build_absolute_uri(reverse("tasks:calendar_feed", args=[key]))
    return render(request, "tasks/calendar.html", {"room": "tasks", "link": link})


def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """Your open tasks as all-day entries, for a calendar program."""
    member = member_of_calendar(key)
    feed = Calendar()
    feed.add("prodid", "-//Samenspraak//NL")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", f"Samenspraak – {member.organisation.name}")
    for found in calendar_tasks(member):
        feed.add_component(_entry(request, found))
    return HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")


def _entry(request: HttpRequest, task: Task) -> Event:
    entry = Event()
    entry.add("uid", f"{task.id}@{request.get_host()}")
    entry.add("summary", task.title)
    entry.add("dtstart", task.due_on)
    entry.add("dtstamp", timezone.now())
    entry.add("url", request.build_absolute_uri(reverse("tasks:task", args=[task.id])))
    entry.add("transp", "TRANSPARENT")
    if task.note:
        entry.add("description", task.note)
    return entry
