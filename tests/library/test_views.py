from __future__ import annotations

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samenspraak.library.entries import PARTS, entries
from samenspraak.library.queries import Shelf
from samenspraak.method.load import editions, load_edition
from samenspraak.people.models import Role
from tests.factories import client_of, make_member

pytestmark = pytest.mark.django_db
EDITION = load_edition(editions()[-1], "nl")
ENGLISH = load_edition(editions()[-1], "en")


@pytest.fixture
def reader() -> Client:
    return client_of(make_member(Role.READER))


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def test_home_searches_first_and_lists_every_part(reader: Client) -> None:
    page = text_of(reader, reverse("library:home"))

    links = re.findall(r'<li><a href="/library/([a-z-]+)/">', page)
    assert links == [part.key for part in PARTS]
    assert page.index('type="search"') < page.index("/library/model/")
    assert "Acht voorwaarden, negen elementen, negen stappen." in page


def test_the_drawing_on_the_home_leads_to_the_elements(reader: Client) -> None:
    page = text_of(reader, reverse("library:home"))

    assert re.findall(r'<a href="/library/element/([a-z-]+)/" aria-label', page) == [
        e for layer in EDITION.model.layers for e in layer.elements
    ]


@pytest.mark.parametrize("key", [part.key for part in PARTS])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_part_shows_all_its_items(key: str, language: str) -> None:
    client = client_of(make_member(Role.READER, language=language))
    edition = EDITION if language == "nl" else ENGLISH

    page = text_of(client, reverse("library:part", args=[key]))

    held = [entry for entry in entries(edition) if entry.part.key == key]
    assert [entry.address for entry in held if f'id="{entry.kind}-{entry.item.id}"' not in page] == []
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_item_has_an_address_that_answers(language: str) -> None:
    client = client_of(make_member(Role.READER, language=language))
    edition = EDITION if language == "nl" else ENGLISH

    wrong = []
    for entry in entries(edition):
        answer = client.get(reverse("library:item", args=[entry.kind, entry.item.id]))
        if answer.status_code not in (200, 302):
            wrong.append((entry.address, answer.status_code))

    assert wrong == []


def test_an_item_shows_its_source_or_that_it_is_ours(reader: Client) -> None:
    borrowed = text_of(reader, reverse("library:item", args=["condition", "capacity-time"]))
    ours = text_of(reader, reverse("library:item", args=["question", "who-pays"]))

    assert "Bron:" in borrowed
    assert "https://www.ser.nl" in borrowed
    assert "Dit is ons eigen voorstel." in ours


def test_a_step_with_a_working_name_says_so(reader: Client) -> None:
    official = text_of(reader, reverse("library:item", args=["step", "motivation"]))
    working = text_of(reader, reverse("library:item", args=["step", "organise"]))

    assert ("werknaam van dit programma" in official, "werknaam van dit programma" in working) == (False, True)


def test_the_page_of_the_workshop_says_what_is_the_manuals_and_what_is_ours(reader: Client) -> None:
    page = text_of(reader, reverse("library:part", args=["workshop"]))

    assert "De zeven onderdelen duren samen 245 minuten" in page
    assert "ons eigen voorstel" in page
    assert page.count('hidden-slide">') == sum(slide.is_hidden for slide in EDITION.workshop.slides)


def test_a_kit_shows_each_role_with_its_secret_and_each_event(reader: Client) -> None:
    page = text_of(reader, reverse("library:item", args=["kit", "natural-stone"]))

    assert page.count("Dit vertel je pas als je hen vertrouwt") == 6
    assert page.count("ijdens het gesprek</p>") + page.count("oor het gesprek</p>") + page.count("a afloop</p>") == 12
    assert "Ingevuld werkblad" in page


@pytest.mark.parametrize(
    ("kind", "item_id", "leads_to"),
    [
        ("category", "capacity", "/library/conditions/#category-capacity"),
        ("phase", "preparation", "/library/steps/#phase-preparation"),
        ("model", "nine-elements", "/library/model/#model-nine-elements"),
        ("facilitator", "facilitator", "/library/facilitator/#facilitator-facilitator"),
        ("workshop", "half-day", "/library/workshop/#workshop-half-day"),
        ("statement", "inclusion-2", "/library/element/inclusion/#statement-inclusion-2"),
    ],
)
def test_what_is_a_heading_of_its_part_is_shown_there(reader: Client, kind: str, item_id: str, leads_to: str) -> None:
    answer = reader.get(reverse("library:item", args=[kind, item_id]))

    assert (answer.status_code, answer.headers["Location"]) == (302, leads_to)


@pytest.mark.parametrize(
    "address",
    [
        "/library/nothing/",
        "/library/question/nobody/",
        "/library/statement/nobody/",
        "/library/norm/oecd-meaningful/",
        "/library/document/checklist/",
        "/library/kit/none/",
        "/library/slide/title/",
    ],
)
def test_what_is_not_there_or_kept_back_answers_404(reader: Client, address: str) -> None:
    assert reader.get(address).status_code == 404


def test_norms_that_nobody_could_confirm_stand_on_no_page(reader: Client) -> None:
    page = text_of(reader, reverse("library:part", args=["norms"]))

    kept_back = [norm.id for norm in EDITION.norms if norm.sure == "C"]
    assert [name for name in kept_back if f'id="norm-{name}"' in page] == []
    assert page.count('id="norm-') == len(Shelf(EDITION).norms())


def test_a_norm_checked_long_ago_warns(reader: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import date

    monkeypatch.setattr(Shelf, "checked_on", lambda _self, _norm: date(2020, 1, 1))

    page = text_of(reader, reverse("library:item", args=["norm", "oecd-guidelines"]))

    assert "langer dan een half jaar geleden" in page


def test_search_gives_the_item_with_its_words_marked(reader: Client) -> None:
    page = text_of(reader, reverse("library:search") + "?q=leefbaar+loon")

    assert "Dit past het best bij ‘leefbaar loon’" in page
    assert '<a href="/library/term/living-wage/">' in page
    assert "<mark>loon</mark>" in page


def test_nothing_found_says_so_and_gives_three_parts(reader: Client) -> None:
    page = text_of(reader, reverse("library:search") + "?q=qwertzuiop")

    assert "We vinden niets bij ‘qwertzuiop’" in page
    assert page[page.index('class="nearest"') :].count("<li>") >= 3


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20%20"])
def test_an_empty_search_asks_what_you_look_for(reader: Client, query: str) -> None:
    page = text_of(reader, reverse("library:search") + query)

    assert "Typ een woord of een hele vraag." in page


def test_what_is_typed_comes_back_as_text(reader: Client) -> None:
    page = reader.get(reverse("library:search"), {"q": '<script>alert("x")</script>'}).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("address", ["", "questions/", "question/who-pays/", "search?q=tolk"])
def test_a_page_asks_the_database_for_the_member_alone(reader: Client, address: str) -> None:
    reader.get("/library/" + address)

    with CaptureQueriesContext(connection) as first:
        reader.get("/library/" + address)
    with CaptureQueriesContext(connection) as second:
        reader.get("/library/questions/")

    assert len(first) == len(second)


def test_who_has_not_signed_in_is_asked_to() -> None:
    answer = Client().get(reverse("library:home"))

    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, reverse("account_login"))


def test_the_first_page_of_the_method_is_small(reader: Client) -> None:
    page = reader.get(reverse("library:part", args=["steps"])).content

    drawings = re.findall(rb"<svg class=\"map.*?</svg>", page, re.DOTALL)
    assert len(drawings) == 2
    assert all(ElementTree.fromstring(drawing) is not None for drawing in drawings)
    assert sum(map(len, drawings)) < 30_000
