"""Whatever a program sends, the server answers in words; requests are drawn from the description of the API itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from samenspraak.people import endpoints
from samenspraak.readiness.actions import add_file
from samenspraak.site.api import described
from samenspraak.tasks.actions import TaskDraft, add_task
from tests.factories import make_member, token_of
from tests.readiness.assessments import make_team
from tests.readiness.rounds import make_round, pdf

pytestmark = pytest.mark.django_db
ONE = "commitment-support"
TRIES = 40


@pytest.fixture(autouse=True)
def the_connection_of_the_test() -> Iterator[None]:
    """As Django's own test client does: a request does not close the connection that the test works in."""
    for sent in (request_started, request_finished):
        sent.disconnect(close_old_connections)
    yield
    for sent in (request_started, request_finished):
        sent.connect(close_old_connections)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A token, and the ids of things that are there."""
    monkeypatch.setattr(endpoints, "MOST_A_MINUTE", 1_000_000)
    cache.clear()
    member = make_member()
    round = make_round(member)
    piece = add_file(member, round, ONE, pdf(), "application/pdf")
    return {
        "token": token_of(member),
        "round_id": str(round.pk),
        "condition_id": ONE,
        "evidence_id": str(piece.pk),
        "task_id": str(add_task(member, TaskDraft(title="Bel")).pk),
        "team_id": str(make_team(member).pk),
    }


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(described())
    schema.app = get_wsgi_application()
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # its client leaves files open
@pytest.mark.parametrize("operation", operations(), ids=lambda o: o.label)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fits", "fits not"])
def test_no_request_breaks_the_server(operation: Any, mode: GenerationMode, asked: dict[str, Any]) -> None:
    @given(case=operation.as_strategy(generation_mode=mode), is_there=st.booleans())
    @settings(max_examples=TRIES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def ask(case: Case, *, is_there: bool) -> None:
        if is_there:
            case.path_parameters = {name: asked[name] for name in case.path_parameters}
        response = case.call(headers={"Authorization": f"Bearer {asked['token']}"})

        case.validate_response(
            response, checks=[not_a_server_error, status_code_conformance, response_schema_conformance]
        )

    ask()
