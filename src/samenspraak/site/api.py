"""The addresses for programs, gathered from the rooms, and what they are, as OpenAPI."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import path

from samenspraak.library import api as library
from samenspraak.people import api as people
from samenspraak.people.endpoints import Endpoint, Operation, Wrong
from samenspraak.readiness import api as readiness
from samenspraak.tasks import api as tasks

ENDPOINTS: tuple[Endpoint, ...] = (*people.ENDPOINTS, *library.ENDPOINTS, *tasks.ENDPOINTS, *readiness.ENDPOINTS)
PLACE = re.compile(r"<(\w+):(\w+)>")
SCHEMAS = {
    "uuid": {"type": "string", "format": "uuid"},
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$", "maxLength": 80},
}
PROBLEMS = {
    "400": "What was sent cannot be read",
    "401": "The token is missing, too old or withdrawn",
    "403": "This token may not do this",
    "404": "There is nothing here, or it is not yours to see",
    "409": "Somebody else saved in between, or the round is closed",
    "422": "Something has to be mended; nothing was saved",
    "429": "That was often in a minute",
}


def openapi(_request: HttpRequest) -> HttpResponse:
    """What programs may ask, as OpenAPI 3.1."""
    return HttpResponse(_written(), content_type="application/json")


@cache
def _written() -> bytes:
    return msgspec.json.encode(described())


def described() -> dict[str, Any]:
    """The whole description."""
    operations = [op for e in ENDPOINTS for op in (e.get, e.post) if op is not None]
    kinds = [kind for op in operations for kind in (op.gives, op.takes) if kind is not None]
    found, components = msgspec.json.schema_components([*kinds, Wrong], ref_template="#/components/schemas/{name}")
    schemas = iter(found)
    paths = {}
    for endpoint in ENDPOINTS:
        ways = {"get": endpoint.get, "post": endpoint.post}
        paths["/api/v1/" + PLACE.sub(r"{\2}", endpoint.address)] = {
            way: _operation(endpoint, way, op, [next(schemas) for kind in (op.gives, op.takes) if kind is not None])
            for way, op in ways.items()
            if op is not None
        }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Samenspraak",
            "version": "1",
            "description": "Read and write what a member may. Make a token on the page of your account.",
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(endpoint: Endpoint, way: str, operation: Operation, schemas: list[dict[str, Any]]) -> dict[str, Any]:
    given = _json(schemas[0]) if operation.gives is not None else {"*/*": {"schema": {"type": "string"}}}
    wrong = _json({"$ref": "#/components/schemas/Wrong"})
    told: dict[str, Any] = {
        "operationId": f"{way}_{endpoint.name}",
        "summary": operation.about,
        "parameters": _parameters(endpoint, operation),
        "responses": {
            "200": {"description": "Done" if way == "post" else "Found", "content": given},
            **{status: {"description": why, "content": wrong} for status, why in PROBLEMS.items()},
        },
    }
    if operation.takes is not None:
        told["requestBody"] = {"required": True, "content": _json(schemas[-1])}
    return told


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


def _parameters(endpoint: Endpoint, operation: Operation) -> list[dict[str, Any]]:
    found = [
        {"name": name, "in": "path", "required": True, "schema": SCHEMAS[kind]}
        for kind, name in PLACE.findall(endpoint.address)
    ]
    if operation.is_paged:
        whole = {"type": "integer", "minimum": 1, "maximum": 99_999}
        found.append({"name": "page", "in": "query", "required": False, "schema": whole})
    return found


app_name = "api"
urlpatterns = [path("openapi.json", openapi, name="openapi"), *(endpoint.pattern() for endpoint in ENDPOINTS)]
