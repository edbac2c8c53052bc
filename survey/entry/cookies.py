"""Which cookies keep somebody signed in, and what does each hold?"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from survey.installation import Installation
from survey.light.cookies import SECONDS_A_DAY, set_cookie

SESSION_COOKIE = "session"
DEVICE_COOKIE = "dator"
BEGUN_COOKIE = "begun"
HOST_PREFIX = "__Host-"  # browsers take such a cookie over HTTPS only, and from no other host
DEVICE_DAYS = 365


def name_cookie(installation: Installation, name: str) -> str:
    """What a cookie is called here: with the prefix where the service is reached over HTTPS."""
    return f"{HOST_PREFIX}{name}" if installation.settings.is_secure else name


def read_cookie(installation: Installation, cookies: Mapping[str, str], name: str) -> str:
    """What a cookie of ours holds, empty where there is none."""
    return cookies.get(name_cookie(installation, name), "")


def keep_cookie(
    response: Response, installation: Installation, name: str, value: str, *, seconds: int | None = None
) -> None:
    """Keep something in the browser until it is closed, or for so long; no script can read it."""
    set_cookie(response, name_cookie(installation, name), value, installation, max_age=seconds)


def keep_session(response: Response, installation: Installation, token: str) -> None:
    keep_cookie(response, installation, SESSION_COOKIE, token)


def keep_device(response: Response, installation: Installation, device: str) -> None:
    keep_cookie(response, installation, DEVICE_COOKIE, device, seconds=DEVICE_DAYS * SECONDS_A_DAY)


def forget_cookie(response: Response, installation: Installation, name: str) -> None:
    response.delete_cookie(
        name_cookie(installation, name),
        path="/",
        secure=installation.settings.is_secure,
        httponly=True,
        samesite="lax",
    )
