"""Serving and working, once the settings are known and Django has started."""

from __future__ import annotations

import json
import signal
import socket
import sys
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.urls import reverse

from samenspraak.people.actions import make_first_run_code
from samenspraak.people.models import Person
from samenspraak.people.queries import has_organisation
from samenspraak.site.demo_content import fill
from samenspraak.site.demo_links import link_for
from samenspraak.site.environment import Environment
from samenspraak.site.front import Front
from samenspraak.site.installation import compile_texts, prepare_database, prepare_folder
from samenspraak.site.locks import SERVER_LOCK, take_lock
from samenspraak.site.problem import Problem
from samenspraak.site.server import STOP_WITHIN, bind, run
from samenspraak.site.start import say
from samenspraak.site.worker import Background

ENVIRONMENT: Environment = settings.ENVIRONMENT


class Prepared(NamedTuple):
    """What a server holds on to while it runs."""

    socket: socket.socket
    lock: IO[bytes] | None


def prepare() -> Prepared:
    """Take the port and the folder, then make the texts and the database ready."""
    taken = bind(ENVIRONMENT.listen, ENVIRONMENT.port)
    prepare_folder(ENVIRONMENT)
    lock = None
    if ENVIRONMENT.database is None:
        lock = take_lock(ENVIRONMENT.data / SERVER_LOCK)
        if lock is None:
            raise Problem(
                f"Another server already works on {ENVIRONMENT.data}. Stop that one first, or use PostgreSQL for several."
            )
    compile_texts()
    prepare_database(ENVIRONMENT)
    return Prepared(taken, lock)


def print_lines(lines: list[str]) -> None:
    """What others read, at once."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def first_run_lines() -> list[str]:
    """On an installation without people: the page where the first owner begins, and the code that opens it."""
    if has_organisation():
        return []
    return [
        "Nobody is here yet. Start at this page, with the code below it. The code works once.",
        ENVIRONMENT.address + reverse("people:first_run"),
        make_first_run_code(),
    ]


def serve_until_stopped(prepared: Prepared, *, has_worker: bool) -> None:
    """Serve; on a signal finish what runs, stop the worker, close the database."""
    front = Front(WSGIHandler(), threads=ENVIRONMENT.threads, trusts_proxy=ENVIRONMENT.trusts_proxy)
    background = Background(ENVIRONMENT.data)
    connections.close_all()
    if has_worker:
        background.thread.start()
    try:
        run(front, prepared.socket)
    finally:
        background.stop(STOP_WITHIN)
        connection.ensure_connection()  # SQLite tidies up when one closes alone, not when threads close together
        connections.close_all()


def serve(*, has_worker: bool) -> int:
    """Serve an installation."""
    prepared = prepare()
    say(f"Serving the data in {ENVIRONMENT.data}. Stop with Ctrl+C.")
    print_lines([ENVIRONMENT.address, *first_run_lines()])
    serve_until_stopped(prepared, has_worker=has_worker)
    return 0


def work() -> int:
    """Work in the background, without a server."""
    prepare_folder(ENVIRONMENT)
    prepare_database(ENVIRONMENT)
    background = Background(ENVIRONMENT.data)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: background.stop())
    say(f"Working for the data in {ENVIRONMENT.data}. Stop with Ctrl+C.")
    background.run()
    return 0


def people_of(mark: Path) -> dict[str, str]:
    """The id of each person of the demo by role, the owner first; fills the demo the first time.

    ``mark`` is the file that makes a folder a demo; it keeps them for the next time.
    """
    if not mark.stat().st_size:
        if Person.objects.exists():
            raise Problem(f"The demo in {mark.parent} was never finished. Remove that folder and try again.")
        mark.write_text(json.dumps({role: person.pk.hex for role, person in fill().items()}), encoding="utf-8")
    people: dict[str, str] = json.loads(mark.read_text(encoding="utf-8"))
    return people


def demo(mark: Path, *, is_kept: bool) -> int:
    """Fill an installation, print a link for each role, and serve it."""
    prepared = prepare()
    say("Filling in the demo …")
    links = [f"{role}: {ENVIRONMENT.address}{link_for(person)}" for role, person in people_of(mark).items()]
    say(f"The demo is ready{'' if is_kept else '; what you change is thrown away at the end'}. Stop with Ctrl+C.")
    print_lines([ENVIRONMENT.address, *links])
    try:
        serve_until_stopped(prepared, has_worker=True)
    finally:
        say("The demo has ended." if is_kept else "The demo has ended; its data is thrown away.")
    return 0
