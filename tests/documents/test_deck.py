import datetime
import io
from pathlib import Path
from typing import Any

import pptx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pdfua import validate

from samenspraak.documents.blocks import Drawing
from samenspraak.documents.deck import Deck, Slide
from samenspraak.documents.fit import size_that_fits
from samenspraak.documents.pictures import png
from samenspraak.documents.render import DeckKind, file_name, render_deck
from tests.documents.factory import SVG, bare
from tests.documents.test_render import typed

DRAWING = Drawing(svg=SVG, alt="Een balk", width_mm=40)
EACH_SLIDE = (
    Slide(
        kind="title", title="Van bedoeling naar gesprek", lines=("Voor de kleding",), foot="9 december", notes="Welkom."
    ),
    Slide(kind="content", title="Ernst eerst", lines=("Dan pas invloed.",), drawing=DRAWING, over="Stap 3"),
    Slide(kind="content", title="Wat telt", lines=("Eén\nen een half", "Twee"), notes="Vraag wie het anders ziet."),
    Slide(
        kind="assignment", title="Bereid voor", lines=("Lees.", "Vul in."), minutes=25, over="Fase 2", foot="Werkblad"
    ),
    Slide(kind="background", title="Waar het vandaan komt", lines=("Uit gesprekken.",), notes="Lees dit na."),
)


def make_deck(*slides: Slide, **more: Any) -> Deck:
    plain = {
        "title": "De workshop",
        "language": "nl",
        "day": datetime.date(2026, 12, 9),
        "organisation": "Noorderdraad",
    }
    return Deck(**(plain | {"slides": slides or EACH_SLIDE} | more))


def opened(written: bytes) -> Any:
    return pptx.Presentation(io.BytesIO(written))


def texts_of(slide: Any) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def pages_of(written: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(written)).pages]


def read(written: bytes, kind: DeckKind) -> str:
    if kind == "pdf":
        return "\n".join(pages_of(written))
    return "\n".join(text for slide in opened(written).slides for text in texts_of(slide))


def test_each_slide_has_the_layout_of_its_kind_and_its_texts_in_their_places() -> None:
    slides = list(opened(render_deck(make_deck(), "pptx")).slides)

    assert [slide.slide_layout.name for slide in slides] == [
        "Titel",
        "Tekst met tekening",
        "Tekst",
        "Opdracht",
        "Achtergrond",
    ]
    assert [text for text in texts_of(slides[3]) if text] == [
        "Fase 2",
        "Bereid voor",
        "25",
        "minuten",
        "Lees.\nVul in.",
        "Werkblad",
        "‹#›",
    ]


def test_layouts_without_use_are_gone() -> None:
    layouts = opened(render_deck(make_deck(), "pptx")).slide_layouts

    assert len(list(layouts)) == 5


def test_background_is_hidden_and_the_rest_is_not() -> None:
    slides = opened(render_deck(make_deck(), "pptx")).slides

    assert [slide._element.get("show") for slide in slides] == [None, None, None, None, "0"]


def test_notes_are_what_the_trainer_says() -> None:
    slides = opened(render_deck(make_deck(), "pptx")).slides

    notes = [slide.notes_slide.notes_text_frame.text for slide in slides]
    assert notes == ["Welkom.", "", "Vraag wie het anders ziet.", "", "Lees dit na."]


def test_no_empty_place_asks_to_be_filled_in() -> None:
    [slide] = opened(render_deck(make_deck(Slide(kind="content", title="Kaal")), "pptx")).slides

    assert [shape.placeholder_format.idx for shape in slide.placeholders] == [0, 11, 12]


def test_a_drawing_says_what_it_shows_and_stays_in_its_place() -> None:
    slide = opened(render_deck(make_deck(EACH_SLIDE[1]), "pptx")).slides[0]

    [picture] = [shape for shape in slide.shapes if shape.shape_type == 13]
    right, bottom = picture.left + picture.width, picture.top + picture.height
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Een balk"
    assert (picture.left >= 54 * 121_920, right <= 94 * 121_920 + 1, bottom <= 49 * 121_920 + 1) == (True, True, True)


def test_a_pdf_leaves_hidden_slides_out_or_shows_them_under_the_same_numbers() -> None:
    deck = make_deck(EACH_SLIDE[4], EACH_SLIDE[2])

    shown, all_of_them = (pages_of(render_deck(deck, "pdf", with_hidden=hidden)) for hidden in (False, True))

    assert (len(shown), len(all_of_them)) == (1, 2)
    assert shown[0].split()[-1] == all_of_them[1].split()[-1] == "2"
    assert "Achtergrond, verborgen in de zaal" in all_of_them[0]


def test_a_pdf_of_slides_can_be_read_aloud(tmp_path: Path) -> None:
    paper = tmp_path / "deck.pdf"
    paper.write_bytes(render_deck(make_deck(logo=png(SVG, 20), subject="Kleding"), "pdf"))

    assert [finding.message for finding in validate(paper).findings] == []


@pytest.mark.parametrize("kind", ["pdf", "pptx"])
def test_every_text_stands_in_the_file(kind: DeckKind) -> None:
    found = bare(read(render_deck(make_deck(), kind), kind))

    texts = [t for s in EACH_SLIDE for t in (s.title, *s.lines, s.over, s.foot)]
    assert [text for text in texts if bare(text) not in found] == []


@pytest.mark.parametrize("kind", ["pdf", "pptx"])
@settings(max_examples=10, deadline=None)
@given(texts=st.lists(typed.map(" ".join), min_size=4, max_size=4))
def test_typed_text_comes_out_unchanged(kind: DeckKind, texts: list[str]) -> None:
    title, line, over, foot = texts
    deck = make_deck(Slide(kind="content", title=title, lines=(line, line), over=over, foot=foot, notes=line))

    found = bare(read(render_deck(deck, kind), kind))

    assert [text for text in texts if bare(text) not in found] == []


@pytest.mark.parametrize("kind", ["pdf", "pptx"])
def test_the_same_deck_gives_the_same_bytes(kind: DeckKind) -> None:
    assert render_deck(make_deck(), kind) == render_deck(make_deck(), kind)


def test_a_file_is_called_after_the_deck() -> None:
    assert file_name(make_deck(), "pptx") == "de-workshop-2026-12-09.pptx"


@given(words=st.lists(st.text("abcdefgh", min_size=1, max_size=14), min_size=1, max_size=60), is_title=st.booleans())
def test_more_words_are_never_set_larger(words: list[str], is_title: bool) -> None:
    box = (88.0, 10.6)

    few, many = (
        size_that_fits((" ".join(some),), box, 40.0, is_title=is_title)
        for some in (words[: len(words) // 2 or 1], words)
    )

    assert many <= few <= 40


def test_a_word_that_is_too_long_is_divided_over_rows() -> None:
    sizes = [size_that_fits(("x" * length,), (20.0, 6.0), 30.0, is_title=False) for length in (5, 30, 300)]

    assert sizes == sorted(sizes, reverse=True)
    assert len(set(sizes)) == 3


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda: Slide(kind="content", title=" "), "a slide needs a title"),
        (
            lambda: Slide(kind="content", title="Wat telt", minutes=5),
            "slide 'Wat telt': only an assignment takes minutes",
        ),
        (
            lambda: Slide(kind="title", title="Wat telt", drawing=DRAWING),
            "slide 'Wat telt': a drawing stands beside content",
        ),
        (lambda: make_deck(title=" "), "a deck needs a title and slides"),
        (
            lambda: Deck(title="x", language="nl", day=datetime.date(2026, 1, 1), organisation="y", slides=()),
            "a deck needs a title and slides",
        ),
        (lambda: make_deck(logo=b"GIF89a"), "a logo is a PNG or JPEG picture"),
    ],
)
def test_what_cannot_be_shown_is_refused_when_it_is_made(made: Any, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        made()


def test_long_texts_are_set_smaller_than_the_layout_says() -> None:
    line = "We horen een probleem voordat het de levering raakt. " * 8
    deck = make_deck(Slide(kind="content", title="Een titel " * 12, lines=(line,) * 6))

    [slide] = opened(render_deck(deck, "pptx")).slides

    sizes = [shape.text_frame.paragraphs[0].runs[0].font.size.pt for shape in list(slide.placeholders)[:2]]
    assert [11 <= size < 40 for size in sizes] == [True, True]
