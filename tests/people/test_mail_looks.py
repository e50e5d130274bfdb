"""How a mail looks, in both its forms, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from samenspraak.people import actions
from samenspraak.people.actions import Letter, write_letter
from samenspraak.people.models import Mail, Reminders, Role
from tests.factories import client_of, make_member, make_organisation
from tests.people.conftest import Clock
from tests.people.post_office import PostOffice, text_in

pytestmark = pytest.mark.django_db
Work = Callable[[], int]
DAY = timedelta(days=1)
NAME = "<b>Noord & Zoon</b>"


class Read(HTMLParser):
    """The elements of a mail, where its links go, and what it says."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.said = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.add(tag)
        self.links += [given["href"] or ""] if tag == "a" else []
        self.fetched += [given[name] or "" for name in ("src", "background", "srcset") if name in given]

    def handle_data(self, data: str) -> None:
        self.said += data


def every_letter() -> dict[str, Letter]:
    """Each mail people get for what they do about themselves and each other."""
    member = make_member(organisation=make_organisation(NAME))
    asked = actions.invite(member, "bram@example.org", Role.READER, uuid4())
    invitation = {"invitation": asked.invitation, "inviter": member.label, "link": asked.link}
    reset = {"user": SimpleNamespace(name=NAME), "password_reset_url": "https://example.org/account/password/new/1-a"}
    written = {"people/mail/invitation": invitation, "account/email/password_reset_key": reset}
    return {prefix: write_letter(prefix, "key", "x@example.org", "nl", given) for prefix, given in written.items()}


@pytest.mark.parametrize("prefix", ["people/mail/invitation", "account/email/password_reset_key"])
def test_both_forms_lead_to_the_same_and_nothing_is_fetched(prefix: str) -> None:
    letter = every_letter()[prefix]

    read = Read(letter.html)

    links = {line for line in letter.text.splitlines() if line.startswith("http")}
    assert (set(read.links), read.fetched, read.tags & {"img", "script", "link", "b", "iframe"}) == (links, [], set())
    assert (NAME in letter.text, NAME in read.said) == (True, True)
    assert all(link in read.said for link in links)
    assert "url(" not in letter.html


def test_a_letter_without_html_of_its_own_gets_it_from_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.template.exceptions import TemplateDoesNotExist

    from samenspraak.people.actions import sending

    kept = sending.get_template

    def without(name: str, using: str) -> Any:
        if name.endswith("_message.html"):
            raise TemplateDoesNotExist(name)
        return kept(name, using=using)

    monkeypatch.setattr(sending, "get_template", without)

    letter = every_letter()["people/mail/invitation"]

    read = Read(letter.html)
    assert read.links == [line for line in letter.text.splitlines() if line.startswith("http")]
    assert (NAME in read.said, "b" in read.tags) == (True, False)


def test_a_mail_goes_out_as_text_and_html_and_neither_is_kept(office: PostOffice, work: Work) -> None:
    asked = actions.invite(make_member(), "bram@example.org", Role.READER, uuid4())

    work()

    [letter] = office.letters
    mail = Mail.objects.get()
    assert (letter.get_content_type(), [p.get_content_type() for p in letter.iter_parts()]) == (
        "multipart/alternative",
        ["text/plain", "text/html"],
    )
    assert asked.link in text_in(letter)
    assert (mail.sent_at is None, mail.text, mail.html) == (False, "", "")


def many(number: int, **fields: Any) -> list[tuple[Letter, Any]]:
    organisation = make_organisation()
    return [
        (Letter("reminder", f"reminder:{n}", f"p{n}@example.org", "nl", "Je actiepunten", "Tekst\n"), organisation)
        for n in range(number)
    ]


def test_many_letters_go_out_once_each(office: PostOffice, work: Work) -> None:
    letters = many(120)

    actions.queue_mails(letters)
    actions.queue_mails(letters)
    work()

    assert sorted(m["To"] for m in office.letters) == sorted(letter.to for letter, _organisation in letters)


def test_a_line_end_in_one_of_many_heads_stops_them_all() -> None:
    letters = many(2)
    wrong = letters[1][0]._replace(to="a@example.org\nBcc: b@example.org")

    with pytest.raises(ValueError, match="line end"):
        actions.queue_mails([letters[0], (wrong, letters[1][1])])

    assert Mail.objects.count() == 0


def test_cancelled_mail_among_many_does_not_go(office: PostOffice, work: Work) -> None:
    actions.queue_mails(many(3))
    mails = list(Mail.objects.order_by("to"))

    actions.cancel_mails([mails[0].pk, mails[2].pk])
    work()

    assert [m["To"] for m in office.letters] == ["p1@example.org"]


def test_after_a_month_nobody_knows_to_whom_it_went(office: PostOffice, work: Work, clock: Clock) -> None:
    office.refusals["ilse@example.org"] = "550 5.1.1 <ilse@example.org> unknown"
    sanne = make_member()
    for address in ("bram@example.org", "ilse@example.org"):
        actions.invite(sanne, address, Role.READER, uuid4())
    work()
    waiting = actions.queue_mail(Letter("question", "key", "noor@example.org", "nl", "Een vraag", "Tekst\n"))

    clock.forward(29 * DAY)
    actions.forget_mail()
    known = Mail.objects.exclude(to="").count()
    clock.forward(2 * DAY)
    actions.forget_mail()

    kept = sorted(Mail.objects.values_list("to", "problem"))
    assert (known, kept) == (3, [("", ""), ("", ""), (waiting.to, "")])


def test_a_key_stays_used_for_a_year_and_is_then_forgotten(office: PostOffice, work: Work, clock: Clock) -> None:
    letter = Letter("question", "key", "noor@example.org", "nl", "Een vraag", "Tekst\n")
    actions.queue_mail(letter)
    work()

    clock.forward(365 * DAY)
    actions.forget_mail()
    actions.queue_mail(letter)
    work()
    clock.forward(40 * DAY)
    actions.forget_mail()

    assert (len(office.letters), Mail.objects.count()) == (1, 0)


def test_everybody_chooses_the_own_reminders_for_each_organisation() -> None:
    member = make_member()
    other = make_member(person=member.person, organisation=make_organisation("Zuid"))
    client = client_of(member)

    answer = client.post("/account/reminders", {"member": other.pk, "reminders": "weekly"})
    page = client.get(answer["Location"]).content.decode()

    member.refresh_from_db()
    other.refresh_from_db()
    assert (member.reminders, other.reminders) == (Reminders.BOTH, Reminders.WEEKLY)
    assert ("Zuid" in page, "Vanaf nu krijg je mail" in page) == (True, True)


@pytest.mark.parametrize("form", [{}, {"reminders": "weekly"}, {"reminders": "daily"}])
def test_the_reminders_of_somebody_else_are_not_found(form: dict[str, str]) -> None:
    colleague = make_member()

    answer = client_of(make_member()).post("/account/reminders", {"member": colleague.pk, **form})

    assert (answer.status_code, type(colleague).objects.get(pk=colleague.pk).reminders) == (404, "both")
