"""Sessions in the database, as Django keeps them, with whose they are; every page reads one, so the query is remembered.

A person sees the own sessions and ends them, so a row knows its person, the device in plain words and when it was last
used. That costs no query: the read that every page pays for brings it along.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.utils import timezone

from samenspraak.people.models import Session
from samenspraak.people.remembered import Remembered

_KEPT = Remembered(
    lambda session_key: Session.objects.filter(session_key=session_key).values_list(
        "session_data", "expire_date", "device", "started_at", "seen_at"
    )
)
# Looked for in this order: every browser claims to be some of the others too.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


def device_of(user_agent: str) -> str:
    """The browser and the system in plain words, ‘Firefox, Windows’; empty when neither is known."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)


class Kept(NamedTuple):
    """What a session holds, sealed."""

    session_data: str


class SessionStore(DatabaseSessions):
    """Django's own store with a cheaper read and a row that knows whose it is."""

    device = ""
    started_at: datetime | None = None
    seen_at: datetime | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Our table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row, with whose it is; what it was when it was read stays."""
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        now = timezone.now()
        row.person_id = data.get("_auth_user_id")
        row.device, row.started_at, row.seen_at = self.device, self.started_at or now, self.seen_at or now
        return row

    def begin(self, user_agent: str) -> None:
        """Somebody just came in with this browser."""
        self.device, self.started_at, self.seen_at = device_of(user_agent), timezone.now(), timezone.now()
        self.modified = True

    def _get_session_from_db(self) -> Kept | None:
        rows = _KEPT(self.session_key) if self.session_key else []
        if not rows or rows[0][1] <= timezone.now():
            self._session_key = None
            return None
        data, _until, self.device, self.started_at, self.seen_at = rows[0]
        return Kept(data)
