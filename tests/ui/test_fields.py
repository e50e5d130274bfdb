"""The laws of what people type: kept as it is, or refused with words that help."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from samenspraak.ui.fields import Day, Text, Unsent, clean_text

REFUSED = ("Cc", "Cs", "Co")
NON_CHARACTERS = [*range(0xFDD0, 0xFDF0), *(plane << 16 | last for plane in range(17) for last in (0xFFFE, 0xFFFF))]
fine = st.characters(exclude_categories=REFUSED, exclude_characters=[chr(c) for c in NON_CHARACTERS])
written = st.text(st.one_of(fine, st.sampled_from("\n\t")), max_size=300)
refused = st.one_of(
    st.characters(categories=REFUSED, exclude_characters="\n\t\r"), st.sampled_from([chr(c) for c in NON_CHARACTERS])
)
long_text, line = Text(is_long=True, required=False), Text(required=False)


def is_seen(text: str) -> bool:
    return any(not c.isspace() and unicodedata.category(c) != "Cf" for c in text)


@given(written)
@example("e\u0301\u0323 ﬁ Å")
@example("مرحبا \u200fשלום\u200f 👩🏽‍🌾")
@example("'; DROP TABLE round--{{7*7}}${7*7}#$\\\\")
def test_every_text_of_ordinary_characters_comes_back_equal_after_nfc(text: str) -> None:
    kept = long_text.clean(text)

    stripped = unicodedata.normalize("NFC", text.strip())
    assert kept == (stripped if is_seen(stripped) else "")


@given(written)
def test_a_single_line_keeps_every_word_and_no_newline(text: str) -> None:
    kept = line.clean(text)

    stripped = unicodedata.normalize("NFC", text.strip())
    assert kept == (" ".join(stripped.split()) if is_seen(stripped) else "")
    assert "\n" not in kept


@given(written)
def test_what_was_kept_is_kept_as_it_is_the_next_time(text: str) -> None:
    kept = long_text.clean(text)

    assert long_text.clean(kept) == kept
    assert line.clean(line.clean(text)) == line.clean(text)


@given(st.text(fine, min_size=1, max_size=50).filter(is_seen), refused, st.text(fine, min_size=1, max_size=50))
@example("a", "\x00", "b")
@example("a", "\ud800", "b")
@example("a", "\ue000", "b")
@example("a", "\U0010ffff", "b")
def test_one_refused_character_refuses_the_text_and_is_named(before: str, character: str, after: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        clean_text(f"{before}{character}{after}")

    assert refusal.value.code == "character"
    assert f"U+{ord(character):04X}" in refusal.value.messages[0]


def test_the_message_says_after_which_words_the_character_stands() -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        clean_text("Dit is een \x07 bel")

    assert refusal.value.messages == [
        "There is a character here that cannot be kept (U+0007, after “Dit is een”). Remove it and save again."
    ]


def test_the_message_says_that_the_character_stands_at_the_start() -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        clean_text("\x07 bel")

    assert "U+0007, after “the start”" in refusal.value.messages[0]


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_every_kind_of_line_end_is_one_newline(newline: str) -> None:
    assert long_text.clean(f"een{newline}twee") == "een\ntwee"


@given(st.integers(min_value=1, max_value=40), st.sampled_from(["é", "e\u0301", "😀", "字"]))
def test_a_text_fits_up_to_its_most_and_is_refused_with_its_length_after_that(most: int, letter: str) -> None:
    field = Text(max_length=most, is_long=True)

    fits = field.clean(letter * most)

    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        field.clean(letter * (most + 1))
    assert len(fits) == most
    assert (refusal.value.code, f"is {most + 1} characters long. At most {most}" in refusal.value.messages[0]) == (
        "length",
        True,
    )


def test_ten_thousand_characters_fit_and_one_more_is_refused_with_the_number() -> None:
    with translation.override("nl"), pytest.raises(ValidationError) as refusal:
        long_text.clean("a" * 10_001)

    assert len(long_text.clean("a" * 10_000)) == 10_000
    assert "10001" in refusal.value.messages[0].replace(".", "")


@pytest.mark.parametrize("nothing", ["", "   ", "\n\n", "\u200b", "\u00ad \u2060", "\u200f", None])
def test_what_nobody_can_see_is_no_text(nothing: str | None) -> None:
    assert long_text.clean(nothing) == ""
    with pytest.raises(ValidationError) as refusal:
        Text(error_messages={"required": "Vul iets in."}).clean(nothing)
    assert refusal.value.messages == ["Vul iets in."]


WAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))


@given(days, st.sampled_from(WAYS))
@example(date(2000, 1, 1), WAYS[0])
@example(date(2100, 12, 31), WAYS[1])
@example(date(2028, 2, 29), WAYS[3])
def test_every_day_of_this_century_is_read_as_it_was_meant(day: date, way: str) -> None:
    assert Day().clean(day.strftime(way)) == day


@given(st.dates().filter(lambda d: not date(2000, 1, 1) <= d <= date(2100, 12, 31)))
@example(date(1999, 12, 31))
@example(date(2101, 1, 1))
@example(date.min)
@example(date.max)
def test_a_day_outside_this_century_is_refused_with_the_years(day: date) -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        Day().clean(f"{day:%d-%m}-{day.year:04}")

    assert refusal.value.messages == ["Choose a day between 2000 and 2100."]


@given(st.text(max_size=60))
@example("31-04-2026")
@example("2026-02-29")
@example("0000-00-00")
@example("9" * 5000)
def test_whatever_is_typed_for_a_day_is_a_day_or_refused(text: str) -> None:
    try:
        found = Day(required=False).clean(text)
    except ValidationError:  # and nothing else
        found = None

    assert found is None or date(2000, 1, 1) <= found <= date(2100, 12, 31)


def test_a_day_that_is_none_is_repeated_in_the_message() -> None:
    with translation.override("en"), pytest.raises(ValidationError) as refusal:
        Day().clean("morgen" * 20)

    assert refusal.value.messages == [f"“{('morgen' * 20)[:40]}” is not a day we know. Write it as 27-11-2026."]


def test_no_day_is_no_day() -> None:
    assert Day(required=False).clean("") is None
    assert Day().clean(date(2026, 11, 21) + timedelta(days=1)) == date(2026, 11, 22)


class Sample(forms.Form):
    prefix = "done"
    note = Text(required=False)
    day = Day(required=False)


class Plain(Sample):
    prefix = None


@pytest.mark.parametrize("form", [Sample, Plain])
def test_an_unsent_form_shows_what_a_form_shows(form: type[forms.Form]) -> None:
    values = {"note": "Gebeld", "day": date(2026, 11, 21)}

    unsent, whole = Unsent(form, values), form(initial=values)

    assert [(unsent[n].html_name, unsent[n].value(), list(unsent[n].errors)) for n in whole.fields] == [
        (whole[n].html_name, whole[n].value(), list(whole[n].errors)) for n in whole.fields
    ]
    assert (dict(unsent.errors), unsent.non_field_errors(), list(unsent.fields)) == ({}, [], list(whole.fields))
