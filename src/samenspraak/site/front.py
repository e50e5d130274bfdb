"""The front: one ASGI application that keeps slow clients away from the threads.

Style sheets and scripts are answered on the loop. For everything else the whole request is read first, then one
thread runs Django from beginning to end, then the answer goes out without a thread. Papers have a lane of their
own, so a slow one delays no page.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import Future
from contextlib import ExitStack
from queue import SimpleQueue
from threading import Thread
from typing import IO, Any

from django.db import connections

from samenspraak.site.hop import Answer, Handler, Headers, Scope, collect, encodings, environ_of, spool
from samenspraak.ui.assets import PREFIX, by_path

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

MOST_BYTES = 26 * 1024 * 1024
READ_ANYWAY = 4 * MOST_BYTES
PATIENCE = 60.0
BLOCK = 64 * 1024
PAPERS = (".pdf", ".docx", ".xlsx", ".pptx", ".zip")

logger = logging.getLogger(__name__)

ALWAYS: Headers = [(b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin")]
BARE: Headers = [
    *ALWAYS,
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
]


class Gone(Exception):
    """The client left before its request was complete."""


class TooLarge(Exception):
    """The request is larger than ``MOST_BYTES``."""


def bare(status: int, nl: str, en: str, *more: tuple[bytes, bytes]) -> Answer:
    """A page for when Django is not asked; in both languages, for nobody has said which one yet."""
    body = (
        "<!doctype html><html lang=nl><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Samenspraak</title><p>{nl}<p lang=en>{en}"
    ).encode()
    return Answer(status, [*BARE, *more], body, len(body))


CLOSE = (b"connection", b"close")
TOO_LARGE = bare(
    413,
    "Dit is te groot om te ontvangen: samen kan het hooguit 26 MB zijn. Ga een pagina terug en kies een kleiner bestand.",
    "This is too large to receive: 26 MB in all is the most. Go back one page and choose a smaller file.",
    CLOSE,
)
TOO_SLOW = bare(
    408,
    "Er kwam een minuut lang niets binnen. Ga een pagina terug en probeer het nog eens.",
    "Nothing came in for a minute. Go back one page and try again.",
    CLOSE,
)
BROKEN = bare(
    500,
    "Er ging iets mis bij ons. Ga een pagina terug: wat je typte, staat er nog.",
    "Something went wrong on our side. Go back one page: what you typed is still there.",
)
BUSY = bare(
    503,
    "Het is even druk. Probeer het over een halve minuut nog eens.",
    "It is busy just now. Try again in half a minute.",
    (b"retry-after", b"30"),
)
REFUSED = bare(405, "Dit kan hier niet.", "This cannot be done here.", (b"allow", b"GET, HEAD, POST"))
NO_SUCH_FILE = bare(404, "Dit bestand bestaat niet.", "There is no such file.")


class Lane:
    """A few threads, and at most so many requests that wait for them."""

    def __init__(self, name: str, threads: int, most: int) -> None:
        self.most = most
        self.queue: SimpleQueue[tuple[Callable[[], Answer], Future[Answer]] | None] = SimpleQueue()
        self.threads = [Thread(target=self.work, name=f"{name}-{n}", daemon=True) for n in range(threads)]
        for thread in self.threads:
            thread.start()

    async def run(self, work: Callable[[], Answer], gone: Callable[[], Awaitable[Any]]) -> Answer | None:
        """The answer of ``work``; None when the client left before it was its turn."""
        if self.queue.qsize() >= self.most:
            return BUSY
        future: Future[Answer] = Future()
        self.queue.put((work, future))
        answer, left = asyncio.wrap_future(future), asyncio.ensure_future(gone())
        try:
            await asyncio.wait({answer, left}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            left.cancel()
        if not answer.done() and future.cancel():
            return None
        return await answer

    def work(self) -> None:
        """What each thread does: one request after the other, until told to stop."""
        while (job := self.queue.get()) is not None:
            work, future = job
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work())
                except BaseException as problem:
                    future.set_exception(problem)
            del job, work, future
        connections.close_all()

    def close(self, within: float) -> None:
        """Let every thread close its connection to the database and end."""
        for _ in self.threads:
            self.queue.put(None)
        for thread in self.threads:
            thread.join(within)


class Front:
    """The ASGI application. ``patience`` is how long a client may be silent in the middle of a request."""

    def __init__(self, handler: Handler, *, threads: int, trusts_proxy: bool, patience: float = PATIENCE) -> None:
        self.handler, self.trusts_proxy, self.patience = handler, trusts_proxy, patience
        self.pages = Lane("page", threads, most=1000)
        self.papers = Lane("paper", 1, most=20)
        self.files = {(path, coding): file_answer(path, coding) for path in by_path() for coding in ("br", "gzip", "")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow the life of the server."""
        if scope["type"] == "lifespan":
            await self.live(receive, send)
        elif scope["method"] in ("TRACE", "CONNECT", "TRACK"):
            await deliver(REFUSED, scope, send)
        elif scope["path"].startswith(PREFIX):
            await deliver(self.file(scope), scope, send)
        else:
            answer = await self.page(scope, receive)
            if answer is not None:
                await deliver(answer, scope, send)

    async def live(self, receive: Receive, send: Send) -> None:
        """Start at once; at the end close what the threads hold open."""
        await receive()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        for lane in (self.pages, self.papers):
            await asyncio.to_thread(lane.close, 1.0)
        await send({"type": "lifespan.shutdown.complete"})

    def file(self, scope: Scope) -> Answer:
        """A style sheet, script or picture."""
        headers = dict(scope["headers"])
        accepted = encodings(headers.get(b"accept-encoding", b"").decode("latin1"))
        coding = next((c for c in ("br", "gzip") if c in accepted), "")
        answer = self.files.get((scope["path"], coding), NO_SUCH_FILE)
        if answer is not NO_SUCH_FILE and scope["method"] not in ("GET", "HEAD"):
            return REFUSED
        if dict(answer.headers).get(b"etag", b"none") in headers.get(b"if-none-match", b""):
            return Answer(304, [(n, v) for n, v in answer.headers if n != b"content-encoding"])
        return answer

    async def page(self, scope: Scope, receive: Receive) -> Answer | None:
        """Read the request, then let one thread answer it; None when the client has left."""
        try:
            body, length = await self.read(scope, receive)
        except Gone:
            return None
        except TooLarge:
            return TOO_LARGE
        except TimeoutError:
            return TOO_SLOW
        lane = self.papers if scope["path"].endswith(PAPERS) else self.pages
        try:
            environ = environ_of(scope, body, length, trusts_proxy=self.trusts_proxy)
            return await lane.run(lambda: collect(self.handler, environ), receive)
        except Exception:
            logger.exception("A request got no answer")
            return BROKEN
        finally:
            body.close()

    async def read(self, scope: Scope, receive: Receive) -> tuple[IO[bytes], int]:
        """The whole body. What is too large is read on for a while: a browser listens only when it has sent all."""
        headers = dict(scope["headers"])
        announced = headers.get(b"content-length", b"0")
        if b"expect" in headers and announced.isdigit() and int(announced) > MOST_BYTES:
            raise TooLarge
        with ExitStack() as opened:
            body, length, is_complete = opened.enter_context(spool()), 0, False
            while not is_complete and length <= READ_ANYWAY:
                async with asyncio.timeout(self.patience):
                    message = await receive()
                if message["type"] == "http.disconnect":
                    raise Gone
                length += len(message["body"])
                if length <= MOST_BYTES:
                    body.write(message["body"])
                is_complete = not message["more_body"]
            if length > MOST_BYTES:
                raise TooLarge
            body.seek(0)
            opened.pop_all()
        return body, length


async def deliver(answer: Answer, scope: Scope, send: Send) -> None:
    """Send an answer from the loop, in pieces as the client takes them."""
    headers = answer.headers
    if answer.status not in (204, 304):
        headers = [(n, v) for n, v in headers if n != b"content-length"] + [(b"content-length", b"%d" % answer.length)]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    if isinstance(answer.body, bytes):
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body})
        return
    with answer.body as source:
        while scope["method"] != "HEAD" and (block := source.read(BLOCK)):
            await send({"type": "http.response.body", "body": block, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def file_answer(path: str, coding: str) -> Answer:
    """What goes out for one asset in one coding; its address holds the hash of its content, so it never goes stale."""
    asset = by_path()[path]
    body = {"br": asset.brotli, "gzip": asset.gzip, "": asset.plain}[coding]
    tag = path.rsplit(".", 2)[-2] + (f"-{coding}" if coding else "")
    headers: Headers = [
        *ALWAYS,
        (b"content-type", asset.media_type.encode()),
        (b"cache-control", b"public, max-age=31536000, immutable"),
        (b"etag", f'"{tag}"'.encode()),
        (b"vary", b"Accept-Encoding"),
        *([(b"content-encoding", coding.encode())] if coding else []),
    ]
    return Answer(200, headers, body, len(body))
