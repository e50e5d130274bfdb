"""The drawn model: nine names that fit, in words too, on the screen and on paper."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typst
from django.utils.translation import override

from samenspraak.ui.illustrations.model import LETTERING, PARTS, draw_model, lettering, model_on_paper, model_words

IDS = tuple(part.element for part in PARTS)
DUTCH = dict(
    zip(
        IDS,
        (
            "Motivatie",
            "Commitment",
            "Inclusie",
            "Transparantie",
            "Persoonlijk contact",
            "Organiseren gesprek",
            "Interne processen",
            "Samenwerking",
            "Kennis",
        ),
        strict=True,
    )
)
ENGLISH = dict(
    zip(
        IDS,
        (
            "Motivation",
            "Commitment",
            "Inclusion",
            "Transparency",
            "Personal contact",
            "Organising dialogue",
            "Internal processes",
            "Collaboration",
            "Knowledge",
        ),
        strict=True,
    )
)


@pytest.mark.parametrize("names", [DUTCH, ENGLISH])
def test_every_name_fits_its_line_at_full_size(names: dict[str, str]) -> None:
    sizes = {part.element: lettering(part, names[part.element]) for part in PARTS}

    assert sizes == dict.fromkeys(IDS, LETTERING)


def test_a_longer_name_is_written_smaller() -> None:
    size = lettering(PARTS[0], "Verantwoordelijkheidsgevoel")

    assert size < LETTERING


def test_names_without_letters_do_not_stop_the_drawing() -> None:
    assert lettering(PARTS[0], "") == LETTERING


def test_with_links_every_element_is_a_link_with_its_name() -> None:
    svg = str(draw_model(DUTCH, {element: f"/e/{element}" for element in IDS}))

    assert re.findall(r'<a href="/e/([^"]+)" aria-label="([^"]+)"', svg) == [
        (element, name[0].lower() + name[1:]) for element, name in DUTCH.items()
    ]
    assert 'role="group"' in svg
    assert '<ul class="vh">' not in svg


def test_without_links_a_picture_has_a_description_and_a_list() -> None:
    svg = str(draw_model(ENGLISH, title="Nine elements"))

    parsed = ElementTree.fromstring(f"<div>{svg}</div>")
    items = [item.text for item in parsed.iter("li")]

    assert parsed[0].attrib["role"] == "img"
    assert parsed[0].attrib["aria-label"] == "Nine elements"
    assert parsed[0][0].text == model_words(ENGLISH)
    assert items == [name[0].lower() + name[1:] for name in ENGLISH.values()]


def test_the_words_name_the_layers_from_the_core_outwards() -> None:
    with override("en"):
        words = model_words(ENGLISH)

    assert words == (
        "In the middle: motivation. Around it: commitment, inclusion, transparency. In the outer ring: personal contact, "
        "organising dialogue. Underneath, as three layers of ground: internal processes, collaboration, knowledge."
    )


def test_the_drawing_carries_no_styles_or_colours_of_its_own() -> None:
    svg = str(draw_model(DUTCH))

    assert re.findall(r"style=|<style|#[0-9a-f]{6}|fill=", svg) == []


def test_a_missing_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        draw_model({"motivation": "Motivatie"})


def test_names_come_out_as_text() -> None:
    svg = str(draw_model({**DUTCH, "motivation": "a<b>&c"}))

    assert "a&lt;b&gt;&amp;c" in svg


def test_the_paper_drawing_stands_alone_and_prints(tmp_path: Path) -> None:
    svg = model_on_paper(DUTCH)
    (tmp_path / "model.svg").write_bytes(svg)
    (tmp_path / "paper.typ").write_text('#image("model.svg", width: 100%)', encoding="utf-8")

    pdf = typst.compile(str(tmp_path / "paper.typ"))

    assert pdf[:5] == b"%PDF-"
    assert re.findall(rb"class=|currentColor|var\(", svg) == []
