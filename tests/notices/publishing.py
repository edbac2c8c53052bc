"""How do tests publish for receivers and check a signature?"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from survey.installation import Installation
from survey.store import notices, publications
from tests.insight.hand_made import make_publication

DAY = 24 * 3600.0


def publish(installation: Installation, month: str = "2026-10", *, at: float, **more: Any) -> int:
    """What a closing does in its transaction, without cells."""
    with installation.database.write() as connection:
        new = make_publication(month, published=datetime.fromtimestamp(at, UTC), **more)
        if publications.find_publication(connection, new.survey, month) is not None and new.revision == 1:
            known = publications.list_publications(connection, new.survey)
            new = replace(new, revision=1 + max(one.revision for one in known if one.month == month))
        number = publications.add_publication(connection, new)
        notices.queue_publication(connection, number, at=at)
    return number


def verify(secret: str, headers: dict[str, str], body: bytes) -> list[bool]:
    """Each signature checked as Standard Webhooks 1.0 says, with nothing of ours."""
    key = base64.b64decode(secret.split("_", 1)[1])
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    right = base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()
    return [one == f"v1,{right}" for one in headers["webhook-signature"].split(" ")]
