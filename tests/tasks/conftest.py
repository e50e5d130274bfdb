"""What the tests of this room share: the mail server, the clock and the worker of the outbox."""

from tests.people.conftest import clock, nothing_counted, office, use, work

__all__ = ["clock", "nothing_counted", "office", "use", "work"]
