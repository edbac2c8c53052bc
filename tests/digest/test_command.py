"""What does the terminal say of letters, and does looking first send nothing?"""

from __future__ import annotations

import sys

import pytest
import typer

from survey import commands
from survey.installation import Installation
from tests.digest.readers import ADDRESS, OTHER, subscribe
from tests.insight.hand_made import add_publication
from tests.mail.mail_server import Mailbox


@pytest.fixture
def run(installation: Installation, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Run a command: its exit status, and what it said."""
    monkeypatch.setattr(commands, "open_here", lambda: installation)

    def command(*words: str) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["survey", *words])
        with pytest.raises(SystemExit) as ended:
            commands.main()
        said = capsys.readouterr()
        status = int(ended.value.code or 0)
        return status, said.err if status else said.out  # what goes well is logged on standard error too

    return command


def test_a_dry_run_shows_each_letter_once_and_sends_nothing(
    installation: Installation, box: Mailbox, run
) -> None:
    for address in (ADDRESS, OTHER):
        subscribe(installation, box, address)
    add_publication(installation)
    status, said = run("send-digests", "--dry-run")
    assert status == 0
    assert "Utskick om siffror. Bekräftade adresser: 2. Pausade: 0." in said
    assert "Mejl om vad som hände. Bekräftade adresser: 0. Pausade: 0." in said
    assert said.count("Nya siffror till och med oktober 2026") == 1
    assert "Till 2 adresser:" in said
    assert "exempel.se" not in said
    assert box.to == []


def test_sending_says_how_many_went_how(installation: Installation, box: Mailbox, run) -> None:
    subscribe(installation, box)
    add_publication(installation)
    assert run("send-digests") == (0, "1 utskick skickat.\n")
    assert run("send-digests") == (0, "Inga utskick att skicka.\n")
    assert run("send-digests", "--dry-run")[1].endswith("Inga utskick att skicka.\n")


def test_without_a_mail_server_it_says_what_to_set(installation: Installation, run) -> None:
    object.__setattr__(installation, "settings", installation.settings.model_copy(update={"smtp_host": ""}))
    for words in (["send-digests"], ["send-digests", "--dry-run"]):
        status, said = run(*words)
        assert status == 2
        assert "SMTP_HOST" in said


def test_an_address_is_deleted_without_being_shown(
    installation: Installation, box: Mailbox, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(installation, box)
    monkeypatch.setattr(typer, "prompt", lambda *_words, hide_input: ADDRESS)
    assert run("forget-address") == (0, "Adressen är borttagen.\n")
    assert run("forget-address") == (0, "Adressen finns inte här.\n")
