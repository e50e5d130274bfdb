"""What is written down when something goes wrong: what and where in the code, never who asked for which address."""

from __future__ import annotations

import logging
from asyncio import CancelledError


class Routes(logging.Filter):
    """Names the route in place of the address: the address of an invitation is a key."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Django gives the path as the last argument of everything it says about a request."""
        request = getattr(record, "request", None)
        if request is not None and isinstance(record.args, tuple) and record.args:
            match = getattr(request, "resolver_match", None)
            record.args = (*record.args[:-1], match.view_name if match else "no route")
        return True


class Ends(logging.Filter):
    """Leaves out the traceback of every slow client that a stopping server no longer waits for."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this was something else than an end."""
        return not (record.exc_info and record.exc_info[0] is CancelledError)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"routes": {"()": Routes}, "ends": {"()": Ends}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["routes"]}},
    "loggers": {
        # What strangers try is no fault of ours.
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "uvicorn.error": {"level": "ERROR", "filters": ["ends"]},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
