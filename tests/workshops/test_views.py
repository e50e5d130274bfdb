from __future__ import annotations

import pytest
from django.urls import reverse

from samenspraak.method.kits import load_kits
from samenspraak.people.models import Role
from tests.factories import client_of, make_member

pytestmark = pytest.mark.django_db
PAPERS = [
    *(
        (paper, kind)
        for paper in ("times", "script", "example", "roles", "cards", "own-plan")
        for kind in ("pdf", "docx")
    ),
    ("slides", "pptx"),
    ("slides", "pdf"),
    ("slides-with-background", "pdf"),
]


def test_every_kit_stands_on_the_first_page() -> None:
    page = client_of(make_member(Role.READER)).get("/workshops/").content.decode()

    assert [kit.id for kit in load_kits("nl") if f'"/workshops/{kit.id}"' not in page] == []


@pytest.mark.parametrize(("paper", "kind"), PAPERS)
def test_every_paper_comes_as_a_file(paper: str, kind: str) -> None:
    client = client_of(make_member(Role.READER))

    answer = client.get(reverse("workshops:paper", args=["clothing", paper, kind]) + "?people=17&starts=09:30")

    assert (answer.status_code, answer.content[:2] in (b"%P", b"PK")) == (200, True)


def test_the_papers_that_are_offered_are_there() -> None:
    client = client_of(make_member(Role.READER))
    page = client.get("/workshops/clothing?people=12&starts=10:00").content.decode()

    offered = [
        part.split('"')[0].replace("&amp;", "&")
        for part in page.split('href="')
        if ".p" in part.split('"')[0] or ".docx" in part.split('"')[0]
    ]

    assert len(offered) >= 20
    assert [address for address in offered if client.get(address).status_code != 200] == []


@pytest.mark.parametrize(
    "address", ["nowhere", "nowhere/script.pdf", "clothing/script.pptx", "clothing/slides.docx", "clothing/nothing.pdf"]
)
def test_what_is_not_there_answers_404(address: str) -> None:
    assert client_of(make_member()).get(f"/workshops/{address}").status_code == 404


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("people=0", "Geef een heel aantal mensen, van 1 tot en met 200."),
        ("people=240", "Geef een heel aantal mensen, van 1 tot en met 200."),
        ("people=veel", "Geef een heel aantal mensen."),
        ("starts=25:00", "Geef een tijd, zoals 13:00."),
    ],
)
def test_a_number_or_time_that_is_none_is_told_at_the_field_and_stays_there(query: str, message: str) -> None:
    answer = client_of(make_member()).get(f"/workshops/clothing?{query}")

    page = answer.content.decode()
    assert (answer.status_code, message in page, f'value="{query.partition("=")[2]}"' in page) == (422, True, True)


@pytest.mark.parametrize("people", [7, 25])
def test_too_few_and_too_many_people_are_explained_and_allowed(people: int) -> None:
    answer = client_of(make_member()).get(f"/workshops/clothing?people={people}")

    assert (answer.status_code, f"{people} mensen" in answer.content.decode()) == (200, True)


def test_a_page_asks_the_database_who_asks_and_nothing_more(django_assert_num_queries: object) -> None:
    client = client_of(make_member())
    client.get("/workshops/clothing")

    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get("/workshops/clothing")
