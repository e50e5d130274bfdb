"""The own account, and going from one organisation to another."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samenspraak.people.models import HistoryEntry, Member, Role
from tests.factories import client_of, make_member, make_organisation, make_person

pytestmark = pytest.mark.django_db


def history(member: Member) -> list[tuple[str, str, str]]:
    found = HistoryEntry.objects.filter(subject=member.organisation_id).order_by("id")
    return list(found.values_list("field", "old", "new"))


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def keep(client: Client, **more: str) -> HttpResponse:
    return client.post("/account", {"name": "Sanne Visser", "function": "inkoop", "language": "en", **more})


def test_a_person_changes_name_function_and_language(owner: Member) -> None:
    client = client_of(owner)

    response = keep(client)
    page = text_of(client.get(response["Location"]))

    owner.refresh_from_db()
    assert (owner.person.name, owner.function, owner.person.language) == ("Sanne Visser", "inkoop", "en")
    assert "Saved." in page
    assert 'value="inkoop"' in page


def test_a_person_without_an_organisation_has_no_function() -> None:
    person, client = make_person(), Client()
    client.force_login(person)

    page = text_of(client.get("/account"))
    keep(client)

    person.refresh_from_db()
    assert 'name="function"' not in page
    assert person.name == "Sanne Visser"


@pytest.mark.parametrize(("field", "value"), [("name", " "), ("function", "x" * 81), ("language", "de")])
def test_what_does_not_fit_an_account_comes_back_with_a_message(owner: Member, field: str, value: str) -> None:
    response = keep(client_of(owner), **{field: value})

    assert response.status_code == 422
    assert 'class="error"' in text_of(response).split(f'id="{field}-error"')[1].split("</div>")[0]


def test_whoever_takes_part_in_two_places_goes_from_one_to_the_other(owner: Member) -> None:
    second = make_member(Role.READER, make_organisation("Zuiderzon"), person=owner.person)
    client = client_of(owner)

    first_page = text_of(client.get("/account"))
    response = client.post("/account/organisation", {"organisation": second.organisation_id})

    assert "Noorderlicht: hier ben je nu" in first_page
    assert "Ga naar Zuiderzon" in first_page
    assert 'href="/account#organisations"' in text_of(client.get("/about"))
    assert response["Location"] == "/"
    assert "<h1>Zuiderzon</h1>" in text_of(client.get("/organisation"))


@pytest.mark.parametrize("which", ["foreign", "left", "nonsense"])
def test_nobody_goes_where_they_take_no_part(owner: Member, which: str) -> None:
    chosen = {
        "foreign": str(make_organisation().pk),
        "left": str(make_member(person=owner.person, left_at=timezone.now()).organisation_id),
        "nonsense": "x",
    }[which]

    response = client_of(owner).post("/account/organisation", {"organisation": chosen})

    assert response.status_code == 404


def test_whoever_leaves_the_chosen_organisation_is_back_in_the_other(owner: Member) -> None:
    second = make_member(Role.READER, make_organisation("Zuiderzon"), person=owner.person)
    client = client_of(owner)
    client.post("/account/organisation", {"organisation": second.organisation_id})

    Member.objects.filter(pk=second.pk).update(left_at=timezone.now())

    assert "<h1>Noorderlicht</h1>" in text_of(client.get("/organisation"))
