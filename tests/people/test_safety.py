"""What holds for every route: reading changes nothing, the headers, the cookies, forms from elsewhere."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from samenspraak.people.access import ACCESS
from samenspraak.people.actions import write_letter
from samenspraak.people.models import Role
from tests.factories import PASSWORD, client_of, make_member, make_person
from tests.people.routes import BY_LINK, NAMED, Route, address_of, client_as

pytestmark = pytest.mark.django_db
readable = pytest.mark.parametrize("route", [r for r in NAMED if ACCESS[r.name].get is not None], ids=lambda r: r.name)
changing = pytest.mark.parametrize("route", [r for r in NAMED if ACCESS[r.name].post is not None], ids=lambda r: r.name)


def database() -> dict[str, str]:
    """Each table by the hash of its rows."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


@readable
@pytest.mark.parametrize("who", ["visitor", "owner"])
def test_reading_changes_nothing(route: Route, who: str) -> None:
    own = make_member()
    client, address = client_as(who, own.organisation), address_of(route, own)
    before = database()

    client.get(address)

    assert database() == before


def test_the_link_for_a_new_password_only_makes_a_session() -> None:
    """The one exception: the token moves from the address into the session, so that it stands in no history."""
    from allauth.account.utils import user_pk_to_url_str
    from django.contrib.auth.tokens import default_token_generator

    person = make_person(password=PASSWORD)
    arguments = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    before = database()

    response = Client().get(reverse("account_reset_password_from_key", kwargs=arguments))

    changed = [table for table, content in database().items() if content != before[table]]
    assert (response.status_code, changed) == (302, ["people_session"])


def headers_of(response: HttpResponse) -> dict[str, str | None]:
    names = ("X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy")
    return {name: response.headers.get(name) for name in names}


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "manifest-src 'self'",
}
FILE_OF_USERS = {"default-src 'none'", "frame-ancestors 'none'", "sandbox"}
ITS_OWN_POLICY = {"readiness:evidence": FILE_OF_USERS, "tasks:proof": FILE_OF_USERS}


@pytest.mark.parametrize("route", NAMED, ids=lambda r: r.name)
@pytest.mark.parametrize("who", ["visitor", "owner"])
def test_every_answer_carries_the_headers(route: Route, who: str) -> None:
    own = make_member()
    client, address = client_as(who, own.organisation), address_of(route, own)

    answers = [client.get(address), client.post(address), client.put(address)]

    opened = HEADERS | {"Referrer-Policy": "no-referrer"} if route.name in BY_LINK else HEADERS
    refused = HEADERS if route.name == "readiness:guest_assessment" else opened  # that form names no element
    assert [headers_of(a) for a in answers] == [opened, refused, HEADERS]
    policies = [set(a.headers["Content-Security-Policy"].split("; ")) for a in answers]
    read = ITS_OWN_POLICY.get(route.name, POLICY) if answers[0].status_code == 200 else POLICY
    assert policies == [read, POLICY, POLICY]


def test_what_is_not_there_carries_the_headers() -> None:
    response = client_as("owner").get("/nowhere")

    assert (response.status_code, headers_of(response)) == (404, HEADERS)
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY


@readable
def test_what_a_member_reads_stays_in_no_cache(route: Route) -> None:
    own = make_member()

    response = client_as("owner", own.organisation).get(address_of(route, own))

    assert "no-store" in response.headers["Cache-Control"]


@changing
@pytest.mark.parametrize("who", ["visitor", "owner"])
def test_a_form_from_elsewhere_is_refused_and_changes_nothing_but_what_its_key_opens(route: Route, who: str) -> None:
    own = make_member()
    client, address = client_as(who, own.organisation, enforce_csrf_checks=True), address_of(route, own)
    before = database()

    response = client.post(address)

    # Opened by the key of a guest, without a session that a form from elsewhere could use.
    by_link = {
        "tasks:guest": (200, False),
        "readiness:voice": (422, True),
        "readiness:sign": (422, True),
        "readiness:guest_assessment": (404, True),
    }
    assert (response.status_code, database() == before) == by_link.get(
        route.name, (401 if route.name.startswith("api:") else 403, True)
    )


def test_a_form_that_is_too_old_says_so_in_the_language_of_the_reader() -> None:
    response = client_as("owner", enforce_csrf_checks=True).post(reverse("people:invite"))

    assert "Deze pagina stond te lang open" in response.content.decode()


COOKIES = """
import django, json, sys
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from django.test import Client
from django.urls import reverse
from samenspraak.people.actions import FirstRun, make_first_run_code, start_organisation
given = FirstRun(make_first_run_code(), "Organisatie", "Sanne", "sanne@example.org", "drie gewone woorden", "nl")
start_organisation(given)
from django.conf import settings
host = settings.ENVIRONMENT.host
client = Client()
secure = settings.ENVIRONMENT.is_https
client.get(reverse("account_login"), secure=secure, headers={"host": host})
form = {"login": given.email, "password": given.password}
answer = client.post(reverse("account_login"), form, secure=secure, headers={"host": host})
flags = ("secure", "httponly", "samesite", "path", "domain")
print(json.dumps({
    "status": answer.status_code,
    "hsts": answer.headers.get("Strict-Transport-Security"),
    "cookies": {n: [c[f] for f in flags] for n, c in sorted(client.cookies.items())},
}))
"""


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        (
            "http://localhost:8000",
            {
                "status": 302,
                "hsts": None,
                "cookies": {
                    "samenspraak": ["", True, "Lax", "/", ""],
                    "samenspraak-csrf": ["", True, "Lax", "/", ""],
                },
            },
        ),
        (
            "https://samenspraak.example.org",
            {
                "status": 302,
                "hsts": "max-age=31536000",
                "cookies": {
                    "__Host-samenspraak": [True, True, "Lax", "/", ""],
                    "__Host-samenspraak-csrf": [True, True, "Lax", "/", ""],
                },
            },
        ),
    ],
    ids=["http", "https"],
)
def test_cookies_are_named_and_kept_as_the_address_asks(tmp_path, address: str, wanted: dict[str, object]) -> None:
    environment = {n: v for n, v in os.environ.items() if not n.startswith("SAMENSPRAAK_")} | {
        "DJANGO_SETTINGS_MODULE": "samenspraak.site.settings",
        "SAMENSPRAAK_DATA": str(tmp_path),
        "SAMENSPRAAK_ADDRESS": address,
    }

    done = subprocess.run([sys.executable, "-c", COOKIES], env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == wanted


def test_a_name_that_is_not_ours_is_refused() -> None:
    client = client_as("owner")

    answers = {name: client.get("/about", headers={"host": name}).status_code for name in ("localhost", "evil.example")}
    health = client.get("/healthz", headers={"host": "10.0.0.3"})

    assert answers == {"localhost": 200, "evil.example": 400}
    assert health.status_code == 200


def test_what_opens_something_stands_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    visitor, tokens = client_as("visitor"), ["a" * 43, "1a-" + "b" * 40, "c" * 43]
    addresses = [f"/invitation/{tokens[0]}", f"/account/password/new/{tokens[1]}", f"/tasks/calendar/{tokens[2]}.ics"]

    answers = [visitor.get(address).status_code for address in addresses]
    forged = client_as("visitor", enforce_csrf_checks=True).post(addresses[0])

    assert (answers, forged.status_code) == ([410, 410, 404], 403)
    assert caplog.messages == []


HTML = "<script>alert(1)</script>{{7*7}}"


def test_what_people_type_is_shown_as_text_on_every_page_and_in_mail() -> None:
    owner = make_member(Role.OWNER, function=f"inkoop {HTML}")
    owner.person.name, owner.organisation.name = f"Sanne {HTML}", f"Noord {HTML}"
    owner.person.save()
    owner.organisation.save()
    client = client_of(owner)

    pages = [client.get(reverse(name)).content.decode() for name in ("people:organisation", "people:account")]
    letter = write_letter(
        "people/mail/invitation",
        "key",
        "a@example.org",
        "nl",
        {
            "inviter": owner.label,
            "link": "http://localhost/x",
            "invitation": owner.organisation.invitations.model(
                organisation=owner.organisation, role=Role.READER, expires_at=owner.joined_at
            ),
        },
    )

    assert [HTML in page for page in pages] == [False, False]
    assert ["&lt;script&gt;alert(1)&lt;/script&gt;{{7*7}}" in page for page in pages] == [True, True]
    assert HTML in letter.text
