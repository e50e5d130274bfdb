"""A task for a colleague without an account: handing it over, and the page behind the link."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from samenspraak.people.http import Gone, GuestGone, GuestRequest, MemberRequest, for_guest
from samenspraak.people.queries import guest_for
from samenspraak.tasks import actions
from samenspraak.tasks.forms import DoneForm, HandOverForm
from samenspraak.tasks.queries import GUEST_PURPOSE, task_of, task_to_change
from samenspraak.tasks.views.doing import task_page
from samenspraak.ui.fields import Unsent
from samenspraak.ui.pages import render

SAME_CLICK = timedelta(minutes=10)


def hand_over(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """Ask somebody without an account to take care of it."""
    found = task_to_change(request.member, task_id)
    form = HandOverForm(request.POST, member=request.member)
    if not form.is_valid():
        return task_page(request, found, hand_form=form, status=422)
    asked = actions.hand_over(request.member, found, actions.Colleague(**form.cleaned_data))
    return _back(task_id, "handed" if asked else "handed-already")


def mail_again(request: MemberRequest, task_id: UUID) -> HttpResponse:
    """The same link in a fresh mail."""
    is_sent = actions.mail_again(request.member, task_to_change(request.member, task_id))
    return _back(task_id, "mailed" if is_sent else "mailed-already")


def _back(task_id: UUID, said: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('tasks:task', args=[task_id])}?done={said}#hand-over")


@for_guest(partial(guest_for, purpose=GUEST_PURPOSE, may_correct=True))
def guest(request: GuestRequest) -> HttpResponse:
    """What the link opens: the task, and one form to say that it is done."""
    is_used = request.guest.answered_at is not None
    if is_used and not (request.method == "POST" and _is_same_click(request)):
        raise GuestGone(request.guest, Gone.USED)
    task = task_of(request.guest)
    form = DoneForm(request.POST, request.FILES) if request.method == "POST" else Unsent(DoneForm, {})
    if isinstance(form, Unsent) or not (is_used or form.is_valid()):
        status = 422 if request.method == "POST" else 200
        return render(request, "tasks/guest.html", {"task": task, "form": form}, status=status)
    if not is_used and not _finish(request, form):
        raise GuestGone(request.guest, Gone.WITHDRAWN)
    return render(request, "tasks/guest_thanks.html", {"task": task})


def _finish(request: GuestRequest, form: DoneForm) -> bool:
    """Say that it is done; the same form sent twice is as good as once."""
    given = actions.Given(**form.given())
    if actions.finish_by_link(request.guest, task_of(request.guest), form.cleaned_data["note"], given):
        return True
    request.guest.refresh_from_db()
    return _is_same_click(request)


def _is_same_click(request: GuestRequest) -> bool:
    answered_at = request.guest.answered_at
    return answered_at is not None and answered_at > timezone.now() - SAME_CLICK
