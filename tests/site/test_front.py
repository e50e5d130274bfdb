from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from typing import Any

import brotli
import pytest

from samenspraak.site.front import MOST_BYTES
from samenspraak.ui.assets import asset_url, assets
from tests.site.in_thread import Served, Start, receive_all, serving

PAGE = b"<p>" + b"Samen spreken. " * 200
LARGE = bytes(range(256)) * 20_000


def echo(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """Answers what it was asked."""
    body = environ["wsgi.input"].read()
    told = {k: v for k, v in environ.items() if isinstance(v, str)} | {"body": len(body), "end": body[-1:].decode()}
    start("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(told).encode()]


def pages(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """A few kinds of answers by path."""
    path = environ["PATH_INFO"]
    if path == "/broken":
        raise ValueError("on purpose")
    kind = "application/octet-stream" if path == "/large" else "text/html; charset=utf-8"
    start("200 OK", [("Content-Type", kind), ("Vary", "Cookie")])
    return {"/large": [LARGE], "/small": [b"<p>small"]}.get(path, [PAGE])


def told(served: Served, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
    return json.loads(served.ask(method, path, body, headers)[1])


# What comes in


def test_body_arrives_whole_with_its_length() -> None:
    with serving(echo) as served:
        seen = told(served, "POST", "/", b"x" * 3_000_000 + b"!")

    assert (seen["body"], seen["end"], seen["CONTENT_LENGTH"]) == (3_000_001, "!", "3000001")


def test_body_in_chunks_gets_a_length_too() -> None:
    with serving(echo) as served:
        seen = told(served, "POST", "/", iter([b"one", b"two"]), {"Transfer-Encoding": "chunked"})

    assert (seen["body"], seen["end"], seen["CONTENT_LENGTH"]) == (6, "o", "6")


def test_largest_body_is_taken_and_one_byte_more_is_refused_in_two_languages() -> None:
    with serving(echo) as served:
        taken = told(served, "POST", "/", bytes(MOST_BYTES))["body"]
        refused, page = served.ask("POST", "/", bytes(MOST_BYTES + 1))

    assert taken == MOST_BYTES
    assert (refused.status, refused.headers["X-Content-Type-Options"]) == (413, "nosniff")
    assert ("te groot" in page.decode(), "too large" in page.decode()) == (True, True)


def test_client_that_asks_first_is_refused_before_it_sends_too_much() -> None:
    with serving(echo) as served:
        connection = served.send(
            b"POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n" % (MOST_BYTES + 1)
        )

        answer = receive_all(connection)

    assert answer.split(b" ")[1] == b"413"


def test_client_that_stalls_in_its_body_is_told_so_and_cut() -> None:
    with serving(echo, patience=0.3) as served:
        answer = receive_all(served.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"))

    assert answer.split(b" ")[1] == b"408"


@pytest.mark.parametrize("head", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: "])
def test_client_that_does_not_finish_its_head_is_cut(head: bytes) -> None:
    with serving(echo, patience=0.3) as served:
        answer = receive_all(served.send(head))

    assert answer == b""


def test_client_that_sends_only_line_ends_after_its_request_is_cut() -> None:
    with serving(echo, patience=0.3) as served:
        connection = served.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.recv(65536)
        connection.sendall(b"\r\n")

        rest = receive_all(connection)

    assert rest == b""


def test_head_without_end_is_cut() -> None:
    with serving(echo) as served:
        connection = served.connect()
        try:
            connection.sendall(b"GET / HTTP/1.1\r\nX: " + b"x" * 50_000_000)
            is_cut = False
        except OSError:
            is_cut = True
        connection.close()
        status = served.ask("GET", "/")[0].status

    assert (is_cut, status) == (True, 200)


def test_several_requests_in_one_breath_are_answered_in_order() -> None:
    with serving(echo) as served:
        connection = served.send(
            b"".join(
                b"GET /%d HTTP/1.1\r\nHost: x\r\n%s\r\n" % (n, b"Connection: close\r\n" if n == 2 else b"")
                for n in range(3)
            )
        )

        answers = receive_all(connection)

    assert [b'"/%d"' % n in answers for n in range(3)] == [True, True, True]
    assert answers.index(b'"/0"') < answers.index(b'"/1"') < answers.index(b'"/2"')


@pytest.mark.parametrize("target", [b"/\xff\xfe", b"/%ff%00%2f", b"/?\xff=\xe2\x82", b"/?%ff", b"//x", b"/?a=b?c#d"])
def test_strange_addresses_break_nothing(target: bytes) -> None:
    with serving(echo) as served:
        answer = receive_all(served.send(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))

    assert answer.split(b" ")[1] in (b"200", b"400")


@pytest.mark.parametrize("method", ["TRACE", "TRACK"])
def test_methods_that_echo_are_refused(method: str) -> None:
    with serving(echo) as served:
        raw = receive_all(served.send(f"{method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()))

    assert raw.split(b" ")[1] in (b"405", b"400")


def test_forwarded_headers_count_for_nothing_unless_a_proxy_is_trusted() -> None:
    claims = {
        "X-Forwarded-For": "9.9.9.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "evil",
        "Forwarded": "for=9.9.9.9",
    }
    with serving(echo) as served:
        seen = told(served, "GET", "/", headers=claims)

    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("127.0.0.1", "http")
    assert [k for k in seen if "FORWARDED" in k] == []


def test_trusted_proxy_is_believed_about_the_last_address_and_the_scheme() -> None:
    claims = {"X-Forwarded-For": "6.6.6.6, 9.9.9.9", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil"}
    with serving(echo, trusts_proxy=True) as served:
        seen = told(served, "GET", "/", headers=claims)
        nonsense = told(served, "GET", "/", headers={"X-Forwarded-For": "<script>", "X-Forwarded-Proto": "ftp"})

    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("9.9.9.9", "https")
    assert (nonsense["REMOTE_ADDR"], nonsense["wsgi.url_scheme"]) == ("127.0.0.1", "http")
    assert [k for k in seen if "FORWARDED" in k] == []


def test_header_with_an_underscore_does_not_pass_for_one_with_a_hyphen() -> None:
    with serving(echo) as served:
        seen = told(served, "GET", "/", headers={"HX_Request": "true", "Accept-Language": "nl"})

    assert ("HTTP_HX_REQUEST" in seen, seen["HTTP_ACCEPT_LANGUAGE"]) == (False, "nl")


# What goes out


def test_page_is_packed_as_the_client_understands() -> None:
    with serving(pages) as served:
        found = {a: served.ask("GET", "/", headers={"Accept-Encoding": a}) for a in ("br, gzip", "gzip", "br;q=0", "")}

    codings = {a: answer.headers["Content-Encoding"] for a, (answer, _) in found.items()}
    assert codings == {"br, gzip": "br", "gzip": "gzip", "br;q=0": None, "": None}
    assert brotli.decompress(found["br, gzip"][1]) == gzip.decompress(found["gzip"][1]) == found[""][1] == PAGE
    assert {answer.headers["Vary"] for answer, _ in found.values()} == {"Cookie, Accept-Encoding"}


def test_small_page_and_other_kinds_go_out_as_they_are() -> None:
    with serving(pages) as served:
        small, _ = served.ask("GET", "/small", headers={"Accept-Encoding": "br"})
        large, content = served.ask("GET", "/large", headers={"Accept-Encoding": "br"})

    assert (small.headers["Content-Encoding"], large.headers["Content-Encoding"]) == (None, None)
    assert (content == LARGE, large.headers["Content-Length"]) == (True, str(len(LARGE)))


@pytest.mark.parametrize("path", ["/", "/large"])
def test_head_says_what_get_would_say_without_the_body(path: str) -> None:
    with serving(pages) as served:
        head, nothing = served.ask("HEAD", path, headers={"Accept-Encoding": "br"})
        get, _ = served.ask("GET", path, headers={"Accept-Encoding": "br"})

    assert nothing == b""
    assert [h for h in head.headers.items() if h[0] != "date"] == [h for h in get.headers.items() if h[0] != "date"]


def test_failure_is_one_plain_page_and_the_next_request_works(caplog: pytest.LogCaptureFixture) -> None:
    with serving(pages) as served:
        broken, page = served.ask("GET", "/broken")
        status = served.ask("GET", "/")[0].status

    assert (broken.status, broken.headers["Content-Security-Policy"], status) == (
        500,
        "default-src 'none'; frame-ancestors 'none'",
        200,
    )
    assert b"on purpose" not in page
    assert [record.message for record in caplog.records] == ["A request got no answer"]


# Style sheets and scripts


@pytest.mark.parametrize(("accepts", "coding"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_style_sheet_is_kept_for_a_year_in_the_coding_that_fits(accepts: str, coding: str | None) -> None:
    asset = assets()["samenspraak.css"]
    unpack: dict[str | None, Callable[[bytes], bytes]] = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
    with serving(pages) as served:
        answer, content = served.ask("GET", asset.path, headers={"Accept-Encoding": accepts})

    assert unpack[coding](content) == asset.plain
    assert answer.headers["Content-Encoding"] == coding
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"]) == (
        "text/css; charset=utf-8",
        "nosniff",
    )


def test_style_sheet_that_the_browser_has_is_not_sent_again() -> None:
    path = asset_url("samenspraak.css")
    with serving(pages) as served:
        tag = served.ask("GET", path)[0].headers["ETag"]
        again, content = served.ask("GET", path, headers={"If-None-Match": tag})

    assert (again.status, content) == (304, b"")


def test_unknown_file_and_changing_a_file_are_refused_without_a_thread() -> None:
    with serving(pages) as served:
        unknown, _ = served.ask("GET", "/static/samenspraak.000000000000.css")
        climbing, _ = served.ask("GET", "/static/../../etc/passwd")
        changed, _ = served.ask("POST", asset_url("samenspraak.css"), b"x")

    assert (unknown.status, climbing.status, changed.status) == (404, 404, 405)
    assert unknown.headers["X-Content-Type-Options"] == "nosniff"
