"""The measure of text without a font, against the fonts themselves."""

from __future__ import annotations

from importlib.resources import files

import pytest
from fontTools.ttLib import TTFont

from samenspraak.ui.illustrations.lettering import Face, shortened, two_lines, width

SENTENCES = (
    "Commitment en voorwaarden",
    "Determine your motivation",
    "persoonlijk contact",
    "Organising dialogue",
    "Zijn we er klaar voor? Ja, deels, nee: 10 %",
    "Coöperatie ‘De Één’ – “vijf” collega’s",
)


def measured(package: str, name: str, text: str) -> float:
    with TTFont(str(files(package) / name), lazy=True) as font:
        glyphs, names = font.getGlyphSet(location={"wght": 650}), font.getBestCmap()
        return float(sum(glyphs[names[ord(sign)]].width for sign in text) / font["head"].unitsPerEm)


@pytest.mark.parametrize("text", SENTENCES)
@pytest.mark.parametrize(
    ("face", "package", "name"),
    [
        ("sans", "manimgx_fonts", "NotoSans[wght].ttf"),
        ("serif", "fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf"),
    ],
)
def test_the_measure_is_never_too_small_and_at_most_a_tenth_too_large(
    face: Face, package: str, name: str, text: str
) -> None:
    real = measured(package, name, text)

    estimate = width(text, 1, face)

    assert 1 <= estimate / real <= 1.1


@pytest.mark.parametrize("text", SENTENCES)
def test_italics_of_a_pennant_are_as_narrow_as_we_take_them(text: str) -> None:
    real = measured("fontpkg_noto_serif", "files/NotoSerif-Italic[wdth,wght].ttf", text) * 15.5

    assert real <= width(text, 14) * 1.12


def test_text_that_fits_stays_on_one_line() -> None:
    assert two_lines("Voer de dialoog", 16, 400) == ("Voer de dialoog",)


def test_text_that_does_not_fit_is_broken_as_evenly_as_its_words_allow() -> None:
    assert two_lines("Kom na en koppel terug", 16, 100) == ("Kom na en", "koppel terug")


def test_one_word_is_never_broken() -> None:
    assert two_lines("Self-assessment", 16, 10) == ("Self-assessment",)


def test_what_does_not_fit_on_two_lines_ends_in_dots() -> None:
    lines = shortened("Overwerk en nachtdiensten in de grote spinnerij van Halvora", 14, 100)

    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert max(width(line, 14) for line in lines) <= 100


def test_a_title_that_fits_is_left_alone() -> None:
    assert shortened("Veilig werk", 14, 100) == ("Veilig werk",)
