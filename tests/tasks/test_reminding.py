"""Reminders: one engine, whatever clocks, workers and mail servers do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from samenspraak.people import actions as people
from samenspraak.people.models import Mail, Member, Reminders, Role
from samenspraak.tasks import actions
from samenspraak.tasks.actions import TaskDraft
from samenspraak.tasks.models import Reminded, Task
from tests.factories import make_member, make_organisation, make_person
from tests.people.conftest import Clock
from tests.people.parallel import all_at_once
from tests.people.post_office import PostOffice, free_port

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


def told() -> list[tuple[str, list[str]]]:
    """To whom which tasks were told, by mail that waits, in the order they stand in it."""
    titles = ("laat", "vandaag", "donderdag", "later", "ooit")
    waiting = Mail.objects.filter(kind="reminder", given_up_at=None).order_by("created_at", "to")
    return [(m.to, [t for t in titles if f"- {t} (" in m.text]) for m in waiting]


def test_on_monday_morning_one_mail_tells_what_is_late_what_is_due_and_what_comes(monday: Clock) -> None:
    member = make_member(organisation=make_organisation("Noorderlicht"))
    week_of(member)

    number = actions.send_reminders()

    mail = Mail.objects.get()
    assert (number, told()) == (1, [(member.person.email, ["laat", "vandaag", "donderdag"])])
    assert (mail.subject, mail.key) == ("Je actiepunten in Samenspraak", f"reminder:{member.pk}:2026-11-23")
    assert mail.text.index("De dag is voorbij") < mail.text.index("- laat") < mail.text.index("Vandaag")
    assert f"/tasks/{Task.objects.get(title='vandaag').pk}" in mail.text
    assert "/account#reminders" in mail.text


def test_everybody_reads_the_own_language(monday: Clock) -> None:
    organisation = make_organisation()
    for language in ("nl", "en"):
        task_of(make_member(organisation=organisation, language=language), "vandaag", MONDAY)

    actions.send_reminders()

    assert set(Mail.objects.values_list("language", "subject")) == {
        ("nl", "Je actiepunten in Samenspraak"),
        ("en", "Your tasks in Samenspraak"),
    }


def test_nothing_goes_out_before_the_hour_of_the_organisation(monday: Clock) -> None:
    task_of(make_member(), "vandaag", MONDAY)
    task_of(make_member(organisation=make_organisation(reminder_hour=9)), "vandaag", MONDAY)
    task_of(make_member(organisation=make_organisation(time_zone="America/Lima")), "vandaag", MONDAY)
    monday.forward(-timedelta(seconds=1))

    early = actions.send_reminders()
    monday.forward(timedelta(seconds=1))
    at_eight = actions.send_reminders()
    monday.forward(HOUR)
    at_nine = actions.send_reminders()
    monday.forward(5 * HOUR)

    assert (early, at_eight, at_nine, actions.send_reminders()) == (0, 1, 1, 1)


def test_however_often_the_clock_looks_a_day_has_one_mail(monday: Clock) -> None:
    task_of(make_member(), "vandaag", MONDAY)

    numbers = []
    for _ in range(100):
        numbers.append(actions.send_reminders())
        monday.forward(timedelta(minutes=9))

    assert (sum(numbers), Mail.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_once_write_one_mail_each(monday: Clock) -> None:
    organisation = make_organisation()
    for _ in range(3):
        task_of(make_member(organisation=organisation), "vandaag", MONDAY)

    numbers = all_at_once(10, lambda _n: actions.send_reminders())

    assert (sorted(numbers), Mail.objects.count()) == ([0] * 9 + [3], 3)


@pytest.mark.parametrize(
    ("choice", "on_monday", "on_tuesday"),
    [
        (Reminders.BOTH, ["laat", "vandaag", "donderdag"], ["laat", "vandaag"]),
        (Reminders.WEEKLY, ["laat", "vandaag", "donderdag"], None),
        (Reminders.ON_THE_DAY, ["laat", "vandaag"], ["laat", "vandaag"]),
        (Reminders.NEVER, None, None),
    ],
)
def test_everybody_chooses_when_to_be_reminded(
    monday: Clock, choice: Reminders, on_monday: list[str] | None, on_tuesday: list[str] | None
) -> None:
    member = make_member(reminders=choice)
    week_of(member)

    actions.send_reminders()
    first = told()
    Mail.objects.all().delete()
    Task.objects.filter(title="vandaag").update(due_on=MONDAY + DAY)
    monday.forward(DAY)
    actions.send_reminders()

    as_told = [None if tasks is None else [(member.person.email, tasks)] for tasks in (on_monday, on_tuesday)]
    assert [first or None, told() or None] == as_told


def test_with_nothing_to_tell_there_is_no_mail(monday: Clock) -> None:
    member = make_member()
    task_of(member, "later", MONDAY + 7 * DAY)
    task_of(member, "ooit", None)
    done = task_of(member, "vandaag", MONDAY)
    actions.finish_task(member, done, "")
    actions.remove_task(member, task_of(member, "vandaag", MONDAY))

    assert (actions.send_reminders(), Mail.objects.count(), Reminded.objects.get().told_on) == (0, 0, MONDAY)


def test_a_list_that_is_long_says_how_many_more(monday: Clock) -> None:
    member = make_member()
    for _ in range(43):
        task_of(member, "vandaag", MONDAY)

    actions.send_reminders()

    text = Mail.objects.get().text
    assert (text.count("- vandaag"), "En nog 3." in text) == (40, True)


def test_without_a_mail_server_nothing_is_written(clock: Clock) -> None:
    clock.now = EIGHT
    task_of(make_member(), "vandaag", MONDAY)

    assert (actions.send_reminders(), Reminded.objects.count()) == (0, 0)


def test_a_worker_that_was_off_in_the_morning_tells_it_later_that_day(monday: Clock) -> None:
    week_of(make_member())
    monday.forward(15 * HOUR)

    numbers = [actions.send_reminders(), actions.send_reminders()]

    assert (numbers, told()[0][1]) == ([1, 0], ["laat", "vandaag", "donderdag"])


def test_a_worker_that_was_off_all_monday_tells_it_once_on_wednesday(monday: Clock) -> None:
    week_of(make_member())
    monday.forward(-7 * DAY)
    actions.send_reminders()
    Mail.objects.all().delete()
    monday.forward(9 * DAY)

    numbers = []
    for _ in range(3):
        numbers.append(actions.send_reminders())
        Mail.objects.update(sent_at=timezone.now())
        monday.forward(DAY)

    assert (numbers, told()[0][1]) == ([1, 1, 0], ["laat", "vandaag", "donderdag", "later"])


def test_who_gets_a_task_is_reminded_and_who_had_it_is_not(monday: Clock) -> None:
    sanne = make_member()
    bram = make_member(Role.EDITOR, sanne.organisation)
    task = task_of(sanne, "vandaag", MONDAY)
    actions.change_task(sanne, task, TaskDraft(title="vandaag", owner=bram, due_on=MONDAY), version=1)

    actions.send_reminders()

    assert told() == [(bram.person.email, ["vandaag"])]


def test_who_left_hears_nothing_more_and_neither_does_a_closed_account(monday: Clock) -> None:
    owner = make_member()
    left, closed = (make_member(Role.EDITOR, owner.organisation) for _ in range(2))
    task_of(left, "vandaag", MONDAY)
    task_of(closed, "vandaag", MONDAY)
    people.let_leave(owner, left)
    closed.person.is_active = False
    closed.person.save()

    assert actions.send_reminders() == 0


def test_mail_that_still_waits_for_who_leaves_does_not_go(monday: Clock) -> None:
    owner = make_member()
    leaver = make_member(Role.EDITOR, owner.organisation)
    task_of(leaver, "vandaag", MONDAY)
    task_of(owner, "vandaag", MONDAY)
    actions.send_reminders()

    people.let_leave(owner, leaver)

    assert [to for to, _tasks in told()] == [owner.person.email]


def test_somebody_in_two_organisations_hears_of_each(monday: Clock) -> None:
    person = make_person()
    for name in ("Noord", "Zuid"):
        member = make_member(organisation=make_organisation(name), person=person)
        task_of(member, "vandaag", MONDAY)

    actions.send_reminders()

    texts = list(Mail.objects.values_list("text", flat=True))
    assert (len(texts), sorted("Noord" in t for t in texts), sorted("Zuid" in t for t in texts)) == (
        2,
        [False, True],
        [False, True],
    )


ZONES = [
    ("Europe/Amsterdam", date(2026, 10, 20)),  # the night of 25 October has two times two o'clock
    ("Europe/Amsterdam", date(2027, 3, 24)),  # that of 28 March has none
    ("America/Santiago", date(2026, 9, 1)),  # 6 September begins at one o'clock
    ("Africa/Cairo", date(2026, 4, 20)),
    ("Asia/Kathmandu", date(2026, 4, 20)),  # a quarter of an hour apart from everybody
    ("Pacific/Auckland", date(2027, 3, 31)),
]


@pytest.mark.parametrize(("zone", "first"), ZONES, ids=str)
@pytest.mark.parametrize("hour", [0, 2, 8, 23])
def test_every_day_has_one_mail_also_when_the_clock_is_put_forward_or_back(
    monday: Clock, zone: str, first: date, hour: int
) -> None:
    member = make_member(organisation=make_organisation(time_zone=zone, reminder_hour=hour))
    for n in range(10):
        task_of(member, f"dag {n}", first + n * DAY)
    monday.now = datetime(first.year, first.month, first.day, tzinfo=UTC) - DAY

    for _ in range(11 * 24 * 4):
        actions.send_reminders()
        monday.forward(timedelta(minutes=15))

    days = Counter(key.rpartition(":")[2] for key in Mail.objects.values_list("key", flat=True))
    assert {day: n for day, n in days.items() if n > 1} == {}
    assert {str(first + n * DAY) for n in range(9)} <= set(days)


def test_a_day_without_a_mail_server_is_survived_with_one_mail_each(
    use: Callable[..., None], work: Work, clock: Clock
) -> None:
    """Down from Sunday night to Tuesday noon; meanwhile one finishes a task and an invitation is written."""
    port = free_port()
    use(port)
    clock.now = EIGHT
    sanne = make_member()
    bram = make_member(Role.EDITOR, sanne.organisation)
    week_of(sanne)
    only = task_of(bram, "vandaag", MONDAY)
    people.invite(sanne, "ilse@example.org", Role.READER, uuid4())
    for hour in range(28):
        actions.send_reminders()
        people.send_overdue_mail()
        work()
        clock.forward(HOUR)
        if hour == 5:
            actions.finish_task(bram, only, "Gebeld")

    with PostOffice(port) as office:
        for _ in range(30):
            actions.send_reminders()
            people.send_overdue_mail()
            work()
            clock.forward(HOUR)

    got = Counter((m["To"], m["Subject"]) for m in office.letters)
    assert got == {
        (sanne.person.email, "Je actiepunten in Samenspraak"): 1,
        ("ilse@example.org", "Uitnodiging voor Samenspraak"): 1,
    }
    text = next(m for m in office.letters if m["To"] == sanne.person.email).get_body(("plain",)).get_content()
    assert ("- vandaag (23 november" in text, "- donderdag (26 november" in text) == (True, True)
    assert Mail.objects.filter(sent_at=None, given_up_at=None).count() == 0


def test_a_worker_that_comes_second_takes_nothing_back(monday: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looked at the list before the first was ready, and at the waiting mail after."""
    from samenspraak.tasks.actions import reminding

    task_of(make_member(), "vandaag", MONDAY)
    seen = reminding.turns(EIGHT)
    actions.send_reminders()
    monkeypatch.setattr(reminding, "turns", lambda _now: seen)

    second = actions.send_reminders()

    assert (second, len(told())) == (0, 1)
