"""A single round as a file: one is made, twenty companies bring it in."""

from __future__ import annotations

import io

import pytest

from samenspraak.people.exchange import Refused
from samenspraak.people.models import HistoryEntry
from samenspraak.readiness.models import Answer, Evidence
from samenspraak.site.transfer.bring import bring_in
from samenspraak.site.transfer.round import bring_in_round
from samenspraak.tasks.models import Task
from tests.factories import make_member, make_person
from tests.readiness.filled import make_filled
from tests.readiness.rounds import make_round, stored_files
from tests.site.transfer.files import changed, exported, exported_round, parts

pytestmark = pytest.mark.django_db


def test_a_round_comes_back_as_the_same_bytes() -> None:
    round = make_filled("nl").round
    content = exported_round(round)

    brought = bring_in_round(io.BytesIO(content), make_member())

    assert exported_round(brought) == content


def test_twenty_companies_each_get_a_round_of_their_own() -> None:
    content = exported_round(make_filled("nl").round)

    brought = [bring_in_round(io.BytesIO(content), make_member()) for _ in range(20)]

    assert len({round.pk for round in brought}) == 20
    assert {exported_round(round) for round in brought} == {content}


def test_nobody_travels_with_a_round() -> None:
    filled = make_filled("nl")
    everybody = [*filled.member.organisation.members.values_list("person__name", "person__email", "function", "pk")]

    text = b"".join(parts(exported_round(filled.round)).values()).decode()

    assert [word for row in everybody for word in map(str, row) if word and word in text] == []
    assert str(filled.member.organisation_id) not in text


def test_a_round_without_answers_holds_its_words_alone() -> None:
    round = make_filled("nl").round
    content = exported_round(round, has_answers=False)
    member = make_member()

    brought = bring_in_round(io.BytesIO(content), member)

    assert (brought.name, brought.motive, brought.closed_at) == (round.name, round.motive, None)
    for model in (Answer, Evidence, Task):
        assert not model.objects.filter(organisation=member.organisation).exists()


def test_with_answers_evidence_and_open_tasks_come_along() -> None:
    filled = make_filled("nl")
    member = make_member()

    brought = bring_in_round(io.BytesIO(exported_round(filled.round)), member)

    assert brought.answers.count() == filled.round.answers.count()
    tasks = Task.objects.filter(organisation=member.organisation)
    assert set(tasks.values_list("origin", "owner", "done_at")) == {(brought.pk, None, None)}
    assert tasks.count() > 0


def test_the_same_file_twice_gives_the_same_round() -> None:
    content = exported_round(make_filled("nl").round)
    member = make_member()
    first = bring_in_round(io.BytesIO(content), member)
    files = stored_files()

    second = bring_in_round(io.BytesIO(content), member)

    assert (first.pk, stored_files()) == (second.pk, files)
    assert HistoryEntry.objects.filter(subject=first.pk, field="brought_in").count() == 1


def test_a_round_is_no_organisation_and_the_other_way_round() -> None:
    member = make_member()
    round = make_round(member)

    with pytest.raises(Refused, match=r"losse ronde|single round"):
        bring_in(io.BytesIO(exported_round(round)), make_person())
    with pytest.raises(Refused, match=r"hele organisatie|whole organisation"):
        bring_in_round(io.BytesIO(exported(member.organisation)), member)


def test_a_file_without_a_round_is_refused() -> None:
    content = exported_round(make_round(make_member()))

    with pytest.raises(Refused, match=r"één ronde|not one round"):
        bring_in_round(io.BytesIO(changed(content, "readiness.json", lambda v: v.update(round=[]))), make_member())
