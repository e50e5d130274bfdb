"""The second factor: an app with codes, passkeys, and recovery codes for when both are gone."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone

from samenspraak.people.actions.sending import queue_mail, write_letter
from samenspraak.people.codes import hash_of_recovery, recovery_codes, seal, step_of, unseal
from samenspraak.people.http import address_of
from samenspraak.people.models import Person
from samenspraak.people.passkeys import credential_of, registered

APP, PASSKEY, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
MOST_PASSKEYS = 10


class WrongCode(Exception):
    """Not a code of now, or one that was used."""


class AlreadyThere(Exception):
    """This person has an app already, or as many passkeys as fit."""


def _tell(person: Person, what: str) -> None:
    """A mail about the change: whoever sits at somebody else's computer cannot do this unseen."""
    key = f"second-step:{person.pk}:{timezone.now().isoformat()}"
    context = {"name": person.name, "what": what, "link": address_of("people:security")}
    queue_mail(write_letter("people/mail/second_step", key, person.email, person.language, context))


def _lock(person: Person) -> None:
    Person.objects.select_for_update().only("pk").get(pk=person.pk)


@transaction.atomic
def add_app(person: Person, secret: str, code: str) -> list[str]:
    """Ask for codes of this app from now on; gives new recovery codes when there are none yet.

    The second of two clicks gives the same codes. Raises ``WrongCode``, or ``AlreadyThere`` for another app.
    """
    _lock(person)
    there = Authenticator.objects.filter(user=person, type=APP).first()
    if there is not None and unseal(there.data["secret"]) == secret:
        return _drawn_by(person, secret)
    if there is not None:
        raise AlreadyThere
    step = step_of(secret, code)
    if step is None:
        raise WrongCode
    Authenticator.objects.create(user=person, type=APP, data={"secret": seal(secret), "step": step})
    _tell(person, "app")
    return _first_recovery_codes(person, secret)


@transaction.atomic
def add_passkey(person: Person, name: str, answer: dict[str, Any]) -> list[str]:
    """Let in with this passkey from now on, as ``add_app``; the eleventh is ``AlreadyThere``."""
    _lock(person)
    rows = list(Authenticator.objects.filter(user=person, type=PASSKEY))
    new = registered(answer).credential_id
    if new in {credential_of(row).credential_id for row in rows}:
        return _drawn_by(person, new.hex())
    if len(rows) >= MOST_PASSKEYS:
        raise AlreadyThere
    Authenticator.objects.create(user=person, type=PASSKEY, data={"name": name, "credential": answer})
    _tell(person, "passkey")
    return _first_recovery_codes(person, new.hex())


@transaction.atomic
def remove_factor(person: Person, factor_id: int) -> None:
    """Take off an app or a passkey; with the last one the recovery codes go too."""
    _lock(person)
    mine = Authenticator.objects.filter(user=person)
    gone, _rows = mine.filter(pk=factor_id, type__in=(APP, PASSKEY)).delete()
    if gone:
        _tell(person, "removed")
    if not mine.filter(type__in=(APP, PASSKEY)).exists():
        mine.delete()


def _first_recovery_codes(person: Person, once: str) -> list[str]:
    if Authenticator.objects.filter(user=person, type=RECOVERY).exists():
        return []
    return _draw(person, once)


def _draw(person: Person, once: str) -> list[str]:
    salt = token_hex(16)
    drawn = recovery_codes(person, salt, once)
    kept = {"hashes": [hash_of_recovery(code) for code in drawn], "salt": salt, "once": hash_of_recovery(once)}
    defaults = {"data": kept, "created_at": timezone.now()}
    Authenticator.objects.update_or_create(user=person, type=RECOVERY, defaults=defaults)
    return drawn


def _drawn_by(person: Person, once: str) -> list[str]:
    """The codes that this very form made, for its second click; none when others came after."""
    row = Authenticator.objects.filter(user=person, type=RECOVERY).first()
    if row is None or row.data["once"] != hash_of_recovery(once):
        return []
    return recovery_codes(person, row.data["salt"], once)


@transaction.atomic
def renew_recovery_codes(person: Person, once: str) -> list[str]:
    """Ten new ones; the old ones stop working. None for somebody without a second factor.

    ``once`` is the number of the form: sent twice it gives the same codes, or nobody would know which ones count.
    """
    _lock(person)
    if not Authenticator.objects.filter(user=person, type__in=(APP, PASSKEY)).exists():
        return []
    again = _drawn_by(person, once)
    if again:
        return again
    _tell(person, "codes")
    return _draw(person, once)


@transaction.atomic
def use_code(person: Person, code: str) -> Authenticator:
    """Take a code of the app or a recovery code, each at most once; raises ``WrongCode``."""
    _lock(person)
    for factor in Authenticator.objects.filter(user=person, type__in=(APP, RECOVERY)).order_by("pk"):
        if _fits(factor, code):
            factor.last_used_at, factor.user = timezone.now(), person
            factor.save(update_fields=["data", "last_used_at"])
            return factor
    raise WrongCode


def _fits(factor: Authenticator, code: str) -> bool:
    """Whether it is a code of this factor; what was used is written into the row."""
    if factor.type == RECOVERY:
        found = hash_of_recovery(code)
        if found not in factor.data["hashes"]:
            return False
        factor.data["hashes"].remove(found)
        return True
    secret = unseal(factor.data["secret"])
    step = step_of(secret, code) if secret else None
    if step is None or step <= factor.data["step"]:  # the same code again, or one from before it
        return False
    factor.data["step"] = step
    return True
