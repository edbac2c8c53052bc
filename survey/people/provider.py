"""What does the identity provider say, and can it be believed?

OpenID Connect with a code, PKCE S256, state and nonce. Nothing that the provider sends is logged or repeated:
it holds who somebody is.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast
from urllib.parse import urlencode, urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.id_tokens import check_claims, read_token, refuse
from survey.settings import Settings
from survey.sign_in_settings import is_trusted_address

log = logging.getLogger(__name__)
SECONDS = 10.0  # that the provider may be silent
KEPT = 3600.0  # seconds that its description and keys are believed
SCOPES = "openid profile email"
RETURN_PATH = "/logga-in/svar"
OK = 200
NEEDED = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Provider:
    """What a provider says of itself: where it is asked, its keys, and when it was read."""

    issuer: str
    where: Mapping[str, str]
    keys: KeySet = field(repr=False)
    read: float


@dataclass(frozen=True)
class Asking:
    """A question on its way to the provider, kept until the answer comes."""

    address: str = field(repr=False)
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


_known: dict[str, Provider] = {}
_reading = threading.Lock()


def find_provider(settings: Settings, *, newer_than: float = 0.0) -> Provider:
    """The provider of the settings, read at most once an hour; again where it is older than `newer_than`.

    Raises SurveyError provider_off, provider_down and provider_lies.
    """
    if not settings.has_provider:
        raise SurveyError("provider_off")
    with _reading:
        known = _known.get(settings.oidc_issuer)
        if known is None or known.read < max(time.monotonic() - KEPT, newer_than):
            known = _known[settings.oidc_issuer] = read_provider(settings.oidc_issuer)
        return known


def read_provider(issuer: str) -> Provider:
    """Ask a provider what it says of itself. Raises SurveyError provider_down and provider_lies."""
    said = fetch(issuer.rstrip("/") + "/.well-known/openid-configuration")
    if said.get("issuer") != issuer:
        refuse("provider_lies", "it says that it is another issuer")
    where = {
        name: value for name, value in said.items() if isinstance(value, str) and is_trusted_address(value)
    }
    if any(name not in where for name in NEEDED):
        refuse("provider_lies", "an address is missing or not encrypted")
    try:
        keys = KeySet.import_key_set(fetch(where["jwks_uri"]))  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError):
        refuse("provider_lies", "its keys cannot be read")
    return Provider(issuer, where, keys, time.monotonic())


def fetch(address: str) -> dict[str, Any]:
    """A JSON document. Raises SurveyError provider_down and provider_lies."""
    import requests  # here, as the client below: who starts without a provider goes without both

    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        answer.raise_for_status()
        said = answer.json()
    except requests.exceptions.JSONDecodeError:
        refuse("provider_lies", "what it sent cannot be read")
    except requests.RequestException:
        refuse("provider_down", "it does not answer")
    if answer.status_code != OK or not isinstance(said, dict):
        refuse("provider_lies", "what it sent is nothing that was asked for")
    return cast(dict[str, Any], said)


def open_session(installation: Installation) -> Any:
    """The client that speaks to the provider as this installation."""
    from authlib.integrations.requests_client import OAuth2Session

    settings = installation.settings
    secret = settings.read_client_secret()
    return OAuth2Session(
        settings.oidc_client_id,
        secret or None,
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
        scope=SCOPES,
        redirect_uri=settings.public_address.rstrip("/") + RETURN_PATH,
        code_challenge_method="S256",
        default_timeout=SECONDS,
    )


def ask_provider(installation: Installation) -> Asking:
    """Where a browser is sent, and what its answer will be judged by. Raises as find_provider."""
    provider = find_provider(installation.settings)
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    with open_session(installation) as session:
        address, _ = session.create_authorization_url(
            provider.where["authorization_endpoint"], state=state, nonce=nonce, code_verifier=verifier
        )
    return Asking(str(address), state, nonce, verifier)


def take_answer(
    installation: Installation, code: str, *, nonce: str, verifier: str
) -> tuple[str, dict[str, Any]]:
    """The ID token and its claims for a code that a browser brought back.

    Raises SurveyError provider_refused (the code was used, or is none), provider_down, provider_lies,
    provider_clock and as find_provider.
    """
    asked = time.monotonic()
    provider = find_provider(installation.settings)
    token = fetch_token(installation, provider, code, verifier=verifier)
    try:
        claims = read_token(provider.keys, token)
    except (JoseError, ValueError, KeyError):
        provider = find_provider(installation.settings, newer_than=asked)  # it may have new keys
        try:
            claims = read_token(provider.keys, token)
        except (JoseError, ValueError, KeyError):
            refuse("provider_lies", "what it sent is not signed by it")
    check_claims(claims, provider.issuer, installation.settings.oidc_client_id, nonce, at=time.time())
    return token, claims


def fetch_token(installation: Installation, provider: Provider, code: str, *, verifier: str) -> str:
    """The ID token for a code. Raises SurveyError provider_refused, provider_down and provider_lies."""
    import requests
    from authlib.common.errors import AuthlibBaseError

    try:
        with open_session(installation) as session:
            answer = session.fetch_token(
                provider.where["token_endpoint"],
                code=code,
                code_verifier=verifier,
                grant_type="authorization_code",
                allow_redirects=False,
            )
    except AuthlibBaseError:
        raise SurveyError("provider_refused") from None
    except requests.exceptions.JSONDecodeError:
        refuse("provider_lies", "what it sent cannot be read")
    except requests.RequestException:
        refuse("provider_down", "it does not answer")
    token = answer.get("id_token")
    if not isinstance(token, str):
        refuse("provider_lies", "it sent no ID token")
    return token


def find_way_out(installation: Installation, hint: str) -> str:
    """Where a browser is sent to be signed out of the provider too; empty where it has no such address."""
    try:
        end = find_provider(installation.settings).where.get("end_session_endpoint", "")
    except SurveyError:
        return ""
    back = installation.settings.public_address.rstrip("/") + "/logga-in?ut=1"
    asked = {
        "id_token_hint": hint,
        "post_logout_redirect_uri": back,
        "client_id": installation.settings.oidc_client_id,
    }
    return f"{end}?{urlencode(asked)}" if end else ""


@lru_cache(maxsize=8)
def find_origin(address: str) -> str:
    """An address's scheme and host, as a content security policy names them."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
