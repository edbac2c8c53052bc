"""Can an ID token be believed: from whom, for whom, of now, and an answer to what was asked?"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from typing import Any, NoReturn, cast

from joserfc import jwt
from joserfc.jwk import KeySet

from survey.errors import SurveyError

log = logging.getLogger(__name__)
CLOCK_SECONDS = 120  # how far its clock may be from ours
FAR_SECONDS = 3600.0  # a clock that is off by less than this is told of as a clock
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


def read_token(keys: KeySet, token: str) -> dict[str, Any]:
    """The claims of an ID token that a provider's keys have signed. Raises JoseError and ValueError."""
    return dict(jwt.decode(token, keys, algorithms=ALGORITHMS).claims)


def check_claims(claims: Mapping[str, Any], issuer: str, client: str, nonce: str, *, at: float) -> None:
    """Whether an ID token is from whom, for whom and of now as it should be (OpenID Connect Core 3.1.3.7).

    Raises SurveyError provider_clock for clocks that differ by minutes, else provider_lies.
    """
    audience = claims.get("aud")
    audiences = cast(list[object], audience) if isinstance(audience, list) else [audience]
    if claims.get("iss") != issuer:
        refuse("provider_lies", "an ID token is of another issuer")
    if client not in audiences or claims.get("azp", client) != client:
        refuse("provider_lies", "an ID token is for somebody else")
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        refuse("provider_lies", "an ID token answers another question")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        refuse("provider_lies", "an ID token says of nobody who it is")
    check_times(claims.get("exp"), claims.get("iat"), at=at)


def check_times(expires: object, issued: object, *, at: float) -> None:
    """Whether an ID token is of now, as both clocks have it. Raises provider_clock and provider_lies."""
    if not isinstance(expires, int | float) or not isinstance(issued, int | float):
        refuse("provider_lies", "an ID token has no times")
    if issued > at + CLOCK_SECONDS or expires < at - CLOCK_SECONDS:
        is_near = abs(issued - at) < FAR_SECONDS
        code = "provider_clock" if is_near else "provider_lies"
        refuse(code, "its clock and ours differ by minutes or more")


def refuse(code: str, why: str) -> NoReturn:
    """Write in the log what is wrong with the provider, and stop. Raises SurveyError with the code."""
    log.error("the identity provider cannot be used: %s", why)
    raise SurveyError(code)  # keys: error.provider_*
