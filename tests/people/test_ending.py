"""Leaving, handing over, and ending an organisation after days of grace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from samenspraak.people import actions
from samenspraak.people.models import HistoryEntry, Mail, Member, Organisation, Person, Role, Session
from samenspraak.tasks.actions import TaskDraft, add_task
from tests.factories import PASSWORD, client_of, make_member, make_organisation, make_person
from tests.people.signing_in import DUTCH, is_in, sign_in

pytestmark = pytest.mark.django_db
END, KEEP = "/organisation/end", "/organisation/keep"


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


def history(member: Member) -> list[tuple[str, str, str]]:
    found = HistoryEntry.objects.filter(subject=member.organisation_id).order_by("id")
    return list(found.values_list("field", "old", "new"))


def roles(*members: Member) -> list[str]:
    return [Member.objects.get(pk=m.pk).role for m in members]


# ---- leaving


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_everybody_may_leave(owner: Member, role: Role) -> None:
    member = make_member(role, owner.organisation, person=make_person(email="bram@example.org", password=PASSWORD))
    here, there = Client(headers=DUTCH), Client()
    sign_in(here, "bram@example.org")
    sign_in(there, "bram@example.org")

    page = text_of(here.get("/organisation/leave"))
    response = here.post("/organisation/leave")

    assert "Noorderlicht verlaten?" in page
    assert (response["Location"], Member.objects.get(pk=member.pk).left_at is not None) == ("/", True)
    assert history(owner) == [("member", role, "")]
    assert (is_in(here), is_in(there), here.get("/organisation").status_code) == (True, False, 403)


def test_the_last_owner_does_not_leave(owner: Member) -> None:
    client = client_of(owner, headers=DUTCH)

    answers = [client.get("/organisation/leave"), client.post("/organisation/leave")]

    assert [a.status_code for a in answers] == [200, 409]
    assert all("Je bent de enige eigenaar." in text_of(a) for a in answers)
    assert Member.objects.get(pk=owner.pk).left_at is None


def test_whoever_leaves_one_of_two_organisations_works_on_in_the_other(owner: Member) -> None:
    second = make_member(Role.READER, make_organisation("Zuiderzon"), person=owner.person)
    client = client_of(owner)
    client.post("/account/organisation", {"organisation": second.organisation_id})

    client.post("/organisation/leave")

    assert "<h1>Noorderlicht</h1>" in text_of(client.get("/organisation"))


# ---- handing over


def test_an_owner_hands_over_in_one_go(owner: Member) -> None:
    colleague = make_member(Role.READER, owner.organisation, person=make_person("Bram"))
    client = client_of(owner, headers=DUTCH)

    page = text_of(client.get("/organisation"))
    response = client.post(f"/organisation/members/{colleague.pk}/hand-over")

    assert "Draag over aan Bram" in page
    assert "Overgedragen. Jij bent nu bewerker." in text_of(client.get(response["Location"]))
    assert roles(colleague, owner) == ["owner", "editor"]
    assert history(owner) == [("role", "reader", "owner"), ("role", "owner", "editor")]


def test_handing_over_to_an_owner_leaves_one_role_to_change(owner: Member) -> None:
    other = make_member(Role.OWNER, owner.organisation)

    actions.hand_over(owner, other)
    actions.hand_over(owner, other)

    assert roles(other, owner) == ["owner", "editor"]
    assert history(owner) == [("role", "owner", "editor")]


def test_nobody_hands_over_to_themselves_or_to_somebody_who_left(owner: Member) -> None:
    gone = make_member(Role.EDITOR, owner.organisation, left_at=timezone.now())
    client = client_of(owner)

    answers = [client.post(f"/organisation/members/{m.pk}/hand-over") for m in (owner, gone)]

    assert [a.status_code for a in answers] == [302, 302]
    assert (roles(owner), history(owner)) == (["owner"], [])


# ---- ending an organisation


def test_an_owner_ends_the_organisation_by_typing_its_name(owner: Member) -> None:
    client = client_of(owner, headers=DUTCH)

    asked = text_of(client.get(END))
    response = client.post(END, {"name": " noorderlicht "})
    page = text_of(client.get(response["Location"]))

    day = timezone.localdate() + timedelta(days=30)
    owner.organisation.refresh_from_db()
    assert "Na 30 dagen verdwijnt alles" in asked
    assert owner.organisation.ends_on == day
    assert history(owner) == [("ends_on", "", day.isoformat())]
    assert "Behoud de organisatie" in page
    assert "Dag van verwijderen" in page
    assert "het gebeurt op" in text_of(client.get(END)).lower()


@pytest.mark.parametrize("name", ["", "Zuiderzon", "x" * 201])
def test_another_name_ends_nothing(owner: Member, name: str) -> None:
    response = client_of(owner).post(END, {"name": name})

    owner.organisation.refresh_from_db()
    assert (response.status_code, owner.organisation.ends_on) == (422, None)


def test_every_owner_gets_a_mail_in_their_own_language_and_nobody_else(owner: Member) -> None:
    make_member(Role.OWNER, owner.organisation, person=make_person("Eva", email="eva@example.org", language="en"))
    make_member(Role.EDITOR, owner.organisation)
    make_member(Role.OWNER)

    actions.end_organisation(owner)
    actions.end_organisation(owner)

    mails = {m.to: (m.subject, m.text) for m in Mail.objects.all()}
    assert {to: subject for to, (subject, _text) in mails.items()} == {
        "sanne@example.org": "Een organisatie in Samenspraak wordt verwijderd",
        "eva@example.org": "An organisation in Samenspraak will be deleted",
    }
    assert "Sanne de Wit, duurzaamheid wil Noorderlicht uit Samenspraak verwijderen." in mails["sanne@example.org"][1]


def test_every_member_sees_the_day_and_any_owner_undoes_it(owner: Member) -> None:
    other = make_member(Role.OWNER, owner.organisation)
    reader = make_member(Role.READER, owner.organisation)
    actions.end_organisation(owner)

    banner = [text_of(client_of(m, headers=DUTCH).get("/tasks/")) for m in (reader, other)]
    elsewhere = text_of(client_of(make_member(), headers=DUTCH).get("/tasks/"))
    refused = client_of(reader).post(KEEP)
    response = client_of(other, headers=DUTCH).post(KEEP)
    actions.keep_organisation(other)

    owner.organisation.refresh_from_db()
    assert ["Noorderlicht wordt verwijderd op" in page for page in banner] == [True, True]
    assert ["Behoud de organisatie" in page for page in banner] == [False, True]
    assert "wordt verwijderd op" not in elsewhere
    assert (refused.status_code, response.status_code, owner.organisation.ends_on) == (403, 302, None)
    assert [field for field, _old, _new in history(owner)] == ["ends_on", "ends_on"]
    assert Mail.objects.filter(kind="staying").count() == 2


def test_until_the_day_everybody_works_on(owner: Member) -> None:
    actions.end_organisation(owner)
    client = client_of(owner)

    answer = client.post("/tasks/new", {"title": "Bel de vakbond", "key": "6f2b1f0e-5b7e-4c39-9d3e-0d2a0a0a0a0a"})

    assert (answer.status_code, actions.delete_ended_organisations()) == (302, 0)
    assert client.get("/organisation").status_code == 200


def test_the_day_begins_where_the_organisation_is(owner: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import UTC, date, datetime

    day = date(2026, 12, 21)
    make_member(organisation=make_organisation("West", time_zone="America/Los_Angeles", ends_on=day))
    make_member(organisation=make_organisation("Oost", time_zone="Asia/Tokyo", ends_on=day))
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 12, 20, 16, 0, tzinfo=UTC))

    deleted = actions.delete_ended_organisations()

    assert deleted == 1
    assert sorted(Organisation.objects.values_list("name", flat=True)) == ["Noorderlicht", "West"]


MARK = "merkteken-o7x"


def planted_everywhere() -> list[str]:
    """Tables in which the mark stands, in any column, as the database keeps it."""
    found = []
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(MARK in str(value) for row in cursor.fetchall() for value in row):
                found.append(table)
    return found


def files() -> list[str]:
    folder = Path(django_settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*")) if folder.exists() else []


def filled_organisation(work: Callable[[], int]) -> Member:
    """One of everything with the mark in it, also where nothing points at the organisation."""
    from tests.site.planted import plant

    planted = plant(MARK, f"№-{MARK}@example.org", "nl")
    member = planted.member
    Person.objects.filter(pk=member.person_id).update(email=f"{MARK}@example.org")
    member.person.refresh_from_db()
    actions.send_new_password_link.enqueue(f"{MARK}@example.org")
    work()
    actions.add_app(member.person, "JBSWY3DPEHPK3PXP", _code("JBSWY3DPEHPK3PXP"))
    factor = Authenticator.objects.get(user=member.person, type="totp")
    factor.data = {**factor.data, "name": MARK}
    factor.save()
    client = client_of(member, headers={"user-agent": "Firefox"})
    Session.objects.filter(pk=client.cookies["samenspraak"].value).update(device=MARK)
    default_storage.save(f"{member.organisation_id}/deeper/{MARK}", ContentFile(MARK.encode()))
    return member


def _code(secret: str) -> str:
    import time

    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("is_fictional", [False, True], ids=["real", "made up"])
def test_after_its_day_nothing_of_an_organisation_is_left(work: Callable[[], int], *, is_fictional: bool) -> None:
    bystander = make_member(organisation=make_organisation("Zuiderzon"))
    add_task(bystander, TaskDraft(title="Blijft"))
    default_storage.save(f"{bystander.organisation_id}/file", ContentFile(b"stays"))
    kept = files()
    member = filled_organisation(work)
    before = planted_everywhere()
    actions.end_organisation(member)
    Organisation.objects.filter(pk=member.organisation_id).update(
        ends_on=timezone.localdate() - timedelta(days=1), is_fictional=is_fictional
    )

    deleted = [actions.delete_ended_organisations(), actions.delete_ended_organisations()]

    assert len(before) > 12
    assert (deleted, planted_everywhere()) == ([1, 0], [])
    assert files() == kept
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Zuiderzon"]
    assert list(Person.objects.all()) == [bystander.person]


def test_whoever_takes_part_elsewhere_too_stays(owner: Member) -> None:
    both = make_member(Role.READER, owner.organisation)
    other = make_member(person=both.person)
    left = make_member(Role.READER, owner.organisation)
    make_member(person=left.person, left_at=timezone.now())
    client = client_of(both)
    client.post("/account/organisation", {"organisation": owner.organisation_id})
    Organisation.objects.filter(pk=owner.organisation_id).update(ends_on=timezone.localdate())

    actions.delete_ended_organisations()

    assert set(Person.objects.all()) == {both.person, left.person, *Person.objects.filter(memberships__left_at=None)}
    assert not Person.objects.filter(pk=owner.person_id).exists()
    assert f"<h1>{other.organisation.name}</h1>" in text_of(client.get("/organisation"))


def test_an_organisation_that_was_kept_meanwhile_is_not_deleted(owner: Member) -> None:
    from samenspraak.people.actions import ending

    assert ending._delete_organisation(owner.organisation_id) is False
    assert Organisation.objects.filter(pk=owner.organisation_id).exists()


def test_the_clock_of_the_worker_deletes_what_has_ended() -> None:
    from samenspraak.site.worker import DUE

    assert actions.delete_ended_organisations in [item.work for item in DUE]
