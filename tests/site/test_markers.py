"""A text that would do harm where it is taken for more than text, planted in every text column there is.

It is looked for on every page, in every mail and in every paper of the organisation: always there as text, never as
an element, a formula, a line of a mail's head or the outcome of a template.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import openpyxl
import pypdf
import pytest
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from samenspraak.people import actions as people
from samenspraak.people.access import ACCESS
from samenspraak.people.actions.sending import _message
from samenspraak.people.models import Guest, Mail, Member, Organisation, Person, Role
from samenspraak.people.passkeys import ask_new
from samenspraak.readiness import actions as readiness
from samenspraak.readiness.models import Round
from samenspraak.site.environment import MailServer
from samenspraak.tasks import actions as tasks
from tests.documents.factory import READERS, bare
from tests.factories import make_member
from tests.people.device import Device
from tests.people.routes import NAMED, Browser, Route
from tests.readiness import needs
from tests.readiness.rounds import make_round
from tests.site.planted import ONE, OURS, Planted, plant, read_page, text_columns, typed_columns

pytestmark = pytest.mark.django_db
MARK = '<i data-m="Ω7">"\'&{{7*7}}${7*7}#$\\\\'
EMAIL = '"<i/data-m=w7>&{{7*7}}${7*7}#№"@example.org'
PAGES = [r for r in NAMED if ACCESS[r.name].get is not None]
QUERIES = {
    "tasks:tasks": ("", "?show=mine", "?show=done"),
    "people:organisation": ("", "?page=1&history=1"),
    "library:own_texts": ("", f"?item=condition:{ONE}"),
    "library:search": ("", "?" + urlencode({"q": MARK})),
}
INSTRUMENTS = ("mandate", "hours", "budget", "team")
OF_ROUTE: dict[str, list[dict[str, str]]] = {
    "library:part": [{"key": "steps"}],
    "library:item": [{"kind": "condition"}],
    "readiness:instrument": [{"instrument": instrument} for instrument in INSTRUMENTS],
    "readiness:instrument_paper": [{"instrument": i, "kind": kind} for i in INSTRUMENTS for kind in ("pdf", "docx")],
    "readiness:blank_instrument": [{"instrument": "team", "kind": "pdf"}],
    "library:reword": [{"kind": "condition"}],
    "library:add_own": [{"kind": kind} for kind in ("example", "action", "line", "condition")],
}
KINDS = ("pdf", "docx", "xlsx")
languages = pytest.mark.parametrize("language", ["nl", "en"])

# Columns that no page, mail or paper shows; everything else must be seen somewhere, or nothing was proven.
NOT_SHOWN = {
    "Mail.kind",
    "Mail.key",
    "Mail.problem",  # said in our words
    "Mail.to",
    "Mail.subject",
    "Mail.text",
    "Task.action_id",
}


def addresses(route: Route, planted: Planted) -> list[str]:
    others = OF_ROUTE.get(route.name, [{"kind": kind} for kind in KINDS] if "kind" in route.arguments else [{}])
    known = planted.arguments(route)
    found = [reverse(route.name, kwargs={**known, **other} or None) for other in others]
    return [address + query for address in found for query in QUERIES.get(route.name, ("",))]


def client_of(member: Member) -> Browser:
    client = Browser()
    client.force_login(Person.objects.get(pk=member.person_id))
    return client


def is_page(response: HttpResponse) -> bool:
    return response.headers.get("Content-Type", "").startswith("text/html")


def harm_in(response: HttpResponse, mark: str = "Ω7") -> list[str]:
    """What is wrong with a page: elements made of planted text, and planted text that is not there as a whole."""
    read = read_page(response.content.decode())
    places = [i for i in range(len(read.text)) if read.text.startswith(mark, i)]
    whole = [read.text[i - 11 : i + 40] for i in places if not read.text.startswith(MARK, i - 11)]
    return [*read.marked, *(["{{7*7}} was worked out"] if "&49" in read.text else []), *whole]


def seen(response: HttpResponse) -> str:
    """What a person reads in an answer: of a page, a calendar or a paper."""
    media = response.headers.get("Content-Type", "")
    if media.startswith("text/html"):
        return read_page(response.content.decode()).text
    if media.startswith("text/calendar"):
        return "\n".join(str(value) for e in Calendar.from_ical(response.content).walk() for value in e.values())
    name = response.headers.get("Content-Disposition", "")
    kind = next((k for k in KINDS if f'.{k}"' in name), None)
    return READERS[kind](response.content) if kind and response.content[:2] in (b"%P", b"PK") else name


def test_every_column_that_is_ours_is_there() -> None:
    assert sorted(set(OURS) - {c.name for c in text_columns()}) == []


def test_what_is_not_shown_is_a_column() -> None:
    assert sorted(NOT_SHOWN - {c.name for c in typed_columns()}) == []


@languages
def test_planted_text_is_text_on_every_page(language: str) -> None:
    planted = plant(MARK, EMAIL, language)
    client, visitor = client_of(planted.member), Browser()

    answers = {a: c.get(a) for route in PAGES for a in addresses(route, planted) for c in (visitor, client)}

    harmed = {a: found for a, r in answers.items() if is_page(r) and (found := harm_in(r))}
    assert harmed == {}
    assert [a for a, r in answers.items() if r.status_code >= 500] == []


@languages
def test_planted_text_comes_out_whole_somewhere(language: str) -> None:
    planted = plant(MARK, EMAIL, language)
    client, visitor = client_of(planted.member), Browser()

    where = [a for route in PAGES for a in addresses(route, planted)]
    everything = bare("\n".join(seen(c.get(address)) for c in (client, visitor) for address in where))

    missing = {name for name, text in planted.texts.items() if bare(text) not in everything}
    assert missing == NOT_SHOWN


@languages
@pytest.mark.parametrize(
    ("paper", "kind"),
    [("readiness:full_report", kind) for kind in KINDS] + [("readiness:director_page", kind) for kind in KINDS[:2]],
)
def test_planted_text_comes_out_of_papers_unchanged(paper: str, kind: str, language: str) -> None:
    planted = plant(MARK, EMAIL, language)

    response = client_of(planted.member).get(reverse(paper, args=[planted.round.id, kind]))

    text = bare(READERS[kind](response.content))
    assert response.status_code == 200
    # A text may go on over the page, with the head and foot of the paper in between.
    pages = len(pypdf.PdfReader(io.BytesIO(response.content)).pages) if kind == "pdf" else 1
    assert 0 <= text.count("Ω7") - text.count(bare(MARK)) < pages
    assert text.count("Ω7") > 5


def test_a_calendar_program_reads_planted_text_unchanged() -> None:
    planted = plant(MARK, EMAIL, "nl")

    feed = Calendar.from_ical(Client().get(reverse("tasks:calendar_feed", args=[planted.places["key"]])).content)

    texts = planted.texts
    [entry] = feed.walk("VEVENT")
    assert (str(entry["summary"]), str(entry["description"])) == (texts["Task.title"], texts["Task.note"])
    assert str(feed["x-wr-calname"]) == f"Samenspraak – {texts['Organisation.name']}"


FORMULAS = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", '=HYPERLINK("https://example.org")', "=1+1\n=2+2"]


@pytest.mark.parametrize("formula", FORMULAS)
def test_what_looks_like_a_formula_stays_text_in_a_workbook(formula: str) -> None:
    planted = plant(formula, EMAIL, "nl")

    response = client_of(planted.member).get(reverse("readiness:full_report", args=[planted.round.id, "xlsx"]))

    cells = [c for s in openpyxl.load_workbook(io.BytesIO(response.content)) for row in s.iter_rows() for c in row]
    like_it = [c for c in cells if str(c.value).startswith(formula)]
    assert {c.data_type for c in cells} <= {"s", "n", "d"}
    assert {(c.data_type, c.quotePrefix, c.hyperlink) for c in like_it} == {("s", True, None)}
    assert len(like_it) > 20


FIELDS = set(
    """
    about action ask benefits change-name change-says change-version code colleagues conditions credential days
    document done-link done-link_name done-note due_on element email feasibility function guest hand-email
    hand-language hand-name hand-once held_on home how key language link link_name login member message motive name
    names new next note old oldpassword once organisation own-1-by_whom own-1-currency own-1-expected
    own-1-gives_input own-1-helps own-1-high own-1-hours own-1-leads own-1-low own-1-may_promise own-1-meeting
    own-1-must_ask own-1-not_possible own-1-people own-1-period own-1-title own-1-until_on own-1-wants_results
    own-1-who owner page password password1 password2 people previous question remember reminder_hour
    reminder_weekday reminders role scope secret share signer-email signer-language signer-name signer-once signs_en
    signs_nl state statement text_en text_nl time_zone title title_en title_nl uidb36 unit value version why_en
    why_nl
    """.split()  # noqa: SIM905  a hundred names one a line read worse
)


def forms() -> list[Route]:
    left_out = {"account_logout", "account_login", "people:first_run", "account_reset_password", "language"}
    return [r for r in NAMED if ACCESS[r.name].post is not None and r.name not in left_out]


@pytest.mark.parametrize("route", forms(), ids=lambda r: r.name)
@pytest.mark.parametrize("part", [{}, {"HX-Request": "true"}], ids=["page", "part"])
def test_planted_text_that_comes_back_with_a_form_is_text(route: Route, part: dict[str, str]) -> None:
    planted = plant(MARK, EMAIL, "nl")
    colleague = make_member(Role.READER, planted.member.organisation)
    invitation = people.invite(planted.member, "ilse@example.org", Role.READER, planted.task.id).invitation
    planted.places.update({"member_id": colleague.pk, "invitation_id": invitation.pk})
    address = reverse(route.name, kwargs=planted.arguments(route) or None)

    response = client_of(planted.member).post(address, dict.fromkeys(FIELDS, MARK), headers=part)

    assert response.status_code < 500
    assert not is_page(response) or harm_in(response) == []


def letters() -> list[EmailMessage]:
    return [_message(mail) for mail in Mail.objects.filter(text__gt="")]


def write_every_mail(member: Member) -> None:
    """Every mail there is: of people, of their organisation and its end, of a mandate, of a task by a link, and reminders."""
    Mail.objects.all().delete()
    people.end_organisation(member)
    people.keep_organisation(member)
    people.add_passkey(member.person, "Laptop", Device().new(ask_new(member.person).options))
    people.invite(member, EMAIL.replace("№", "x"), Role.EDITOR, member.pk)
    round = Round.objects.filter(organisation_id=member.organisation_id).last() or make_round(member)
    needs.ask(member, round, name=member.person.name, email=EMAIL.replace("№", "y"))
    people.send_new_password_link.func(member.person.email)
    today = timezone.localdate()
    for _ in range(2):
        tasks.add_task(member, tasks.TaskDraft(title=MARK, note=MARK, owner=member, due_on=today))
    task = tasks.add_task(member, tasks.TaskDraft(title=MARK, due_on=today))
    colleague = tasks.Colleague(name=MARK, email=EMAIL.replace("№", "y"), language=member.person.language, once=uuid4())
    tasks.hand_over(member, task, colleague)
    Organisation.objects.filter(pk=member.organisation_id).update(reminder_hour=0)
    with_mail = replace(
        settings.ENVIRONMENT, mail=MailServer(host="127.0.0.1", port=9, user="", password="", security="none")
    )
    with override_settings(ENVIRONMENT=with_mail):
        tasks.send_reminders()
    who = readiness.Addressee(EMAIL.replace("№", "z"), MARK, member.person.language)
    question = readiness.InquiryDraft(conditions=(ONE,), is_named=True, message=MARK, once=member.pk)
    guests = Guest.objects.filter(pk=readiness.ask_colleagues(member, round, question, [who]).guests[0].guest.pk)
    guests.update(created_at=timezone.now() - timedelta(days=2))
    waiting = Mail.objects.get(to=who.email)
    readiness.remind_colleagues(member, round, guests)
    Mail.objects.filter(pk=waiting.pk).update(text=waiting.text, html=waiting.html)


HEADS = {
    "Content-Type",
    "MIME-Version",
    "Content-Transfer-Encoding",
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Content-Language",
}


@languages
def test_planted_text_stands_in_a_mail_as_it_was_typed(language: str) -> None:
    planted = plant(MARK, EMAIL, language)

    write_every_mail(planted.member)

    texts = {letter.subject: letter.body for letter in letters()}
    assert len(texts) == 10
    assert [text.count(MARK) for text in texts.values()] == [text.count("Ω7") for text in texts.values()]
    assert [text.count(MARK) > 0 for text in texts.values()] == [True] * 10


@languages
def test_planted_text_is_text_in_the_html_of_a_mail(language: str) -> None:
    planted = plant(MARK, EMAIL, language)

    write_every_mail(planted.member)

    read = [read_page(html) for html in Mail.objects.filter(text__gt="").values_list("html", flat=True)]
    assert [mail.marked for mail in read] == [[]] * 11
    assert [mail.text.count(MARK) > 0 for mail in read] == [True] * 11
    assert [mail.text.count(MARK) for mail in read] == [mail.text.count("Ω7") for mail in read]


LINE_ENDS = ["Noord\r\nBcc: evil@example.org", "Noord\nBcc: evil@example.org\n\nTekst", "Noord\rBcc: x", "Noord\x00"]


@pytest.mark.parametrize("name", LINE_ENDS)
@pytest.mark.parametrize("way", ["straight in the table", "through the form"])
def test_a_line_end_in_a_name_never_reaches_the_head_of_a_mail(name: str, way: str) -> None:
    member = make_member(function="inkoop")
    named: dict[str, Callable[[], Any]] = {
        "straight in the table": lambda: (
            Organisation.objects.update(name=name),
            Person.objects.update(name=name),
            Member.objects.update(function=name[:80]),
        ),
        "through the form": lambda: (
            client_of(member).post("/account", {"name": name, "language": "nl", "function": name}),
            client_of(member).post(
                "/organisation/change",
                {
                    "name": name,
                    "language": "nl",
                    "time_zone": "Europe/Paris",
                    "reminder_weekday": 0,
                    "reminder_hour": 8,
                },
            ),
        ),
    }
    named[way]()

    write_every_mail(Member.objects.select_related("person", "organisation").get(pk=member.pk))

    heads = [message_from_bytes(letter.message().as_bytes()) for letter in letters()]
    assert [set(head.keys()) - HEADS for head in heads] == [set()] * 11
    assert [len(head.keys()) for head in heads] == [len(set(head.keys())) for head in heads]


def test_an_address_with_a_line_end_is_never_invited() -> None:
    member = make_member()

    with pytest.raises(ValueError, match="line end"):
        people.invite(member, "a@example.org\nBcc: b@example.org", Role.EDITOR, member.pk)


def test_every_field_of_a_form_is_planted() -> None:
    from samenspraak.library import forms as of_library
    from samenspraak.people import forms as of_people
    from samenspraak.readiness import forms as of_readiness
    from samenspraak.tasks import forms as of_tasks

    found = {
        f"{form.prefix}-{name}" if form.prefix else name
        for room in (of_people, of_library, of_readiness, of_tasks)
        for form in vars(room).values()
        if isinstance(form, type) and hasattr(form, "base_fields")
        for name in form.base_fields
    }

    assert sorted(found - FIELDS) == ["done-file", "file", "logo"]
    assert ONE in reverse("readiness:condition", args=[make_member().pk, ONE])
