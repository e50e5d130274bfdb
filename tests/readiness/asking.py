"""Colleagues who are asked and answer, for tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.utils import timezone

from samenspraak.method.standing import ANSWERS
from samenspraak.people.actions import AskedGuest
from samenspraak.people.models import Guest, Member
from samenspraak.readiness import actions
from samenspraak.readiness.actions import Addressee, Asked, InquiryDraft, Said, VoiceDraft
from samenspraak.readiness.models import Inquiry, Round, Voice
from samenspraak.readiness.queries import Spread, inquiry_of, own_voices, spreads_of

ONE, TWO = "commitment-support", "commitment-outcomes"


def addressees(names: Iterable[str]) -> list[Addressee]:
    return [Addressee(f"{name.lower()}@example.org", name, "nl") for name in names]


def ask(member: Member, round: Round, names: Iterable[str] = ("Bram",), **fields: Any) -> Asked:
    wanted: dict[str, Any] = {"conditions": (ONE,), "is_named": True, "message": "", "once": uuid4()}
    return actions.ask_colleagues(member, round, InquiryDraft(**wanted | fields), addressees(names))


def key_of(asked: AskedGuest) -> str:
    return asked.link.rpartition("/")[2]


def path_of(asked: AskedGuest) -> str:
    return asked.link.removeprefix("http://localhost:8000")


def say(asked: AskedGuest, value: str, how: str = "", *, condition_id: str = ONE, key: str = "") -> str:
    """Answer with the link of somebody who was asked; the key, with which to correct."""
    key = key or key_of(asked)
    guest = Guest.objects.select_related("organisation", "mail").get(pk=asked.guest.pk)
    inquiry = inquiry_of(guest)
    version = sum(v.version for v in own_voices(inquiry, key).values() if v.condition_id == condition_id)
    actions.save_voices(guest, inquiry, VoiceDraft(key=key, said=(Said(condition_id, value, how),), version=version))
    return key


def save(asked: AskedGuest, *said: Said, key: str, version: int = 0) -> None:
    """Send the form of a guest as it is."""
    guest = Guest.objects.select_related("organisation", "mail").get(pk=asked.guest.pk)
    actions.save_voices(guest, inquiry_of(guest), VoiceDraft(key=key, said=said, version=version))


def spread(round: Round) -> Spread | None:
    return spreads_of(round).get(ONE)


def ask_and_hear(member: Member, round: Round, values: Iterable[str], **fields: Any) -> Asked:
    """As many colleagues as values, who answer with them in that order."""
    values = list(values)
    number = Guest.objects.count()
    asked = ask(member, round, [f"Persoon{number + n}" for n in range(len(values))], **fields)
    for who, value in zip(asked.guests, values, strict=True):
        say(who, value, f"Reden van {who.guest.name}")
    return asked


def make_many_voices(member: Member, round: Round, number: int) -> None:
    """``number`` colleagues more who were asked, made straight in the tables: half with a name, one of them waiting."""
    inquiries = Inquiry.objects.bulk_create(
        Inquiry(organisation_id=member.organisation_id, round=round, conditions=[ONE], is_named=named, asked_by=member)
        for named in (True, False)
    )
    now = timezone.now()
    people = [
        Guest(
            organisation_id=member.organisation_id,
            purpose="voice",
            subject=inquiries[n % 2].id,
            email=f"{uuid4()}@example.org",
            name=f"Collega {n}",
            language="nl",
            key_hash=uuid4().hex,
            asked_by=member,
            expires_at=now + timedelta(days=30),
            answered_at=now if n else None,
        )
        for n in range(number)
    ]
    Guest.objects.bulk_create(people)
    Voice.objects.bulk_create(
        Voice(
            organisation_id=member.organisation_id,
            round=round,
            condition_id=ONE,
            guest=None if n % 2 else guest,
            receipt=uuid4().hex,
            value=ANSWERS[n % 4],
            how=f"Reden {n}",
            block=1 + n // 10 if n % 2 else None,
            changed_at=None if n % 2 else now,
        )
        for n, guest in enumerate(people)
    )


def text_of(response: HttpResponse) -> str:
    """What a person may read on a page, in its fields too."""
    parts: list[str] = []
    reader = HTMLParser(convert_charrefs=True)
    reader.handle_data = parts.append  # type: ignore[method-assign]
    reader.handle_starttag = lambda _tag, attrs: parts.extend(value for _name, value in attrs if value)  # type: ignore[method-assign]
    reader.feed(response.content.decode())
    reader.close()
    return "\n".join(parts)
