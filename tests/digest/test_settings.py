"""Is everything that is wrong with the mail server's settings told, and never its password?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey.errors import SurveyError
from survey.language import speak
from survey.settings import Settings, load_settings

RIGHT = {
    "SMTP_HOST": "mail.example.se",
    "MAIL_FROM": "Invånarrösten <utskick@example.se>",
    "PUBLIC_ADDRESS": "https://svara.example.se",
}


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for one in Settings.model_fields.values():
        monkeypatch.delenv(str(one.alias), raising=False)
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def load(monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return load_settings()


def refuse(monkeypatch: pytest.MonkeyPatch, **variables: str) -> str:
    with pytest.raises(SurveyError) as wrong:
        load(monkeypatch, **variables)
    assert wrong.value.code == "settings_invalid"
    return speak("sv").explain(wrong.value)


def test_without_a_server_nothing_is_sent_and_nothing_need_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not load_settings().sends_mail


@pytest.mark.parametrize(("security", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_is_the_usual_one_of_the_security(
    monkeypatch: pytest.MonkeyPatch, security: str, port: int
) -> None:
    more = {"SMTP_SECURITY": security} if security else {}
    settings = load(monkeypatch, **RIGHT, **more)
    assert (settings.sends_mail, settings.mail_port) == (True, port)


def test_a_port_of_ones_own_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load(monkeypatch, **RIGHT, SMTP_PORT="2525").mail_port == 2525


@pytest.mark.parametrize("sender", ["utskick@example.se", "Utskick <utskick@example.se>"])
def test_a_sender_may_have_a_name(monkeypatch: pytest.MonkeyPatch, sender: str) -> None:
    assert load(monkeypatch, **{**RIGHT, "MAIL_FROM": sender}).mail_from == sender


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"MAIL_FROM": "utskick"}, "MAIL_FROM"),
        ({"MAIL_FROM": "Utskick <utskick>"}, "MAIL_FROM"),
        ({"PUBLIC_ADDRESS": ""}, "PUBLIC_ADDRESS"),
        ({"PUBLIC_ADDRESS": "svara.example.se"}, "PUBLIC_ADDRESS"),
        ({"PUBLIC_ADDRESS": "https://"}, "PUBLIC_ADDRESS"),
        ({"SMTP_PORT": "0"}, "SMTP_PORT"),
        ({"SMTP_PORT": "65536"}, "SMTP_PORT"),
        ({"SMTP_PORT": "smtp"}, "SMTP_PORT"),
        ({"SMTP_SECURITY": "ssl"}, "SMTP_SECURITY"),
        ({"SMTP_USER": "utskick"}, "SMTP_USER"),
        ({"SMTP_PASSWORD": "hemligt-7"}, "SMTP_USER"),
        ({"SMTP_PASSWORD_FILE": "/nowhere/password"}, "SMTP_PASSWORD_FILE"),
        (
            {"SMTP_USER": "utskick", "SMTP_PASSWORD": "hemligt-7", "SMTP_SECURITY": "none"},
            "SMTP_SECURITY",
        ),
    ],
)
def test_what_is_wrong_is_named(monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], named: str) -> None:
    told = refuse(monkeypatch, **{**RIGHT, **changes})
    assert named in told
    assert "hemligt" not in told


def test_everything_that_is_wrong_together_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    told = refuse(monkeypatch, SMTP_HOST="mail.example.se", SMTP_USER="utskick")
    assert all(name in told for name in ("MAIL_FROM", "PUBLIC_ADDRESS", "SMTP_PASSWORD"))


def test_two_passwords_are_one_too_many(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("hemligt-7")
    both = {"SMTP_USER": "u", "SMTP_PASSWORD": "hemligt-8", "SMTP_PASSWORD_FILE": str(secret)}
    told = refuse(monkeypatch, **RIGHT, **both)
    assert "båda två" in told and "hemligt" not in told


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_server_on_this_machine_may_be_signed_in_to_unencrypted(
    monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    more = {"SMTP_HOST": host, "SMTP_SECURITY": "none", "SMTP_USER": "u", "SMTP_PASSWORD": "hemligt-7"}
    assert load(monkeypatch, **{**RIGHT, **more}).sends_mail


def test_the_password_of_a_file_is_read_without_its_line_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text("hemligt-7\n")
    settings = load(monkeypatch, **RIGHT, SMTP_USER="u", SMTP_PASSWORD_FILE=str(secret))
    assert settings.read_password() == "hemligt-7"


def test_settings_never_show_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load(monkeypatch, **RIGHT, SMTP_USER="u", SMTP_PASSWORD="hemligt-7")
    assert "hemligt" not in repr(settings) + str(settings.model_dump())
