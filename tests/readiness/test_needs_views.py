"""The pages of mandate, hours, budget and team, and the page on which a director signs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from samenspraak.people.models import Guest, Mail, Member, Role
from samenspraak.readiness import actions
from samenspraak.readiness.models import BudgetLine, HoursLine, Instrument, Round, Signature, TeamLine
from tests.factories import client_of, make_member
from tests.readiness.needs import LINES, ask, fill_needs, key_of, save, sign
from tests.readiness.rounds import make_round

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}


@pytest.fixture
def member() -> Member:
    return make_member(function="inkoop")


@pytest.fixture
def round(member: Member) -> Round:
    return make_round(member)


def address(name: str, *args: Any) -> str:
    return reverse(f"readiness:{name}", args=args)


def post(member: Member, round: Round, kind: str, *, headers: dict[str, str] | None = None, **fields: Any) -> Any:
    data = {"about": "", "version": 0, **{name.replace("__", "-"): value for name, value in fields.items()}}
    return client_of(member).post(address("save_instrument", round.id, kind), data, headers=headers or {})


def text_of(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("kind", LINES)
def test_a_page_shows_what_was_filled_in_and_the_way_back(member: Member, round: Round, kind: str) -> None:
    save(member, round, kind)

    page = text_of(client_of(member).get(address("instrument", round.id, kind)))

    assert all(line["title"] in page for line in LINES[kind])
    assert f"Gesprek over {kind}" in page
    assert "Bewaard om" in page


def test_an_unknown_instrument_is_not_there(member: Member, round: Round) -> None:
    client = client_of(member)

    found = [
        client.get(address("instrument", round.id, "nothing")).status_code,
        client.post(address("save_instrument", round.id, "nothing")).status_code,
        client.get(address("instrument_paper", round.id, "nothing", "pdf")).status_code,
        client.get(address("instrument_paper", round.id, "team", "xlsx")).status_code,
        client.get(address("blank_instrument", "budget", "pdf")).status_code,
    ]

    assert found == [404] * 5


def test_a_save_by_script_gets_the_sums_back(member: Member, round: Round) -> None:
    response = post(member, round, "hours", headers=PART, preparation__hours="12,5", preparation__people="2")

    page = text_of(response)
    assert response.status_code == 200
    assert ("Bewaard om" in page, "25 uur" in page) == (True, True)
    assert 'value="1" hx-swap-oob="true"' in page


def test_without_script_the_same_address_answers_with_a_redirect(member: Member, round: Round) -> None:
    response = post(member, round, "budget", room__expected="1.234,56")

    assert (response.status_code, response["Location"]) == (302, address("instrument", round.id, "budget"))
    assert BudgetLine.objects.get().expected == 123456


@pytest.mark.parametrize("headers", [{}, PART])
def test_another_line_is_saved_with_the_rest_and_room_is_made(
    member: Member, round: Round, headers: dict[str, str]
) -> None:
    response = post(member, round, "hours", headers=headers, more="1", own__1__title="Bellen", own__1__hours="2")

    where = response["HX-Redirect"] if headers else response["Location"]
    page = text_of(client_of(member).get(where.partition("#")[0]))
    assert where.endswith("?lines=1#own-2-title")
    assert ('id="own-2-title"' in page, 'id="own-3-title"' in page) == (True, False)


@pytest.mark.parametrize("lines", ["-1", "x", "99999", "٣"])
def test_a_strange_number_of_lines_shows_one(member: Member, round: Round, lines: str) -> None:
    page = text_of(client_of(member).get(address("instrument", round.id, "hours"), {"lines": lines}))

    assert ('id="own-1-title"' in page, 'id="own-2-title"' in page) == (True, False)


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("hours", ("preparation__hours", "-3", "nul of meer")),
        ("hours", ("preparation__hours", "1000000000000", "hoogstens 2000")),
        ("hours", ("preparation__hours", "veel", "geen aantal uren")),
        ("budget", ("room__expected", "1000000000000", "te groot")),
        ("budget", ("room__expected", "1,234", "twee manieren")),
        ("mandate", ("living-wage__until_on", "31-04-2027", "31-04-2027")),
        ("team", ("legal__who", "x" * 300, "240 tekens")),
    ],
)
def test_what_cannot_be_comes_back_with_everything_that_was_typed(
    member: Member, round: Round, kind: str, wrong: tuple[str, str, str]
) -> None:
    field, typed, says = wrong
    response = post(member, round, kind, **{field: typed, "own__1__title": "Blijft staan", "about": "Dit ook"})

    page = text_of(response)
    assert response.status_code == 422
    assert [words in page for words in (says, typed, "Blijft staan", "Dit ook")] == [True] * 4
    assert Instrument.objects.count() == 0


def test_a_message_goes_when_the_field_is_mended(member: Member, round: Round) -> None:
    first = text_of(post(member, round, "hours", headers=PART, preparation__hours="-3"))
    second = text_of(post(member, round, "hours", headers=PART, preparation__hours="3", wrong="preparation-hours"))

    assert 'value="preparation-hours " hx-swap-oob="true"' in first
    assert '<div id="preparation-hours-error" class="cellerror" hx-swap-oob="true"></div>' in second


def test_too_many_lines_are_said_above_them(member: Member, round: Round) -> None:
    response = post(member, round, "team", **{f"own__{n}__title": f"Team {n}" for n in range(1, 42)})

    page = text_of(response)
    assert (response.status_code, "hoogstens 40 eigen regels" in page, "Team 41" in page) == (422, True, True)


@pytest.mark.parametrize("headers", [{}, PART])
@pytest.mark.parametrize("kind", LINES)
def test_a_stale_page_shows_both(member: Member, round: Round, kind: str, headers: dict[str, str]) -> None:
    save(member, round, kind)

    response = post(member, round, kind, headers=headers, own__1__title="Van mij", own__1__hours="1")

    page = text_of(response)
    assert response.status_code == 409
    assert (LINES[kind][1]["title"] in page, headers == PART or "Van mij" in page) == (True, True)


@pytest.mark.parametrize("headers", [{}, PART])
def test_a_closed_round_says_so(member: Member, round: Round, headers: dict[str, str]) -> None:
    actions.close_round(member, round)

    response = post(member, round, "hours", headers=headers, preparation__hours="3")

    assert (response.status_code, "gesloten" in text_of(response)) == (409, True)


def test_a_reader_sees_everything_and_changes_nothing(member: Member, round: Round) -> None:
    fill_needs(member, round)
    reader = make_member(Role.READER, organisation=member.organisation)

    pages = [text_of(client_of(reader).get(address("instrument", round.id, kind))) for kind in LINES]

    assert [page.split("<main")[1].split("</main>")[0].count("<button") for page in pages] == [0] * 4
    assert post(reader, round, "hours").status_code == 403


def test_a_colleague_in_the_list_is_kept_as_that_colleague(member: Member, round: Round) -> None:
    post(member, round, "team", purchasing__who=member.label, purchasing__leads="on")

    line = TeamLine.objects.get()
    assert (line.member, line.leads, line.helps) == (member, True, False)


@pytest.mark.parametrize(
    ("condition", "kind", "shown"),
    [
        ("commitment-outcomes", "mandate", ("Wat mag je toezeggen?", "Voor 2 onderwerpen")),
        ("capacity-time", "hours", ("Hoeveel uur kost", "Je schatte 26,5 uur")),
        ("capacity-money", "budget", ("Wat kost het gesprek?", "€\xa01.124,50 eenmalig")),
        ("processes-alignment", "team", ("Wie doet wat?", "Inkoop (Bram)")),
    ],
)
def test_a_condition_shows_the_instrument_it_asks_for_and_is_not_answered_by_it(
    member: Member, round: Round, kind: str, condition: str, shown: tuple[str, str]
) -> None:
    empty, says = shown
    where, client = address("condition", round.id, condition), client_of(member)
    before = text_of(client.get(where))
    save(member, round, kind)

    after = text_of(client.get(where))

    assert (empty in before, says in before, says in after) == (True, False, True)
    assert address("instrument", round.id, kind) in after
    assert round.answers.count() == 0


def test_a_line_for_what_the_edition_no_longer_proposes_stays(member: Member, round: Round) -> None:
    save(member, round, "hours", [{"item_id": "gone-from-edition", "title": "Wachten", "quarters": 4}])

    page = text_of(client_of(member).get(address("instrument", round.id, "hours")))
    post(member, round, "hours", version=1, **{"gone-from-edition-hours": "2"})

    assert "Wachten" in page
    assert HoursLine.objects.get().quarters == 8


def test_the_history_of_a_round_tells_what_was_filled_in(member: Member, round: Round) -> None:
    fill_needs(member, round)
    post(member, round, "budget", version=1, room__expected="10", room__meeting="online")

    page = text_of(client_of(member).get(address("history", round.id)))

    assert [words in page for words in ("Zaalhuur", "€\xa010", "online", "Leefbaar loon", "12,5")] == [True] * 5


def ask_form(**fields: Any) -> dict[str, Any]:
    given = {
        "name": "Ilse",
        "email": "ilse@example.org",
        "language": "",
        "once": "6f0c1b3e-0000-4000-8000-000000000001",
    }
    return {f"signer-{name}": value for name, value in {**given, **fields}.items()}


def test_without_a_mail_server_the_link_is_shown_once(member: Member, round: Round) -> None:
    client = client_of(member)

    response = client.post(address("ask_signature", round.id), ask_form())
    again = client.get(address("instrument", round.id, "mandate"))

    assert ("/ready/sign/" in text_of(response), "/ready/sign/" in text_of(again)) == (True, False)
    assert "Gevraagd op" in text_of(again)


def test_with_a_mail_server_the_mail_goes_and_the_page_comes_back(
    member: Member, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samenspraak.readiness.views.signing.mail_is_configured", lambda: True)

    response = client_of(member).post(address("ask_signature", round.id), ask_form(language="en"))

    assert response["Location"] == address("instrument", round.id, "mandate") + "#signing"
    assert (Guest.objects.get().language, Mail.objects.count()) == ("en", 1)


@pytest.mark.parametrize(
    ("field", "typed"), [("email", "a@example.org\nBcc: b@example.org"), ("email", "geen adres"), ("name", "")]
)
def test_a_signer_who_cannot_be_is_refused_at_the_field(member: Member, round: Round, field: str, typed: str) -> None:
    response = client_of(member).post(address("ask_signature", round.id), ask_form(**{field: typed}))

    assert (response.status_code, Guest.objects.count()) == (422, 0)


def test_a_signer_of_another_round_is_not_there(member: Member, round: Round) -> None:
    guest = ask(member, make_round(member, name="Een andere")).guest

    found = [client_of(member).post(address(n, round.id, guest.pk)) for n in ("remind_signer", "withdraw_signer")]

    assert [r.status_code for r in found] == [404, 404]


def test_a_signer_is_asked_again_and_let_go(member: Member, round: Round) -> None:
    guest, client = ask(member, round).guest, client_of(member)
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))

    found = [client.post(address(name, round.id, guest.pk)) for name in ("remind_signer", "withdraw_signer")]

    assert [r["Location"] for r in found] == [address("instrument", round.id, "mandate") + "#signing"] * 2
    assert (Mail.objects.count(), Guest.objects.exclude(withdrawn_at=None).count()) == (2, 1)


@pytest.mark.parametrize("name", ["ask_signature", "remind_signer", "withdraw_signer"])
def test_nobody_is_asked_in_a_closed_round(member: Member, round: Round, name: str) -> None:
    guest = ask(member, round).guest
    actions.close_round(member, round)
    where = address(name, round.id) if name == "ask_signature" else address(name, round.id, guest.pk)

    response = client_of(member).post(where, ask_form(email="joost@example.org"))

    assert (response.status_code, "gesloten" in text_of(response)) == (409, True)


@pytest.fixture
def link(member: Member, round: Round) -> str:
    save(member, round, "mandate")
    return address("sign", key_of(ask(member, round)))


def test_a_director_reads_the_mandate_without_an_account(link: str, round: Round) -> None:
    response = Client().get(link)

    page = text_of(response)
    assert [words in page for words in ("Leefbaar loon", "Zelf loon uitbetalen", "30 april 2027", "Levertijden")] == (
        [True] * 4
    )
    assert (response["Referrer-Policy"], "Set-Cookie" in response.headers) == ("no-referrer", False)


def test_a_director_signs_with_a_name(link: str) -> None:
    response = Client().post(link, {"name": "Ilse Bos", "version": 1})

    signature = Signature.objects.get()
    assert ("Getekend. Dank je wel." in text_of(response), signature.name) == (True, "Ilse Bos")
    assert [line["title"] for line in signature.content] == ["Leefbaar loon", "Levertijden"]


def test_the_mandate_page_says_who_signed_and_that_it_changed(link: str, member: Member, round: Round) -> None:
    Client().post(link, {"name": "Ilse Bos", "version": 1})
    where, client = address("instrument", round.id, "mandate"), client_of(member)

    signed = text_of(client.get(where))
    save(member, round, "mandate", [{"title": "Iets nieuws", "may_promise": "Alles"}], version=1)
    changed = text_of(client.get(where))

    assert ("Getekend door Ilse Bos" in signed, "Veranderd sinds" in signed) == (True, False)
    assert ("Veranderd sinds Ilse Bos tekende" in changed, "Zelf loon uitbetalen" in changed) == (True, True)


def test_a_director_says_what_must_change(link: str, member: Member, round: Round) -> None:
    form = {"change-name": "Ilse", "change-says": "Eerst met inkoop", "change-version": 1}

    response = Client().post(link, form)

    page = text_of(client_of(member).get(address("instrument", round.id, "mandate")))
    assert ("Er is niets getekend" in text_of(response), "Eerst met inkoop" in page) == (True, True)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"name": "", "version": 1}, "Schrijf je naam"),
        ({"name": "Ilse", "version": "x"}, "Ben je het eens?"),
        ({"change-name": "Ilse", "change-says": "", "change-version": 1}, "Zeg in een paar woorden"),
    ],
)
def test_a_signature_without_a_name_is_asked_again(link: str, form: dict[str, Any], says: str) -> None:
    response = Client().post(link, form)

    assert (response.status_code, says in text_of(response), Signature.objects.count()) == (422, True, 0)


def test_a_mandate_that_changed_while_it_was_read_is_read_again(link: str, member: Member, round: Round) -> None:
    save(member, round, "mandate", [{"title": "Iets nieuws", "may_promise": "Alles"}], version=1)

    response = Client().post(link, {"name": "Ilse Bos", "version": 1})

    page = text_of(response)
    assert (response.status_code, Signature.objects.count()) == (409, 0)
    assert [words in page for words in ("terwijl je las", "Iets nieuws", "Ilse Bos", 'value="2"')] == [True] * 4


def test_a_round_that_was_closed_meanwhile_is_not_signed(link: str, member: Member, round: Round) -> None:
    actions.close_round(member, round)

    answers = [Client().get(link), Client().post(link, {"name": "Ilse Bos", "version": 1})]

    assert [(r.status_code, "niets meer getekend" in text_of(r)) for r in answers] == [(200, True), (409, True)]


def test_an_empty_mandate_cannot_be_signed(member: Member, round: Round) -> None:
    page = text_of(Client().get(address("sign", key_of(ask(member, round)))))

    assert ("nog niets ingevuld" in page, "<form" in page) == (True, False)


@pytest.mark.parametrize("how", ["used", "withdrawn", "expired"])
def test_a_link_that_ended_says_so(link: str, member: Member, round: Round, how: str) -> None:
    guest = Guest.objects.get()
    if how == "used":
        sign(guest)
    if how == "withdrawn":
        actions.withdraw_signer(member, round, guest)
    if how == "expired":
        Guest.objects.update(expires_at=timezone.now() - timedelta(days=1))

    answers = [Client().get(link), Client().post(link, {"name": "Iemand anders", "version": 1})]

    assert [r.status_code for r in answers] == [410, 410]
    assert Signature.objects.filter(name="Iemand anders").count() == 0


def test_a_link_with_another_purpose_or_a_made_up_key_opens_nothing(link: str) -> None:
    Guest.objects.update(purpose="answer")

    assert [Client().get(where).status_code for where in (link, address("sign", "made-up"))] == [404, 404]
