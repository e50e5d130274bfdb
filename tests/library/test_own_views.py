from __future__ import annotations

import re
from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenspraak.library import actions
from samenspraak.library.laid import overlay_of
from samenspraak.library.models import OwnWords
from samenspraak.method.overlay_file import MOST_BYTES, MOST_CONDITIONS
from samenspraak.people.models import Member, Organisation, Role
from tests.factories import client_of, make_member
from tests.library.own import ONE, make_condition, make_own_words

pytestmark = pytest.mark.django_db
OWN = reverse("library:own")
UPLOAD = reverse("library:upload_own")
TITLE = reverse("library:reword", args=["condition", "commitment-support", "title"])


def text_of(answer: HttpResponse) -> str:
    return unescape(answer.content.decode())


def page(member: Member, address: str = OWN) -> str:
    answer = client_of(member).get(address)
    assert answer.status_code == 200, address
    return text_of(answer)


def adding(kind: str, **form: Any) -> tuple[str, dict[str, Any]]:
    return reverse("library:add_own", args=[kind]), {"version": 0, "key": uuid4(), "home": ONE, **form}


def test_nothing_differs_at_first() -> None:
    assert "Nog niets: iedereen leest de editie zoals ze is." in page(make_member())


def test_what_differs_stands_beside_the_edition_with_a_way_back() -> None:
    member = make_member()
    row = make_own_words(member, "wording", field="title", text_nl="De baas wil praten")

    shown = page(member)

    assert "Het bedrijf steunt dialoog" in shown
    assert "De baas wil praten" in shown
    assert f"/library/own/words/{row.pk}/take-back" in shown


def test_a_reader_sees_it_and_changes_nothing() -> None:
    owner = make_member()
    make_own_words(owner)
    reader = make_member(Role.READER, owner.organisation)

    shown = page(reader)

    assert "Wij begonnen klein." in shown
    assert re.findall(r'<form[^>]* method="post"', shown.partition("<main")[2].partition("</main>")[0]) == []


@pytest.mark.parametrize("number", [1, 3, 300])
def test_the_page_of_own_words_costs_the_same_for_any_number(number: int) -> None:
    member = make_member()
    OwnWords.objects.bulk_create(
        OwnWords(
            organisation=member.organisation, kind="action", key=f"own-{n}", home=ONE, rank=n, text_nl=f"Actie {n}."
        )
        for n in range(number)
    )
    Organisation.objects.filter(pk=member.organisation_id).update(overlay_version=1)
    client = client_of(member)
    client.get(OWN)

    with CaptureQueriesContext(connection) as asked:
        shown = text_of(client.get(OWN))

    assert len(asked) == 6
    assert shown.count("<article") == min(number, 100)


def test_own_words_after_the_first_hundred_stand_on_a_next_page() -> None:
    member = make_member()
    OwnWords.objects.bulk_create(
        OwnWords(
            organisation=member.organisation, kind="action", key=f"own-{n}", home=ONE, rank=n, text_nl=f"Actie {n}."
        )
        for n in range(101)
    )

    assert "?page=2#differs" in page(member)
    assert "Actie 100." in page(member, f"{OWN}?page=2")


@pytest.mark.parametrize("address", ["/library/conditions/", "/library/condition/commitment-support/"])
def test_reading_costs_no_query_more_with_own_words(address: str) -> None:
    plain, own = make_member(), make_member()
    make_own_words(own, "wording", field="title", text_nl="Anders")
    numbers = []

    for member in (plain, own):
        client = client_of(member)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        numbers.append(len(asked))

    assert numbers == [2, 2]


def test_a_text_is_said_in_own_words_beside_the_original() -> None:
    member = make_member()
    client = client_of(member)
    form = text_of(client.get(TITLE))

    answer = client.post(TITLE, {"text_nl": " De  baas\nwil praten ", "text_en": "The boss talks", "version": 0})

    row = OwnWords.objects.get()
    assert "Het bedrijf steunt dialoog" in form
    assert (answer.status_code, answer["Location"]) == (302, f"{OWN}#own-{row.pk}")
    assert (row.text_nl, row.text_en, row.changed_by) == ("De  baas\nwil praten", "The boss talks", member)


def test_paragraphs_are_kept_as_an_edition_has_them() -> None:
    member = make_member()
    address = reverse("library:reword", args=["condition", "commitment-support", "why"])

    client_of(member).post(address, {"text_nl": "Eén  \r\n\r\n \r\nTwee\u2028Drie", "version": 0})

    assert OwnWords.objects.get().text_nl == "Eén\nTwee\nDrie"


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"text_nl": "  "}, "Schrijf dit in minstens één taal."),
        ({"text_en": "x" * 121}, "Deze tekst is 121 tekens lang"),
        ({"text_nl": "Een\x07"}, "U+0007"),
    ],
)
def test_what_does_not_fit_is_told_at_the_field_and_stays(form: dict[str, str], message: str) -> None:
    answer = client_of(make_member()).post(TITLE, {"version": 0, **form})

    assert answer.status_code == 422
    assert message in text_of(answer)
    assert next(iter(form.values())).strip() in text_of(answer)
    assert OwnWords.objects.count() == 0


def test_two_editors_see_both_texts() -> None:
    member = make_member()
    make_own_words(member, "wording", field="title", text_nl="De mijne")

    answer = client_of(member).post(TITLE, {"text_nl": "De jouwe", "version": 0})

    assert answer.status_code == 409
    assert "De mijne" in text_of(answer)
    assert "De jouwe" in text_of(answer)
    assert 'name="version" value="1"' in text_of(answer)


def test_each_kind_is_added_where_it_belongs() -> None:
    member = make_member()
    client = client_of(member)
    text = {"title_nl": "Titel", "text_nl": "Tekst"}
    forms = [
        adding("example", **text),
        adding("action", text_nl="Bel de vakbond"),
        adding("line", **text, home="listing:cost-kinds"),
        adding("condition", **text, home="category:capacity", why_nl="Omdat", signs_nl="Een\nTwee"),
    ]

    answers = [client.post(*form).status_code for form in forms]

    overlay = overlay_of(member.organisation_id)
    assert answers == [302] * 4
    assert [len(group) for group in (overlay.examples, overlay.actions, overlay.lines, overlay.conditions)] == [1] * 4
    assert [i.title for i in edition_lines(member)][-1] == "Titel"


def edition_lines(member: Member) -> tuple[Any, ...]:
    from samenspraak.library.queries import edition_for

    organisation = Organisation.objects.get(pk=member.organisation_id)
    return edition_for(organisation, "nl").condition("capacity-money").listings[0].items


def test_an_own_kind_of_cost_stands_in_the_list_marked_as_own() -> None:
    member = make_member()
    make_own_words(member, "line", home="listing:cost-kinds", title_nl="Oppas")

    shown = page(member, "/library/condition/capacity-money/")

    assert re.search(r'<dt>Oppas <span class="fromyou">van je organisatie</span></dt>', shown)


@pytest.mark.parametrize(
    "form", [{"home": "condition:nobody"}, {"home": ""}, {"text_nl": "x" * 201}, {"text_nl": ""}, {"version": "x"}]
)
def test_an_addition_that_is_not_right_is_not_kept(form: dict[str, str]) -> None:
    address, sent = adding("action", text_nl="Bel")

    answer = client_of(make_member()).post(address, sent | form)

    assert (answer.status_code, OwnWords.objects.count()) == (422, 0)


def test_a_key_that_is_none_still_adds() -> None:
    address, sent = adding("action", text_nl="Bel")

    answer = client_of(make_member()).post(address, sent | {"key": "x"})

    assert (answer.status_code, OwnWords.objects.count()) == (302, 1)


@pytest.mark.parametrize(
    "address",
    [
        reverse("library:add_own", args=["wording"]),
        reverse("library:reword", args=["condition", "commitment-support", "code"]),
        reverse("library:reword", args=["norm", "csddd", "text"]),
        reverse("library:own_texts") + "?item=norm:csddd",
        reverse("library:own_texts") + "?item=x",
    ],
)
def test_what_is_fixed_has_no_page(address: str) -> None:
    assert client_of(make_member()).get(address).status_code == 404


def test_what_was_added_is_changed_on_its_own_page() -> None:
    member = make_member()
    row = make_own_words(member)
    address = reverse("library:change_own", args=[row.pk])
    form = page(member, address)

    client_of(member).post(address, {"title_nl": "Nieuw", "text_nl": "Anders", "home": ONE, "version": 1})

    assert "Zo deden wij het" in form
    assert (OwnWords.objects.get().title_nl, OwnWords.objects.get().version) == ("Nieuw", 2)


def test_own_wording_is_changed_beside_its_original() -> None:
    member = make_member()
    row = make_own_words(member, "wording", field="title")

    answer = client_of(member).get(reverse("library:change_own", args=[row.pk]))

    assert (answer.status_code, answer["Location"]) == (302, TITLE)


def test_taking_back_offers_to_undo_and_keeps_the_text() -> None:
    member = make_member()
    row = make_own_words(member)
    client = client_of(member)

    answer = client.post(reverse("library:take_back_own", args=[row.pk]), follow=True)
    client.post(reverse("library:put_back_own", args=[row.pk]))

    assert "Teruggenomen." in text_of(answer)
    assert "Wij begonnen klein." in text_of(answer)
    assert OwnWords.objects.get().is_taken_back is False


def test_the_twenty_first_condition_is_told_that_there_is_no_room() -> None:
    member = make_member()
    rows = [make_condition(member, f"Voorwaarde {n}") for n in range(MOST_CONDITIONS)]
    client = client_of(member)

    refused = client.post(*adding("condition", title_nl="Nog een", text_nl="Wij", home="category:capacity"))
    actions.take_back(member, rows[0])
    make_condition(member, "Nog een")
    again = client.post(reverse("library:put_back_own", args=[rows[0].pk]))

    assert (refused.status_code, again.status_code) == (422, 422)
    assert "plek voor 400 eigen woorden" in text_of(refused)
    assert "plek voor 400 eigen woorden" in text_of(again)


def test_the_texts_of_an_item_lead_to_their_forms() -> None:
    member = make_member()
    make_own_words(member, "wording", field="title")

    shown = page(member, reverse("library:own_texts") + f"?item={ONE}")

    assert TITLE in shown
    assert shown.count("Wijzig je eigen tekst") == 1


def test_the_drawing_shows_own_titles_to_that_organisation_alone() -> None:
    member = make_member()
    make_own_words(member, "wording", home="element:commitment", field="title", text_nl="Zzinzet")

    assert "Zzinzet" in page(member, "/library/model/")
    assert "Zzinzet" not in page(make_member(), "/library/model/")


def test_without_an_item_one_is_chosen_first() -> None:
    shown = page(make_member(), reverse("library:own_texts"))

    assert "?item=condition:commitment-support" in shown
    assert "?item=norm:" not in shown


def test_what_is_downloaded_and_uploaded_is_the_same_bytes() -> None:
    member = make_member()
    condition = make_condition(member)
    make_own_words(member, "action", home=f"condition:{condition.key}")
    make_own_words(member, "wording", field="why", text_nl="Eén\nTwee")
    client = client_of(member)
    file = client.get(reverse("library:own_file"))

    answer = client.post(UPLOAD, {"file": SimpleUploadedFile("own-words.yaml", file.content), "version": 0})

    assert file["Content-Disposition"] == 'attachment; filename="own-words.yaml"'
    assert answer.status_code == 302
    assert client.get(reverse("library:own_file")).content == file.content


WRONG = """edition: "2025-04"
actions:
  - id: own-bel
    condition: nobody
    text: {nl: Bel}
"""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_wrong_file_changes_nothing_and_stays_visible_with_its_lines(language: str) -> None:
    member = make_member(language=language)
    make_own_words(member)

    answer = client_of(member).post(UPLOAD, {"file": SimpleUploadedFile("x.yaml", WRONG.encode()), "version": 1})

    shown = text_of(answer)
    said = {
        "nl": "<b>Regel 4</b>: Er is geen condition 'nobody' om iets aan toe te voegen. Verwijs naar iets dat er is.",
        "en": "<b>Line 4</b>: There is no condition 'nobody' to add to. Point at one there is.",
    }
    assert answer.status_code == 422
    assert said[language] in shown
    assert WRONG in shown.replace("\r\n", "\n")
    assert [row.title_nl for row in OwnWords.objects.all()] == ["Zo deden wij het"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"a: &a [x]\nb: [*a, *a]\n",
        b"edition: 2025-04\n\tx: 1\n",
        b"edition: a\nedition: b\n",
        b"x" * (MOST_BYTES + 1),
        b"[" * 100_000,
        b"- x\n" * 100_000,
        "edition: '2025-04'\nlogo: \ud800".encode("utf-8", "surrogatepass"),
    ],
    ids=["empty", "encoding", "aliases", "tabs", "double", "large", "deep", "many", "surrogate"],
)
@pytest.mark.parametrize("way", ["file", "text"])
def test_a_bad_file_is_refused_with_a_message(content: bytes, way: str) -> None:
    sent: dict[str, Any] = {"version": 0}
    sent |= {"file": BytesIO(content)} if way == "file" else {"document": content.decode("latin-1")}

    answer = client_of(make_member()).post(UPLOAD, sent)

    assert (answer.status_code, OwnWords.objects.count()) == (422, 0)
    assert "Er is niets veranderd" in text_of(answer)


def test_a_file_with_very_many_faults_shows_the_first_fifty() -> None:
    text = 'edition: "2025-04"\n' + "".join(f"x{n}: 1\n" for n in range(60))

    shown = text_of(client_of(make_member()).post(UPLOAD, {"document": text, "version": 0}))

    assert shown.count("<b>Regel ") == 50
    assert "En nog 10." in shown


def test_a_file_that_was_overtaken_shows_both() -> None:
    member = make_member()
    make_own_words(member)
    sent = 'edition: "2025-04"\nactions:\n  - {id: own-a, condition: commitment-support, text: {nl: Bel}}\n'

    answer = client_of(member).post(UPLOAD, {"document": sent, "version": 0})

    assert answer.status_code == 409
    assert "Wij begonnen klein." in text_of(answer)
    assert "own-a, condition: commitment-support" in text_of(answer)
    assert OwnWords.objects.count() == 1
