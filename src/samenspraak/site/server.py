"""The HTTP server under the front: one socket, one process, patient with nobody for more than a minute."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys

from uvicorn import Config, Server
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from samenspraak.site.front import PATIENCE, Front
from samenspraak.site.problem import Problem

MOST_HEAD = 64 * 1024
STOP_WITHIN = 10


class Protocol(HttpToolsProtocol):
    """uvicorn's own protocol, with an end to the two ways of being slow that it allows without one.

    A client that does not finish the head of its request is cut off after ``patience``, and a head larger than 64 kB
    is refused.
    """

    patience = PATIENCE
    _cut: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Start the clock of the first head."""
        super().connection_made(transport)
        self._start()

    def on_message_begin(self) -> None:
        """Start the clock of a next head on the same connection."""
        super().on_message_begin()
        if self._cut is None:
            self._start()

    def on_headers_complete(self) -> None:
        """The head is in: stop its clock."""
        self._stop()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        """Take in what came; too much head is the end."""
        super().data_received(data)
        if self._cut is not None:
            self._head += len(data)
            if self._head > MOST_HEAD:
                self.transport.abort()
        elif self.cycle.response_complete and self.timeout_keep_alive_task is None:
            self._start()  # what came was no request yet

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave no clock behind."""
        self._stop()
        super().connection_lost(exc)

    def _start(self) -> None:
        self._head = 0
        self._cut = self.loop.call_later(self.patience, self._too_slow)

    def _stop(self) -> None:
        if self._cut is not None:
            self._cut.cancel()
            self._cut = None

    def _too_slow(self) -> None:
        self._cut = None
        self.transport.abort()


def bind(host: str, port: int, patience: float = PATIENCE) -> socket.socket:
    """Take the port before any work is done, so that a busy one is told at once."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except socket.gaierror as problem:
        raise Problem(f"{host!r} is no address of this machine: give 127.0.0.1 or 0.0.0.0.") from problem
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # a client that reads nothing at all; inherited by its connection
        taken.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(patience * 1000))
    try:
        taken.bind(address)
    except OSError as problem:
        taken.close()
        raise Problem(_why_not(problem, host, port)) from problem
    return taken


def _why_not(problem: OSError, host: str, port: int) -> str:
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program. Choose another one: --port {port + 1 if port < 65535 else 8000}."
    if problem.errno == errno.EACCES:
        return f"Port {port} is reserved for the system. Choose one above 1023, with a proxy in front of it."
    return f"Cannot listen on {host}, port {port}: {problem.strerror}."


def more_connections() -> None:
    """Allow as many open connections as this system lets us."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  not on Windows

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def make_server(front: Front) -> Server:
    """uvicorn around the front. It keeps no log of who asks what, and believes no proxy: the front decides on that."""
    return Server(
        Config(
            front,
            http=Protocol,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=STOP_WITHIN,
        )
    )


def run(front: Front, taken: socket.socket) -> None:
    """Serve until SIGTERM or SIGINT; requests that run are finished within ten seconds."""
    more_connections()
    make_server(front).run(sockets=[taken])
