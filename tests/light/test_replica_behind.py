"""Does a replica that is far behind cost people who answer anything?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.installation import Installation
from survey.store.examined import measure_lag
from survey.store.rounds import Round
from tests.light.conftest import MakePhone
from tests.light.kept import go_to_look_over, read_receipt
from tests.light.plain_phone import read_words
from tests.postgres_server import PostgresServer
from tests.walks import Calendar, opened


@pytest.fixture
def url(postgres: PostgresServer) -> Iterator[str]:
    with postgres.fresh_database() as address:
        yield address


@pytest.fixture
def changes(
    url: str, postgres: PostgresServer, tmp_path: Path, calendar: Calendar
) -> Iterator[dict[str, object]]:
    """What pages are read from is as it was before any round was opened."""
    with opened(url, tmp_path / "var", calendar):
        pass
    behind = f"{url.rpartition('/')[2]}_behind"
    postgres.execute(f'CREATE DATABASE "{behind}" TEMPLATE "{url.rpartition("/")[2]}"')
    yield {"READER_URL": postgres.name_address(behind)}
    postgres.execute(f'DROP DATABASE "{behind}" WITH (FORCE)')


def test_a_whole_survey_goes_by_what_is_new_and_never_by_the_replica(
    make_phone: MakePhone, open_round: Round, installation: Installation
) -> None:
    phone = make_phone()
    go_to_look_over(phone)
    phone.press()
    receipt = read_receipt(phone)
    phone.open("/e/alla/1")
    assert read_receipt(phone) == receipt
    phone.open("/e/kvitto")
    phone.send(phone.fill_in(kvitto=receipt))
    assert "Dina svar är raderade." in read_words(phone.page)
    assert measure_lag(installation.database) is None  # it is no replica, which doctor tells
