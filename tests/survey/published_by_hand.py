"""How does a test publish a month's reliability and rates without its cells?"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime

from survey.installation import Installation
from survey.publication.counting import Month, count_month
from survey.publication.rates import count_rates
from survey.publication.reliability import measure_reliability
from survey.store import closed, publications, responses
from survey.store.database import Connection
from survey.store.publications import Publication, Rate, Reliability
from survey.store.responses import Response
from tests.walks import SURVEY, VERSION


def answer(
    installation: Installation,
    n: int,
    *,
    area: str = "0780",
    month: str = "2026-09",
    round_id: str = "runda",
    answers: Mapping[str, str] | None = None,
    scores: Mapping[str, float] | None = None,
) -> None:
    """So many mixed responses that are alike."""
    rows = [
        Response(
            id=secrets.token_bytes(16),
            survey=SURVEY,
            version=VERSION,
            round_id=round_id,
            area=area,
            unit="",
            month=month,
            channel="invited",
            answers=json.dumps(answers or {}),
            scores=json.dumps(scores or {}),
            groups="{}",
            receipt=secrets.token_bytes(32),
        )
        for _ in range(n)
    ]
    with installation.database.write() as connection:
        responses.add_responses(connection, rows)


def publish(
    installation: Installation, month: str = "2026-09"
) -> tuple[tuple[Reliability, ...], tuple[Rate, ...]]:
    """Publish a month as a closing does; the rows of reliability and of rates, as they are kept."""
    with installation.database.write() as connection:
        counted = count_month(
            installation,
            SURVEY,
            month,
            responses.iterate_counted(connection, SURVEY, month),
            tell=lambda _number: None,
        )
        reliabilities = measure_reliability(connection, installation, SURVEY, month, counted)
        rates = count_rates(connection, installation, SURVEY, month)
        number = keep_publication(connection, month, counted)
        publications.add_reliabilities(connection, reliabilities, publication_id=number)
        publications.add_rates(connection, rates, publication_id=number)
        return publications.list_reliabilities(connection, number), publications.list_rates(
            connection, number
        )


def keep_publication(connection: Connection, month: str, counted: Month, *, revision: int = 1) -> int:
    """Keep a month's sums, pairs and publication; its number."""
    frozen = {"survey": SURVEY, "month": month, "revision": revision}
    closed.add_frozen(connection, **frozen, rows=counted.rows)
    closed.add_pairs(connection, **frozen, pairs=counted.pairs)
    return publications.add_publication(
        connection,
        Publication(
            id=0,
            **frozen,
            reason="",
            versions=VERSION,
            method="",
            code_version="",
            population_year=None,
            threshold_public=10,
            threshold_signed_in=5,
            responses=counted.responses,
            checksum="",
            published=datetime(2026, 10, 1, tzinfo=UTC),
        ),
    )
