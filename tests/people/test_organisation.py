"""The page of an organisation and what owners change on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samenspraak.people import actions
from samenspraak.people.forms import TIME_ZONES, time_zones
from samenspraak.people.models import HistoryEntry, Invitation, Mail, Member, Organisation, Role
from tests.factories import client_of, make_member, make_person
from tests.people.parallel import all_at_once

pytestmark = pytest.mark.django_db


def history(member: Member) -> list[tuple[str, str, str]]:
    found = HistoryEntry.objects.filter(subject=member.organisation_id).order_by("id")
    return list(found.values_list("field", "old", "new"))


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


# ---- the page


def test_a_reader_sees_who_takes_part_and_who_is_asked_and_changes_nothing(owner: Member) -> None:
    reader = make_member(Role.READER, owner.organisation)
    actions.invite(owner, "noor@example.org", Role.READER, owner.pk)

    page = text_of(client_of(reader).get("/organisation")).split("<footer")[0]

    assert "Sanne de Wit, duurzaamheid" in page
    assert "noor@example.org" in page
    assert "sanne@example.org" not in page
    assert "<form" not in page


def test_nobody_of_another_organisation_stands_on_the_page(owner: Member) -> None:
    other = make_member(Role.READER, function="spionage")
    actions.invite(make_member(organisation=other.organisation), "geheim@example.org", Role.READER, other.pk)

    page = text_of(client_of(owner).get("/organisation"))

    assert "spionage" not in page
    assert "geheim@example.org" not in page


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_page_asks_the_database_as_often_at_every_size(
    owner: Member, number: int, django_assert_num_queries: Any
) -> None:
    for n in range(number):
        make_member(Role.READER, owner.organisation)
        actions.record(owner, owner.organisation_id, actions.Change("role", "reader", "editor", item=str(owner.pk)))
        Invitation.objects.create(
            organisation=owner.organisation,
            email=f"n{n}@example.net",
            role="reader",
            language="nl",
            token_hash=f"{n:064}",
            invited_by=owner,
            expires_at=timezone.now() + timedelta(days=1),
        )
    client = client_of(owner)

    with django_assert_num_queries(9):  # session, who asks; members 2; invitations; history, its names 2; logo
        client.get("/organisation")


def test_three_hundred_colleagues_stand_on_three_pages(owner: Member) -> None:
    for _ in range(250):
        make_member(Role.READER, owner.organisation)
    client = client_of(make_member(Role.READER, owner.organisation))

    pages = [text_of(client.get(f"/organisation?page={n}")) for n in (1, 2, 3)]

    assert [page.count('<th scope="row">') for page in pages] == [100, 100, 52]
    assert ["?page=2#" in pages[0], "?page=4#" in pages[2]] == [True, False]


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999999999", "1e3", "", "²"])
def test_a_page_that_cannot_be_is_the_first_or_empty(owner: Member, page: str) -> None:
    assert client_of(owner).get("/organisation", {"page": page, "history": page}).status_code == 200


def test_the_state_of_an_invitation_is_said(owner: Member, with_mail_server: None) -> None:
    sent, _waiting, refused, old = (
        actions.invite(owner, f"{name}@example.org", Role.READER, make_member().pk).invitation
        for name in ("sent", "waiting", "refused", "old")
    )
    Mail.objects.filter(pk=sent.mail_id).update(sent_at=timezone.now())
    Mail.objects.filter(pk=refused.mail_id).update(given_up_at=timezone.now())
    Invitation.objects.filter(pk=old.pk).update(expires_at=timezone.now() - timedelta(days=1))

    page = text_of(client_of(owner).get("/organisation"))

    def state(email: str) -> str:
        return page.split(f'<p class="what">{email}@')[1].split("</li>")[0]

    assert "De link werkt tot en met" in state("sent")
    assert "De mail wacht op verzending" in state("waiting")
    assert "De mail kwam niet aan" in state("refused")
    assert "De link is te oud" in state("old")


def test_without_a_mail_server_owners_hear_that_mail_waits(owner: Member) -> None:
    reader = make_member(Role.READER, owner.organisation)

    assert "SAMENSPRAAK_MAIL_URL" in text_of(client_of(owner).get("/organisation"))
    assert "SAMENSPRAAK_MAIL_URL" not in text_of(client_of(reader).get("/organisation"))


def test_with_a_mail_server_nothing_is_said_about_it(owner: Member, with_mail_server: None) -> None:
    assert "SAMENSPRAAK_MAIL_URL" not in text_of(client_of(owner).get("/organisation"))


# ---- name, language, clock


def change(client: Client, **more: str) -> HttpResponse:
    form = {"name": "Noorderlicht", "language": "nl", "time_zone": "Europe/Amsterdam"}
    form |= {"reminder_weekday": "0", "reminder_hour": "8", **more}
    return client.post("/organisation/change", form)


def test_an_owner_changes_the_organisation_and_the_history_says_it(owner: Member) -> None:
    client = client_of(owner)

    response = change(client, name="Noorderlicht BV", time_zone="Asia/Dhaka")
    change(client, name="Noorderlicht BV", time_zone="Asia/Dhaka")

    organisation = Organisation.objects.get()
    assert response["Location"] == "/organisation?done=changed"
    assert (organisation.name, organisation.time_zone) == ("Noorderlicht BV", "Asia/Dhaka")
    assert history(owner) == [
        ("name", "Noorderlicht", "Noorderlicht BV"),
        ("time_zone", "Europe/Amsterdam", "Asia/Dhaka"),
    ]
    page = text_of(client.get("/organisation?done=changed"))
    assert "Bewaard." in page
    assert "van ‘Noorderlicht’ naar ‘Noorderlicht BV’" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "x" * 121), ("language", "de"), ("time_zone", "Mars/Olympus"), ("time_zone", "../etc")],
)
def test_what_does_not_fit_an_organisation_comes_back_with_a_message(owner: Member, field: str, value: str) -> None:
    response = change(client_of(owner), **{field: value})

    assert response.status_code == 422
    assert 'class="error"' in text_of(response).split(f'id="{field}-error"')[1].split("</div>")[0]
    assert history(owner) == []


def test_unknown_fields_change_nothing(owner: Member) -> None:
    change(client_of(owner), is_fictional="1", id="x", logo="x")

    assert (Organisation.objects.get().is_fictional, Organisation.objects.get().logo) == (False, None)


def test_an_owner_chooses_the_day_and_hour_of_reminders(owner: Member) -> None:
    client = client_of(owner)

    statuses = [change(client, reminder_weekday=day).status_code for day in ("2", "7", "")]
    hours = [change(client, reminder_weekday="2", reminder_hour=hour).status_code for hour in ("23", "24", "x")]

    page = client.get("/organisation").content.decode()
    now = Organisation.objects.get()
    assert (statuses, hours, now.reminder_weekday, now.reminder_hour) == ([302, 422, 422], [302, 422, 422], 2, 23)
    assert ("van ‘maandag’ naar ‘woensdag’" in page, "van ‘8:00’ naar ‘23:00’" in page) == (True, True)


def test_every_place_to_choose_has_a_clock_and_a_name_in_both_languages() -> None:
    names = [[name for _zone, name in time_zones("Europe/Amsterdam", language)] for language in ("nl", "en")]

    assert set(TIME_ZONES) <= available_timezones()
    assert [len(set(found)) for found in names] == [len(TIME_ZONES)] * 2
    assert ("America/Curacao", "Curaçao") in time_zones("Europe/Amsterdam", "nl")


def test_a_clock_that_is_not_on_the_list_stays_to_be_chosen(owner: Member) -> None:
    Organisation.objects.update(time_zone="Pacific/Chatham")

    assert change(client_of(owner), time_zone="Pacific/Chatham").status_code == 302


# ---- roles and leaving


def test_an_owner_gives_another_role(owner: Member) -> None:
    colleague = make_member(Role.READER, owner.organisation)

    response = client_of(owner).post(f"/organisation/members/{colleague.pk}/role", {"role": "editor"})

    colleague.refresh_from_db()
    assert (response["Location"], colleague.role) == ("/organisation?done=role", "editor")
    assert history(owner) == [("role", "reader", "editor")]


def test_the_same_role_again_is_no_change(owner: Member) -> None:
    colleague = make_member(Role.READER, owner.organisation)

    actions.change_role(owner, colleague, Role.READER)

    assert history(owner) == []


def test_who_has_left_gets_no_role(owner: Member) -> None:
    colleague = make_member(Role.READER, owner.organisation, left_at=timezone.now())

    actions.change_role(owner, colleague, Role.OWNER)

    assert (history(owner), Member.objects.get(pk=colleague.pk).role) == ([], "reader")


def test_a_role_that_does_not_exist_is_refused(owner: Member) -> None:
    response = client_of(owner).post(f"/organisation/members/{owner.pk}/role", {"role": "admin"})

    assert (response.status_code, "Kies een van de drie rollen." in text_of(response)) == (422, True)


@pytest.mark.parametrize("way", ["role", "leave"])
def test_an_organisation_keeps_an_owner(owner: Member, way: str) -> None:
    response = client_of(owner).post(f"/organisation/members/{owner.pk}/{way}", {"role": "reader"})

    owner.refresh_from_db()
    assert (response.status_code, "houdt minstens één eigenaar" in text_of(response)) == (409, True)
    assert (owner.role, owner.left_at, history(owner)) == ("owner", None, [])


def test_an_owner_may_leave_when_there_is_another(owner: Member) -> None:
    make_member(Role.OWNER, owner.organisation)
    client = client_of(owner)

    response = client.post(f"/organisation/members/{owner.pk}/leave")

    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/organisation").status_code == 403


def test_a_colleague_who_leaves_is_out_and_stands_in_the_history(owner: Member) -> None:
    colleague = make_member(Role.EDITOR, owner.organisation, person=make_person("Bram"))
    their_client = client_of(colleague)

    response = client_of(owner).post(f"/organisation/members/{colleague.pk}/leave")
    actions.let_leave(owner, colleague)

    assert response["Location"] == "/organisation?done=left"
    assert their_client.get("/organisation").status_code == 302  # nowhere any more, so signed out
    assert history(owner) == [("member", "editor", "")]
    page = text_of(client_of(owner).get("/organisation"))
    assert "Doet mee: Bram" in page.split('id="history"')[1]
    assert "Bram" not in page.split('id="history"')[0]


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_let_each_other_go_at_once_leave_one() -> None:
    first = make_member()
    both = [first, make_member(Role.OWNER, first.organisation)]

    def let_go(n: int) -> str:
        try:
            actions.let_leave(both[n], both[1 - n])
        except actions.LastOwner:
            return "kept"
        return "left"

    results = all_at_once(2, let_go)

    assert sorted(results) == ["kept", "left"]
    assert Member.objects.filter(left_at=None, role=Role.OWNER).count() == 1


@pytest.mark.django_db(transaction=True)
def test_fifty_times_the_same_change_is_one_line_of_history() -> None:
    owner = make_member()
    colleague = make_member(Role.READER, owner.organisation)
    wanted = actions.Settings("Noorderlicht BV", "nl", "Asia/Dhaka", 0, 8)

    def do(_n: int) -> None:
        actions.change_role(owner, colleague, Role.EDITOR)
        actions.change_organisation(owner, wanted)

    all_at_once(50, do)

    assert sorted(field for field, _old, _new in history(owner)) == ["name", "role", "time_zone"]
