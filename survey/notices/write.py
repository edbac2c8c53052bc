"""What does a notice say, and how does its receiver know that it is from here?

Signed as Standard Webhooks 1.0 has it: HMAC-SHA256 over "id.timestamp.body", in base64 after "v1,".
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from survey.api import ROOT
from survey.installation import Installation
from survey.store.publications import Publication

SECRET_BYTES = 32  # of the 24 to 64 that the standard allows
SECRET_START = "whsec_"  # noqa: S105
PUBLISHED, CORRECTED, TRIAL = "publication.published", "publication.corrected", "trial"


def make_secret() -> str:
    """A new secret, as its receiver is given it."""
    return SECRET_START + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def write_body(installation: Installation, publication: Publication | None) -> bytes:
    """What a notice says; without a publication that it is a trial. The same each time it is tried."""
    if publication is None:
        return orjson.dumps({"type": TRIAL, "timestamp": write_time(datetime.now(UTC)), "data": {}})
    return orjson.dumps(
        {
            "type": PUBLISHED if publication.revision == 1 else CORRECTED,
            "timestamp": write_time(publication.published),
            "data": describe(installation, publication),
        }
    )


def describe(installation: Installation, publication: Publication) -> Mapping[str, Any]:
    """Which month of which survey, and where its figures are."""
    base = installation.settings.address
    survey = f"{base}{ROOT}/surveys/{publication.survey}"
    month = publication.month
    return {
        "publication": publication.id,
        "survey": publication.survey,
        "month": month,
        "revision": publication.revision,
        "reason": publication.reason,
        "links": {
            "survey": survey,
            "publications": f"{survey}/publications",
            "cells": f"{survey}/cells?kind=month&from={month}&to={month}",
        },
    }


def write_time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def sign(secret: str, notice: str, timestamp: int, body: bytes) -> str:
    """One signature of a notice."""
    key = base64.b64decode(secret.removeprefix(SECRET_START))
    told = b".".join((notice.encode(), str(timestamp).encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(key, told, hashlib.sha256)).decode()}"


def write_headers(kept: Sequence[str], notice: str, timestamp: int, body: bytes) -> Mapping[str, str]:
    """The headers of a notice, signed with every secret that holds: two for a while after a change."""
    return {
        "content-type": "application/json",
        "user-agent": "invanarrosten",
        "webhook-id": notice,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(sign(one, notice, timestamp, body) for one in kept),
    }
