from __future__ import annotations

import logging
import sys
from asyncio import CancelledError

from django.http import HttpRequest
from django.test import RequestFactory
from django.urls import resolve

from samenspraak.site.logs import Ends, Routes


def said_of(request: HttpRequest | None, message: str, *args: object) -> str:
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, message, args, None)
    record.request = request
    assert Routes().filter(record)
    return record.getMessage()


def test_fault_on_a_page_names_its_route_and_not_its_address() -> None:
    request = RequestFactory().get("/invitation/secret-token")
    request.resolver_match = resolve("/account/sign-in")

    assert said_of(request, "%s: %s", "Internal Server Error", request.path) == "Internal Server Error: account_login"


def test_fault_before_any_page_was_found_names_none() -> None:
    assert said_of(RequestFactory().get("/secret"), "%s: %s", "Bad Request", "/secret") == "Bad Request: no route"


def test_what_is_not_about_a_request_is_left_alone() -> None:
    assert said_of(None, "%s of %s", "one", "two") == "one of two"


def is_told(problem: BaseException) -> bool:
    try:
        raise problem
    except type(problem):
        record = logging.LogRecord("uvicorn.error", logging.ERROR, "", 0, "Exception", (), sys.exc_info())
    return Ends().filter(record)


def test_slow_client_that_a_stopping_server_leaves_is_no_news() -> None:
    assert [is_told(CancelledError()), is_told(ValueError())] == [False, True]
