"""Who asks, in one query; colleagues; and the history."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.template import engines
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from samenspraak.people import actions, queries
from samenspraak.people.models import FirstRunCode, HistoryEntry, Invitation, Mail, Member, Organisation, Role
from samenspraak.people.sessions import SessionStore
from tests.factories import client_of, make_member, make_organisation, make_person

pytestmark = pytest.mark.django_db


def request_of(person: Any, **session: str) -> Any:
    request = RequestFactory().get("/")
    request.user, request.session = person, SessionStore()
    request.session.update(session)
    return request


def test_a_page_asks_twice_before_it_begins_the_session_and_who_asks(django_assert_num_queries: Any) -> None:
    client = client_of(make_member())

    with django_assert_num_queries(2):
        client.get("/about")


def test_a_visitor_without_a_session_costs_no_query(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        Client().get("/about")


def test_a_person_without_an_organisation_costs_one_query_more(django_assert_num_queries: Any) -> None:
    client = Client()
    client.force_login(make_person())

    with django_assert_num_queries(3):
        client.get("/about")


def test_who_asks_comes_with_everything_but_the_logo(django_assert_num_queries: Any) -> None:
    member = make_member(organisation=make_organisation("Noorderlicht", logo=b"\x89PNG"))

    with django_assert_num_queries(1):
        person = queries.person_with_memberships(member.person_id)
        assert person is not None
        found = queries.member_of_session(request_of(person))
        assert found is not None
        assert (found.person is person, found.organisation.name) == (True, "Noorderlicht")

    assert found.organisation.get_deferred_fields() == {"logo"}
    assert found.organisation.logo_type == "image/png"


def test_a_person_from_elsewhere_gets_the_memberships_when_they_are_asked_for() -> None:
    member = make_member()

    found = queries.member_of_session(request_of(make_person()))
    own = queries.memberships_of(member.person)

    assert (found, own) == (None, [member])


def test_a_person_who_is_gone_has_no_memberships() -> None:
    person = make_person()
    gone = person.pk
    person.delete()
    person.pk = gone

    assert (queries.person_with_memberships(gone), queries.memberships_of(person)) == (None, [])


def test_a_visitor_is_no_member() -> None:
    assert queries.member_of_session(request_of(AnonymousUser())) is None


def test_the_session_chooses_the_organisation_else_it_is_the_first_joined() -> None:
    first = make_member()
    second = make_member(person=first.person)
    Member.objects.filter(pk=second.pk).update(joined_at=first.joined_at + timedelta(days=1))
    left = make_member(person=first.person, left_at=timezone.now())

    def chosen(organisation: str) -> Member | None:
        person = queries.person_with_memberships(first.person_id)
        return queries.member_of_session(request_of(person, organisation=organisation))

    answers = [chosen(str(m.organisation_id)) for m in (first, second, left)]

    assert answers == [first, second, first]


def test_colleagues_are_by_name_and_without_who_left() -> None:
    owner = make_member(person=make_person("Noor"))
    bram = make_member(Role.READER, owner.organisation, person=make_person("Bram"))
    make_member(Role.READER, owner.organisation, person=make_person("Anna"), left_at=timezone.now())
    make_member(person=make_person("Cato"))

    assert queries.members_of(owner) == [bram, owner]


def test_a_colleague_elsewhere_is_not_found() -> None:
    owner, other = make_member(), make_member()

    with pytest.raises(Http404):
        queries.colleague_for(owner, other.pk)


# ---- history


def write(member: Member, subject: Any, number: int) -> None:
    actions.record(member, subject, *(actions.Change("note", "", str(n)) for n in range(number)))


def test_history_is_newest_first_a_hundred_a_page() -> None:
    member, subject = make_member(), uuid4()
    write(member, subject, 201)

    pages = [queries.history_of(member, subject, n) for n in (1, 2, 3, 4)]

    assert [len(p.entries) for p in pages] == [100, 100, 1, 0]
    assert [p.has_older for p in pages] == [True, True, False, False]
    assert (pages[0].entries[0].new, pages[2].entries[0].new) == ("200", "0")


def test_history_of_another_organisation_or_subject_is_empty() -> None:
    member, other, subject = make_member(), make_member(), uuid4()
    write(member, subject, 3)

    found = [len(queries.history_of(*who).entries) for who in ((member, subject), (other, subject), (member, uuid4()))]

    assert found == [3, 0, 0]


def test_history_takes_one_query_at_every_length(django_assert_num_queries: Any) -> None:
    member, subject = make_member(), uuid4()
    write(member, subject, 300)

    with django_assert_num_queries(1):
        queries.history_of(member, subject)


def test_history_keeps_the_name_as_it_was() -> None:
    member, subject = make_member(person=make_person("Sanne " + "x" * 114), function="inkoop"), uuid4()

    write(member, subject, 1)

    assert HistoryEntry.objects.get().member_name == "Sanne " + "x" * 114


def test_names_in_a_history_are_of_the_own_organisation_alone() -> None:
    owner, other = make_member(), make_member(person=make_person("Geheim"))
    bram = make_member(Role.READER, owner.organisation, person=make_person("Bram"))
    asked = actions.invite(owner, "noor@example.org", Role.READER, uuid4()).invitation
    for item in (bram.pk, asked.pk, other.pk):
        actions.record(owner, owner.organisation_id, actions.Change("role", "", "x", item=str(item)))

    names = queries.names_in(owner, queries.history_of(owner, owner.organisation_id))

    assert names == {str(bram.pk): "Bram", str(asked.pk): "noor@example.org"}


HISTORY = """{% from "people/_history.html" import history %}{{ history(page, labels, items, values, older) }}"""


def shown(page: queries.HistoryPage, **more: Any) -> str:
    template = engines["jinja2"].from_string(HISTORY)
    given = {"labels": {}, "items": {}, "values": {}, "older": ""}
    with translation.override("nl"):
        return str(template.render({"page": page, **given, **more}))


def test_a_line_of_history_says_what_who_when_from_and_to() -> None:
    member, subject = make_member(person=make_person("Sanne"), function="inkoop"), uuid4()
    actions.record(
        member,
        subject,
        actions.Change("value", "partly", "yes", item="commitment"),
        actions.Change("note", "<b>", ""),
        actions.Change("owner", "", "Bram"),
        actions.Change("unknown", "", ""),
    )

    text = shown(
        queries.history_of(member, subject),
        labels={"value": "Antwoord", "note": "Toelichting", "owner": "Wie"},
        items={"commitment": "Draagvlak"},
        values={"partly": "deels", "yes": "ja"},
    )

    assert "Antwoord: Draagvlak" in text
    assert "van ‘deels’ naar ‘ja’" in text
    assert "was ‘&lt;b&gt;’" in text
    assert "nu ‘Bram’" in text
    assert text.count("Sanne, inkoop") == 4
    assert f"{timezone.localdate().year}" in text


def test_a_long_history_leads_to_the_older_part() -> None:
    member, subject = make_member(), uuid4()
    write(member, subject, 101)

    texts = [shown(queries.history_of(member, subject, n), older="/older") for n in (1, 2)]

    assert ['href="/older"' in text for text in texts] == [True, False]


def test_nothing_changed_yet_is_said() -> None:
    assert "Er is nog niets veranderd." in shown(queries.history_of(make_member(), uuid4()))


def test_an_address_is_kept_in_lower_case_by_the_database() -> None:
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        make_person(email="Sanne@example.org")


def test_words_of_rows_are_what_people_call_them() -> None:
    member = make_member(person=make_person("Sanne"), function="inkoop")

    rows = [
        Invitation(email="bram@example.org"),
        FirstRunCode(created_at="vandaag"),
        HistoryEntry(field="role", at="vandaag"),
        Mail(kind="invitation", pk="x"),
    ]
    assert [str(row) for row in rows] == ["bram@example.org", "vandaag", "role vandaag", "invitation x"]
    assert str(member) == f"{member.person_id}, owner"
    assert [str(member.person), str(member.organisation), member.label] == [
        "Sanne",
        member.organisation.name,
        "Sanne, inkoop",
    ]
    assert (member.may_edit, member.is_owner) == (True, True)
    assert Organisation(logo=None).logo_type == "image/jpeg"
