from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenspraak.library.words import dutch, english, forms, known_part, parts, plain

SAME_DUTCH = (
    ("vakbond", "vakbonden"),
    ("stap", "stappen"),
    ("gesprek", "gesprekken"),
    ("tolk", "tolken"),
    ("loon", "lonen"),
    ("uur", "uren"),
    ("brief", "brieven"),
    ("prijs", "prijzen"),
    ("huis", "huizen"),
    ("betaalt", "betalen"),
    ("terugkoppeling", "terugkoppelen"),
    ("kaart", "kaartjes"),
    ("digitaal", "digitale"),
    ("mogelijkheid", "mogelijkheden"),
    ("workshop", "workshops"),
    ("gepubliceerd", "publiceren"),
    ("vrij", "vrije"),
)
SAME_ENGLISH = (
    ("party", "parties"),
    ("process", "processes"),
    ("box", "boxes"),
    ("interview", "interviews"),
    ("organise", "organized"),
    ("labour", "labor"),
    ("practice", "practise"),
    ("evaluate", "evaluation"),
    ("map", "mapping"),
    ("clear", "clearly"),
    ("promise", "promised"),
)


@pytest.mark.parametrize(("one", "other"), SAME_DUTCH)
def test_forms_of_a_dutch_word_have_one_stem(one: str, other: str) -> None:
    assert dutch(one) == dutch(other)


@pytest.mark.parametrize(("one", "other"), SAME_ENGLISH)
def test_forms_of_an_english_word_have_one_stem(one: str, other: str) -> None:
    assert english(one) == english(other)


@pytest.mark.parametrize(("one", "other"), [("stap", "stof"), ("loon", "leen"), ("bond", "bord")])
def test_other_dutch_words_keep_another_stem(one: str, other: str) -> None:
    assert dutch(one) != dutch(other)


@pytest.mark.parametrize("word", ["business", "us", "supply", "is"])
def test_english_words_that_only_look_like_forms_stay(word: str) -> None:
    assert english(word) == word


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=30))
def test_every_word_has_a_stem(word: str) -> None:
    assert dutch(word) != ""
    assert english(word) != ""


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Coöperatie", "cooperatie"),
        ("enquête", "enquete"),
        ("Foto’s", "foto"),
        ("collega's", "collega"),
        ("STRASSE", "strasse"),
    ],
)
def test_accents_capitals_and_possessives_do_not_count(text: str, letters: str) -> None:
    assert plain(text) == letters


def test_a_word_with_hyphens_counts_in_pieces_and_joined() -> None:
    assert forms("De self-assessment, 36 vragen!") == ["de", "self", "assessment", "selfassessment", "36", "vragen"]


@given(st.text(max_size=200))
def test_any_text_gives_words_without_complaint(text: str) -> None:
    assert all(form.isascii() and form == form.lower() for form in forms(text))


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("gespreksvaardigheden", ("gesprek", "vaardigheden")),
        ("inkoopafdeling", ("inkoop", "afdeling")),
        ("vakbondsgesprekvaardigheden", ("vakbond", "gesprek", "vaardigheden")),
        ("gesprek", ()),
        ("gesprekje", ()),
        ("onbekendgesprek", ()),
        ("gesprekonbekendwoord", ()),
    ],
)
def test_a_compound_is_taken_apart_into_words_that_are_known(word: str, pieces: tuple[str, ...]) -> None:
    known = {"gesprek", "vaardigheden", "inkoop", "afdeling", "vakbond"}

    assert parts(word, known) == pieces


@pytest.mark.parametrize(
    ("word", "found"),
    [("schijnvakbond", ("vakbond",)), ("enquetemoeheid", ("enquete",)), ("schijn", ()), ("bondgenoot", ())],
)
def test_of_an_unknown_compound_the_longest_known_end_or_beginning_counts(word: str, found: tuple[str, ...]) -> None:
    assert known_part(word, {"vakbond", "enquete", "bond"}) == found
