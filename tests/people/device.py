"""A device that makes passkeys, in software: what a browser sends for it."""

from __future__ import annotations

import json
from hashlib import sha256
from os import urandom
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

ORIGIN = "http://localhost:8000"
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Device:
    """One passkey."""

    def __init__(self, origin: str = ORIGIN, flags: Any = PRESENT_AND_VERIFIED) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.origin, self.flags, self.user = urandom(32), origin, flags, ""

    def _client(self, kind: str, challenge: str) -> bytes:
        told = {"type": f"webauthn.{kind}", "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _sent(self, **response: bytes | str) -> dict[str, Any]:
        texts = {name: v if isinstance(v, str) else websafe_encode(v) for name, v in response.items()}
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": texts, "clientExtensionResults": {}}

    def new(self, options: str) -> dict[str, Any]:
        """The answer to the question for a new passkey."""
        asked = json.loads(options)
        self.user = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        place = sha256(asked["rp"]["id"].encode()).digest()
        known = AuthenticatorData.create(place, self.flags | AuthenticatorData.FLAG.AT, 0, credential)
        attestation = AttestationObject.create("none", known, {})
        return self._sent(
            clientDataJSON=self._client("create", asked["challenge"]), attestationObject=bytes(attestation)
        )

    def answer(self, options: str) -> dict[str, Any]:
        """The answer to the question who this is."""
        asked = json.loads(options)
        client = self._client("get", asked["challenge"])
        known = AuthenticatorData.create(sha256(asked["rpId"].encode()).digest(), self.flags, 1)
        signature = self.key.sign(known + sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._sent(
            clientDataJSON=client, authenticatorData=bytes(known), signature=signature, userHandle=self.user
        )
