from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from samenspraak.people.models import HistoryEntry, Member, Role
from samenspraak.readiness import actions
from samenspraak.readiness.models import Answer, Evidence, Round
from samenspraak.tasks.models import Task
from tests.factories import client_of, make_member
from tests.readiness.rounds import draft, make_round, pdf

pytestmark = pytest.mark.django_db
ONE = "commitment-support"
PART = {"HX-Request": "true"}


@pytest.fixture
def member() -> Member:
    return make_member()


@pytest.fixture
def round(member: Member) -> Round:
    return make_round(member)


def address(name: str, *args: Any) -> str:
    return reverse(f"readiness:{name}", args=args)


def save(member: Member, round: Round, *, headers: dict[str, str] | None = None, **fields: Any) -> Any:
    data = {"value": "partly", "how": "", "version": 0, **fields}
    return client_of(member).post(address("save_answer", round.id, ONE), data, headers=headers or {})


def test_a_save_by_script_gets_the_parts_that_changed(member: Member, round: Round) -> None:
    response = save(member, round, how="Mail van Ilse", headers=PART)

    page = response.content.decode()
    assert response.status_code == 200
    assert "Bewaard om" in page
    assert f'id="eight-{ONE}"' in page
    assert 'value="1" hx-swap-oob="true"' in page
    assert Answer.objects.get().how == "Mail van Ilse"


def test_without_script_the_same_address_answers_with_a_redirect(member: Member, round: Round) -> None:
    response = save(member, round, how="Mail van Ilse")

    assert (response.status_code, response["Location"]) == (302, address("condition", round.id, ONE))
    assert Answer.objects.get().value == "partly"


@pytest.mark.parametrize("headers", [{}, PART])
def test_a_null_byte_is_refused_at_the_field_and_the_text_stays(
    member: Member, round: Round, headers: dict[str, str]
) -> None:
    response = save(member, round, how="Dit is een \x00 teken", headers=headers)

    page = response.content.decode()
    assert response.status_code == 422
    assert "U+0000" in page
    assert headers or "Dit is een" in page
    assert Answer.objects.count() == 0


def test_two_megabytes_in_a_field_are_refused_at_the_field_and_stay_on_the_screen(member: Member, round: Round) -> None:
    text = "woord " * 350_000

    response = save(member, round, how=text)

    page = response.content.decode()
    assert response.status_code == 422
    assert "2099999 tekens" in page or "2.099.999" in page
    assert text.strip() in page


@pytest.mark.parametrize(
    "text",
    [
        "Goed gesprek 😀👩🏽‍🌾",
        "مرحبا بالعالم",
        "שלום",
        "'; DROP TABLE--",
        "{{7*7}} ${x} <b>#</b> \\",
        "𒀀 zonder letter",
    ],
)
def test_every_text_people_write_is_kept_as_it_is(member: Member, round: Round, text: str) -> None:
    response = save(member, round, how=text)

    assert response.status_code == 302
    assert Answer.objects.get().how == text


@pytest.mark.parametrize("day", ["0000-01-01", "9999-12-31", "31-04-2026", "morgen", "2026-13-01"])
def test_an_impossible_day_is_refused_at_the_field_and_stays(member: Member, round: Round, day: str) -> None:
    response = save(member, round, due_on=day, how="Blijft staan")

    page = response.content.decode()
    assert response.status_code == 422
    assert day in page
    assert "Blijft staan" in page


def test_a_stale_page_shows_both_texts(member: Member, round: Round) -> None:
    actions.save_answer(member, round, ONE, draft("yes", how="Wat de ander schreef"))

    response = save(member, round, value="no", how="Wat ik schreef", version=0)

    page = response.content.decode()
    assert response.status_code == 409
    assert ("Wat de ander schreef" in page, "Wat ik schreef" in page) == (True, True)
    assert Answer.objects.get().how == "Wat de ander schreef"


def test_after_reading_both_texts_the_second_save_is_kept(member: Member, round: Round) -> None:
    actions.save_answer(member, round, ONE, draft("yes", how="Wat de ander schreef"))
    save(member, round, value="no", how="Wat ik schreef", version=0)

    response = save(member, round, value="no", how="Allebei", version=1)

    assert (response.status_code, Answer.objects.get().how) == (302, "Allebei")


@pytest.mark.parametrize("headers", [{}, PART])
def test_a_closed_round_says_so_and_keeps_what_was_typed(member: Member, round: Round, headers: dict[str, str]) -> None:
    actions.close_round(member, round)

    response = save(member, round, how="Net te laat", headers=headers)

    page = response.content.decode()
    assert response.status_code == 409
    assert "gesloten" in page
    assert headers or "Net te laat" in page


def test_a_colleague_who_left_is_refused_at_the_field(member: Member, round: Round) -> None:
    gone = make_member(Role.EDITOR, organisation=member.organisation)
    Member.objects.filter(id=gone.id).update(left_at="2026-11-01T12:00:00Z")

    response = save(member, round, owner=gone.id, how="Blijft staan")

    assert response.status_code == 422
    assert "Blijft staan" in response.content.decode()


def test_a_colleague_of_another_organisation_is_refused(member: Member, round: Round) -> None:
    response = save(member, round, owner=make_member().id)

    assert (response.status_code, Answer.objects.count()) == (422, 0)


@pytest.mark.parametrize(
    ("upload", "words"),
    [
        (SimpleUploadedFile("groot.pdf", b"%PDF-" + b"0" * 12_000_000), "12 MB"),
        (SimpleUploadedFile("programma.pdf", b"MZ\x90\x00 dit is een programma"), "iets anders"),
        (SimpleUploadedFile("leeg.pdf", b""), "leeg"),
        (SimpleUploadedFile("tekening.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "svg"),
        (SimpleUploadedFile("brief.docx", b"PK\x03\x04 geen echte brief"), "iets anders"),
        (SimpleUploadedFile("zonder-einde", b"%PDF-1.7"), "PDF"),
    ],
)
def test_a_file_we_cannot_keep_is_refused_with_what_helps(
    member: Member, round: Round, upload: SimpleUploadedFile, words: str
) -> None:
    upload.seek(0)

    response = client_of(member).post(
        address("add_evidence", round.id, ONE), {"file": upload, "link_name": "Wat ik al typte"}
    )

    page = response.content.decode()
    assert response.status_code == 422
    assert (words in page, "Wat ik al typte" in page) == (True, True)
    assert Evidence.objects.count() == 0


def test_a_file_comes_back_byte_for_byte_as_a_download(member: Member, round: Round) -> None:
    client = client_of(member)
    client.post(address("add_evidence", round.id, ONE), {"file": pdf("mandaat é.pdf")})

    response = client.get(address("evidence", round.id, Evidence.objects.get().id))

    assert b"".join(response.streaming_content) == pdf().read()  # type: ignore[attr-defined]
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "example.org/beleid", "file:///etc/passwd", "https://"])
def test_only_whole_web_addresses_are_links(member: Member, round: Round, link: str) -> None:
    response = client_of(member).post(address("add_evidence", round.id, ONE), {"link": link})

    assert (response.status_code, Evidence.objects.count()) == (422, 0)
    assert "https://" in response.content.decode()


def test_neither_file_nor_link_is_said_plainly(member: Member, round: Round) -> None:
    response = client_of(member).post(address("add_evidence", round.id, ONE), {"link_name": "Beleid"})

    assert response.status_code == 422


def test_an_action_of_the_method_becomes_a_task_once(member: Member, round: Round) -> None:
    client = client_of(member)
    data = {"action": "commitment-support-terms", "owner": str(member.id), "due_on": "2026-12-04"}

    for _ in range(2):
        response = client.post(address("make_task", round.id, ONE), data)

    task = Task.objects.get()
    assert response.status_code == 302
    assert (task.action_id, task.owner, str(task.due_on)) == ("commitment-support-terms", member, "2026-12-04")
    assert task.title.startswith("Verandert het beleid voorlopig niet?")


def test_an_action_that_the_method_does_not_have_needs_words_of_your_own(member: Member, round: Round) -> None:
    response = client_of(member).post(address("make_task", round.id, ONE), {"action": "no-such-action"})

    assert (response.status_code, Task.objects.count()) == (422, 0)


def test_words_of_your_own_become_a_task(member: Member, round: Round) -> None:
    response = client_of(member).post(address("make_task", round.id, ONE), {"title": "Bel de vakbond"})

    assert (response.status_code, Task.objects.get().title) == (302, "Bel de vakbond")


def test_the_first_sentence_starts_a_round_at_its_first_condition(member: Member) -> None:
    response = client_of(member).post(address("start"), {"motive": "Een vakbond vroeg naar werktijden."})

    round = Round.objects.get()
    assert response["Location"] == address("condition", round.id, ONE)
    assert round.motive == "Een vakbond vroeg naar werktijden."


def test_a_round_from_the_last_one_opens_at_what_it_means(member: Member, round: Round) -> None:
    data = {"name": "Voorjaar 2027", "held_on": "2027-04-01", "previous": round.id}

    response = client_of(member).post(address("start"), data)

    fresh = Round.objects.get(name="Voorjaar 2027")
    assert response["Location"] == address("round", fresh.id)
    assert fresh.previous == round


def test_a_round_of_another_organisation_cannot_be_the_last_one(member: Member) -> None:
    theirs = make_round(make_member())

    response = client_of(member).post(address("start"), {"name": "Gekaapt", "previous": theirs.id})

    assert (response.status_code, Round.objects.filter(name="Gekaapt").exists()) == (404, False)


def test_a_round_cannot_lose_its_name(member: Member, round: Round) -> None:
    response = client_of(member).post(address("save_texts", round.id), {"name": " ", "version": 1})

    assert (response.status_code, Round.objects.get().name) == (422, "Najaar 2026")


def test_words_for_the_director_are_saved_where_they_are_typed(member: Member, round: Round) -> None:
    data = {"page": "director", "question": "Mag het?", "ask": "40 uur", "version": 1}

    response = client_of(member).post(address("save_texts", round.id), data)

    saved = Round.objects.get()
    assert response["Location"] == address("director", round.id)
    assert (saved.question, saved.ask, saved.name) == ("Mag het?", "40 uur", "Najaar 2026")


def test_stale_words_show_both_texts(member: Member, round: Round) -> None:
    actions.save_texts(member, round, {"ask": "Van de ander"}, version=1)

    response = client_of(member).post(
        address("save_texts", round.id), {"page": "director", "ask": "Van mij", "version": 1}
    )

    page = response.content.decode()
    assert response.status_code == 409
    assert ("Van de ander" in page, "Van mij" in page) == (True, True)


def test_a_reader_sees_everything_and_changes_nothing(member: Member, round: Round) -> None:
    reader = make_member(Role.READER, organisation=member.organisation)

    shown = client_of(reader).get(address("condition", round.id, ONE))
    refused = save(reader, round)

    assert (shown.status_code, refused.status_code, Answer.objects.count()) == (200, 403, 0)
    assert "<button" not in shown.content.decode().split("<main")[1].split("</main>")[0]


def test_an_unknown_condition_is_not_there(member: Member, round: Round) -> None:
    response = client_of(member).get(address("condition", round.id, "no-such-condition"))

    assert response.status_code == 404


@pytest.mark.django_db(transaction=True)
def test_fifty_identical_posts_at_once_are_one_answer() -> None:
    member = make_member()
    round = make_round(member)
    clients = [client_of(member) for _ in range(50)]

    def post(client: Any) -> int:
        try:
            data = {"value": "partly", "how": "Vijftig keer", "version": 0}
            return int(client.post(address("save_answer", round.id, ONE), data).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(post, clients))

    assert answers == [302] * 50
    assert (Answer.objects.count(), Answer.objects.get().version) == (1, 1)
    assert HistoryEntry.objects.filter(subject=round.id, field="value").count() == 1
