"""Is nothing lost when the server is killed in the middle of an answer and started again?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from httpx import AsyncClient

from tests.killable_server import (
    Environment,
    find_address,
    kill,
    make_environment,
    open_for_everybody,
    running,
)
from tests.light.kept import read_receipt
from tests.light.plain_phone import PlainPhone, read_form, read_words


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """The environment of a new installation on a free port."""
    return make_environment(tmp_path)


def test_a_server_that_is_killed_between_two_parts_loses_nothing(environment: Environment) -> None:
    open_for_everybody(environment, "alla")
    client = AsyncClient(base_url=find_address(environment), timeout=30)
    with closing(PlainPhone(client)) as phone:
        with running(environment) as server:
            phone.begin("alla")
            phone.press(b1="carer", b5=["sabo"])
            asleep = phone.fill_in(a01="5")
            kill(server)
        with running(environment) as server:
            phone.send(asleep, address="/e/alla/2")
            phone.follow()
            phone.open("/e/alla/1")
            fields = read_form(phone.page).fields
            assert (fields["b1"], fields["b5"]) == (["carer"], ["sabo"])
            phone.open("/e/alla/2")
            assert read_form(phone.page).fields["a01"] == ["5"]
            phone.open("/e/alla/granska")
            phone.press()
            receipt = read_receipt(phone)
            kill(server)
        with running(environment):
            phone.open("/e/alla/1")
            assert read_receipt(phone) == receipt
            phone.open("/e/kvitto")
            phone.send(phone.fill_in(kvitto=receipt))
            assert "Dina svar är raderade." in read_words(phone.page)
