"""Reminders of many at once, of guests, and as they arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from samenspraak.people import actions as people
from samenspraak.people.models import Guest, Mail, Member, Organisation, Role
from samenspraak.tasks import actions
from samenspraak.tasks.actions import Colleague, TaskDraft
from samenspraak.tasks.models import Task
from tests.factories import make_member, make_organisation
from tests.people.conftest import Clock
from tests.people.post_office import PostOffice

pytestmark = pytest.mark.django_db
Work = Callable[[], int]
MONDAY = date(2026, 11, 23)
EIGHT = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # in Amsterdam, in winter
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.fixture
def monday(clock: Clock, use: Callable[..., None]) -> Clock:
    """Monday morning, eight o'clock; a mail server is set, nothing listens there."""
    use(9)
    clock.now = EIGHT
    return clock


def task_of(member: Member, title: str, due_on: date | None, **fields: Any) -> Task:
    return Task.objects.create(
        organisation_id=member.organisation_id, title=title, owner=member, due_on=due_on, **fields
    )


def week_of(member: Member) -> None:
    """One late, one today, one on Thursday, one next Monday, one without a day."""
    for title, due_on in (("laat", -3), ("vandaag", 0), ("donderdag", 3), ("later", 7)):
        task_of(member, title, MONDAY + due_on * DAY)
    task_of(member, "ooit", None)


@pytest.mark.parametrize("number", [1, 3, 50])
def test_an_organisation_costs_the_same_queries_however_many_people(
    monday: Clock, number: int, django_assert_num_queries: Any
) -> None:
    organisation = make_organisation()
    for _ in range(number):
        week_of(make_member(Role.EDITOR, organisation))

    with django_assert_num_queries(14):
        actions.send_reminders()

    assert Mail.objects.count() == number


@pytest.mark.parametrize("number", [1, 3, 50])
def test_fifty_organisations_cost_what_one_does(monday: Clock, number: int, django_assert_num_queries: Any) -> None:
    for _ in range(number):
        task_of(make_member(), "vandaag", MONDAY)

    with django_assert_num_queries(14):
        actions.send_reminders()


def colleague(email: str = "joke@example.org", **fields: Any) -> Colleague:
    return Colleague(**{"name": "Joke", "email": email, "language": "nl", "once": uuid4(), **fields})


def test_somebody_without_an_account_gets_one_mail_with_the_own_links(monday: Clock, client: Client) -> None:
    member = make_member()
    for title in ("laat", "vandaag"):
        task = task_of(member, title, MONDAY)
        actions.hand_over(member, task, colleague())
    task_of(member, "donderdag", MONDAY)
    Mail.objects.all().delete()
    Guest.objects.update(expires_at=timezone.now() + DAY)

    actions.send_reminders()

    mail = Mail.objects.get(to="joke@example.org")
    links = [line.strip() for line in mail.text.splitlines() if "/by-link/" in line]
    assert ("- laat" in mail.text, "- vandaag" in mail.text, "- donderdag" in mail.text) == (True, True, False)
    assert [client.get(link.removeprefix("http://localhost:8000")).status_code for link in links] == [200, 200]
    assert {g.expires_at for g in Guest.objects.all()} == {EIGHT + 30 * DAY}
    assert (f"Laat het {member.person.name} weten" in mail.text, "/account" in mail.text) == (True, False)


def test_a_withdrawn_link_is_not_reminded_of(monday: Clock) -> None:
    member = make_member()
    task = task_of(member, "vandaag", MONDAY)
    actions.hand_over(member, task, colleague())
    Mail.objects.all().delete()
    task.refresh_from_db()

    actions.change_task(member, task, TaskDraft(title="vandaag", owner=None, due_on=MONDAY), version=task.version)

    assert (actions.send_reminders(), Guest.objects.get().withdrawn_at) == (0, EIGHT)


def test_a_reminder_is_text_and_html_that_say_the_same(office: PostOffice, work: Work, clock: Clock) -> None:
    clock.now = EIGHT
    week_of(make_member())

    actions.send_reminders()
    work()

    [received] = office.letters
    text, html = (received.get_body((kind,)).get_content() for kind in ("plain", "html"))
    links = [line.strip() for line in text.splitlines() if line.strip().startswith("http")]
    assert received.get_content_type() == "multipart/alternative"
    assert [link for link in links if f'href="{link}"' not in html] == []
    assert ("<img" in html, "<script" in html, "<link" in html) == (False, False, False)


def test_another_hour_of_the_organisation_counts_from_then_on(monday: Clock) -> None:
    member = make_member()
    task_of(member, "vandaag", MONDAY)
    settings = people.Settings("Noord", "nl", "Europe/Amsterdam", 0, 10)

    people.change_organisation(member, settings)

    assert (actions.send_reminders(), Organisation.objects.get().reminder_hour) == (0, 10)
