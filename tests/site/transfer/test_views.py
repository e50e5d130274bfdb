from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from samenspraak.people import actions as people
from samenspraak.people.models import HistoryEntry, Member, Organisation, Person, Role
from samenspraak.readiness.models import Round
from samenspraak.site.transfer.bring import bring_in
from tests.factories import client_of, make_member, make_person
from tests.people.routes import Browser
from tests.readiness.filled import make_filled
from tests.readiness.rounds import make_round, stored_files
from tests.site.transfer.files import elsewhere, exported, exported_round

pytestmark = pytest.mark.django_db
MARK = '<i data-m="Ω7">"\'&{{7*7}}'


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    cache.clear()


def browser_of(member: Member) -> Client:
    client = Browser()
    client.force_login(member.person)
    return client


def body(response: Any) -> bytes:
    return response.getvalue()


def zipped(content: bytes) -> dict[str, Any]:
    return {"file": SimpleUploadedFile("noord.zip", content)}


def test_everything_is_taken_out_as_a_file() -> None:
    member = make_filled("nl").member
    content = exported(member.organisation)

    response = client_of(member).post("/organisation/file/everything.zip")

    assert body(response) == content
    assert response["Content-Disposition"] == 'attachment; filename="samenspraak-noorderdraad.zip"'
    assert HistoryEntry.objects.filter(field="taken_out", member=member).count() == 1


def test_a_damaged_file_is_named_in_place_of_a_download() -> None:
    member = make_filled("nl").member
    for path in stored_files():
        path.write_bytes(b"anders")

    response = client_of(member).post("/organisation/file/everything.zip")

    assert response.status_code == 409
    assert "beschadigd of weg" in response.content.decode()
    assert not HistoryEntry.objects.filter(field="taken_out").exists()


def test_a_damaged_file_of_a_round_is_named_too() -> None:
    filled = make_filled("nl")
    for path in stored_files():
        path.unlink()

    response = client_of(filled.member).get(f"/ready/{filled.round.pk}/round.zip")

    assert (response.status_code, "beschadigd of weg" in response.content.decode()) == (409, True)


def test_a_file_that_comes_in_is_gone_to_at_once() -> None:
    content = exported(make_filled("nl").member.organisation)
    elsewhere()
    client = client_of(make_member())

    page = client.post("/organisation/file/bring-in", zipped(content), follow=True)

    text = page.content.decode()
    assert page.redirect_chain == [("/organisation/file?done=brought", 302)]
    assert "Alles uit het bestand is er." in text
    assert "Bram Visser" in text


def test_the_same_file_again_leads_to_what_it_became() -> None:
    content = exported(make_member().organisation)
    client = client_of(make_member())
    client.post("/organisation/file/bring-in", zipped(content))

    page = client.post("/organisation/file/bring-in", zipped(content), follow=True)

    assert "Je haalde dit bestand al eens binnen." in page.content.decode()
    assert Organisation.objects.count() == 3


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "Kies eerst een bestand"),
        (b"", "Dit bestand is leeg"),
        (b"PK", "Dit is geen bestand van Samenspraak"),
    ],
)
@pytest.mark.parametrize("address", ["/organisation/file/bring-in", "/ready/bring-in"])
def test_a_file_that_is_none_is_told_at_the_field(address: str, content: bytes | None, told: str) -> None:
    response = client_of(make_member()).post(address, {} if content is None else zipped(content))

    assert (response.status_code, told in response.content.decode()) == (422, True)


@pytest.mark.parametrize("address", ["/organisation/file/bring-in", "/ready/bring-in"])
def test_too_many_files_in_an_hour_are_told_to_wait(address: str) -> None:
    client = client_of(make_member())

    answers = [client.post(address, zipped(b"PK")).status_code for _ in range(61)]

    assert answers == [422] * 60 + [429]


def test_a_round_goes_to_another_company_and_comes_in_there() -> None:
    filled = make_filled("nl")
    editor = make_member(Role.EDITOR)

    given = body(client_of(filled.member).get(f"/ready/{filled.round.pk}/round.zip"))
    page = client_of(editor).post("/ready/bring-in", zipped(given), follow=True)

    round = Round.objects.get(organisation=editor.organisation)
    assert page.redirect_chain == [(f"/ready/{round.pk}", 302)]
    assert exported_round(round) == given


def test_a_round_goes_without_its_answers_when_asked() -> None:
    filled = make_filled("nl")

    given = body(client_of(filled.member).get(f"/ready/{filled.round.pk}/round.zip?answers=no"))

    assert given == exported_round(filled.round, has_answers=False)


def test_the_history_of_a_round_that_came_in_says_so() -> None:
    member = make_member()
    round = make_round(make_member())
    client = client_of(member)
    client.post("/ready/bring-in", zipped(exported_round(round)))

    brought = Round.objects.get(organisation=member.organisation)

    assert "Binnengehaald uit een bestand" in client.get(f"/ready/{brought.pk}/history").content.decode()


def test_names_and_addresses_out_of_a_file_are_text() -> None:
    content = exported(make_filled("nl").member.organisation)
    elsewhere()
    person = make_person()
    organisation = bring_in(io.BytesIO(content), person)
    known = Member.objects.filter(organisation=organisation).exclude(known_email="")
    known.update(known_email=MARK, function=MARK)
    Person.objects.filter(memberships__in=known).update(name=MARK)

    text = browser_of(Member.objects.get(person=person)).get("/organisation/file").content.decode()

    assert "data-m=" not in text.replace("data-m=&#34;", "")
    assert text.count("&lt;i data-m=&#34;Ω7&#34;&gt;") > 5


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_page_asks_the_same_however_many_are_known(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    member = make_member()
    people_there = [Person(email=f"{n}@known.invalid", name=f"Naam {n}") for n in range(number)]
    Person.objects.bulk_create(people_there)
    Member.objects.bulk_create(
        Member(
            organisation=member.organisation,
            person=p,
            role=Role.READER,
            known_email=f"{n}@example.org",
            left_at=member.joined_at,
        )
        for n, p in enumerate(people_there)
    )
    client = client_of(member)

    with django_assert_num_queries(3):
        text = client.get("/organisation/file").content.decode()

    assert text.count("@example.org") >= min(number, 100)


def test_somebody_known_who_was_invited_is_no_longer_in_the_list() -> None:
    content = exported(make_filled("nl").member.organisation)
    elsewhere()
    person = make_person()
    organisation = bring_in(io.BytesIO(content), person)
    owner = Member.objects.select_related("person", "organisation").get(organisation=organisation, person=person)
    bram = Member.objects.get(organisation=organisation, person__name="Bram Visser")

    people.invite(owner, bram.known_email, Role.EDITOR, bram.pk)

    assert "Bram Visser" not in browser_of(owner).get("/organisation/file").content.decode()
