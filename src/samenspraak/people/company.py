"""The company account: OpenID Connect with the one provider that the settings name. Whom it vouches for, nothing else.

Nothing of the account there is kept: no token, no name, no id. The server calls the issuer and the hosts the settings
name, never an address that came in with a request, and follows no redirect. allauth has a provider for this too; it
sends no nonce, does not check the signature of what it fetched itself, and keeps the whole profile.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from joserfc import jwt
from joserfc.jwk import KeySet
from requests import Response

from samenspraak.people.http import address_of

WITHIN = 10.0
LIFETIME = 10 * 60
KEPT = "company"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


class CompanyAway(Exception):
    """The provider does not answer, or answers what nobody can read."""


class CompanyRefused(Exception):
    """What came back is not for us, not now, not from there; or it was cancelled there."""


class AddressRefused(Exception):
    """The provider does not vouch for this address, or may not speak for its domain."""


class Came(NamedTuple):
    """Somebody whom the provider vouches for, and the page that was asked for."""

    email: str
    target: str


def _company() -> Any:
    """The provider of the settings; the views ask whether there is one."""
    return settings.ENVIRONMENT.company


class _Line(OAuth2Session):  # type: ignore[misc]  # authlib has no types
    """Calls the hosts of the settings alone, with patience of ten seconds a call."""

    def request(self, method: str, url: str, **options: Any) -> Response:
        """One call; another host, or an answer that leads elsewhere, is as good as none."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" not in _company().origins:
            raise CompanyAway(f"SAMENSPRAAK_OIDC_HOSTS does not name {parts.hostname}")
        options |= {"timeout": WITHIN, "allow_redirects": False}
        answer: Response = super().request(method, url, **options)
        if answer.status_code != 200:
            raise CompanyAway(f"{parts.path} answered {answer.status_code}")
        return answer


def _line() -> _Line:
    company = _company()
    line = _Line(
        company.client_id,
        company.client_secret,
        scope="openid email",
        redirect_uri=address_of("people:company_back"),
        code_challenge_method="S256",
    )
    line.trust_env = False  # no proxy and no password file of the machine
    return line


def _read(line: _Line, url: str) -> dict[str, Any]:
    try:
        found = line.request("GET", url, withhold_token=True).json()
    except (OSError, ValueError) as problem:  # requests' own are among these
        raise CompanyAway(type(problem).__name__) from problem
    if not isinstance(found, dict):
        raise CompanyAway("not an object")
    return found


def _configuration(line: _Line) -> dict[str, Any]:
    """Where the provider says its pages are; it must be the issuer of the settings that says so."""
    issuer = _company().issuer
    found = _read(line, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if found.get("issuer") != issuer or not all(isinstance(found.get(name), str) for name in needed):
        raise CompanyAway("another issuer than the settings name")
    return found


def reach() -> None:
    """Whether the provider answers and is the issuer of the settings; raises ``CompanyAway``."""
    _configuration(_line())


def begin(session: SessionBase, target: str) -> str:
    """The address at the provider to go to. What must come back is kept in the session, for ten minutes."""
    line = _line()
    where = _configuration(line)["authorization_endpoint"]
    parts = urlsplit(where)
    if f"{parts.scheme}://{parts.netloc}" not in _company().origins:
        raise CompanyAway(f"SAMENSPRAAK_OIDC_HOSTS does not name {parts.hostname}")
    verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(32)
    url, state = line.create_authorization_url(where, code_verifier=verifier, nonce=nonce)
    session[KEPT] = {"state": state, "verifier": verifier, "nonce": nonce, "target": target, "at": time.time()}
    return str(url)


def finish(session: SessionBase, answer: Mapping[str, str]) -> Came:
    """Whom the provider vouches for, by what it sent back through the browser; the answer works once.

    Raises ``CompanyAway``, ``CompanyRefused`` or ``AddressRefused``.
    """
    kept = session.pop(KEPT, None)
    if not kept or time.time() - kept["at"] > LIFETIME:
        raise CompanyRefused("nobody left from here")
    if not secrets.compare_digest(kept["state"].encode(), answer.get("state", "").encode()) or not answer.get("code"):
        raise CompanyRefused("another state, or cancelled")
    claims = _claims(kept, answer["code"])
    return Came(_address(claims), kept["target"])


def _claims(kept: dict[str, Any], code: str) -> dict[str, Any]:
    """The claims of the id token, once its signature, issuer, audience, hours and nonce are right."""
    company, line = _company(), _line()
    where = _configuration(line)
    if "client_secret_basic" not in where.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        line.token_endpoint_auth_method = "client_secret_post"  # noqa: S105  the name of a way
    keys = _read(line, where["jwks_uri"])
    try:
        token = line.fetch_token(where["token_endpoint"], code=code, code_verifier=kept["verifier"])
        read = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=ALGORITHMS)  # type: ignore[arg-type]
        wanted = {
            "iss": {"essential": True, "value": company.issuer},
            "aud": {"essential": True, "value": company.client_id},
        }
        claims = CodeIDToken(read.claims, read.header, wanted, {"nonce": kept["nonce"], "client_id": company.client_id})
        claims.validate(leeway=60)
    except OSError as problem:
        raise CompanyAway(type(problem).__name__) from problem
    except CompanyAway:
        raise
    except Exception as problem:  # three libraries read what a stranger wrote; none of it lets in
        raise CompanyRefused(type(problem).__name__) from problem
    return dict(claims)


def _address(claims: dict[str, Any]) -> str:
    """The address that the provider says belongs to this person. Microsoft Entra says so in ``xms_edov``."""
    email = claims.get("email")
    is_verified = claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1", "true")
    if not isinstance(email, str) or not is_verified:
        raise AddressRefused
    if email.rpartition("@")[2].lower() not in _company().domains:
        raise AddressRefused
    return email.strip().lower()
