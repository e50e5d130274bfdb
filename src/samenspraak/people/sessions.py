"""Sessions in the database, as Django keeps them; every page reads one, so the query is a remembered one."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.utils import timezone

from samenspraak.people.remembered import Remembered

_KEPT = Remembered(
    lambda session_key: Session.objects.filter(session_key=session_key).values_list("session_data", "expire_date")
)


class Kept(NamedTuple):
    """What a session holds, sealed."""

    session_data: str


class SessionStore(DatabaseSessions):
    """Django's own store with a cheaper read."""

    def _get_session_from_db(self) -> Kept | None:
        rows = _KEPT(self.session_key) if self.session_key else []
        if not rows or rows[0][1] <= timezone.now():
            self._session_key = None
            return None
        return Kept(rows[0][0])
