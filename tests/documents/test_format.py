import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.documents.blocks import Cell, Language
from samenspraak.documents.format import cell_text, shortened, starts_right_to_left
from samenspraak.documents.words import WORDS

MOMENT = datetime.datetime(2026, 3, 1, 9, 5)  # noqa: DTZ001  shown in the zone it is given in


@pytest.mark.parametrize(
    ("cell", "dutch", "english"),
    [
        (None, "–", "–"),
        ("", "", ""),
        ("= 1 + 1", "= 1 + 1", "= 1 + 1"),
        (datetime.date(2026, 11, 21), "21 november 2026", "21 November 2026"),
        (MOMENT, "1 maart 2026, 09.05 uur", "1 March 2026, 09:05"),
        (0, "0", "0"),
        (-1234567, "-1.234.567", "-1,234,567"),
        (Decimal("1234.56"), "1.234,56", "1,234.56"),
        (Decimal("1.50"), "1,50", "1.50"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (Decimal("NaN"), "NaN", "NaN"),
    ],
)
def test_a_cell_is_written_as_people_write_it(cell: Cell, dutch: str, english: str) -> None:
    assert (cell_text(cell, "nl"), cell_text(cell, "en")) == (dutch, english)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_month_has_its_name(language: Language) -> None:
    days = [cell_text(datetime.date(2026, month, 2), language) for month in range(1, 13)]

    assert days == [f"2 {month} 2026" for month in WORDS[language].months]
    assert len(set(days)) == 12


@pytest.mark.parametrize(
    ("text", "letters", "cut"),
    [
        ("past precies", 12, "past precies"),
        ("We horen een probleem", 20, "We horen een…"),
        ("We horen een probleem", 15, "We horen een…"),
        ("Aansprakelijkheidsverzekering", 10, "Aansprake…"),
        ("een\ntwee drie", 5, "een…"),
        ("ab" + "e\u0301" * 5, 6, "abe\u0301…"),
        ("👩‍👩‍👧‍👦!", 4, "…"),
    ],
)
def test_a_text_is_cut_at_a_word_and_never_inside_a_letter(text: str, letters: int, cut: str) -> None:
    assert shortened(text, letters) == cut


@given(text=st.text(), letters=st.integers(min_value=1, max_value=40))
def test_a_cut_text_is_never_longer_than_asked(text: str, letters: int) -> None:
    cut = shortened(text, letters)

    assert len(cut) <= max(letters, 1)
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@pytest.mark.parametrize(
    ("text", "is_from_the_right"),
    [("gewoon", False), ("123", False), ("", False), ("123 שלום abc", True), ("(مرحبا)", True), ("abc שלום", False)],
)
def test_the_first_letter_decides_the_direction(text: str, is_from_the_right: bool) -> None:
    assert starts_right_to_left(text) is is_from_the_right
