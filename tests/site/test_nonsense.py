"""Whatever is sent to a form, it answers: never with a page that says that something broke."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from samenspraak.people import actions as people
from samenspraak.people.models import Person, Role
from tests.factories import make_member
from tests.people.routes import Browser, Route
from tests.site.planted import plant
from tests.site.test_markers import FIELDS, forms

pytestmark = pytest.mark.django_db
NONSENSE: dict[str, Any] = {
    "nothing": "",
    "nul": "\x00",
    "nul inside": "a\x00b",
    "line ends": "\r\n",
    "many digits": "9" * 5000,
    "below zero": "-1",
    "beyond a number": "1e400",
    "other digits": "٣²",
    "no number": "NaN",
    "long": "a" * 20_000,
    "no day": "2026-02-30",
    "year zero": "0000-01-01",
    "half an address": "http://[",
    "an id of nobody": "00000000-0000-0000-0000-000000000000",
    "nearly an id": "{00000000-0000-0000-0000-00000000000g}",
    "a list": ["1", "2"],
    "a file": SimpleUploadedFile("a.pdf", b"%PDF-1.7"),
    "an unseen sign": "\u200b",
    "a private sign": "\ue000",
    "brackets": "[]{}<>()",
}


WITH_PARTS = ("readiness:save_answer", "readiness:save_texts", "readiness:save_statements")
BY_SCRIPT = [route for route in forms() if route.name in WITH_PARTS]
ASKED = [(route, {}) for route in forms()] + [(route, {"HX-Request": "true"}) for route in BY_SCRIPT]


@pytest.mark.parametrize(
    ("route", "part"), ASKED, ids=lambda given: getattr(given, "name", "part" if given else "page")
)
def test_a_form_full_of_nonsense_is_answered(route: Route, part: dict[str, str]) -> None:
    planted = plant("Tekst", '"a№"@example.org', "nl")
    answers = {}

    for said, value in NONSENSE.items():
        cache.clear()
        client = Browser(raise_request_exception=False)
        client.force_login(Person.objects.get(pk=planted.member.person_id))
        colleague = make_member(Role.READER, planted.member.organisation)
        asked = people.invite(planted.member, f"{colleague.pk}@example.org", Role.READER, colleague.pk)
        planted.places.update({"member_id": colleague.pk, "invitation_id": asked.invitation.pk})
        address = reverse(route.name, kwargs=planted.arguments(route) or None)
        answers[said] = client.post(address, dict.fromkeys(FIELDS, value), headers=part).status_code

    assert {said: status for said, status in answers.items() if status >= 500} == {}
