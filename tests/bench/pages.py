"""``samenspraak bench pages``: what a page costs on the server, against what its data and its template cost alone.

The limit at 300 and 10,000 rows: the page's own queries run bare on the same file, plus a bare Jinja2 render of the
same template with the same values. At 1 row: the leanest empty page of
ours, the task list of an organisation that has nothing yet, through the same middleware. A list for programs is held against the page of the same list. Both are measured in turns in this process; the figures are lower deciles of processor time in milliseconds:
all of it happens on one thread and reads from memory.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any, NamedTuple

from tests.bench.clock import in_turns, quiet, timed

TURNS = 100
NEEDS = ("mandate", "hours", "budget", "team")
METHOD_PAGES = ("condition", "statements", "assessment", "team", *(f"needs.{kind}" for kind in NEEDS))


class Caught(NamedTuple):
    """What one request did: its queries and its template with values."""

    queries: list[tuple[str, Any]]
    template: Any
    values: dict[str, Any]
    length: int


def main(argv: list[str]) -> int:
    """Print one line per page and size; 1 when a goal is missed."""
    del argv
    with tempfile.TemporaryDirectory(prefix="samenspraak-bench-") as folder:
        os.environ |= {"SAMENSPRAAK_MODE": "test", "SAMENSPRAAK_DATA": folder}
        import django

        django.setup()
        return Bench().run()


def addresses(size: Any) -> dict[str, str]:
    """The pages that are measured at every size."""
    round = f"/ready/{size.round.id}"
    return {
        "checklist": round,
        "condition": f"{round}/condition/capacity-time",
        "tasks": "/tasks/",
        "assessments": "/ready/self-assessment",
        "statements": f"/ready/self-assessment/{size.draft.id}/at/inclusion",
        "assessment": f"/ready/self-assessment/{size.assessment.id}",
        "team": f"/ready/self-assessment/team/{size.team.id}",
        "asked": f"{round}/voices",
        "voices": f"{round}/condition/capacity-time/voices",
        **{f"needs.{kind}": f"{round}/needs/{kind}" for kind in NEEDS},
    }


class Bench:
    """The application, three organisations, and a bare connection to the same file."""

    def __init__(self) -> None:
        from django.conf import settings
        from django.core.management import call_command
        from django.core.wsgi import get_wsgi_application

        from samenspraak.site.texts import compile_catalogue
        from tests.bench.rows import make_own_words, make_size

        compile_catalogue()
        call_command("migrate", verbosity=0)
        self.application = get_wsgi_application()
        self.sizes = {rows: make_size(rows) for rows in (1, 300, 10_000)}
        self.own_words = make_own_words(300)
        self.nothing = make_size(0).cookie
        self.bare = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
        self.bare.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
        self.is_fine = True

    def run(self) -> int:
        """Every page at every size."""
        for name in addresses(self.sizes[1]):
            counts = set()
            for rows, size in self.sizes.items():
                if rows == 1 and name in METHOD_PAGES:
                    continue  # 15 kB and more of the method, whatever the rows: no page to call empty
                counts.add(self.measure(f"pages.{name}.{rows}", addresses(size)[name], size))
            self.is_fine &= len(counts) == 1
        for name, address in (
            ("library", "/library/"),
            ("library.conditions", "/library/conditions/"),
            ("library.item", "/library/condition/capacity-money/"),
            ("task", f"/tasks/{self.sizes[300].task.id}"),
            ("account", "/account"),
        ):
            self.measure(f"pages.{name}", address, self.sizes[300])
        # An organisation keeps at most 400 own words; with one the page is mostly its forms, so it is no empty page.
        self.measure("pages.own_words.300", "/library/own", self.own_words)
        self.measure(
            "pages.task.by_link", self.sizes[1].link, replace(self.sizes[1], cookie="")
        )  # no account, no cookie
        for name in ("rounds", "tasks"):
            counts = {self.measure_list(name, rows) for rows in self.sizes}
            self.is_fine &= len(counts) == 1
        return 0 if self.is_fine else 1

    def measure_list(self, name: str, rows: int) -> int:
        """One line about a list for programs; the limit is the page of the same list, which a person would ask."""
        from samenspraak.people import endpoints

        endpoints.MOST_A_MINUTE = 1_000_000
        address, token = f"/api/v1/{name}", self.sizes[rows].token
        queries, body = self.catch_list(address, token)

        def page() -> int:
            return self.get({"rounds": "/ready/", "tasks": "/tasks/"}[name], self.sizes[rows].cookie)

        def empty() -> int:
            return self.get("/tasks/", self.nothing)

        limit, goal = (empty, 1.5) if rows == 1 else (page, 1.0)
        ours, theirs = in_turns(lambda: self.get(address, token=token), limit, TURNS, time.thread_time)
        note = f"{len(body)} bytes, {len(queries)} queries"
        self.tell(f"pages.api.{name}.{rows}", (ours, theirs), goal, note)
        return len(queries)

    def catch_list(self, address: str, token: str) -> tuple[list[tuple[str, Any]], bytes]:
        """The queries of a list for programs, and what it answers."""
        from django.db import connection

        queries: list[tuple[str, Any]] = []

        def note_query(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            queries.append((sql.replace("%s", "?"), tuple(params or ())))
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note_query):
            return queries, self.body(address, token=token)

    def measure(self, name: str, address: str, size: Any) -> int:
        """One line; returns the number of queries."""
        caught = self.catch(address, size.cookie)

        def empty() -> int:
            return self.get("/tasks/", self.nothing)

        limit = empty if size.rows == 1 else lambda: self.bare_work(caught)
        goal = 1.5 if size.rows == 1 else 3.0
        ours, theirs = in_turns(lambda: self.get(address, size.cookie), limit, TURNS, time.thread_time)
        nothing = quiet(timed(empty, time.thread_time) for _ in range(20))
        note = f"{caught.length} bytes, {len(caught.queries)} queries, empty page {nothing:.2f} ms"
        self.tell(name, (ours, theirs), goal, note)
        return len(caught.queries)

    def tell(self, name: str, times: tuple[float, float], goal: float, note: str) -> None:
        """One line: what it took, what the limit took, and whether that will do."""
        ours, theirs = times
        ratio = ours / theirs
        line = {
            "name": name,
            "value": round(ours, 3),
            "limit": round(theirs, 3),
            "unit": "ms",
            "ratio": round(ratio, 2),
            "goal": goal,
            "ok": ratio <= goal,
            "n": TURNS,
            "note": note,
        }
        self.is_fine &= ratio <= goal
        sys.stdout.write(json.dumps(line) + "\n")
        sys.stdout.flush()

    def get(self, address: str, cookie: str = "", *, token: str = "") -> int:
        """One GET through the whole application; the length of the page."""
        return len(self.body(address, cookie, token=token))

    def body(self, address: str, cookie: str = "", *, token: str = "") -> bytes:
        """One GET through the whole application, of somebody signed in or of a program."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_COOKIE": f"samenspraak={cookie}",
            "wsgi.input": BytesIO(),
            "wsgi.errors": sys.stderr,
            "wsgi.url_scheme": "http",
        }
        if token:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        status: list[str] = []
        body = b"".join(self.application(environ, lambda s, _h: status.append(s)))  # type: ignore[arg-type, return-value]
        assert status[0] == "200 OK", (address, status)
        return body

    def catch(self, address: str, cookie: str) -> Caught:
        """One request with its queries and its template caught."""
        from django.db import connection
        from django.template.backends.jinja2 import Template

        queries: list[tuple[str, Any]] = []
        rendered: list[tuple[Any, dict[str, Any]]] = []
        render = Template.render

        def note_query(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            queries.append((sql.replace("%s", "?"), tuple(params or ())))
            return execute(sql, params, many, context)

        def note_render(self: Any, context: Any = None, request: Any = None) -> str:
            text = render(self, context, request)
            rendered.append((self.template, context))
            return text

        self.get(address, cookie)
        Template.render = note_render  # type: ignore[method-assign]
        try:
            with connection.execute_wrapper(note_query):
                length = self.get(address, cookie)
        finally:
            Template.render = render  # type: ignore[method-assign]
        return Caught(queries, *rendered[-1], length)

    def bare_work(self, caught: Caught) -> None:
        """The limit: the same queries and the same render, with nothing around them."""
        from samenspraak.ui.pages import OneToken

        for sql, params in caught.queries:
            self.bare.execute(sql, params).fetchall()
        caught.template.render(caught.values | {"csrf_input": OneToken(caught.values["request"])})
