"""The papers of a round: everything that is kept stands in them, the same in each kind, and a director's page is one."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdf
import pytest
from django.utils import timezone, translation
from pdfua import validate

from samenspraak.documents.blocks import Document
from samenspraak.documents.format import day_text
from samenspraak.documents.render import render
from samenspraak.library.queries import edition_for
from samenspraak.people.models import Guest, HistoryEntry, Member, Organisation
from samenspraak.readiness import actions, report
from samenspraak.readiness.models import (
    Answer,
    BudgetLine,
    Evidence,
    Instrument,
    MandateLine,
    Round,
    Signature,
    TeamLine,
)
from samenspraak.readiness.report.words import answer_words, change_in_words, default_question
from samenspraak.tasks.models import Task
from samenspraak.ui.jinja import file_size
from tests.documents.factory import READERS, bare, pdf_pages
from tests.factories import make_member
from tests.readiness.filled import NEEDS, TECHNICAL, Filled, every_field, facts, make_filled
from tests.readiness.many import CONDITIONS, ONE, make_many
from tests.readiness.rounds import draft, make_round

pytestmark = pytest.mark.django_db
EVERY: tuple[Any, ...] = (Round, Answer, Evidence, Task, Instrument, Signature, *NEEDS)
LONG = ("We horen een probleem voordat het de levering raakt. " * 200)[:10_000]


@pytest.fixture(params=["nl", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param), timezone.override("Europe/Amsterdam"):
        yield request.param


def said_in(kind: str, value: Any, language: str) -> str:
    """How a fact is written in a paper of this kind."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    if isinstance(value, date):
        return value.isoformat() if kind == "xlsx" else day_text(value, language)  # type: ignore[arg-type]
    if isinstance(value, Member):
        return value.person.name
    if isinstance(value, Guest):
        return value.name
    if isinstance(value, int):
        return str(value) if kind == "xlsx" else file_size(value)
    return answer_words().get(str(value), str(value))


def paper_of(filled: Filled, kind: str, language: str) -> bytes:
    build = report.workbook if kind == "xlsx" else report.full_report
    return render(build(filled.member, filled.round, language), kind)  # type: ignore[arg-type]


def test_every_field_that_is_left_out_is_a_field() -> None:
    names = {f"{m.__name__}.{f.name}" for m in EVERY for f in m._meta.fields}

    assert [name for name in TECHNICAL if "." in name and name not in names] == []


def test_the_filled_round_fills_every_field() -> None:
    filled = {name for name, _value in facts(make_filled("nl"))}

    assert sorted(every_field() - filled) == []


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_every_field_that_is_kept_stands_in_the_full_report(kind: str, language: str) -> None:
    filled = make_filled(language)

    text = bare(READERS[kind](paper_of(filled, kind, language)))

    said = [(name, said_in(kind, value, language)) for name, value in facts(filled)]
    # The fingerprint of a link only keeps doubles out; that of a file has its own test below.
    missing = [name for name, words in said if bare(words) not in text and name != "Evidence.sha256"]
    assert missing == []


def test_a_file_stands_in_each_paper_with_its_fingerprint(language: str) -> None:
    filled = make_filled(language)
    file = Evidence.objects.get(stored_as__gt="")

    texts = [bare(READERS[kind](paper_of(filled, kind, language))) for kind in READERS]

    assert [file.sha256 in text for text in texts] == [True] * 3


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_every_line_of_the_history_stands_in_the_full_report(kind: str, language: str) -> None:
    filled = make_filled(language)
    entries = HistoryEntry.objects.filter(subject=filled.round.id)

    text = bare(READERS[kind](paper_of(filled, kind, language)))

    said = [words for entry in entries for words in (*change_in_words(entry), entry.member_name) if words]
    assert [words for words in said if bare(words) not in text] == []
    assert len(said) > 20


def crowded(language: str) -> Filled:
    """Ten thousand characters wherever they fit, and three hundred tasks."""
    member = make_member(language=language)
    round = make_many(member, 300)
    texts = {"motive": LONG[:2000], "question": LONG[:160], "ask": LONG, "benefits": LONG, "feasibility": LONG}
    Round.objects.filter(id=round.id).update(**texts, name=LONG[:80], unit=LONG[:80])
    Answer.objects.filter(round=round).update(how=LONG)
    MandateLine.objects.update(title=LONG[:120], may_promise=LONG[:2000], must_ask=LONG[:2000], by_whom=LONG[:120])
    TeamLine.objects.update(title=LONG[:120], who=LONG[:240], leads=True, helps=True)
    BudgetLine.objects.update(expected=999_999_999_999, low=0, title=LONG[:120])
    Task.objects.update(title=LONG[:200], note=LONG, done_note=LONG)
    Organisation.objects.update(name=LONG[:120])
    member = Member.objects.select_related("organisation", "person").get(pk=member.pk)
    member.person.name, member.function = LONG[:120], LONG[:80]
    round = Round.objects.get(id=round.id)
    round.organisation = member.organisation
    return Filled(member, round, [])


def test_the_page_for_the_director_is_one_page_however_much_was_written(language: str, tmp_path: Path) -> None:
    filled = crowded(language)

    paper = render(report.director_page(filled.member, filled.round, language), "pdf")

    assert len(pdf_pages(paper)) == 1
    assert faults_in(paper, tmp_path) == []


def test_a_full_report_of_a_crowded_round_leaves_nothing_out(language: str) -> None:
    filled = crowded(language)
    Task.objects.update(note="Kort", done_note="")

    text = bare(READERS["docx"](paper_of(filled, "docx", language)))

    assert text.count(bare(LONG)) >= 3 + len(CONDITIONS)


def test_the_page_for_the_director_says_what_was_written(language: str) -> None:
    filled = make_filled(language)

    text = bare(READERS["pdf"](render(report.director_page(filled.member, filled.round, language), "pdf")))

    round = filled.round
    said = [round.question, round.motive, round.ask, round.benefits, round.feasibility, round.name]
    said += [
        "25,5 uur" if language == "nl" else "25.5 hours",
        "CHF 2",
        "Levertijden",
        "Woorden bij must_ask",
        "Atelier (Yara)",
    ]
    said.append("Daarnaast staan 2 actiepunten open." if language == "nl" else "2 tasks are open beside this.")
    edition = edition_for(filled.member.organisation, language)  # type: ignore[arg-type]
    said += [filled.member.label, *(condition.title for condition in edition.conditions)]
    assert [words for words in said if bare(words) not in text] == []
    assert bare("Mail de directie") not in text


def test_an_empty_round_asks_for_support_and_leaves_room_for_a_decision(language: str) -> None:
    member = make_member(language=language)
    round = make_round(member)

    document = report.director_page(member, round, language)

    text = bare(READERS["pdf"](render(document, "pdf")))
    assert (bare(default_question()) in text, {"nl": "Akkoord", "en": "Agreed"}[language] in text) == (True, True)
    assert len(pdf_pages(render(document, "pdf"))) == 1


@pytest.mark.parametrize(
    ("how", "shown"),
    [
        ("", ""),
        ("Mail van Ilse. En nog iets.", "Mail van Ilse"),
        ("Kost € 2.500 per jaar", "Kost € 2.500 per jaar"),
        ("woord " * 40, ("woord " * 13).strip() + " …"),
        ("regel een\nregel twee", "regel een regel twee"),
    ],
)
def test_a_condition_that_is_not_met_shows_the_start_of_how_we_know(how: str, shown: str) -> None:
    member = make_member()
    round = make_round(member)
    actions.save_answer(member, round, ONE, draft("partly", how=how))

    row = report.director.state_row(edition_for(member.organisation, "nl").conditions[0], Answer.objects.get())

    assert (row.state, row.detail) == ("partly", shown)


def test_a_condition_that_is_met_needs_no_words() -> None:
    member = make_member()
    round = make_round(member)
    actions.save_answer(member, round, ONE, draft("yes", how="Website"))

    row = report.director.state_row(edition_for(member.organisation, "nl").conditions[0], Answer.objects.get())

    assert (row.state, row.detail) == ("good", "")


@pytest.mark.parametrize(("number", "words"), [(5, ""), (6, "En nog 1 actiepunt."), (9, "En nog 4 actiepunten.")])
def test_five_tasks_stand_on_the_page_and_the_rest_is_counted(number: int, words: str) -> None:
    with translation.override("nl"):
        member = make_member()
        round = make_many(member, number)
        Instrument.objects.all().delete()  # with hours and euros on it, tasks are only counted

        text = READERS["pdf"](render(report.director_page(member, round, "nl"), "pdf"))

    assert text.count("Actiepunt ") == 5
    assert (words in text, "En nog" in text) == (True, bool(words))


def papers(member: Member, round: Round, language: str) -> dict[str, Document]:
    edition = edition_for(member.organisation, language)  # type: ignore[arg-type]
    return {
        "director": report.director_page(member, round, language),
        "full": report.full_report(member, round, language),
        "form": report.blank_form(member.organisation, edition, timezone.localdate()),
    }


def faults_in(paper: bytes, folder: Path) -> list[str]:
    """What a machine finds wrong with a PDF: against PDF/UA, and with its inside where qpdf is there to look."""
    file = folder / "paper.pdf"
    file.write_bytes(paper)
    wrong = [finding.message for finding in validate(file).findings]
    if shutil.which("qpdf"):
        done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
        wrong += [] if done.returncode == 0 else [done.stdout + done.stderr]
    return wrong


@pytest.mark.parametrize("name", ["director", "full", "form"])
@pytest.mark.parametrize("state", ["filled", "empty"])
def test_every_pdf_keeps_to_the_rules_of_pdf_ua(name: str, state: str, language: str, tmp_path: Path) -> None:
    if state == "filled":
        filled = make_filled(language)
        member, round = filled.member, filled.round
    else:
        member = make_member(language=language)
        round = make_round(member)

    paper = render(papers(member, round, language)[name], "pdf")

    with pikepdf.open(io.BytesIO(paper)) as file:
        assert str(file.Root.Lang)[:2] == language
    assert faults_in(paper, tmp_path) == []


@pytest.mark.parametrize("name", ["director", "full", "form"])
def test_the_own_logo_stands_on_every_paper(name: str, language: str) -> None:
    with_logo = make_filled(language)
    member = make_member(language=language)
    without = papers(member, make_round(member), language)[name]

    document = papers(with_logo.member, with_logo.round, language)[name]

    assert [pictures_in_pdf(render(d, "pdf")) for d in (document, without)] == [1, 0]
    assert [pictures_in_word(render(d, "docx")) for d in (document, without)] == [1, 0]


def pictures_in_pdf(paper: bytes) -> int:
    return sum(len(page.images) for page in pypdf.PdfReader(io.BytesIO(paper)).pages[:1])


def pictures_in_word(paper: bytes) -> int:
    return len(docx.Document(io.BytesIO(paper)).inline_shapes)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_the_blank_form_holds_the_eight_statements_and_every_answer(kind: str, language: str) -> None:
    member = make_member(language=language)
    edition = edition_for(member.organisation, language)  # type: ignore[arg-type]

    text = bare(READERS[kind](render(report.blank_form(member.organisation, edition, date(2026, 11, 21)), kind)))  # type: ignore[arg-type]

    assert [c.id for c in edition.conditions if bare(c.statement) not in text] == []
    assert [text.count(bare(answer_words()[a])) >= 8 for a in ("yes", "partly", "no", "unknown")] == [True] * 4


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_a_round_that_nobody_answered_prints_and_says_so(kind: str, language: str) -> None:
    member = make_member(language=language)
    filled = Filled(member, make_round(member), [])

    text = bare(READERS[kind](paper_of(filled, kind, language)))

    assert text.count(bare(answer_words()[""])) >= 8


def test_a_closed_round_prints_with_the_day_it_was_closed(language: str) -> None:
    member = make_member(language=language)
    round = make_round(member)
    actions.close_round(member, round)
    round.refresh_from_db()

    text = bare(READERS["pdf"](render(report.full_report(member, round, language), "pdf")))

    assert round.closed_at is not None
    assert bare(day_text(timezone.localdate(round.closed_at), language)) in text  # type: ignore[arg-type]


def test_a_round_whose_people_have_gone_still_prints(language: str) -> None:
    filled = make_filled(language)
    Member.objects.exclude(pk=filled.member.pk).delete()
    round = Round.objects.get(pk=filled.round.pk)
    round.organisation = filled.member.organisation

    text = READERS["pdf"](render(report.full_report(filled.member, round, language), "pdf"))

    assert "Mail van Ilse" in text
    assert len(READERS["xlsx"](render(report.workbook(filled.member, round, language), "xlsx"))) > 1000


def test_the_same_round_gives_the_same_bytes(language: str) -> None:
    filled = make_filled(language)

    twice = [paper_of(filled, kind, language) for kind in READERS for _ in range(2)]

    assert twice[::2] == twice[1::2]
