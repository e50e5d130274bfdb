"""The forms about voices of colleagues that are sent fifty times at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from samenspraak.people.models import Guest, Member
from samenspraak.readiness.models import Inquiry, Voice
from tests.people.subjects import colleague_asked, voice_link
from tests.readiness.rounds import make_round
from tests.site.at_once import Case, Sent

ONE = "commitment-support"
TABLES = (Inquiry, Voice)


def asking(member: Member) -> Sent:
    form = {"conditions": [ONE], "people": "Bram <b@example.org>\nilse@example.org", "names": "named", "language": "nl"}
    form |= {"once": str(uuid4())}
    return Sent({"round_id": make_round(member).id}, lambda: form)


def reminding(member: Member) -> Sent:
    asked = colleague_asked(member)
    Guest.objects.update(created_at=timezone.now() - timedelta(days=2))
    return Sent({"round_id": asked["round_id"]}, lambda: {"guest": asked["guest_id"]})


def answering(member: Member) -> Sent:
    form = {"asked": ONE, f"value-{ONE}": "no", f"how-{ONE}": "Nooit van gehoord", "version": 0}
    return Sent(voice_link(member), lambda: form)


CASES = {
    "colleagues asked": Case(
        "readiness:ask", asking, {"Inquiry": 1, "Guest": 2, "Mail": 2}, ["voice_asked", "voice_asked"]
    ),
    "a colleague reminded": Case("readiness:remind", reminding, {"Mail": 1}, ["voice_reminded"]),
    "a question withdrawn": Case(
        "readiness:withdraw_question", lambda m: Sent(colleague_asked(m), dict), {}, ["voice_asked"]
    ),
    "an answer by link": Case("readiness:voice", answering, {"Voice": 1}, ["voice", "voice_how"]),
}
