from __future__ import annotations

from uuid import uuid4

import msgspec
import pytest
from django.http import Http404

from samenspraak.library import actions
from samenspraak.library.laid import overlay_of
from samenspraak.library.models import KeptOverlay, OwnWords
from samenspraak.library.queries import edition_for, own_subject
from samenspraak.method.load import load_edition
from samenspraak.method.overlay import Overlay
from samenspraak.method.overlay_file import MOST_CONDITIONS, read_overlay, write_overlay
from samenspraak.people.actions import StaleVersion
from samenspraak.people.models import HistoryEntry, Member, Organisation
from tests.factories import make_member
from tests.library.own import ONE, draft, make_condition, make_own_words

pytestmark = pytest.mark.django_db
PLAIN = load_edition("2025-04", "nl")


def lines(member: Member) -> list[tuple[str, str, str]]:
    found = HistoryEntry.objects.filter(subject=own_subject(member.organisation_id)).order_by("id")
    return list(found.values_list("field", "old", "new"))


def version(member: Member) -> int:
    return Organisation.objects.get(pk=member.organisation_id).overlay_version


def file_of(member: Member) -> str:
    return write_overlay(overlay_of(member.organisation_id))


def test_own_wording_is_read_by_everybody_and_stands_in_the_history() -> None:
    member = make_member()

    row = actions.say(member, draft("wording", field="title", text_nl="De baas steunt het"))

    assert edition_for(member.organisation, "nl").conditions[0].title == "De baas steunt het"
    assert (row.key, row.version, version(member)) == (f"{ONE}.title", 1, 1)
    assert lines(member) == [("own_text_nl", "", "De baas steunt het")]


def test_another_organisation_reads_the_edition_as_it_is() -> None:
    make_own_words(make_member())

    assert edition_for(make_member().organisation, "nl") is PLAIN


def test_saying_the_same_again_changes_nothing() -> None:
    member = make_member()
    first = draft()
    row = actions.say(member, first)

    again = actions.say(member, first)

    assert (again.pk, again.version, version(member), len(lines(member))) == (row.pk, 1, 1, 2)


def test_a_stale_version_brings_what_stands_there_now() -> None:
    member = make_member()
    first = draft()
    row = actions.say(member, first)

    with pytest.raises(StaleVersion) as stale:
        actions.say(member, other_draft(first, text_nl="Anders"))

    assert stale.value.row == row
    assert OwnWords.objects.get().text_nl == "Wij begonnen klein."


def other_draft(old: actions.OwnDraft, *, version: int = 0, **texts: str) -> actions.OwnDraft:
    return actions.OwnDraft(
        id=old.id,
        kind=old.kind,
        home=old.home,
        field=old.field,
        edition=old.edition,
        texts={**old.texts, **texts},
        version=version,
    )


def test_a_text_is_changed_on_top_of_the_newest_version() -> None:
    member = make_member()
    first = draft()
    actions.say(member, first)

    row = actions.say(member, other_draft(first, text_nl="Anders", version=1))

    assert (row.text_nl, row.version, lines(member)[-1]) == (
        "Anders",
        2,
        ("own_text_nl", "Wij begonnen klein.", "Anders"),
    )


def test_an_id_of_another_organisation_or_another_kind_is_not_there() -> None:
    member = make_member()
    theirs, mine = make_own_words(make_member()), make_own_words(member, "action")

    for row in (theirs, mine):
        with pytest.raises(Http404):
            actions.say(member, actions.OwnDraft(id=row.pk, kind="example", home=ONE, edition="2025-04", texts={}))


def test_an_id_can_be_read_and_is_nobody_elses() -> None:
    member, first = make_member(), draft(title_nl="Öppas tijdens _ het gesprek!")
    key = actions.say(member, first).key
    twin = actions.OwnDraft(
        id=type(first.id)(hex=first.id.hex[:6] + uuid4().hex[6:]),
        kind="example",
        home=ONE,
        edition="2025-04",
        texts=first.texts,
    )

    other = actions.say(member, twin)

    assert key == f"own-oppas-tijdens-het-ges-{first.id.hex[:6]}"
    assert other.key == f"own-oppas-tijdens-het-ges-{twin.id.hex}"
    assert read_overlay(file_of(member).encode()).problems == ()


def test_a_text_without_a_letter_we_know_still_gets_an_id() -> None:
    row = make_own_words(make_member(), title_nl="対話")

    assert row.key == f"own-example-{row.pk.hex[:6]}"


def test_what_is_taken_back_leaves_the_edition_and_can_be_put_back() -> None:
    member = make_member()
    row = make_own_words(member)

    actions.take_back(member, row)
    actions.take_back(member, row)
    without = edition_for(member.organisation, "nl")
    actions.put_back(member, row)
    actions.put_back(member, row)

    assert without is PLAIN
    assert [e.id for e in edition_for(member.organisation, "nl").conditions[0].examples if e.is_own] == [row.key]
    assert lines(member)[-2:] == [("own_back", "✓", ""), ("own_back", "", "✓")]


def test_saying_what_was_taken_back_makes_it_hold_again() -> None:
    member = make_member()
    first = draft()
    actions.take_back(member, actions.say(member, first))

    row = actions.say(member, other_draft(first, version=2))

    assert (row.is_taken_back, row.version, lines(member)[-1]) == (False, 3, ("own_back", "", "✓"))


def test_there_is_room_for_so_many_own_conditions() -> None:
    member = make_member()
    rows = [make_condition(member, f"Voorwaarde {n}") for n in range(MOST_CONDITIONS)]

    with pytest.raises(actions.TooMany):
        make_condition(member, "Nog een")
    actions.take_back(member, rows[0])
    make_condition(member, "Nog een")
    with pytest.raises(actions.TooMany):
        actions.put_back(member, rows[0])

    assert OwnWords.objects.filter(taken_back_at=None).count() == MOST_CONDITIONS


def everything(member: Member) -> OwnWords:
    condition = make_condition(member)
    make_own_words(member, "action", home=f"condition:{condition.key}", text_en="Call the union")
    make_own_words(member, "line", home="listing:cost-kinds", title_nl="Oppas", text_nl="Voor wie kinderen heeft")
    make_own_words(member, "wording", field="why", text_nl="Eén\nTwee")
    make_own_words(member)
    return condition


def test_what_comes_out_as_a_file_goes_in_without_a_change() -> None:
    member = make_member()
    everything(member)
    file = file_of(member)
    overlay = read_overlay(file.encode()).overlay
    assert overlay is not None

    actions.lay_file(member, overlay, version=version(member))

    assert (file_of(member), version(member)) == (file, 5)


def test_a_file_of_another_organisation_makes_the_same_own_words() -> None:
    member, other = make_member(), make_member()
    everything(member)
    make_own_words(other, title_nl="Weg")
    overlay = read_overlay(file_of(member).encode()).overlay
    assert overlay is not None

    actions.lay_file(other, overlay, version=1)

    assert file_of(other) == file_of(member)
    assert [row.title_nl for row in OwnWords.objects.exclude(taken_back_at=None)] == ["Weg"]


def test_a_file_changes_orders_and_takes_back() -> None:
    member = make_member()
    first, second, third = (make_own_words(member, "action", text_nl=text) for text in ("Een", "Twee", "Drie"))
    overlay = overlay_of(member.organisation_id)
    one, two, _three = overlay.actions
    other = msgspec.structs.replace(two, text=msgspec.structs.replace(two.text, en="Two"))

    actions.lay_file(member, msgspec.structs.replace(overlay, actions=(other, one)), version=3)

    held = OwnWords.objects.filter(taken_back_at=None).order_by("rank")
    assert [(row.pk, row.text_en) for row in held] == [(second.pk, "Two"), (first.pk, "")]
    assert OwnWords.objects.get(pk=third.pk).is_taken_back


def test_a_file_that_adds_leaves_what_is_there_alone() -> None:
    member = make_member()
    first = make_own_words(member, "action")
    overlay = overlay_of(member.organisation_id)
    added = msgspec.structs.replace(overlay.actions[0], id="own-new")

    actions.lay_file(member, msgspec.structs.replace(overlay, actions=(*overlay.actions, added)), version=1)

    assert OwnWords.objects.get(pk=first.pk).version == 1
    assert list(OwnWords.objects.order_by("rank").values_list("key", flat=True)) == [first.key, "own-new"]


def test_a_file_brings_back_what_was_taken_back_by_its_id() -> None:
    member = make_member()
    row = make_own_words(member)
    overlay = overlay_of(member.organisation_id)
    actions.take_back(member, row)

    actions.lay_file(member, overlay, version=2)

    assert OwnWords.objects.get().is_taken_back is False


def test_a_file_that_was_overtaken_brings_the_file_as_it_is_now() -> None:
    member = make_member()
    make_own_words(member)

    with pytest.raises(StaleVersion) as stale:
        actions.lay_file(member, Overlay(edition="2025-04"), version=0)

    assert stale.value.row == file_of(member)
    assert OwnWords.objects.get().is_taken_back is False


def test_what_was_added_to_an_own_condition_rests_while_that_is_taken_back() -> None:
    member = make_member()
    condition = everything(member)
    before = file_of(member)

    actions.take_back(member, condition)
    resting = file_of(member)
    overlay = read_overlay(resting.encode()).overlay
    assert overlay is not None
    actions.lay_file(member, overlay, version=version(member))
    actions.put_back(member, condition)

    assert "Call the union" not in resting
    assert file_of(member) == before


def test_the_own_words_of_a_version_are_kept_once() -> None:
    member = make_member()
    condition = make_condition(member)

    versions = [actions.keep_overlay(member), actions.keep_overlay(member)]

    kept = KeptOverlay.objects.get()
    assert versions == [1, 1]
    assert (kept.document, kept.conditions) == (file_of(member), condition.key)


def test_without_own_words_nothing_is_kept() -> None:
    assert (actions.keep_overlay(make_member()), KeptOverlay.objects.count()) == (0, 0)
