"""The pages of several voices: asking, the list, the guest's one page, and the papers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samenspraak.people.models import Guest, HistoryEntry, Mail, Member, Role
from samenspraak.readiness import actions
from samenspraak.readiness.models import Inquiry, Round
from tests.documents.factory import READERS, bare
from tests.factories import client_of, make_member, make_organisation, make_person
from tests.people.test_access_matrix import outcome
from tests.readiness.asking import ONE, TWO, ask, ask_and_hear, make_many_voices, path_of, say, text_of
from tests.readiness.rounds import make_round

pytestmark = pytest.mark.django_db
DUTCH = {"accept-language": "nl"}


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


@pytest.fixture
def member() -> Member:
    person = make_person("Sanne de Wit", email="sanne@example.org")
    return make_member(organisation=make_organisation("Noorderlicht"), person=person)


@pytest.fixture
def round(member: Member) -> Round:
    return make_round(member)


def form(**fields: Any) -> dict[str, Any]:
    wanted: dict[str, Any] = {
        "conditions": [ONE],
        "people": "Bram <bram@example.org>",
        "names": "named",
        "language": "nl",
        "once": str(uuid4()),
    }
    return wanted | fields


def post(member: Member, round: Round, **fields: Any) -> HttpResponse:
    return client_of(member).post(f"/ready/{round.id}/voices/ask", form(**fields))


def message_at(page: str, field: str) -> str:
    return page.split(f'id="{field}-error"')[1].split("</div>", maxsplit=1)[0]


# Asking


def test_without_a_mail_server_the_links_are_shown_once(member: Member, round: Round) -> None:
    client = client_of(member)

    page = client.post(f"/ready/{round.id}/voices/ask", form()).content.decode()

    key = page.split("http://localhost:8000/ready/voice/")[1].split("<")[0]
    assert Client().get(f"/ready/voice/{key}").status_code == 200
    assert key not in client.get(f"/ready/{round.id}/voices").content.decode()


def test_without_names_the_asker_never_gets_a_link(member: Member, round: Round) -> None:
    response = post(member, round, names="nameless")

    assert response["Location"] == f"/ready/{round.id}/voices?asked=1&skipped=0"
    assert "/ready/voice/" not in client_of(member).get(response["Location"]).content.decode()


def test_a_colleague_from_the_list_gets_the_mail_in_the_own_language(member: Member, round: Round) -> None:
    colleague = make_member(
        Role.READER, member.organisation, person=make_person("Ben", email="ben@example.org", language="en")
    )

    post(member, round, colleagues=[colleague.pk], people="Iemand <ben@example.org>")

    guest, mail = Guest.objects.get(), Mail.objects.get()
    assert (guest.name, guest.language, mail.to) == ("Ben", "en", "ben@example.org")
    assert mail.subject == "A question from a colleague"


@pytest.mark.parametrize(
    ("people", "found"),
    [
        ("bram@example.org", {"bram@example.org": "bram@example.org"}),
        ("Bram@Example.org, ilse@example.org", {"bram@example.org": "bram@example.org", "ilse@example.org": "ilse@example.org"}),
        ('"Vries, Jan de" <jan@example.org>; Ilse <ilse@example.org>', {"jan@example.org": "Vries, Jan de", "ilse@example.org": "Ilse"}),
        ("Bram <bram@example.org>, Ilse <ilse@example.org>", {"bram@example.org": "Bram", "ilse@example.org": "Ilse"}),
        ("Bram <bram@example.org>, ilse@example.org,", {"bram@example.org": "Bram", "ilse@example.org": "ilse@example.org"}),
        ("Bram <bram@example.org>\r\nBram Visser <BRAM@example.org>\n\n", {"bram@example.org": "Bram"}),
        ("\t<bram@example.org> ", {"bram@example.org": "bram@example.org"}),
    ],
)  # fmt: skip
def test_addresses_are_read_as_people_paste_them(
    member: Member, round: Round, people: str, found: dict[str, str]
) -> None:
    post(member, round, people=people)

    assert dict(Guest.objects.values_list("email", "name")) == found


@pytest.mark.parametrize(
    ("fields", "where", "message"),
    [
        ({"people": "bram@example.org\r\nBcc: x@example.org"}, "people", "Dit is geen adres: “Bcc: x@example.org”."),
        ({"people": "bram, ilse"}, "people", "Dit is geen adres: “bram, ilse”."),
        ({"people": "a b@example.org\nc"}, "people", "Dit zijn geen adressen"),
        ({"people": "Bram <bram>"}, "people", "Schrijf één persoon per regel"),
        ({"people": "Bram <a@example.org\nb@example.org>"}, "people", "Dit zijn geen adressen"),
        ({"people": ""}, "people", "Kies een collega of typ een adres."),
        ({"names": ""}, "names", "Kies met of zonder naam."),
        ({"names": "half"}, "names", "Kies met of zonder naam."),
        ({"conditions": []}, "conditions", "Kies minstens één voorwaarde."),
        ({"conditions": ["niets"]}, "conditions", "Kies uit de voorwaarden van deze ronde."),
        ({"colleagues": [uuid4()]}, "colleagues", "Kies een collega uit de lijst."),
        ({"message": "a" * 2001}, "message", "2001"),
        ({"message": "a\x07"}, "message", "U+0007"),
        ({"people": "\n".join(f"p{n}@example.org" for n in range(201))}, "people", "Dit zijn 201 mensen."),
    ],
)
def test_what_does_not_do_is_said_at_the_field_and_kept(
    member: Member, round: Round, fields: dict[str, Any], where: str, message: str
) -> None:
    response = post(member, round, **{"message": "Mijn woorden", **fields})

    page = response.content.decode()
    assert (response.status_code, Guest.objects.count(), Mail.objects.count()) == (422, 0, 0)
    assert message in message_at(page, where)
    assert "a" * 2001 in page or "Mijn woorden" in page or "a\x07" in page


def test_two_hundred_addresses_are_asked_at_once(member: Member, round: Round) -> None:
    response = post(
        member, round, names="nameless", people="\n".join(f"Persoon {n} <p{n}@example.org>" for n in range(200))
    )

    assert response["Location"].endswith("?asked=200&skipped=0")
    assert (Guest.objects.count(), Mail.objects.count(), Inquiry.objects.count()) == (200, 200, 1)


def test_who_had_been_asked_is_told_to_the_asker(member: Member, round: Round) -> None:
    ask(member, round)
    response = post(member, round, names="nameless", people="bram@example.org\nilse@example.org")

    page = text_of(client_of(member).get(response["Location"]))

    assert "1 collega is gevraagd." in page
    assert "1 was hier in deze ronde al naar gevraagd en krijgt geen tweede mail." in page


def test_a_round_that_was_closed_meanwhile_keeps_what_was_typed(member: Member, round: Round) -> None:
    actions.close_round(member, round)

    response = post(member, round, message="Mijn woorden")

    page = response.content.decode()
    assert (response.status_code, Guest.objects.count()) == (409, 0)
    assert "Mijn woorden" in page
    assert "Bram &lt;bram@example.org&gt;" in page


def test_a_hundred_forms_an_hour_are_enough(member: Member, round: Round) -> None:
    answers = [post(member, round, names="nameless").status_code for _ in range(101)]

    assert answers == [302] * 100 + [429]


def test_the_form_begins_at_the_condition_one_came_from_and_chooses_no_kind(member: Member, round: Round) -> None:
    page = client_of(member).get(f"/ready/{round.id}/voices/ask?condition={TWO}").content.decode()

    assert f'value="{TWO}" checked' in page
    assert page.count("checked") == 1
    assert 'name="names" value="named">' in page


# The list


def test_a_reminder_from_the_list_goes_once_a_day(member: Member, round: Round) -> None:
    guest = ask(member, round).guests[0].guest
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))
    client = client_of(member)

    first, second = (client.post(f"/ready/{round.id}/voices/remind", {"guest": [guest.pk, "x"]}) for _ in range(2))

    assert (first["Location"][-11:], second["Location"][-11:]) == ("?reminded=1", "?reminded=0")
    assert "1 herinnering is onderweg." in text_of(client.get(first["Location"]))
    assert "Niemand kreeg een herinnering" in text_of(client.get(second["Location"]))


def test_nobody_is_reminded_of_a_closed_round(member: Member, round: Round) -> None:
    guest = ask(member, round).guests[0].guest
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))
    actions.close_round(member, round)

    response = client_of(member).post(f"/ready/{round.id}/voices/remind", {"guest": [guest.pk]})

    assert (response.status_code, Mail.objects.count()) == (409, 1)


def test_a_withdrawn_question_is_gone_from_the_link(member: Member, round: Round) -> None:
    asked = ask(member, round).guests[0]

    response = client_of(member).post(f"/ready/{round.id}/voices/{asked.guest.pk}/withdraw")

    gone = Client(headers=DUTCH).get(path_of(asked))
    assert response["Location"].endswith("?withdrawn=1")
    assert (gone.status_code, "Je hoeft niet meer te antwoorden" in gone.content.decode()) == (410, True)


def test_the_list_says_who_answered_without_names_and_never_what(member: Member, round: Round) -> None:
    ask_and_hear(member, round, ["no", "no", "partly"], is_named=False)

    page = text_of(client_of(member).get(f"/ready/{round.id}/voices"))

    assert page.count("Heeft geantwoord") == 3
    assert "Reden van" not in page
    assert "Er wachten er nog een paar op andere." in page


def test_a_reader_sees_the_list_and_changes_nothing(member: Member, round: Round) -> None:
    guest = ask(member, round).guests[0].guest
    client = client_of(make_member(Role.READER, member.organisation))

    page = client.get(f"/ready/{round.id}/voices")
    tries = [client.post(f"/ready/{round.id}/voices/{path}") for path in ("ask", "remind", f"{guest.pk}/withdraw")]

    assert page.status_code == 200
    assert "<form" not in page.content.decode().split("<main")[1].split("</main")[0]
    assert [outcome(r) for r in tries] == ["refused"] * 3


# Beside the answer of the organisation


def test_the_condition_shows_the_spread_beside_the_own_answer(member: Member, round: Round) -> None:
    ask_and_hear(member, round, ["no", "no", "partly"])

    client = client_of(member)
    page, beside = (text_of(client.get(f"/ready/{round.id}/condition/{ONE}{more}")) for more in ("", "/voices"))

    for text in (page, beside):
        assert "3 collega’s hebben geantwoord" in text
        assert text.count("Reden van") == 3
    assert "Het antwoord van Noorderlicht" in beside


def test_papers_show_the_same_counts_and_words(member: Member, round: Round) -> None:
    ask_and_hear(member, round, ["no", "partly"])
    five = ask(member, round, [f"Naamloos{n}" for n in range(5)], is_named=False).guests
    for who, value in zip(five, ("no", "yes", "partly", "no", "no"), strict=True):
        say(who, value, f"Stil {value}")
    four = ask(member, round, [f"Wacht{n}" for n in range(4)], is_named=False, conditions=(TWO,)).guests
    for who in four:
        say(who, "no", "Wacht nog", condition_id=TWO)

    papers = {
        kind: bare(READERS[kind](client_of(member).get(f"/ready/{round.id}/report.{kind}").content))
        for kind in ("pdf", "docx", "xlsx")
    }

    for text in papers.values():
        assert bare("Stil yes") in text
        assert bare("Wacht nog") not in text
        assert bare("Er wachten er nog een paar op andere.") in text
    assert [bare("7 collega’s hebben geantwoord") in papers[kind] for kind in ("pdf", "docx")] == [True, True]


def test_the_history_of_the_round_says_what_a_colleague_answered(member: Member, round: Round) -> None:
    ask_and_hear(member, round, ["partly"])

    page = text_of(client_of(member).get(f"/ready/{round.id}/history"))

    assert "Antwoord van een collega" in page
    assert "Deels" in page
    assert HistoryEntry.objects.filter(field="voice").get().new == "partly"


@pytest.mark.parametrize(("path", "queries"), [("voices", 7), (f"condition/{ONE}/voices", 7), (f"condition/{ONE}", 12)])
def test_pages_ask_as_many_queries_for_500_voices_as_for_one(
    member: Member, round: Round, path: str, queries: int, django_assert_num_queries: Any
) -> None:
    client = client_of(member)
    make_many_voices(member, round, 1)
    client.get(f"/ready/{round.id}/{path}")

    for number in (1, 3, 500):
        make_many_voices(member, round, number)
        with django_assert_num_queries(queries):
            response = client.get(f"/ready/{round.id}/{path}")
        assert response.status_code == 200


def test_the_list_and_the_voices_show_a_hundred_a_page(member: Member, round: Round) -> None:
    make_many_voices(member, round, 250)
    client = client_of(member)

    pages = [client.get(f"/ready/{round.id}/voices?page={n}").content.decode() for n in (1, 2, 3)]
    voices = [client.get(f"/ready/{round.id}/condition/{ONE}/voices?page={n}").content.decode() for n in (1, 2)]

    assert [page.count('<tr><th scope="row">') for page in pages] == [100, 100, 50]
    assert ["Volgende 100" in page for page in (*pages, *voices)] == [True, True, False, True, False]
