"""Ending sessions, and noting when one was last used."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from samenspraak.people.models import Person, Session
from samenspraak.people.queries import hash_of_token
from samenspraak.people.sessions import SessionStore

SEEN_EVERY = timedelta(hours=1)


def end_sessions(person: Person, *, but: str | None = None) -> None:
    """Sign a person out everywhere; ``but`` is the key of the session that goes on."""
    Session.objects.filter(person=person).exclude(session_key=but or "").delete()


def end_session(person: Person, mark: str) -> None:
    """End one session of a person, found by the hash of its key; one that ended already is no problem."""
    for session in Session.objects.filter(person=person):
        if hash_of_token(session.session_key) == mark:
            session.delete()


def note_seen(session: SessionStore) -> None:
    """Write down that a session is in use, at most once an hour: a page costs no query for it."""
    now = timezone.now()
    if session.seen_at is None or now - session.seen_at < SEEN_EVERY:
        return
    session.seen_at = now
    Session.objects.filter(session_key=session.session_key).update(seen_at=now)
