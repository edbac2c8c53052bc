"""A person walks through a survey with a canary in everything they give: does any sing in a log or a figure?

The service is run as it is run. Then something breaks under it, and it is stopped.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from survey.answering.codes import make_code, show_code
from survey.installation import open_installation
from survey.rounds import NewRound, make_codes, open_round
from tests.browser.running_app import OWN_SETTINGS, ROOT, stop, wait_for_health
from tests.light.plain_phone import PlainPhone, read_page
from tests.postgres_server import find_free_port
from tests.walks import SURVEY, VERSION, make_settings

TOKEN = "ett-hemligt-ord-att-lasa-med"
DRAIN = 1.5  # seconds
NAME, PHONE, MAIL = "Kanarina Kvitter", "070-111 22 33", "kanarina@exempel.se"
AGENT, ADDRESS, PASSWORD = "Kanariefonen/7.3", "203.0.113.77", "kanariens losenord"
WRONG_RECEIPT = "lusab-babad-gutih-tugad-mudof"
CODES_WRONG = "KANARI-EFAGEL"


@dataclass
class Walk:
    """What is served, and everything that must be in no line and no figure."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path
    canaries: set[str] = field(default_factory=set)
    pages: list[str] = field(default_factory=list)

    def read_log(self) -> list[dict[str, str]]:
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def read_figures(self) -> str:
        return httpx.get(f"{self.address}/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text


def invite(folder: Path) -> str:
    """A code of a round that is open today, in the installation that will be served."""
    url = f"sqlite:///{(folder / 'invanarrosten.db').resolve()}"
    found = open_installation(make_settings(url, folder))
    today = date.today()  # noqa: DTZ011 - the served process has its own clock
    days = (today - timedelta(days=1), today + timedelta(days=9))
    new = NewRound("brev", SURVEY, VERSION, "Brev", *days, door="coded")
    (code,) = make_codes(found, open_round(found, new, by="test"), area="0780", number=1, by="test")
    found.database.close()
    return code


def walk(served: Walk, code: str) -> None:
    """From a wrong code to a receipt that is used, with everything that a person may type on the way."""
    headers = {
        "User-Agent": AGENT,
        "X-Forwarded-For": ADDRESS,
        "X-Request-ID": "kanarie-fran-proxyn",
        "Referer": f"{served.address}/e/kod",
        "Origin": served.address,
    }
    phone = PlainPhone(httpx.AsyncClient(base_url=served.address, headers=headers, timeout=60))
    with closing(phone):
        phone.ask("POST", "/e/kod", data={"kod": CODES_WRONG})
        phone.ask("POST", "/e/kod", data={"kod": show_code(code)})
        phone.follow()
        while "/granska" not in phone.addresses[-1]:
            form = read_page(phone.page)
            texts = {given["name"] for tag, given in form.elements if tag == "textarea"}
            phone.press(**dict.fromkeys(texts, f"{NAME} har nummer {PHONE}, {MAIL}"))
        phone.press()
        found = re.search(r'class="receipt"[^>]*>([a-z-]+)<', phone.page.text)
        assert found is not None
        phone.ask("POST", "/e/kvitto", data={"kvitto": WRONG_RECEIPT})
        phone.ask("POST", "/e/kvitto", data={"kvitto": found[1]})
        for path in (f"/e/{NAME}", "/kalender/KANARIE.ics", "/brev/KANARIE", f"/KANARIE?mejl={MAIL}"):
            phone.ask("GET", path)
        phone.open("/logga-in")
        phone.send(phone.fill_in(address=MAIL, password=PASSWORD))
        served.canaries |= {show_code(code), code, found[1], *(one.value for one in phone.client.cookies.jar)}


def break_something(served: Walk, folder: Path) -> None:
    """A table is gone while somebody answers: the database's own words would hold what was given."""
    with closing(sqlite3.connect(folder / "invanarrosten.db")) as connection:
        connection.execute("ALTER TABLE invitation_code RENAME TO away")
    code = make_code(demo=False)
    served.canaries |= {code, show_code(code)}
    failed = httpx.post(
        f"{served.address}/e/kod",
        data={"kod": show_code(code)},
        headers={"Origin": served.address, "User-Agent": AGENT},
    )
    assert failed.status_code == 503, failed.status_code
    served.pages.append(failed.text)
    served.pages.append(httpx.get(f"{served.address}/readyz").text)
    with closing(sqlite3.connect(folder / "invanarrosten.db")) as connection:
        connection.execute("ALTER TABLE away RENAME TO invitation_code")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = tmp_path_factory.mktemp("canaries")
    code, port = invite(folder), find_free_port()
    environment = {name: value for name, value in os.environ.items() if name not in OWN_SETTINGS}
    environment |= {"VAR_DIR": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"}
    environment |= {"LOG_FORMAT": "json", "METRICS_TOKEN": TOKEN, "DRAIN_SECONDS": str(DRAIN)}
    log = folder / "server.log"
    command = (sys.executable, "-m", "survey", "run")
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    served = Walk(f"http://127.0.0.1:{port}", process, log)
    try:
        assert wait_for_health(process, served.address), log.read_text()
        walk(served, code)
        break_something(served, folder)
        served.canaries |= {NAME, PHONE, MAIL, AGENT, ADDRESS, PASSWORD, WRONG_RECEIPT, CODES_WRONG}
        served.canaries |= {"KANARIE", "kanarie", "Kanarina", "0701112233"}
        yield served
    finally:
        stop(process)


def test_no_line_of_the_log_no_figure_and_no_error_has_a_canary(served: Walk) -> None:
    told = {"log": served.log.read_text(), "figures": served.read_figures(), "pages": " ".join(served.pages)}
    assert len(served.canaries) > 12
    sung = {(where, one) for where, text in told.items() for one in served.canaries if one and one in text}
    assert sung == set()
    assert told["figures"].count("invanarrosten_") > 50


def test_what_broke_is_in_the_log_as_one_document_a_line_with_the_name_of_its_request(served: Walk) -> None:
    lines = served.read_log()
    broken = [one for one in lines if "database error" in one["message"]]
    assert broken and all(re.fullmatch(r"[0-9a-f]{8}", one["request"]) for one in broken)
    assert all(set(one) == {"at", "level", "logger", "request", "message"} for one in lines)
    assert all(datetime.fromisoformat(one["at"]).tzinfo is not None for one in lines)
    about = [one for one in lines if one["request"] == broken[0]["request"]]
    assert {"survey.store.database", "survey.light.guard"} <= {one["logger"] for one in about}


def test_every_line_is_a_document_once_the_service_is_served(served: Walk) -> None:
    lines = served.log.read_text().splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("{"))
    assert [line for line in lines[first:] if not line.startswith("{")] == []


def test_the_request_name_of_a_proxy_is_not_taken_over(served: Walk) -> None:
    assert "kanarie-fran-proxyn" not in served.log.read_text()


def test_told_to_stop_it_is_first_not_ready_and_still_answers_and_then_ends(served: Walk) -> None:
    with httpx.Client(base_url=served.address) as client:
        assert client.get("/readyz").status_code == 200
        told = datetime.now(UTC)
        served.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert client.get("/readyz").json() == {"status": "not ready", "code": "stopping"}
        assert client.get("/e").status_code == 200
    served.process.wait(20)
    assert datetime.now(UTC) - told >= timedelta(seconds=DRAIN)
