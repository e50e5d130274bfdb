"""Codes of an app on somebody's phone, and recovery codes: how they are drawn, kept and compared."""

from __future__ import annotations

import base64
import time
from hmac import compare_digest
from urllib.parse import quote

import segno
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core import signing
from django.utils.crypto import salted_hmac

from samenspraak.people.models import Person

PERIOD = 30
SLACK = 1  # clocks of phones: the code before and the code after are fine too
RECOVERY_CODES = 10
LIFETIME = 30 * 60
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O or U, which look or sound like another
LOOKALIKES = str.maketrans("ILO", "110")


def new_secret(person: Person) -> tuple[str, str]:
    """A secret for an app, and the same signed, so that the form brings it back and opening the page writes nothing."""
    secret = generate_totp_secret()
    return secret, signing.dumps(secret, salt=f"samenspraak.app.{person.pk}")


def secret_of(person: Person, signed: str) -> str | None:
    """The secret that a form brought back; None when it is not ours, not this person's or older than half an hour."""
    try:
        found: str = signing.loads(signed, salt=f"samenspraak.app.{person.pk}", max_age=LIFETIME)
    except signing.BadSignature:
        return None
    return found


def address_of_secret(person: Person, secret: str) -> str:
    """What the square holds: a secret and whose it is, as apps read it."""
    return f"otpauth://totp/Samenspraak:{quote(person.email)}?secret={secret}&issuer=Samenspraak"


def square(person: Person, secret: str) -> str:
    """The square as a picture that a page carries along."""
    return str(segno.make(address_of_secret(person, secret), error="m").svg_data_uri(scale=5, border=4, light="#fff"))


def step_of(secret: str, code: str) -> int | None:
    """The stretch of thirty seconds that a code belongs to, counted from 1970; None when it is not a code of now."""
    bare = "".join(code.split())
    now = int(time.time()) // PERIOD
    for step in range(now - SLACK, now + SLACK + 1):
        if bare.isascii() and compare_digest(bare, format_hotp_value(hotp_value(secret, step))):
            return step
    return None


def _box() -> Fernet:
    key = salted_hmac("samenspraak.second-factor", "box", secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(secret: str) -> str:
    """A secret as the database keeps it: closed with the key of the installation."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str | None:
    """The secret; None when the key of the installation is another one now."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        return None


def recovery_codes(person: Person, salt: str, once: str) -> list[str]:
    """Ten codes of 60 bits, for paper. The same form sent twice gives the same codes, though they are not kept."""
    drawn = [
        salted_hmac("samenspraak.recovery-codes", f"{person.pk} {salt} {once} {n}", algorithm="sha256").digest()
        for n in range(RECOVERY_CODES)
    ]
    texts = ["".join(ALPHABET[byte & 31] for byte in digest[:12]) for digest in drawn]
    return ["-".join(text[at : at + 4] for at in (0, 4, 8)) for text in texts]


def hash_of_recovery(code: str) -> str:
    """What is kept of a recovery code: hashed with the key of the installation, for 60 bits alone could be guessed."""
    bare = "".join(c for c in code.upper() if c.isalnum()).translate(LOOKALIKES)
    return salted_hmac("samenspraak.recovery", bare, algorithm="sha256").hexdigest()
