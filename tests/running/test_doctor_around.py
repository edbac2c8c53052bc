"""Does the doctor find what is wrong with settings, proxy, port and mail around an installation?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from survey.doctor import around, outside
from survey.doctor.examine import examine
from survey.doctor.finding import Level, tell_finding
from survey.doctor.patient import Patient
from survey.installation import Installation
from survey.language import speak
from survey.settings import load_settings
from tests.postgres_server import find_free_port
from tests.running.examined import PASSWORD

# Settings


def test_everything_that_is_wrong_with_the_settings_is_told_and_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {
        "PORT": "hundra",
        "METRICS_TOKEN": "kort",
        "SMTP_HOST": "mejl",
        "DRAIN_SECONDS": "-1",
    }.items():
        monkeypatch.setenv(name, value)

    load_settings.cache_clear()
    (found,) = examine(load_settings, environment={})
    told = tell_finding(found, speak("sv"))
    assert found.level is Level.WRONG
    for name in ("PORT", "DRAIN_SECONDS"):
        assert name in told.what
    assert "kort" not in told.what.replace("kortare", "")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("PUBLIC_ADRESS", "PUBLIC_ADDRESS"),
        ("SMTP_PASWORD", "SMTP_PASSWORD"),
        ("KEYS_COPY_DIRS", "KEYS_COPY_DIR"),
    ],
)
def test_a_slip_in_a_variables_name_is_told_and_its_value_is_not(name: str, meant: str) -> None:
    (found,) = around.check_variables({name: PASSWORD, "PATH": "/bin", "HOME": "/", "HOSTNAME": "a"})
    assert found.facts == {"name": name, "meant": meant}


@pytest.mark.parametrize(
    ("address", "found"),
    [("", {"address_missing"}), ("http://svara.example.se", {"address_insecure", "unwatched"}),
     ("https://svara.example.se", {"unwatched"})],
)  # fmt: skip
def test_the_public_address_is_encrypted(address: str, found: set[str], real: Installation) -> None:
    settings = real.settings.model_copy(update={"public_address": address})
    assert {one.code for one in around.check_address(Patient(settings))} == found


# What it stands between


class Proxy(BaseHTTPRequestHandler):
    """Stands for a proxy that answers as a test says."""

    answers: Mapping[str, tuple[int, Mapping[str, str]]] = {}

    def do_GET(self) -> None:
        status, headers = self.answers.get(self.path, (404, {}))
        self.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def proxy(answers: Mapping[str, tuple[int, Mapping[str, str]]]) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Proxy,), {"answers": answers}))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


HEADERS = {"Content-Security-Policy": "default-src 'self'"}
PASSES = {"/healthz": (200, HEADERS), "/_stcore/stream": (101, {})}


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        (PASSES, []),
        ({**PASSES, "/healthz": (200, {})}, ["policy_lost"]),
        ({**PASSES, "/_stcore/stream": (403, {})}, ["socket_refused"]),
        ({**PASSES, "/metrics": (200, {})}, ["figures_open"]),
        ({"/healthz": (502, {})}, ["address_elsewhere"]),
    ],
)
def test_what_a_proxy_does_wrong_is_found(
    answers: Mapping[str, tuple[int, Mapping[str, str]]], codes: list[str], real: Installation
) -> None:
    with proxy(answers) as address:
        settings = real.settings.model_copy(update={"public_address": address})
        assert [one.code for one in outside.check_proxy(Patient(settings))] == codes


def test_a_port_that_somebody_else_has_is_found(real: Installation) -> None:
    with proxy({"/healthz": (200, {})}) as address:
        settings = real.settings.model_copy(update={"port": int(address.rsplit(":", 1)[1])})
        assert [one.code for one in outside.check_port(Patient(settings))] == ["port_taken"]


def test_a_mail_server_that_is_silent_is_found(real: Installation) -> None:
    mail = {"smtp_host": "127.0.0.1", "smtp_port": find_free_port(), "mail_from": "a@b.se"}
    (found,) = outside.check_mail(Patient(real.settings.model_copy(update=mail)))
    assert found.error is not None and found.error.code == "mail_unreachable"
