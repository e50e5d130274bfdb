"""Links that sign in, in the demo alone."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from samenspraak.people.models import Person

SIGNER = Signer(salt="demo")


def link_for(person_id: str) -> str:
    """The path that signs this person in; it works more than once."""
    return reverse("demo_sign_in", args=[SIGNER.sign(person_id)])


def person_of(token: str) -> Person | None:
    """Whom a link is for."""
    try:
        return Person.objects.filter(pk=SIGNER.unsign(token), is_active=True).first()
    except BadSignature:
        return None
