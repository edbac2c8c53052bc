"""Does the one-time address make the first administrator, once, and does the command make one when needed?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from survey.commands import app
from survey.errors import SurveyError
from survey.installation import Installation
from survey.people.accounts import has_administrator
from survey.people.faults import PeopleError
from survey.people.people import list_people
from survey.people.roles import Role
from survey.people.set_up import First, offer_set_up, set_up
from survey.people.signing_in import choose_password
from survey.rounds import NewRound, list_rounds
from survey.settings import load_settings
from tests.mail.mail_server import Mailbox
from tests.people.newcomers import GOOD, NOON, SOMEBODY, look
from tests.processes import reopen, run_together
from tests.walks import SURVEY, VERSION, opened

ADA = First("ada@exempel.se", "Ada Prov")
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def make_round(name: str = "forsta") -> NewRound:
    return NewRound(name, SURVEY, VERSION, "Första", *YEAR)


def test_the_one_time_address_makes_an_administrator(installation: Installation) -> None:
    key = offer_set_up(installation)
    assert key is not None
    opened_round, invited = set_up(installation, key, make_round(), ADA, at=NOON)
    assert [one.id for one in list_rounds(installation)] == [opened_round.id]
    assert not has_administrator(installation)
    started = choose_password(installation, invited.token, GOOD, at=NOON)
    assert look(installation, started.token).person.role is Role.ADMINISTRATOR
    assert has_administrator(installation)
    assert offer_set_up(installation) is None
    with pytest.raises(SurveyError) as wrong:
        set_up(installation, key, make_round("andra"), ADA)
    assert wrong.value.code == "set_up_wrong"


def test_what_is_wrong_with_the_administrator_opens_no_round(installation: Installation) -> None:
    key = offer_set_up(installation) or ""
    with pytest.raises(PeopleError) as wrong:
        set_up(installation, key, make_round(), First("ada", ""))
    assert [one.code for one in wrong.value.faults] == ["address_wrong", "person_name_missing"]
    assert list_rounds(installation) == ()


def test_of_two_who_press_at_once_one_is_administrator(installation: Installation) -> None:
    key = offer_set_up(installation) or ""
    installation.database.close()

    def press(name: str):  # type: ignore[no-untyped-def]
        def job() -> bool:
            return bool(
                set_up(reopen(installation), key, make_round(name), First(f"{name}@exempel.se", name))
            )

        return job

    outcomes = run_together(press("ada"), press("ola"))
    assert sorted(one.error for one in outcomes) == ["", "set_up_wrong"]
    assert len(list_people(reopen(installation), viewer=SOMEBODY)) == 1


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs the command on an installation of its own."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "cli"))

    def invite(answers: str = "Ada Prov\nada@exempel.se\n", **settings: str):  # type: ignore[no-untyped-def]
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        load_settings.cache_clear()
        return CliRunner().invoke(app, ["invite"], input=answers)

    yield invite
    load_settings.cache_clear()


def test_the_command_prints_the_link_once_where_no_letters_are_sent(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = run()
    assert done.exit_code == 0
    token = done.output.strip().rpartition("/konto/lank/")[2]
    with opened("", tmp_path / "cli") as found:
        started = choose_password(found, token, GOOD)
        assert started.stage == "full"
    assert run().exit_code == 2
    assert "ada@exempel.se" not in run().output.replace("E-postadress: ada@exempel.se", "")


def test_the_command_sends_the_link_where_letters_are_sent_and_prints_it_where_they_are_refused(
    run,  # type: ignore[no-untyped-def]
    box: Mailbox,
) -> None:
    mail = {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(box.port),
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "utskick@example.se",
        "PUBLIC_ADDRESS": "https://svara.example.se",
    }
    done = run(**mail)
    assert "/konto/lank/" not in done.output and box.to == ["ada@exempel.se"]
    box.recipient_replies.append("550 nobody here")
    refused = run("Ola\nola@exempel.se\n", **mail)
    assert "https://svara.example.se/konto/lank/" in refused.output


def test_a_demonstration_has_no_administrator(run) -> None:  # type: ignore[no-untyped-def]
    done = run(DEMO="1")
    assert done.exit_code == 2
