from __future__ import annotations

import io
from datetime import date, time
from typing import Any

import pptx
import pytest
from django.utils import translation

from samenspraak.documents.render import render, render_deck
from samenspraak.method.kits import load_kits
from samenspraak.method.load import load_edition
from samenspraak.people.models import Organisation
from samenspraak.workshops import report
from samenspraak.workshops.report import Occasion
from tests.documents.factory import bare, pdf_text, word_text

KITS = [kit.id for kit in load_kits("nl")]


def make_occasion(kit_id: str = "clothing", language: Any = "nl", **more: Any) -> Occasion:
    kit = {kit.id: kit for kit in load_kits(language)}[kit_id]
    plain: dict[str, Any] = {
        "organisation": Organisation(name="Noorderdraad"),
        "language": language,
        "programme": load_edition("2025-04", language).workshop,
        "kit": kit,
        "people": 17,
        "starts": time(13),
        "day": date(2026, 12, 9),
    }
    return Occasion(**(plain | more))


@pytest.fixture(params=["nl", "en"])
def occasion(request: pytest.FixtureRequest) -> Any:
    with translation.override(request.param):
        yield make_occasion(language=request.param)


def test_the_script_holds_everything_a_trainer_says_and_watches_for(occasion: Occasion) -> None:
    found = bare(pdf_text(render(report.script(occasion), "pdf")))

    segments = [segment for block in occasion.programme.blocks for segment in block.segments]
    texts = [text for s in segments for text in (s.title, *s.say, *s.watch, s.assignment, s.shorter)]
    assert [text for text in texts if bare(text) not in found] == []


def test_the_script_tells_the_case_as_far_as_everybody_knows_it(occasion: Occasion) -> None:
    found = bare(word_text(render(report.script(occasion), "docx")))

    case = occasion.kit.case
    texts = [case.risk, case.company, *case.known, *case.unknown, *(c.challenge for c in case.counterparts)]
    assert [text for text in texts if bare(text) not in found] == []


def test_what_a_role_keeps_private_stands_on_the_sheet_of_the_role_alone(occasion: Occasion) -> None:
    secrets = [text for role in occasion.kit.roles for text in (role.private_worry, role.if_trust)]

    others = (report.script(occasion), report.times(occasion), report.cards(occasion), report.filled_example(occasion))
    told = [bare(word_text(render(paper, "docx"))) for paper in others]
    slides = bare(pdf_text(render_deck(report.deck(occasion), "pdf")))

    roles = bare(word_text(render(report.roles(occasion), "docx")))
    assert [secret for secret in secrets if bare(secret) not in roles] == []
    assert [secret for secret in secrets if any(bare(secret) in text for text in [*told, slides])] == []


def test_every_role_has_a_page_of_its_own(occasion: Occasion) -> None:
    from tests.documents.factory import pdf_pages

    pages = pdf_pages(render(report.roles(occasion), "pdf"))

    assert len(pages) == len(occasion.kit.roles)
    assert [role.name in page for role, page in zip(occasion.kit.roles, pages, strict=True)] == [True] * len(pages)


def test_the_times_for_the_door_are_one_page_that_ends_when_the_minutes_are_over(occasion: Occasion) -> None:
    from tests.documents.factory import pdf_pages

    pages = pdf_pages(render(report.times(occasion), "pdf"))

    assert len(pages) == 1
    assert {"nl": "17.05 uur", "en": "17:05"}[occasion.language] in pages[0]


def test_every_worksheet_can_be_filled_in_by_hand(occasion: Occasion) -> None:
    for sheet in occasion.programme.worksheets:
        found = bare(pdf_text(render(report.worksheet(occasion, sheet), "pdf")))

        assert [field.title for field in sheet.fields if bare(field.title) not in found] == []


def test_the_example_fills_every_part_of_the_sheet(occasion: Occasion) -> None:
    found = bare(pdf_text(render(report.filled_example(occasion), "pdf")))

    lines = [line for filled in occasion.kit.filled for line in filled.lines]
    assert [line for line in lines if bare(line) not in found] == []


def test_every_card_is_there(occasion: Occasion) -> None:
    found = bare(pdf_text(render(report.cards(occasion), "pdf")))

    cards = [text for deck in occasion.programme.decks for card in deck.cards for text in (card.title, card.question)]
    events = [text for event in occasion.kit.events for text in (event.title, event.question)]
    assert [text for text in [*cards, *events] if bare(text) not in found] == []


def test_the_slides_are_thirty_or_more_and_the_background_is_hidden(occasion: Occasion) -> None:
    slides = list(pptx.Presentation(io.BytesIO(render_deck(report.deck(occasion), "pptx"))).slides)

    hidden = [slide for slide in slides if slide._element.get("show") == "0"]
    assert (len(slides) >= 30, len(hidden)) == (True, sum(s.is_hidden for s in occasion.programme.slides))
    assert [n for n, slide in enumerate(slides) if not slide.notes_slide.notes_text_frame.text] == []


@pytest.mark.parametrize("kit_id", KITS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kit_puts_its_case_on_the_slides(kit_id: str, language: str) -> None:
    with translation.override(language):
        made = report.deck(make_occasion(kit_id, language))

    lines = [line for slide in made.slides for line in slide.lines]
    kit = {kit.id: kit for kit in load_kits(language)}[kit_id]  # type: ignore[arg-type]
    assert {kit.case.title, kit.case.topic, kit.case.risk, kit.case.question} <= set(lines)
    assert [s.title for s in kit.stakeholders if s.title not in lines] == []
