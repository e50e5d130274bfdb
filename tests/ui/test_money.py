"""Money: typed as people type it, kept in whole cents, and never two currencies in one sum."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.ui.money import CURRENCIES, MOST, Money, amount_text, money_text, parse_money, sums

languages = st.sampled_from(["nl", "en"])
amounts = st.builds(
    Money,
    st.integers(0, MOST * 100 - 1),
    st.sampled_from([code for code, digits in CURRENCIES.items() if digits == 2]),
)


@pytest.mark.parametrize(
    ("typed", "language", "minor"),
    [
        ("1.234,56", "nl", 123456),
        ("1,234.56", "nl", 123456),
        ("1.234,56", "en", 123456),
        ("1,234.56", "en", 123456),
        ("1.234", "nl", 123400),
        ("1,234", "en", 123400),
        ("1234", "nl", 123400),
        ("12,5", "en", 1250),
        ("12.50", "nl", 1250),
        ("12,", "nl", 1200),
        ("1.234.567", "en", 123456700),
        ("1,234,567", "nl", 123456700),
        ("€ 1 234,5", "nl", 123450),
        ("1234 EUR", "nl", 123400),
        ("0", "nl", 0),
        ("0,05", "nl", 5),
        ("9.999.999.999,99", "nl", 999_999_999_999),
        ("", "nl", None),
        ("  ", "nl", None),
    ],
)
def test_an_amount_is_read_as_it_was_meant(typed: str, language: str, minor: int | None) -> None:
    with translation.override(language):
        found = parse_money(typed, "EUR")

    assert (found.minor if found else None) == minor


@pytest.mark.parametrize(
    ("typed", "language", "code", "says"),
    [
        ("1,234", "nl", "doubt", "Schrijf 1234 of 1,23"),
        ("1.234", "en", "doubt", "Write 1234 or 1.23"),
        ("0,500", "nl", "cents", "achter de komma"),
        ("1.234,567", "nl", "cents", "achter de komma"),
        ("12.34.56", "nl", "groups", "1.234,56"),
        ("1,2.3,4", "nl", "groups", "1.234,56"),
        ("0.500", "nl", "cents", "achter de komma"),
        ("-5", "nl", "negative", "minteken"),
        ("1000000000000", "nl", "too-large", "9.999.999.999"),
        ("1000000000000", "en", "too-large", "9,999,999,999"),
        ("veel", "nl", "money", "1.234,56"),
        ("$ 5", "nl", "money", "geen bedrag in EUR"),
        ("١٢", "nl", "money", "geen bedrag"),
        ("1e5", "nl", "money", "geen bedrag"),
        ("9" * 60, "nl", "money", "geen bedrag"),
        (",5", "nl", "money", "geen bedrag"),
    ],
)
def test_what_cannot_be_known_is_asked(typed: str, language: str, code: str, says: str) -> None:
    with translation.override(language), pytest.raises(ValidationError) as raised:
        parse_money(typed, "EUR")

    assert (raised.value.code, says in raised.value.message) == (code, True)


def test_a_currency_without_cents_takes_whole_amounts() -> None:
    with translation.override("nl"):
        assert parse_money("1.500.000", "VND") == Money(1_500_000, "VND")
        with pytest.raises(ValidationError, match="kent geen centen"):
            parse_money("1500,50", "VND")


@given(amounts, languages)
def test_what_is_written_is_read_back_as_the_same_amount(money: Money, language: str) -> None:
    with translation.override(language):
        assert parse_money(amount_text(money), money.currency) == money
        assert parse_money(amount_text(money, is_short=True), money.currency) == money


@given(st.lists(amounts, max_size=20))
def test_sums_hold_every_cent_of_every_currency_apart(given_amounts: list[Money]) -> None:
    found = sums(given_amounts)

    assert len({money.currency for money in found}) == len(found)
    expected = {m.currency: sum(x.minor for x in given_amounts if x.currency == m.currency) for m in given_amounts}
    assert {money.currency: money.minor for money in found} == expected


def read(text: str) -> Money | str | None:
    """The amount, or the message."""
    try:
        return parse_money(text, "EUR")
    except ValidationError as problem:
        return str(problem.message)


@given(st.text(max_size=60), languages)
def test_any_text_is_an_amount_nothing_or_a_message(text: str, language: str) -> None:
    with translation.override(language):
        found = read(text)

    assert found is None or found != ""
    assert not isinstance(found, Money) or 0 <= found.minor < MOST * 100


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="never added"):
        Money(1, "EUR") + Money(1, "USD")


@pytest.mark.parametrize(("minor", "currency"), [(1, "XXX"), (1.5, "EUR")])
def test_money_without_a_currency_or_with_half_a_cent_does_not_exist(minor: int, currency: str) -> None:
    with pytest.raises(ValueError, match="no money"):
        Money(minor, currency)


@pytest.mark.parametrize(
    ("money", "dutch", "english"),
    [
        (Money(740000, "EUR"), "€\xa07.400", "€7,400"),
        (Money(740050, "EUR"), "€\xa07.400,50", "€7,400.50"),
        (Money(5, "USD"), "US$\xa00,05", "US$0.05"),
        (Money(30000, "CNY"), "CNY\xa0300", "CNY\xa0300"),
        (Money(1500000, "VND"), "VND\xa01.500.000", "VND\xa01,500,000"),
    ],
)
def test_money_is_written_as_people_here_write_it(money: Money, dutch: str, english: str) -> None:
    said = {}
    for language in ("nl", "en"):
        with translation.override(language):
            said[language] = money_text(money)

    assert said == {"nl": dutch, "en": english}


def test_an_amount_for_machines_has_no_language() -> None:
    assert (Money(123450, "EUR").plain, Money(7, "VND").plain) == ("EUR 1234.50", "VND 7")
    assert Money(123450, "EUR").amount == Decimal("1234.50")
