"""Do people notice nothing when machines die, and is nothing lost that they were thanked for?

The machines of deploy/ on loopback, with its files: HAProxy, two processes of the application with disks of
their own, PgBouncer beside a primary and a standby that the pages read. The tests are in the order of events.
"""

from __future__ import annotations

import logging
import re
import time
import urllib.request
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from survey.answering.receipt import hash_receipt, read_receipt
from survey.answering.seal import open_payload
from survey.doctor import kept
from survey.doctor.patient import Patient
from survey.installation import Installation, find_today
from survey.store import audits, installations, responses, submissions
from tests.browser.more_machines.app_machine import AppMachine, name_address
from tests.browser.more_machines.conftest import Machines
from tests.browser.more_machines.database_machine import wait_until
from tests.browser.more_machines.people import Crowd

# The stories of one process, against all of them: `server` is HAProxy's address here.
from tests.browser.test_proposals import test_a_proposal_is_written_answered_carried_out_and_told  # noqa: F401
from tests.browser.test_resident_in_app import (
    begin,
    choose,
    press,
    test_a_resident_answers_in_the_app_and_takes_the_answers_back,  # noqa: F401
    turn_to,
)
from tests.browser.test_resident_plain import (
    plain,  # noqa: F401
    test_a_resident_answers_without_scripts_and_takes_the_answers_back,  # noqa: F401
)
from tests.browser.test_work_pages import open_page
from tests.walks import opened

log = logging.getLogger(__name__)
PEOPLE = 12
BETWEEN = 25  # receipts that are given between one misfortune and the next
SECONDS_TO_GIVE_THEM = 120
CONNECTED = "[data-test-connection-state=CONNECTED]"
RECOGNISE = "När jag behöver hjälp möter jag personal som jag känner igen."


def list_kept(installation: Installation) -> list[bytes]:
    """The receipt hash of every answer that lies in the inbox or among the responses."""
    with installation.database.read(newest=True) as connection:
        kept = responses.list_receipts(connection)
        for period in installations.list_living_periods(connection):
            key = installation.keys.read_period_key(period)
            sealed = submissions.list_sealed(connection, period)
            kept += [open_payload(one, key).response_hash for _, one in sealed]
    return kept


def test_the_second_machine_took_its_keys_from_the_place_they_share(machines: Machines) -> None:
    one, two = (
        {file.name for file in (app.folder / "demonstration-keys").glob("*.key")} for app in machines.apps
    )
    shared = {file.name for file in (machines.keys / "demonstration-keys").glob("*.key")}
    assert "pepper.key" in two <= one == shared
    assert machines.count_healthy() == 2


def test_a_manager_reads_what_was_published_of_a_municipality(server: str, desktop: Page) -> None:
    open_page(desktop, server, "manager", "/trends?area=0781")
    expect(desktop.get_by_role("heading", level=1)).to_have_text("Resultat för Ljungby")
    expect(desktop.get_by_text(re.compile(r"^Personcentrering är \d"))).to_be_visible()


def test_the_pages_read_the_standby(machines: Machines) -> None:
    asked = "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = 'invanarrosten'"
    assert machines.standby.ask(asked) == [(True,)]
    assert machines.standby.ask("SELECT pg_is_in_recovery()") == [(True,)]


def find_machine_of(page: Page, machines: Machines) -> AppMachine:
    """The application machine that a browser is kept at."""
    cookies = {cookie["name"]: cookie["value"] for cookie in page.context.cookies()}
    return machines.apps[("one", "two").index(cookies["maskin"])]


def test_a_resident_goes_on_in_the_app_when_the_machine_that_served_them_dies(
    server: str, machines: Machines, phone: Page
) -> None:
    begin(phone, server)
    choose(phone, "Vem handlar svaren om?", "Mig själv")
    press(phone, "Nästa")
    turn_to(phone, "Hur du blir bemött och vem du möter")
    choose(phone, RECOGNISE, "Oftast")
    theirs = find_machine_of(phone, machines)
    theirs.kill()
    phone.locator(CONNECTED).wait_for(state="detached")
    phone.locator(CONNECTED).wait_for()
    assert find_machine_of(phone, machines) is not theirs
    press(phone, "Nästa")
    turn_to(phone, "Samordning, trygghet och delaktighet")
    press(phone, "Tillbaka")
    turn_to(phone, "Hur du blir bemött och vem du möter")
    asked = phone.get_by_role("radiogroup", name=RECOGNISE)
    expect(asked.get_by_role("radio", name="Oftast")).to_be_checked()
    theirs.begin()
    theirs.wait()
    wait_until(lambda: machines.count_healthy() == 2)


def test_doctor_and_the_figures_tell_how_far_behind_the_standby_is(
    machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "MOST_LAG", 1.0)
    settings = {
        "KEYS_COPY_DIR": machines.keys,
        "READER_URL": name_address([machines.standby, machines.primary], "prefer-standby"),
    }
    database = name_address([machines.primary, machines.standby], "read-write")

    def list_told(installation: Installation) -> list[str]:
        patient = Patient(installation.settings, database=installation.database)
        return [finding.code for finding in kept.check_reader(patient)]

    with opened(database, machines.apps[0].folder, find_today, DEMO=True, **settings) as installation:
        assert list_told(installation) == []
        machines.standby.ask("SELECT pg_wal_replay_pause()")
        with installation.database.write() as connection:
            connection.execute(text("SET LOCAL synchronous_commit TO local"))  # the standby will not answer
            audits.add_event(connection, "tried", "standby", by="test")
        time.sleep(2)
        assert list_told(installation) == ["reader_behind"]
        assert read_lag(machines.apps[0]) >= 2
        machines.standby.ask("SELECT pg_wal_replay_resume()")
        wait_until(lambda: list_told(installation) == [])
        assert read_lag(machines.apps[0]) == 0


def read_lag(app: AppMachine) -> float:
    """How far behind an application machine says that what its pages are read from is, in seconds."""
    with urllib.request.urlopen(f"http://127.0.0.1:{app.port}/metrics", timeout=20) as answer:
        found = re.search(r"^invanarrosten_replica_behind_seconds ([\d.]+)$", answer.read().decode(), re.M)
    assert found is not None
    return float(found[1])


def test_nothing_acknowledged_is_lost_when_an_application_and_then_the_primary_die(
    machines: Machines,
) -> None:
    crowd = Crowd(machines.address, f"var-vard-{datetime.now(UTC).year}")

    def wait_for_more() -> None:
        until = len(crowd.receipts) + BETWEEN
        wait_until(lambda: len(crowd.receipts) >= until, SECONDS_TO_GIVE_THEM)

    database = name_address([machines.primary, machines.standby], "read-write")
    how = {"DEMO": True, "KEYS_COPY_DIR": machines.keys}
    with opened(database, machines.apps[0].folder, find_today, **how) as before:
        known = list_kept(before)
    crowd.begin(PEOPLE)
    try:
        wait_for_more()
        machines.apps[1].kill()
        wait_for_more()
        machines.primary.kill()
        machines.standby.promote()
        wait_for_more()
        machines.apps[1].begin()
        machines.apps[1].wait()
        assert machines.count_healthy() == 2
        wait_for_more()
    finally:
        crowd.end()
    with opened(database, machines.apps[0].folder, find_today, **how) as after:
        kept = list_kept(after)
    promised = {hash_receipt(read_receipt(receipt), "response") for receipt in crowd.receipts}
    new = len(kept) - len(known)
    assert crowd.given_up == []
    assert promised <= set(kept), f"{len(promised - set(kept))} of {len(promised)} promised answers are gone"
    assert len(kept) == len(set(kept))
    assert len(crowd.receipts) <= new <= crowd.sent
    assert crowd.refused <= {429, 502, 503, 504}
    assert machines.standby.ask("SELECT pg_is_in_recovery()") == [(False,)]
    log.info("%d receipts, longest silence %.1f s, statuses %s", new, crowd.longest, sorted(crowd.refused))
