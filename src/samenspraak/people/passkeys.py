"""Passkeys: the device proves who somebody is, and asks for a finger, a face or a code before it does.

The question to the device travels in the form, signed, with whom it is for and when it was made; it is answered once.
So opening a page writes nothing, not even a session.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from samenspraak.people.models import Person

LIFETIME = 10 * 60


class PasskeyRefused(Exception):
    """This is not the answer to this question."""


class Question(NamedTuple):
    """What a form carries: ``options`` for the browser as JSON, ``state`` signed for us."""

    options: str
    state: str


def are_possible(request: HttpRequest) -> bool:
    """Whether browsers allow passkeys here: over https, or on this very machine under the name localhost."""
    environment = settings.ENVIRONMENT
    is_own_name = request.get_host().partition(":")[0] == environment.host
    return is_own_name and (environment.is_https or environment.host == "localhost")


def _server() -> Fido2Server:
    party = PublicKeyCredentialRpEntity(id=settings.ENVIRONMENT.host, name="Samenspraak")
    return Fido2Server(party, verify_origin=lambda origin: origin == settings.ENVIRONMENT.address)


def _credentials(person: Person) -> dict[bytes, Authenticator]:
    found = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return {credential_of(row).credential_id: row for row in found}


def credential_of(row: Authenticator) -> AttestedCredentialData:
    """The public key that a passkey registered."""
    return registered(row.data["credential"])


def registered(answer: dict[str, Any]) -> AttestedCredentialData:
    """The credential in what a device answered on registration."""
    found = RegistrationResponse.from_dict(answer).response.attestation_object.auth_data.credential_data
    if found is None:
        raise PasskeyRefused
    return found


def _question(options: Any, state: dict[str, Any], purpose: str) -> Question:
    return Question(json.dumps(dict(options)["publicKey"]), signing.dumps(state, salt=f"samenspraak.passkey.{purpose}"))


def _asked(signed: str, purpose: str) -> dict[str, Any]:
    """The state behind a form of the last ten minutes."""
    try:
        state: dict[str, Any] = signing.loads(signed, salt=f"samenspraak.passkey.{purpose}", max_age=LIFETIME)
    except signing.BadSignature:
        raise PasskeyRefused from None
    return state


def ask_new(person: Person) -> Question:
    """Ask a device for a new passkey; one that this person has already offers itself only once."""
    user = PublicKeyCredentialUserEntity(id=person.pk.bytes, name=person.email, display_name=person.name)
    options, state = _server().register_begin(
        user,
        [credential_of(row) for row in _credentials(person).values()],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _question(options, state, f"new.{person.pk}")


def read_new(person: Person, signed: str, answer: dict[str, Any]) -> None:
    """Whether this is a passkey for this person; raises ``PasskeyRefused``."""
    state = _asked(signed, f"new.{person.pk}")
    try:
        registered(answer)
        _server().register_complete(state, answer)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PasskeyRefused from None


def ask(person: Person | None = None) -> Question:
    """Ask for a passkey: one of this person, or whichever the device has for this site."""
    known = [credential_of(row) for row in _credentials(person).values()] if person else []
    options, state = _server().authenticate_begin(known, user_verification=UserVerificationRequirement.REQUIRED)
    return _question(options, state, f"in.{person.pk if person else ''}")


def read(signed: str, answer: dict[str, Any], person: Person | None = None) -> Authenticator:
    """The passkey that answered; raises ``PasskeyRefused``."""
    state = _asked(signed, f"in.{person.pk if person else ''}")
    if not cache.add(f"passkey:{state['challenge']}", True, timeout=LIFETIME + 60):  # each answer lets in once
        raise PasskeyRefused
    try:
        owner = person or _owner(answer)
        known = _credentials(owner)
        credentials = [credential_of(row) for row in known.values()]
        used = _server().authenticate_complete(state, credentials, answer)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise PasskeyRefused from None
    row = known[used.credential_id]
    row.user = owner
    return row


def _owner(answer: dict[str, Any]) -> Person:
    found = Person.objects.filter(pk=UUID(bytes=websafe_decode(answer["response"]["userHandle"]))).first()
    if found is None:
        raise PasskeyRefused
    return found
