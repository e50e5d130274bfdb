"""Writing through the front door, and counting afterwards what is there.

A drill gets its writes from a function, so that other kinds of writes can be drilled with the same code: it sends one
write under a key of its own and says whether the server acknowledged it.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

CSRF = "c" * 32


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in; the cookie outlives the server, the address does not."""

    cookie: str

    def post(self, connection: HTTPConnection, path: str, fields: dict[str, str]) -> int:
        """Send a form; the status of the answer."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{self.cookie}; samenspraak-csrf={CSRF}",
        }
        connection.request("POST", path, urlencode({"csrfmiddlewaretoken": CSRF, **fields}), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status


Write = Callable[[Visitor, HTTPConnection, str], bool]


def connect(address: str) -> HTTPConnection:
    return HTTPConnection(urlsplit(address).netloc.replace("localhost", "127.0.0.1"), timeout=20)


def sign_in(link: str) -> Visitor:
    """Follow a link of the demo."""
    connection = connect(link)
    connection.request("GET", urlsplit(link).path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    cookies = [c.split(";")[0] for c in answer.headers.get_all("Set-Cookie", [])]
    return Visitor(next(c for c in cookies if c.startswith("samenspraak=")))


def write_task(visitor: Visitor, connection: HTTPConnection, key: str) -> bool:
    """A new task; it leaves a line of history too, in the same transaction."""
    return visitor.post(connection, "/tasks/new", {"key": key, "title": f"Drill {key}"}) == 302


@dataclass
class Writers:
    """Several who write at once until the server is gone. What was not acknowledged is sent again next time."""

    write: Write
    visitor: Visitor
    count: int
    acknowledged: list[str] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, address: str) -> None:
        again, self.unsure = self.unsure, []
        self.stopping.clear()
        shares = [again[n :: self.count] for n in range(self.count)]
        self.threads = [threading.Thread(target=self._run, args=(address, share)) for share in shares]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.join()

    def join(self) -> None:
        for thread in self.threads:
            thread.join()

    def _run(self, address: str, again: list[str]) -> None:
        connection = connect(address)
        with closing(connection):
            while not self.stopping.is_set():
                key = again.pop() if again else uuid4().hex
                try:
                    is_in = self.write(self.visitor, connection, key)
                except (OSError, HTTPException):
                    self.unsure += [key, *again]
                    return
                (self.acknowledged if is_in else self.refused).append(key)
        self.unsure += again


@dataclass(frozen=True)
class Tally:
    """What is wrong with what is there."""

    lost: int
    doubled: int
    half: int


def tally(data: Path, writers: Writers) -> Tally:
    """Hold what was acknowledged against the tasks and their history."""
    with closing(sqlite3.connect(f"file:{data / 'samenspraak.sqlite3'}?mode=ro", uri=True)) as database:
        titles = "SELECT title FROM tasks_task WHERE title LIKE 'Drill %'"
        tasks = Counter(row[0].removeprefix("Drill ") for row in database.execute(titles))
        told = "SELECT new FROM people_historyentry WHERE field = 'created' AND new LIKE 'Drill %'"
        history = Counter(row[0].removeprefix("Drill ") for row in database.execute(told))
    return Tally(
        lost=sum(tasks[key] == 0 for key in set(writers.acknowledged)),
        doubled=sum(n > 1 for n in tasks.values()) + sum(n > 1 for n in history.values()),
        half=len(tasks.keys() ^ history.keys()),
    )


def report(name: str, value: int, goal: int, **rest: Any) -> bool:
    """Print one line; whether the promise is kept."""
    is_kept = value == goal
    sys.stdout.write(json.dumps({"name": name, "value": value, "goal": goal, "ok": is_kept, "seed": 0, **rest}) + "\n")
    sys.stdout.flush()
    return is_kept
