"""OpenID Connect providers on 127.0.0.1: a real one in a process of its own, and one that forges."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, build_opener, urlopen

from joserfc import jwt
from joserfc.jwk import RSAKey

from samenspraak.site.environment import CompanyAccount
from tests.people.post_office import free_port


def account_at(issuer: str, **more: Any) -> CompanyAccount:
    fields: dict[str, Any] = {"client_id": "samenspraak", "client_secret": "a-secret", "name": "Noorderlicht"}
    domains = frozenset({"example.org"})
    return CompanyAccount(**{"issuer": issuer, "domains": domains, "hosts": frozenset(), **fields, **more})


class Provider:
    """The real provider, as somebody at its form."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def knows(self, sub: str, **claims: Any) -> None:
        """Somebody with an account there."""
        body = json.dumps(claims).encode()
        head = {"Content-Type": "application/json"}
        urlopen(Request(f"{self.issuer}/users/{sub}", body, head, method="PUT"), timeout=10).close()

    def sign_in(self, address: str, sub: str) -> str:
        """Sign in there; the address to which the browser is sent back."""
        from urllib.request import HTTPRedirectHandler

        class Stay(HTTPRedirectHandler):
            def redirect_request(self, *_args: Any) -> None:
                return None

        from urllib.error import HTTPError

        try:
            build_opener(Stay).open(address, urlencode({"sub": sub}).encode(), timeout=10).close()
        except HTTPError as answer:
            with answer:
                return str(answer.headers["Location"])
        raise AssertionError("the provider sent nobody back")


@contextmanager
def running_provider() -> Iterator[Provider]:
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), "--host", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    provider = Provider(f"http://127.0.0.1:{port}")
    try:
        until = time.monotonic() + 60
        while not _answers(provider.issuer):
            assert process.poll() is None
            assert time.monotonic() < until
            threading.Event().wait(0.05)
        yield provider
    finally:
        process.terminate()
        process.wait(20)


def _answers(issuer: str) -> bool:
    try:
        with urlopen(f"{issuer}/.well-known/openid-configuration", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


class Forger:
    """A provider that says what a test tells it to: ``claims`` of the token, and ``answers`` instead of a page."""

    def __init__(self) -> None:
        self.key, self.other = RSAKey.generate_key(2048, {"kid": "a"}), RSAKey.generate_key(2048, {"kid": "a"})
        self.claims: dict[str, Any] = {}
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.signs_with, self.algorithm = self.key, "RS256"
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def token(self) -> str:
        now = int(time.time())
        told = {"iss": self.issuer, "aud": "samenspraak", "sub": "1", "iat": now, "exp": now + 60, **self.claims}
        told = {name: value for name, value in told.items() if value is not None}
        return jwt.encode({"alg": self.algorithm, "kid": "a"}, told, self.signs_with, algorithms=[self.algorithm])

    def page(self, path: str) -> tuple[int, bytes]:
        if path in self.answers:
            return self.answers[path]
        pages: dict[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/in",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            },
            "/keys": {"keys": [self.key.as_dict(private=False)]},
        }
        if path == "/token":
            pages[path] = {"access_token": "x", "token_type": "Bearer", "id_token": self.token()}
        return 200, json.dumps(pages[path]).encode()

    def _handler(forger) -> type[BaseHTTPRequestHandler]:  # noqa: N805  the handler has a self of its own
        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                forger.asked.append(self.path)
                status, body = forger.page(self.path)
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", body.decode())
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_POST = _answer  # noqa: N815

            def log_message(self, *_args: Any) -> None:
                pass

        return Handler

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self.server.shutdown()
        self.server.server_close()
