"""Who waits for whom: slow clients, slow papers, clients that leave."""

from __future__ import annotations

import select
import socket
import threading
import time
from collections.abc import Iterable
from queue import Queue
from typing import Any

import pytest

from tests.site.in_thread import Served, Start, receive_all, serving
from tests.site.test_front import pages


class Gate:
    """A handler that stops at ``/wait…`` until it is let through, and counts who came."""

    def __init__(self) -> None:
        self.came: Queue[str] = Queue()
        self.opened = threading.Event()

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.came.put(path)
        if path.startswith("/wait"):
            assert self.opened.wait(10)
        start("200 OK", [("Content-Type", "text/plain")])
        return [path.encode()]


def ask_raw(served: Served, path: str) -> socket.socket:
    return served.send(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())


def test_slow_paper_delays_no_page() -> None:
    gate = Gate()
    with serving(gate) as served:
        paper = ask_raw(served, "/wait/report.pdf")
        assert gate.came.get(timeout=10) == "/wait/report.pdf"

        page = served.ask("GET", "/page")[1]
        gate.opened.set()
        answer = receive_all(paper)

    assert (page, answer.endswith(b"/wait/report.pdf")) == (b"/page", True)


def test_too_many_papers_at_once_are_sent_away_until_it_is_quieter() -> None:
    gate = Gate()
    with serving(gate) as served:
        first = ask_raw(served, "/wait/0.pdf")
        assert gate.came.get(timeout=10) == "/wait/0.pdf"
        waiting = [ask_raw(served, f"/wait/{n}.pdf") for n in range(1, 30)]
        until = time.monotonic() + 10
        while len(answered := select.select(waiting, [], [], 0.1)[0]) < 9 and time.monotonic() < until:
            pass

        gate.opened.set()
        answers = [receive_all(c) for c in (*answered, first, *(c for c in waiting if c not in answered))]

    assert [a.split(b" ")[1] for a in answers] == [b"503"] * 9 + [b"200"] * 21
    assert all(b"retry-after: 30" in a for a in answers[:9])


def wait_for_requests(served: Served, count: int) -> None:
    """Until the server has so many requests that run or wait."""
    until = time.monotonic() + 10
    while len(served.server.server_state.tasks) != count:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_request_of_a_client_that_left_the_queue_is_not_done() -> None:
    gate = Gate()
    with serving(gate) as served:
        first = ask_raw(served, "/wait")
        assert gate.came.get(timeout=10) == "/wait"
        left = ask_raw(served, "/left")
        stays = ask_raw(served, "/stays")
        wait_for_requests(served, 3)
        left.close()
        wait_for_requests(served, 2)

        gate.opened.set()
        receive_all(first)
        receive_all(stays)

    assert [gate.came.get_nowait() for _ in range(gate.came.qsize())] == ["/stays"]


def test_stop_lets_the_running_request_finish() -> None:
    gate = Gate()
    with serving(gate) as served:
        running = ask_raw(served, "/wait")
        assert gate.came.get(timeout=10) == "/wait"
        served.stop()
        until = time.monotonic() + 10
        while time.monotonic() < until and not refuses(served):
            pass

        gate.opened.set()
        answer = receive_all(running)

    assert answer.endswith(b"/wait")


def refuses(served: Served) -> bool:
    """Whether nobody new is let in."""
    try:
        served.connect().close()
    except OSError:
        return True
    return False


def reader(served: Served, path: str) -> socket.socket:
    """A client that takes in very little at a time."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(10)
    connection.connect(("127.0.0.1", served.port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return connection


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux cuts off who reads nothing at all")
def test_client_that_reads_nothing_of_its_answer_is_cut() -> None:
    with serving(pages, patience=0.5) as served:
        connection = reader(served, "/large")
        first = len(connection.recv(1))
        until = time.monotonic() + 20
        while served.server.server_state.connections and time.monotonic() < until:
            time.sleep(0.05)
        left = len(served.server.server_state.connections)
        connection.close()

    assert (first, left) == (1, 0)


def slowest(served: Served, slow: list[socket.socket], reads: list[socket.socket]) -> float:
    """The slowest of 200 quick requests while others send and read one byte at a time, in seconds."""
    worst = 0.0
    for turn in range(200):
        sending, reading = slow[turn % len(slow)], reads[turn % len(reads)]
        sending.sendall(b"x")
        assert len(reading.recv(1)) == 1
        began = time.perf_counter()
        assert served.ask("GET", "/small")[1] == b"<p>small"
        worst = max(worst, time.perf_counter() - began)
    return worst


def test_clients_that_send_or_read_a_byte_at_a_time_delay_no_one_by_a_tenth_of_a_second() -> None:
    with serving(pages, threads=1) as served:
        slow = [served.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n") for _ in range(20)]
        reads = [reader(served, "/large") for _ in range(20)]

        # Others use this machine too: a server that makes one wait for another is slow every time.
        worst = min(slowest(served, slow, reads) for _ in range(3))
        for connection in (*slow, *reads):
            connection.close()

    assert worst < 0.1
