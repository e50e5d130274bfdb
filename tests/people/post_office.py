"""A real mail server on 127.0.0.1 that keeps what it gets and refuses what it is told to."""

from __future__ import annotations

import socket
import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def text_in(letter: EmailMessage) -> str:
    """What somebody reads whose mail program shows no HTML."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


class PostOffice:
    """``letters`` is what came in; ``refusals`` gives an address or ``DATA`` the answer it gets instead of 250."""

    def __init__(self, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self.port = port or free_port()
        self.letters: list[EmailMessage] = []
        self.refusals: dict[str, str] = {}
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, tls_context=tls)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if "DATA" in self.refusals:
            return self.refusals["DATA"]
        self.letters.append(message_from_bytes(envelope.original_content, policy=policy.default))
        return "250 OK"

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.controller.stop()
