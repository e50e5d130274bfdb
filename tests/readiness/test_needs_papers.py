"""Papers of mandate, hours, budget and team: every sum is that of its lines, to the cent, wherever it stands."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from samenspraak.documents.blocks import Document, Figures, Table
from samenspraak.documents.format import number_text
from samenspraak.documents.render import render
from samenspraak.library.queries import edition_for
from samenspraak.people.models import HistoryEntry, Member
from samenspraak.readiness import report
from samenspraak.readiness.models import BudgetLine, HoursLine, Round, TeamLine
from samenspraak.readiness.queries import sheets_of, signatures_of, signed_of
from samenspraak.readiness.report.asked import needs as on_one_page
from samenspraak.readiness.report.instruments import content_text
from samenspraak.readiness.report.needs import tables_of
from samenspraak.readiness.report.sums import (
    budget_in_words,
    cost_sums,
    hours_in_words,
    hours_of,
    share_in_words,
    team_in_words,
)
from samenspraak.readiness.report.words import change_in_words, figure_in_words
from samenspraak.ui.money import money_text
from tests.documents.factory import READERS, bare, pdf_pages
from tests.factories import make_member
from tests.readiness.needs import ask, fill_needs, save, sign
from tests.readiness.rounds import make_round

django_db = pytest.mark.django_db


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param), timezone.override("Europe/Amsterdam"):
        yield request.param


@st.composite
def cost(draw: st.DrawFn) -> BudgetLine:
    low, expected, high = sorted(draw(st.lists(st.integers(0, 99_999_999), min_size=3, max_size=3)))
    return BudgetLine(
        title="Kosten",
        currency=draw(st.sampled_from(["EUR", "USD", "VND"])),
        low=draw(st.sampled_from([low, None])),
        expected=draw(st.sampled_from([expected, expected, None])),
        high=draw(st.sampled_from([high, None])),
        is_yearly=draw(st.booleans()),
    )


def sheets_in(document: Document) -> dict[str, list[list[Any]]]:
    book = openpyxl.load_workbook(io.BytesIO(render(document, "xlsx")))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def cents(value: float) -> int:
    return int((Decimal(str(value)) * 100).to_integral_value())


def paper_of(tables: list[Table]) -> Document:
    return Document(
        title="Begroting",
        language="nl",
        day=timezone.localdate(),
        organisation="Noord",
        kind="table",
        blocks=tuple(tables),
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(cost(), min_size=1, max_size=12))
def test_every_sum_in_every_paper_is_the_sum_of_its_lines(lines: list[BudgetLine]) -> None:
    with translation.override("nl"):
        tables = list(tables_of("budget", lines, {}))
        found = sheets_in(paper_of(tables))
        texts = {kind: bare(READERS[kind](render(paper_of(tables), kind))) for kind in ("pdf", "docx")}  # type: ignore[arg-type]

    expected: Counter[tuple[str, str, str]] = Counter()
    for _what, low, amount, high, currency, period, _how in found["begroting"][1:]:
        if amount is not None:
            expected[period, currency, "expected"] += cents(amount)
            expected[period, currency, "low"] += cents(amount if low is None else low)
            expected[period, currency, "high"] += cents(amount if high is None else high)
    said = {
        (period, currency, name): cents(value)
        for period, currency, *values in found["som van begroting"][1:]
        for name, value in zip(("low", "expected", "high"), values, strict=True)
    }
    assert said == dict(expected)
    written = [bare(number_text(s.expected.amount, "nl")) for s in cost_sums(lines)]
    assert [kind for kind, text in texts.items() if any(number not in text for number in written)] == []


@given(st.lists(cost(), max_size=12))
def test_low_is_never_more_than_expected_nor_expected_than_high(lines: list[BudgetLine]) -> None:
    for found in cost_sums(lines):
        assert found.low.minor <= found.expected.minor <= found.high.minor
        assert found.low.currency == found.expected.currency == found.high.currency


@given(st.lists(st.builds(HoursLine, quarters=st.integers(0, 8000), people=st.integers(1, 500)), max_size=12))
def test_hours_add_up_to_the_quarter(lines: list[HoursLine]) -> None:
    assert hours_of(lines) * 4 == sum(line.quarters * line.people for line in lines)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (0, "niets"),
        (1, "een klein deel"),
        (25, "ongeveer een kwart"),
        (33, "ongeveer een derde"),
        (40, "minder dan de helft"),
        (50, "ongeveer de helft"),
        (60, "meer dan de helft"),
        (75, "het meeste"),
        (95, "bijna alles"),
        (100, "alles"),
    ],
)
def test_a_share_is_said_in_words(part: int, said: str) -> None:
    with translation.override("nl"):
        assert share_in_words(Decimal(part), Decimal(100)) == said


def test_what_has_no_hours_for_around_the_conversation_says_so() -> None:
    with translation.override("nl"):
        assert hours_in_words([HoursLine(item_id="travel", quarters=4, people=1)])[1].startswith("Er zitten nog geen")
        assert hours_in_words([HoursLine(item_id="travel")]) == []


def test_two_currencies_stand_apart_with_a_line_that_says_so() -> None:
    lines = [BudgetLine(expected=10000), BudgetLine(currency="USD", expected=5000, is_yearly=True), BudgetLine(low=1)]

    with translation.override("nl"):
        said = budget_in_words(lines)

    assert said == [
        "Je verwacht €\xa0100 eenmalig; US$\xa050 per jaar.",
        "Elke munt heeft een eigen som; twee munten tellen we nooit bij elkaar op.",
        "1 regel heeft geen verwacht bedrag en telt niet mee.",
    ]


def test_a_team_that_nobody_leads_says_so() -> None:
    with translation.override("nl"):
        assert team_in_words([TeamLine(title="Inkoop")], {})[1] == "Er is nog niemand die het gesprek voert."


def test_history_is_read_as_people_write_amounts() -> None:
    with translation.override("nl"):
        read = [
            figure_in_words(t)
            for t in ("EUR 1234.50", "Tolk: USD 5.00", "12.5", "Bellen: 1.5", "", "Tolk: veel", "x 5")
        ]

    assert read == ["€\xa01.234,50", "Tolk: US$\xa05", "12,5", "Bellen: 1,5", "", "Tolk: veel", "x 5"]


@pytest.fixture
def member() -> Member:
    return make_member()


@pytest.fixture
def round(member: Member) -> Round:
    found = make_round(member)
    found.organisation = member.organisation
    return found


@django_db
@pytest.mark.parametrize("kind", ["mandate", "hours", "budget", "team"])
@pytest.mark.parametrize("ending", ["pdf", "docx"])
def test_each_has_a_paper_with_every_line(member: Member, round: Round, kind: str, ending: str, language: str) -> None:
    empty = report.instrument_paper(member, round, kind, language)
    fill_needs(member, round)

    document = report.instrument_paper(member, round, kind, language)

    text = bare(READERS[ending](render(document, ending)))  # type: ignore[arg-type]
    own = {"mandate": "Levertijden", "hours": "Cadeau uitzoeken", "budget": "Vragenlijst", "team": "Atelier"}[kind]
    assert (bare(own) in text, bare(f"Gesprek over {kind}") in text) == (True, True)
    assert len(READERS[ending](render(empty, ending))) > 50  # type: ignore[arg-type]


@django_db
def test_the_paper_of_a_mandate_says_who_signed(member: Member, round: Round, language: str) -> None:
    save(member, round, "mandate")
    sign(ask(member, round).guest, outcome="change", says="Eerst overleg")
    sign(ask(member, round, email="joost@example.org").guest)

    text = bare(READERS["pdf"](render(report.instrument_paper(member, round, "mandate", language), "pdf")))

    assert (bare("Ilse Bos") in text, bare("Eerst overleg") in text) == (True, True)
    assert bare({"nl": "Getekend door", "en": "Signed by"}[language]) in text
    assert [content_text(s) for s in signatures_of(round)] == ["Levertijden | Rooster"] * 2


@django_db
@pytest.mark.parametrize("kind", ["hours", "team"])
def test_a_blank_form_has_every_line_of_the_method_on_one_page(member: Member, kind: str, language: str) -> None:
    edition = edition_for(member.organisation, language)  # type: ignore[arg-type]

    paper = render(report.blank_instrument(member.organisation, edition, kind, timezone.localdate()), "pdf")

    items = next(x for c in edition.conditions for x in c.listings if x.id == {"hours": "hours", "team": "teams"}[kind])
    assert [i.title for i in items.items if bare(i.title) not in bare(READERS["pdf"](paper))] == []
    assert len(pdf_pages(paper)) == 1


@django_db
def test_the_same_sums_stand_on_the_directors_page_and_in_the_workbook(
    member: Member, round: Round, language: str
) -> None:
    fill_needs(member, round)

    page = bare(READERS["pdf"](render(report.director_page(member, round, language), "pdf")))
    book = sheets_in(report.workbook(member, round, language))

    sums = {"nl": "som van begroting", "en": "sum of budget"}[language]
    assert [bare(money_text(s.expected)) in page for s in cost_sums(sheets_of(round)["budget"].lines)] == [True, True]
    assert [row[3] for row in book[sums][1:]] == [1124.5, 1200]
    assert book[{"nl": "som van uren", "en": "sum of hours"}[language]][1][1] == 26.5
    assert bare({"nl": "26,5 uur", "en": "26.5 hours"}[language]) in page


@django_db
def test_what_has_no_room_on_one_page_is_counted(member: Member, round: Round) -> None:
    costs = [{"title": code, "currency": code, "expected": 100} for code in ("EUR", "USD", "GBP", "CHF")]
    with translation.override("nl"):
        save(member, round, "hours")
        save(member, round, "budget", costs)
        save(member, round, "mandate", [{"title": f"Onderwerp {n}"} for n in range(6)])
        save(member, round, "team", [{"title": "Atelier", "wants_results": True}])
        sheets = sheets_of(round)

        blocks = on_one_page(sheets, signed_of(round, sheets["mandate"]), edition_for(member.organisation, "nl"))

    figures, left, table, topics = blocks
    assert isinstance(figures, Figures)
    assert isinstance(table, Table)
    assert (len(figures.rows), len(table.rows)) == (3, 4)
    assert left.text == "En £\xa01 eenmalig; CHF\xa01 eenmalig."  # type: ignore[union-attr]
    assert topics.text == "En nog 2 onderwerpen."  # type: ignore[union-attr]


def test_a_meeting_in_the_history_is_a_word() -> None:
    entry = HistoryEntry(field="meeting", old="", new="in-person")

    with translation.override("nl"):
        assert change_in_words(entry) == ("", "op locatie")
