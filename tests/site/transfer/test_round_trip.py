"""Out, in and out again: the same bytes, the same rows, and nobody let in who was not asked."""

from __future__ import annotations

import hashlib
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

from samenspraak.people import actions as people
from samenspraak.people.exchange import Refused
from samenspraak.people.models import Guest, HistoryEntry, Mail, Member, Organisation, Person, Role
from samenspraak.people.queries import guest_for
from samenspraak.readiness.models import Answer, Evidence, Round
from samenspraak.site.demo_content import fill
from samenspraak.site.transfer.bring import bring_in
from samenspraak.tasks.models import Task
from tests.factories import make_member, make_organisation, make_person
from tests.library.own import make_own_words
from tests.people.test_guests import ask, key_of, letter
from tests.readiness.filled import make_filled
from tests.readiness.rounds import PDF, make_round
from tests.site.transfer.files import changed, elsewhere, exported, parts

pytestmark = pytest.mark.django_db


def test_the_demo_comes_back_as_the_same_bytes() -> None:
    fill()
    before = [exported(organisation) for organisation in Organisation.objects.order_by("name")]
    elsewhere()

    person = make_person()
    brought = [bring_in(io.BytesIO(content), person) for content in before]

    assert [exported(organisation) for organisation in brought] == before


def test_everything_of_a_filled_round_comes_back() -> None:
    filled = make_filled("nl")
    before = exported(filled.member.organisation)
    rows = {
        m: sorted(str(pk) for pk in m.objects.values_list("pk", flat=True)) for m in (Round, Answer, Evidence, Task)
    }
    elsewhere()

    organisation = bring_in(io.BytesIO(before), make_person())

    assert exported(organisation) == before
    assert {m: sorted(str(pk) for pk in m.objects.values_list("pk", flat=True)) for m in rows} == rows
    assert {Path(default_storage.path(e.stored_as)).read_bytes() for e in Evidence.objects.exclude(stored_as="")} == {
        PDF
    }


def test_the_same_content_is_the_same_bytes_a_day_later() -> None:
    member = make_filled("en").member

    first, second = exported(member.organisation), exported(member.organisation)

    assert first == second


def test_what_an_owner_brings_elsewhere_is_theirs_again() -> None:
    member = make_filled("nl").member
    name, email = member.person.name, member.person.email
    before = exported(member.organisation)
    elsewhere()
    person = make_person(name, email=email)

    organisation = bring_in(io.BytesIO(before), person)

    own = Member.objects.get(organisation=organisation, person=person)
    assert (own.pk, own.role, own.left_at) == (member.pk, Role.OWNER, None)
    assert exported(organisation) == before


def test_people_of_a_file_have_no_way_in() -> None:
    member = make_filled("nl").member
    emails = set(Member.objects.filter(organisation=member.organisation).values_list("person__email", flat=True))
    before = exported(member.organisation)
    elsewhere()
    theirs = [make_person(email=email) for email in sorted(emails)]

    organisation = bring_in(io.BytesIO(before), make_person("Iemand anders"))

    in_now = Member.objects.filter(organisation=organisation, left_at=None)
    assert [m.person.name for m in in_now] == ["Iemand anders"]
    assert Member.objects.filter(organisation=organisation, person__in=theirs).count() == 0
    known = Person.objects.filter(memberships__organisation=organisation).exclude(name="Iemand anders")
    assert {p.is_active for p in known} == {False}
    assert {p.has_usable_password() for p in known} == {False}


def test_whoever_only_brought_a_file_is_not_in_it_until_they_do_something() -> None:
    before = exported(make_filled("nl").member.organisation)
    elsewhere()
    organisation = bring_in(io.BytesIO(before), make_person("Koerier"))
    courier = Member.objects.select_related("person", "organisation").get(organisation=organisation, left_at=None)
    names = [m["name"] for m in json.loads(parts(exported(organisation))["people.json"])["member"]]

    make_round(courier, name="Zomer 2027")

    after = [m["name"] for m in json.loads(parts(exported(organisation))["people.json"])["member"]]
    assert sorted(after) == sorted([*names, "Koerier"])
    assert "Koerier" not in names


def test_an_invitation_gives_somebody_their_own_place_back() -> None:
    member = make_filled("nl").member
    bram = Member.objects.get(organisation=member.organisation, person__name="Bram Visser")
    before, email = exported(member.organisation), bram.person.email
    elsewhere()
    organisation = bring_in(io.BytesIO(before), make_person())
    owner = Member.objects.select_related("person", "organisation").get(organisation=organisation, left_at=None)
    stand_in = Member.objects.get(pk=bram.pk).person_id

    link = people.invite(owner, email, Role.EDITOR, bram.pk).link
    joined = people.join_with_account(link.rpartition("/")[2], make_person("Bram Visser", email=email))

    assert (joined.pk, joined.left_at, joined.known_email) == (bram.pk, None, "")
    assert not Person.objects.filter(pk=stand_in).exists()
    assert json.loads(parts(exported(organisation))["tasks.json"]) == json.loads(parts(before)["tasks.json"])


def test_an_invitation_of_a_colleague_who_is_in_already_takes_no_place() -> None:
    before = exported(make_filled("nl").member.organisation)
    elsewhere()
    person = make_person("Bram", email="bram-nieuw@example.org")
    organisation = bring_in(io.BytesIO(before), person)
    own = Member.objects.get(organisation=organisation, person=person)
    Member.objects.filter(organisation=organisation, person__name="Bram Visser").update(known_email=person.email)

    owner = Member.objects.select_related("person", "organisation").get(pk=own.pk)
    link = people.invite(owner, person.email, Role.READER, own.pk).link
    joined = people.join_with_account(link.rpartition("/")[2], person)

    assert (joined.pk, joined.role) == (own.pk, Role.OWNER)


def test_the_same_file_again_changes_nothing() -> None:
    content = exported(make_filled("nl").member.organisation)
    elsewhere()
    person = make_person()
    organisation = bring_in(io.BytesIO(content), person)

    with pytest.raises(people.AlreadyHere) as again:
        bring_in(io.BytesIO(content), person)

    assert again.value.organisation == organisation
    assert Organisation.objects.count() == 1


def test_a_copy_beside_the_original_gets_ids_of_its_own() -> None:
    member = make_filled("nl").member
    content = exported(member.organisation)

    copy = bring_in(io.BytesIO(content), member.person)

    assert exported(member.organisation) == content
    assert copy.pk != member.organisation_id
    for model in (Round, Answer, Evidence, Task, Member):
        here = set(model.objects.filter(organisation=member.organisation).values_list("pk", flat=True))
        there = set(model.objects.filter(organisation=copy).values_list("pk", flat=True))
        assert (len(there), here & there) == (len(here), set())
    rounds = Round.objects.filter(organisation=copy)
    assert set(Task.objects.filter(organisation=copy, origin__isnull=False).values_list("origin", flat=True)) <= set(
        rounds.values_list("pk", flat=True)
    )
    stored = Evidence.objects.exclude(stored_as="").values_list("organisation_id", "stored_as")
    assert {name.partition("/")[0] for _o, name in stored} == {str(member.organisation_id), str(copy.pk)}


def test_a_copy_is_called_the_same_every_time_it_is_made() -> None:
    member = make_filled("nl").member
    content = exported(member.organisation)

    first = bring_in(io.BytesIO(content), member.person)
    first_pk, first_bytes = first.pk, exported(first)
    first.delete()
    second = bring_in(io.BytesIO(content), member.person)

    assert (second.pk, exported(second)) == (first_pk, first_bytes)


def test_two_people_who_bring_the_same_file_each_get_their_own() -> None:
    content = exported(make_filled("nl").member.organisation)
    elsewhere()

    first, second = (bring_in(io.BytesIO(content), make_person()) for _ in range(2))

    assert first.pk != second.pk
    assert exported(first) == content


def test_bringing_in_stands_in_the_history_with_what_was_brought() -> None:
    content = exported(make_organisation("Noord"))

    organisation = bring_in(io.BytesIO(content), make_person("Sanne"))

    lines = HistoryEntry.objects.filter(organisation=organisation).values_list("field", "new", "member_name")
    assert list(lines) == [("brought_in", hashlib.sha256(content).hexdigest(), "Sanne")]


def test_taking_out_is_written_down_once_for_the_same_content() -> None:
    member = make_member()
    content = exported(member.organisation)

    for _ in range(3):
        people.note_taken_out(member, "a" * 64)

    assert HistoryEntry.objects.filter(organisation=member.organisation, field="taken_out").count() == 1
    assert exported(member.organisation) == content


def test_by_hand_nobody_is_in_until_the_owner_follows_the_link() -> None:
    before = exported(make_filled("nl").member.organisation)
    elsewhere()

    organisation = bring_in(io.BytesIO(before), None)
    link = people.invite_first_owner(organisation, "sanne@example.org")

    assert not Member.objects.filter(organisation=organisation, left_at=None).exists()
    person = make_person(email="sanne@example.org")
    assert people.join_with_account(link.rpartition("/")[2], person).role == Role.OWNER
    with pytest.raises(people.AlreadyHere):
        bring_in(io.BytesIO(before), None)


@pytest.mark.urls("tests.people.urls")
def test_whoever_was_asked_by_a_link_is_still_asked_and_the_old_link_opens_nothing() -> None:
    asked = ask(make_member())
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))
    before, old = exported(asked.guest.organisation), key_of(asked)
    elsewhere()
    organisation = bring_in(io.BytesIO(before), make_person())
    there = Member.objects.select_related("person", "organisation").get(organisation=organisation, left_at=None)
    again = exported(organisation)

    reminded = people.remind_guest(there, Guest.objects.get(), letter())

    fresh = Mail.objects.get().text.partition("http://localhost:8000")[2].split()[0].rpartition("/")[2]
    assert (again, reminded) == (before, True)
    assert (guest_for(fresh, "test").email, fresh == old) == (asked.guest.email, False)
    with pytest.raises(Http404):
        guest_for(old, "test")


def test_a_file_that_somebody_brought_a_moment_ago_is_here_already() -> None:
    person = make_person()
    organisation = bring_in(io.BytesIO(exported(make_organisation("Noord"))), person)
    sha256 = HistoryEntry.objects.get(organisation=organisation, field="brought_in").new

    with pytest.raises(people.AlreadyHere):
        people.bring_in_organisation(person, people.Brought(Organisation(name="Zuid"), [], [], sha256))


def test_a_round_that_somebody_brought_a_moment_ago_is_here_already() -> None:
    member = make_member()
    round = make_round(member)

    with pytest.raises(people.AlreadyHere):
        people.bring_in_rows(member, [round], round.name)


def test_own_words_come_along() -> None:
    member = make_member()
    make_own_words(member)
    before = exported(Organisation.objects.get(pk=member.organisation_id))
    elsewhere()

    organisation = bring_in(io.BytesIO(before), make_person())

    assert exported(organisation) == before
    assert json.loads(parts(before)["library.json"])["ownwords"][0]["kind"]


def test_own_words_that_fit_no_edition_are_refused() -> None:
    member = make_member()
    make_own_words(member)
    content = exported(Organisation.objects.get(pk=member.organisation_id))
    elsewhere()

    given = changed(content, "library.json", lambda told: told["ownwords"][0].update(home="condition:onzin"))

    with pytest.raises(Refused, match="eigen woorden"):
        bring_in(io.BytesIO(given), make_person())
