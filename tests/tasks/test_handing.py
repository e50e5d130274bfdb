"""A task of a colleague without an account: the mail, the link, and what comes back by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from samenspraak.people.actions import AskedGuest, let_leave
from samenspraak.people.models import Guest, HistoryEntry, Mail, Member, Role
from samenspraak.site.front import MOST_BYTES
from samenspraak.tasks import actions
from samenspraak.tasks.actions import Colleague, Given, TaskDraft
from samenspraak.tasks.models import Proof, Task
from samenspraak.tasks.queries import calendar_tasks, task_rows
from tests.factories import client_of, make_member
from tests.people.conftest import Clock
from tests.people.parallel import all_at_once
from tests.people.post_office import PostOffice, text_in
from tests.readiness.rounds import pdf, stored_files
from tests.site.pictures import png

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def member() -> Member:
    return make_member(function="inkoop")


@pytest.fixture
def task(member: Member) -> Task:
    return actions.add_task(member, TaskDraft(title="Bel de vakbond", owner=member, due_on=date(2026, 12, 4)))


def joke(**fields: Any) -> Colleague:
    return Colleague(**{"name": "Joke", "email": "joke@example.org", "language": "nl", "once": uuid4(), **fields})


def handed(member: Member, task: Task, colleague: Colleague | None = None) -> AskedGuest:
    asked = actions.hand_over(member, task, colleague or joke())
    assert asked is not None
    task.refresh_from_db()
    return asked


def path(asked: AskedGuest) -> str:
    return asked.link.removeprefix("http://localhost:8000")


def history(task: Task) -> list[tuple[str, str, str, str]]:
    lines = HistoryEntry.objects.filter(subject=task.id).exclude(field="created").order_by("id")
    return list(lines.values_list("field", "old", "new", "member_name"))


def test_a_colleague_without_an_account_gets_one_mail_with_one_link(member: Member, task: Task) -> None:
    form = joke()

    first, again = handed(member, task, form), handed(member, task, form)

    mail = Mail.objects.get()
    assert (first.link, task.guest_id, task.owner, Guest.objects.count()) == (again.link, first.guest.pk, None, 1)
    assert (mail.to, mail.subject) == ("joke@example.org", "Een actiepunt voor je in Samenspraak")
    assert [line for line in mail.text.splitlines() if line.startswith("http")] == [first.link]
    assert ("Bel de vakbond\nKlaar op 4 december 2026" in mail.text, f'href="{first.link}"' in mail.html) == (
        True,
        True,
    )
    assert history(task) == [("owner", member.label, "Joke", member.label)]


def test_the_task_stands_in_the_list_under_the_name_of_who_has_it(member: Member, task: Task) -> None:
    handed(member, task)

    [row] = task_rows(member, "open")[0]

    assert (row.owner, row.function, list(calendar_tasks(member))) == ("Joke", "", [])


def test_the_link_opens_the_task_and_nothing_else(member: Member, task: Task, client: Client) -> None:
    actions.add_task(member, TaskDraft(title="Van een ander"))

    page = client.get(path(handed(member, task)))

    text = page.content.decode()
    assert (page.status_code, "Bel de vakbond" in text, "Van een ander" in text) == (200, True, False)
    assert (page["Referrer-Policy"], page["Cache-Control"], page.cookies) == ("no-referrer", "no-store", {})


def test_who_has_the_link_says_that_it_is_done_with_a_note_and_a_photo(
    member: Member, task: Task, client: Client
) -> None:
    asked = handed(member, task)
    form = {"done-note": "Ik sprak Noor.", "done-file": png("foto.png"), "done-link": "https://example.org/a"}

    answer = client.post(path(asked), form)

    task.refresh_from_db()
    proofs = list(Proof.objects.order_by("name").values_list("name", "added_by", "media_type"))
    assert (answer.status_code, "Dank je wel" in answer.content.decode()) == (200, True)
    assert (task.done_note, task.done_by, task.finisher) == ("Ik sprak Noor.", None, "Joke")
    assert proofs == [("foto.png", "Joke", "image/png"), ("https://example.org/a", "Joke", "")]
    assert sorted(history(task)[1:]) == [
        ("done", "", "Ik sprak Noor.", "Joke"),
        ("proof", "", "foto.png", "Joke"),
        ("proof", "", "https://example.org/a", "Joke"),
    ]


def test_a_second_press_is_thanked_too_and_a_forwarded_mail_opens_nothing_after_that(
    member: Member, task: Task, client: Client, clock: Clock
) -> None:
    asked = handed(member, task)

    presses = [client.post(path(asked), {"done-note": "Gebeld"}).status_code for _ in range(2)]
    looked = client.get(path(asked))
    clock.forward(timedelta(minutes=11))
    forwarded = client.post(path(asked), {"done-note": "Iets anders"})

    task.refresh_from_db()
    assert (presses, looked.status_code, forwarded.status_code, task.done_note) == ([200, 200], 410, 410, "Gebeld")


def give_to_bram(member: Member, task: Task) -> None:
    bram = make_member(Role.EDITOR, member.organisation)
    actions.change_task(member, task, TaskDraft(title="Bel de vakbond", owner=bram), version=task.version)


ENDS: dict[str, Callable[[Member, Task], object]] = {
    "given to a member": give_to_bram,
    "given to nobody": lambda m, t: actions.change_task(m, t, TaskDraft(title="Bel"), version=t.version),
    "given to another guest": lambda m, t: actions.hand_over(m, t, joke(name="Els", email="els@example.org")),
    "taken off the list": actions.remove_task,
    "done by a member": lambda m, t: actions.finish_task(m, t, "Zelf gebeld"),
}


@pytest.mark.parametrize("way", ENDS)
def test_a_task_that_is_no_longer_theirs_withdraws_the_link(
    member: Member, task: Task, client: Client, way: str
) -> None:
    asked = handed(member, task)

    ENDS[way](member, task)
    answers = [client.get(path(asked)).status_code, client.post(path(asked), {"done-note": "Gebeld"}).status_code]

    asked.guest.refresh_from_db()
    mail = Mail.objects.get(to="joke@example.org")
    assert (answers, asked.guest.withdrawn_at is None) == ([410, 410], False)
    assert (mail.given_up_at is None, mail.text, mail.html) == (False, "", "")


def test_a_link_that_was_opened_before_it_was_withdrawn_says_so(member: Member, task: Task) -> None:
    """The page was on the screen; the task went to somebody else; then the button was pressed."""
    guest, before = handed(member, task).guest, stored_files()
    actions.remove_task(member, task)

    assert actions.finish_by_link(guest, task, "Gebeld", Given(file=pdf(), media_type="application/pdf")) is False
    assert (Proof.objects.count(), stored_files()) == (0, before)


def test_saving_the_task_leaves_it_with_who_has_it(member: Member, task: Task) -> None:
    asked = handed(member, task)
    form = {"title": "Bel de bond", "owner": str(asked.guest.pk), "version": task.version}

    answer = client_of(member).post(reverse("tasks:change", args=[task.id]), form)

    task.refresh_from_db()
    asked.guest.refresh_from_db()
    assert (answer.status_code, task.title, task.guest, asked.guest.withdrawn_at) == (
        302,
        "Bel de bond",
        asked.guest,
        None,
    )


def test_a_guest_of_another_task_is_no_owner_to_choose(member: Member, task: Task) -> None:
    other = actions.add_task(member, TaskDraft(title="Mail"))
    asked = handed(member, other)
    form = {"title": "Bel", "owner": str(asked.guest.pk), "version": task.version}

    answer = client_of(member).post(reverse("tasks:change", args=[task.id]), form)

    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("close", "open_again"),
    [
        (lambda m, t, g: actions.finish_by_link(g, t, "Gebeld"), actions.reopen_task),
        (lambda m, t, _g: actions.finish_task(m, t, "Zelf"), actions.reopen_task),
        (lambda m, t, _g: actions.remove_task(m, t), actions.put_back_task),
    ],
    ids=["done by the link", "done by a member", "taken off"],
)
def test_a_task_that_is_open_again_gets_a_fresh_link(
    member: Member, task: Task, client: Client, close: Any, open_again: Any
) -> None:
    first = handed(member, task)
    close(member, task, first.guest)

    open_again(member, task)

    task.refresh_from_db()
    link = actions.open_link(task)
    assert (task.guest_id == first.guest.pk, link in Mail.objects.order_by("created_at").last().text) == (False, True)
    assert [client.get(where).status_code for where in (path(first), link.removeprefix("http://localhost:8000"))] == [
        410,
        200,
    ]


def test_a_task_that_is_done_stays_done_when_it_is_put_back(member: Member, task: Task) -> None:
    asked = handed(member, task)
    actions.finish_by_link(asked.guest, task, "Gebeld")
    actions.remove_task(member, task)

    actions.put_back_task(member, task)

    task.refresh_from_db()
    assert (task.finisher, Guest.objects.count()) == ("Joke", 1)


@pytest.mark.parametrize("end", [actions.remove_task, lambda m, t: actions.finish_task(m, t, "")])
def test_what_is_done_or_gone_is_not_handed_over(member: Member, task: Task, end: Any) -> None:
    end(member, task)
    form = {"hand-name": "Joke", "hand-email": "joke@example.org", "hand-language": "nl", "hand-once": uuid4()}

    answer = client_of(member).post(reverse("tasks:hand_over", args=[task.id]), form)

    assert (answer["Location"].endswith("?done=handed-already#hand-over"), Guest.objects.count()) == (True, 0)


BAD = {
    "an address with a line end": ({"hand-email": "a@example.org\r\nBcc: b@example.org"}, "naam@voorbeeld.nl"),
    "no address": ({"hand-email": "joke"}, "naam@voorbeeld.nl"),
    "no name": ({"hand-name": " "}, "naam van je collega"),
    "a name that cannot be kept": ({"hand-name": "Jo\x00ke"}, "U+0000"),
    "a colleague with an account": ({"hand-email": "bram@example.org"}, "heeft een account"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_does_not_fit_comes_back_with_what_was_typed(member: Member, task: Task, what: str) -> None:
    wrong, said = BAD[what]
    bram = make_member(Role.EDITOR, member.organisation)
    type(bram.person).objects.filter(pk=bram.person_id).update(email="bram@example.org")
    form = {"hand-name": "Joke", "hand-email": "joke@example.org", "hand-language": "en", "hand-once": uuid4()}

    answer = client_of(member).post(reverse("tasks:hand_over", args=[task.id]), form | wrong)

    assert (answer.status_code, Guest.objects.count(), Mail.objects.count()) == (422, 0, 0)
    assert said in answer.content.decode()


FILES = {
    "empty": ("foto.png", b"", "leeg"),
    "eleven megabytes": ("foto.png", png("x").read() + bytes(11_000_000), "11 MB"),
    "another kind inside": ("foto.png", b"MZ" + bytes(100), "iets anders"),
    "a kind that can carry script": ("foto.svg", b"<svg/>", "svg"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_cannot_be_kept_is_refused_and_the_link_stays_good(
    member: Member, task: Task, client: Client, what: str
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    name, content, said = FILES[what]
    asked, before = handed(member, task), stored_files()

    answer = client.post(path(asked), {"done-note": "Gebeld", "done-file": SimpleUploadedFile(name, content)})

    page = answer.content.decode()
    assert (answer.status_code, said in page, "Gebeld" in page) == (422, True, True)
    assert (client.get(path(asked)).status_code, Proof.objects.count(), stored_files()) == (200, 0, before)
    assert len(content) < MOST_BYTES


@pytest.mark.django_db(transaction=True)
def test_fifty_who_close_it_at_once_close_it_once(member: Member, task: Task) -> None:
    asked = handed(member, task)
    before = stored_files()

    answers = all_at_once(
        50, lambda n: Client().post(path(asked), {"done-note": f"Nummer {n}", "done-file": pdf()}).status_code
    )

    fields = HistoryEntry.objects.filter(subject=task.id).values_list("field", flat=True)
    assert set(answers) == {200}
    assert sorted(fields) == ["created", "done", "owner", "proof"]
    assert (Proof.objects.count(), len(stored_files() - before)) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_member_and_the_link_at_once_close_it_once(member: Member, task: Task) -> None:
    guest = handed(member, task).guest

    def close(n: int) -> None:
        if n % 2:
            actions.finish_task(member, task, "Ik")
        else:
            actions.finish_by_link(guest, task, "Zij")

    all_at_once(10, close)

    assert HistoryEntry.objects.filter(subject=task.id, field="done").count() == 1


def test_the_link_of_another_purpose_or_of_nobody_is_not_found(member: Member, client: Client) -> None:
    assert client.get("/tasks/by-link/AAAAAAAAAAAAAAAAAAAAAA").status_code == 404


def test_a_link_that_is_too_old_says_so_and_works_again_after_a_fresh_mail(
    member: Member, task: Task, client: Client, clock: Clock
) -> None:
    asked = handed(member, task)
    clock.forward(31 * DAY)
    old = client.get(path(asked)).status_code

    answers = [client_of(member).post(reverse("tasks:mail_again", args=[task.id]))["Location"] for _ in range(2)]

    assert (old, client.get(path(asked)).status_code, Mail.objects.count()) == (410, 200, 2)
    assert [a.partition("?")[2] for a in answers] == ["done=mailed#hand-over", "done=mailed-already#hand-over"]


def test_a_task_of_a_member_has_no_link_to_mail(member: Member, task: Task) -> None:
    assert (actions.mail_again(member, task), actions.open_link(task)) == (False, "")


def test_without_a_mail_server_the_link_is_shown_to_pass_on(member: Member, task: Task) -> None:
    asked = handed(member, task)

    open_page = client_of(member).get(reverse("tasks:task", args=[task.id])).content.decode()
    actions.finish_by_link(asked.guest, task, "")
    task.refresh_from_db()

    assert (asked.link in open_page, actions.open_link(task)) == (True, "")


def test_who_asked_may_leave_and_the_link_still_works(member: Member, task: Task, client: Client) -> None:
    boss = make_member(Role.OWNER, member.organisation)
    asked = handed(member, task)

    let_leave(boss, member)

    assert client.post(path(asked), {"done-note": "Gebeld"}).status_code == 200


def test_the_mail_is_text_and_html_with_a_neutral_subject(
    member: Member, task: Task, office: PostOffice, work: Callable[[], int]
) -> None:
    asked = handed(member, task, joke(language="en"))

    work()

    [letter] = office.letters
    assert (letter["Subject"], letter.get_content_type()) == ("A task for you in Samenspraak", "multipart/alternative")
    assert asked.link in text_in(letter)
    asked.guest.refresh_from_db()
    assert (asked.guest.mail.html, asked.guest.mail.text) == ("", "")
