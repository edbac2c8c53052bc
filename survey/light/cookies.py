"""Which cookies there are, and what each holds."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping

from starlette.responses import Response

from survey.answering.drafts import DRAFT_DAYS, SECRET_BYTES
from survey.installation import Installation

DRAFT_COOKIE = "svar"
LANGUAGE_COOKIE = "sprak"
SECONDS_A_DAY = 86_400


def read_secret(cookies: Mapping[str, str]) -> bytes | None:
    """The secret that opens a person's draft, None when the cookie is missing or is not one."""
    try:
        secret = base64.b64decode(cookies.get(DRAFT_COOKIE, ""), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return secret if len(secret) == SECRET_BYTES else None


def set_secret(response: Response, secret: bytes, installation: Installation) -> None:
    """Keep the secret in the browser; no script can read it."""
    value = base64.urlsafe_b64encode(secret).decode()
    set_cookie(response, DRAFT_COOKIE, value, installation, max_age=DRAFT_DAYS * SECONDS_A_DAY)


def set_cookie(
    response: Response, name: str, value: str, installation: Installation, *, max_age: int | None = None
) -> None:
    """A cookie of ours: HttpOnly, Lax, and Secure where the service is reached over HTTPS."""
    secure = installation.settings.is_secure
    response.set_cookie(name, value, max_age=max_age, path="/", httponly=True, samesite="lax", secure=secure)


def forget_secret(response: Response, installation: Installation) -> None:
    secure = installation.settings.is_secure
    response.delete_cookie(DRAFT_COOKIE, path="/", httponly=True, samesite="lax", secure=secure)
