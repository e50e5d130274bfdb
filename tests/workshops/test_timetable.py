from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.method.load import load_edition
from samenspraak.workshops.queries import needed, size_advice, tables_for
from samenspraak.workshops.timetable import timetable

PROGRAMME = load_edition("2025-04", "nl").workshop


def minutes_of(moment: time) -> int:
    return moment.hour * 60 + moment.minute


@given(starts=st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_the_clock_always_shows_the_sum_of_the_minutes(starts: time) -> None:
    slots = timetable(PROGRAMME, starts)

    passed = (minutes_of(slots[-1].stretch.ends) - minutes_of(starts)) % (24 * 60)
    assert passed == PROGRAMME.minutes == 245


@given(starts=st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_each_part_begins_where_the_one_before_ends(starts: time) -> None:
    slots = timetable(PROGRAMME, starts)

    whole = [slot.stretch for slot in slots]
    assert [after.begins for after in whole[1:]] == [before.ends for before in whole[:-1]]
    for slot in slots:
        parts = [stretch for _segment, stretch in slot.segments]
        assert (parts[0].begins, parts[-1].ends) == slot.stretch
        assert [after.begins for after in parts[1:]] == [before.ends for before in parts[:-1]]


def test_a_workshop_at_half_past_eleven_at_night_goes_on_after_midnight() -> None:
    slots = timetable(PROGRAMME, time(23, 30))

    assert (slots[0].stretch.ends, slots[-1].stretch.ends) == (time(0, 0), time(3, 35))


@pytest.mark.parametrize(("people", "tables"), [(1, 1), (7, 1), (8, 2), (12, 3), (16, 4), (24, 4), (240, 4)])
def test_a_table_never_has_fewer_people_than_it_needs(people: int, tables: int) -> None:
    assert tables_for(PROGRAMME.group, people) == tables


@pytest.mark.parametrize(
    ("people", "state", "field"),
    [
        (7, "attention", "too_few"),
        (8, "attention", "few"),
        (11, "attention", "few"),
        (12, "good", "about"),
        (20, "good", "about"),
        (21, "attention", "many"),
        (24, "attention", "many"),
        (25, "attention", "too_many"),
        (240, "attention", "too_many"),
    ],
)
def test_a_number_outside_what_works_is_explained_and_never_refused(people: int, state: str, field: str) -> None:
    assert size_advice(PROGRAMME.group, people) == (state, getattr(PROGRAMME.group, field))


@given(people=st.integers(1, 200))
def test_more_people_never_need_less(people: int) -> None:
    fewer, more = needed(PROGRAMME, people), needed(PROGRAMME, people + 1)

    assert all(a.number <= b.number for a, b in zip(fewer, more, strict=True))


def test_there_is_a_badge_for_everybody_and_a_script_for_both_trainers() -> None:
    numbers = {found.material.id: found.number for found in needed(PROGRAMME, 17)}

    assert (numbers["name-badges"] >= 17, numbers["screen"]) == (True, 1)
