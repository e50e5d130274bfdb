"""One request through Django's WSGI handler on one thread: the environment goes in, a collected answer comes out.

Own code instead of a2wsgi: that one talks to the loop at least three times per request from inside the thread, and
keeps the thread while a slow client reads. Measured on the smallest page, it answers half as many requests.
"""

from __future__ import annotations

import gzip
import sys
import tempfile
from collections.abc import Callable, Iterable, MutableMapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import IO, Any, cast
from urllib.parse import quote, unquote_to_bytes

import brotli

Scope = MutableMapping[str, Any]
Headers = list[tuple[bytes, bytes]]
Handler = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

MEMORY = 1024 * 1024
COMPRESSED = ("text/html", "application/json")
ALL_ASCII = "".join(map(chr, range(33, 127)))


@dataclass(frozen=True)
class Answer:
    """A whole answer, ready to go out without a thread. ``length`` is that of the body in bytes."""

    status: int
    headers: Headers = field(default_factory=list)
    body: bytes | IO[bytes] = b""
    length: int = 0


def spool() -> IO[bytes]:
    """Up to 1 MB in memory; what is larger goes to an unnamed temporary file."""
    return cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=MEMORY))


def sender(scope: Scope, *, trusts_proxy: bool) -> tuple[str, str]:
    """Where a request comes from: its IP address and ``http`` or ``https``.

    A proxy tells us in ``X-Forwarded-*``; anybody can write those, so they count only when the installation says
    that it stands behind one, and then only what the nearest proxy added: the last.
    """
    address, scheme = (scope.get("client") or ("", 0))[0], scope["scheme"]
    if trusts_proxy:
        given = {name: value.decode("latin1") for name, value in scope["headers"] if name.startswith(b"x-forwarded-")}
        scheme = "https" if given.get(b"x-forwarded-proto", "").split(",")[-1].strip() == "https" else scheme
        last = given.get(b"x-forwarded-for", "").split(",")[-1].strip()
        with suppress(ValueError):
            address = str(ip_address(last))
    return address, scheme


def environ_of(scope: Scope, body: IO[bytes], length: int, *, trusts_proxy: bool) -> dict[str, Any]:
    """What WSGI wants to know. Headers with ``_`` are left out: they would pass for the ones with ``-``."""
    address, scheme = sender(scope, trusts_proxy=trusts_proxy)
    server = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin1"),
        "QUERY_STRING": quote(scope["query_string"], safe=ALL_ASCII),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 0),
        "REMOTE_ADDR": address,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin1"), raw_value.decode("latin1")
        if "_" in name or name.startswith("x-forwarded-") or name in ("content-length", "forwarded", "x-real-ip"):
            continue
        key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    environ["CONTENT_LENGTH"] = str(length)
    return environ


def collect(handler: Handler, environ: dict[str, Any]) -> Answer:
    """Run one request; runs on a thread and leaves nothing for the thread to do afterwards."""
    started: list[tuple[int, Headers]] = []

    def start_response(status: str, headers: list[tuple[str, str]], _problem: object = None) -> None:
        pairs = [(name.lower().encode("latin1"), value.strip().encode("latin1")) for name, value in headers]
        started.append((int(status[:3]), pairs))

    result = handler(environ, start_response)
    try:
        body, length = gather(result)
    finally:
        getattr(result, "close", lambda: None)()
    status, headers = started[-1]
    return compressed(Answer(status, headers, body, length), environ.get("HTTP_ACCEPT_ENCODING", ""))


def gather(chunks: Iterable[bytes]) -> tuple[bytes | IO[bytes], int]:
    """All of a body and its length: as bytes when it is small, else in a file that the caller closes."""
    with ExitStack() as opened:
        gathered, length = opened.enter_context(spool()), 0
        for chunk in chunks:
            length += gathered.write(chunk)
        gathered.seek(0)
        if length <= MEMORY:
            return gathered.read(), length
        opened.pop_all()
        return gathered, length


def encodings(accepts: str) -> set[str]:
    """The codings in an ``Accept-Encoding`` that are not refused with ``q=0``."""
    found = set()
    for part in accepts.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            found.add(name.strip())
    return found


def compressed(answer: Answer, accepts: str) -> Answer:
    """The answer with its body packed, where that helps and the client understands it.

    Secrets in a page next to text that others choose could be guessed from packed sizes (BREACH). The one secret in
    our pages is Django's CSRF token, which is masked anew in every answer.
    """
    headers = dict(answer.headers)
    media_type = headers.get(b"content-type", b"").decode("latin1").partition(";")[0]
    if media_type not in COMPRESSED or b"content-encoding" in headers or not isinstance(answer.body, bytes):
        return answer
    varies = ", ".join([v.decode("latin1") for n, v in answer.headers if n == b"vary"] + ["Accept-Encoding"])
    kept = [(n, v) for n, v in answer.headers if n not in (b"vary", b"content-length")]
    kept.append((b"vary", varies.encode("latin1")))
    understood = encodings(accepts)
    if answer.length < 1000 or not understood & {"br", "gzip"}:
        return replace(answer, headers=kept)
    if "br" in understood:
        coding, body = b"br", brotli.compress(answer.body, quality=4)
    else:
        coding, body = b"gzip", gzip.compress(answer.body, 5, mtime=0)
    kept.append((b"content-encoding", coding))
    return replace(answer, headers=kept, body=body, length=len(body))
