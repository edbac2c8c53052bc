"""Is the way to the mail server encrypted and signed in to as the settings say, or nothing sent?"""

from __future__ import annotations

import subprocess
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest

from survey.digest import send as sending
from survey.errors import SurveyError
from survey.installation import Installation
from survey.mail.envelope import LETTER_POLICY
from survey.mail.server import MailServer, Outcome
from survey.publication.schedule import do_chores
from survey.settings import Settings
from tests.digest.readers import ADDRESS, SECONDS, make_mail_settings, send, subscribe
from tests.insight.hand_made import add_publication
from tests.mail.mail_server import (
    PASSWORD,
    USER,
    Mailbox,
    make_context,
    run_mail_server,
    run_silent_server,
    sign_in,
)
from tests.walks import make_settings


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate of this machine's that it has signed itself, and its key, as files."""
    folder = tmp_path_factory.mktemp("certificate")
    made, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
            ),
            *("-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", str(key), "-out", str(made)),
        ],
        check=True,
        capture_output=True,
    )
    return str(made), str(key)


@pytest.fixture
def _trusted(certificate: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", certificate[0])


def make(tmp_path: Path, port: int, **more: object) -> Settings:
    return make_settings("", tmp_path, **make_mail_settings(port, **more))


def deliver(settings: Settings, *, seconds: float = SECONDS) -> Outcome:
    """Hand over one letter."""
    message = EmailMessage()
    message.set_content("Hej")
    with MailServer(settings, seconds=seconds) as server:
        return server.deliver(message, ADDRESS, claim=lambda: True)


def refuse(settings: Settings, *, seconds: float = SECONDS) -> str:
    """The code of what is wrong with the server."""
    with pytest.raises(SurveyError) as wrong:
        deliver(settings, seconds=seconds)
    assert ADDRESS not in str(wrong.value) and PASSWORD not in str(wrong.value)
    return wrong.value.code


def test_a_server_is_greeted_once_for_many_letters(box: Mailbox, tmp_path: Path) -> None:
    with MailServer(make(tmp_path, box.port), seconds=SECONDS) as server:
        outcomes = [server.deliver(EmailMessage(), ADDRESS, claim=lambda: True) for _ in range(3)]
    assert outcomes == [Outcome.SENT] * 3
    assert box.greetings == 1


@pytest.mark.usefixtures("_trusted")
def test_starttls_encrypts_before_anything_is_said(certificate: tuple[str, str], tmp_path: Path) -> None:
    with run_mail_server(tls_context=make_context(*certificate), require_starttls=True) as box:
        assert deliver(make(tmp_path, box.port, SMTP_SECURITY="starttls")) is Outcome.SENT
    assert box.was_encrypted == [True]


@pytest.mark.usefixtures("_trusted")
def test_tls_encrypts_from_the_first_byte(certificate: tuple[str, str], tmp_path: Path) -> None:
    with run_mail_server(ssl_context=make_context(*certificate)) as box:
        assert deliver(make(tmp_path, box.port, SMTP_SECURITY="tls")) is Outcome.SENT
    assert box.was_encrypted == [True]


@pytest.mark.usefixtures("_trusted")
def test_the_server_is_signed_in_to_with_a_password_from_a_file(
    certificate: tuple[str, str], tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n")
    with run_mail_server(
        tls_context=make_context(*certificate), authenticator=sign_in, auth_required=True
    ) as box:
        how = {"SMTP_SECURITY": "starttls", "SMTP_USER": USER}
        assert deliver(make(tmp_path, box.port, **how, SMTP_PASSWORD_FILE=secret)) is Outcome.SENT
        wrong = make(tmp_path, box.port, **how, SMTP_PASSWORD="another")
        assert refuse(wrong) == "mail_sign_in_refused"
    assert len(box.raw) == 1


def test_a_server_that_takes_no_sign_in_is_told_of(box: Mailbox, tmp_path: Path) -> None:
    settings = make(tmp_path, box.port, SMTP_USER=USER, SMTP_PASSWORD=PASSWORD)
    assert refuse(settings) == "mail_sign_in_refused"


def test_a_certificate_that_nobody_vouches_for_is_refused(
    certificate: tuple[str, str], tmp_path: Path
) -> None:
    with run_mail_server(tls_context=make_context(*certificate)) as box:
        assert refuse(make(tmp_path, box.port, SMTP_SECURITY="starttls")) == "mail_insecure"
    assert box.raw == []


def test_a_server_that_cannot_encrypt_gets_nothing(box: Mailbox, tmp_path: Path) -> None:
    assert refuse(make(tmp_path, box.port, SMTP_SECURITY="starttls")) == "mail_insecure"
    assert refuse(make(tmp_path, box.port, SMTP_SECURITY="tls")) == "mail_insecure"
    assert box.raw == []


def test_nobody_there_and_nobody_speaking_are_told_of(tmp_path: Path) -> None:
    assert refuse(make(tmp_path, 1)) == "mail_unreachable"
    with run_silent_server() as port:
        assert refuse(make(tmp_path, port), seconds=0.2) == "mail_unreachable"


def test_a_dot_that_stands_alone_does_not_end_a_letter(box: Mailbox, tmp_path: Path) -> None:
    message = EmailMessage(policy=LETTER_POLICY)
    message.set_content("Först\n.\nSist\n", cte="quoted-printable")
    with MailServer(make(tmp_path, box.port), seconds=SECONDS) as server:
        server.deliver(message, ADDRESS, claim=lambda: True)
    assert box.letters[0].get_content() == "Först\r\n.\r\nSist\r\n"


def test_the_chores_go_on_where_the_mail_server_is_gone(
    installation: Installation, box: Mailbox, caplog: pytest.LogCaptureFixture
) -> None:
    subscribe(installation, box)
    add_publication(installation)
    gone = replace(installation, settings=installation.settings.model_copy(update={"smtp_port": 1}))
    do_chores(gone)
    assert "digests put off: mail_unreachable" in caplog.text
    assert send(installation) == {"sent": 1}


def test_a_fault_of_ours_stops_no_other_chore(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_installation: Installation) -> None:
        raise TypeError(ADDRESS)

    monkeypatch.setattr(sending, "forget_unconfirmed", fail)
    do_chores(installation)
    assert "digests failed: TypeError at" in caplog.text
    assert ADDRESS not in caplog.text
