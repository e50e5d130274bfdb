"""The front on a real socket in a thread of the test, with a small WSGI program where Django stands in use."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Any

import pytest
from uvicorn import Server

from samenspraak.site.front import Front
from samenspraak.site.hop import Handler
from samenspraak.site.server import Protocol, bind, make_server

Start = Callable[..., Any]


@dataclass
class Served:
    """A front that serves on ``port``."""

    port: int
    server: Server

    def stop(self) -> None:
        """Ask it to stop; what runs is finished."""
        self.server.should_exit = True

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def send(self, raw: bytes) -> socket.socket:
        """A connection on which these bytes were sent."""
        connection = self.connect()
        connection.sendall(raw)
        return connection

    def ask(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> tuple[HTTPResponse, bytes]:
        """One whole request and its answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body=body, headers=headers or {}, encode_chunked=True)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        return answer, content


def receive_all(connection: socket.socket) -> bytes:
    """Everything until the server closes; a cut connection counts as closed."""
    parts = []
    try:
        while part := connection.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    connection.close()
    return b"".join(parts)


@contextmanager
def serving(
    handler: Handler, *, threads: int = 1, trusts_proxy: bool = False, patience: float = 30.0
) -> Iterator[Served]:
    """Serve for the time of a test."""
    taken = bind("127.0.0.1", 0, patience)
    server = make_server(Front(handler, threads=threads, trusts_proxy=trusts_proxy, patience=patience))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Protocol, "patience", patience)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
        port = taken.getsockname()[1]
        thread.start()
        until = time.monotonic() + 10
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)

        try:
            yield Served(port, server)
        finally:
            server.should_exit = True
            thread.join(20)
            assert not thread.is_alive()
