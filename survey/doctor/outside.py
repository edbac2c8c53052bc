"""Do those that the service speaks with answer: the mail server, the identity provider, its own door and
proxy?
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import requests

from survey.doctor.finding import Finding, Level, care, refused, wrong
from survey.doctor.patient import Patient
from survey.errors import SurveyError
from survey.mail.server import MailServer
from survey.people.provider import read_provider
from survey.settings import Settings

SECONDS = 5.0  # that somebody may be silent
OK, SWITCHED, NOT_FOUND = 200, 101, 404
POLICY, ONLY_HTTPS = "content-security-policy", "strict-transport-security"
SOCKET = "/_stcore/stream"
HANDSHAKE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",  # of RFC 6455: no secret
}


def check_mail(patient: Patient) -> Iterator[Finding]:
    """Does the mail server let us in? No letter is sent."""
    if not patient.settings.sends_mail:
        return
    try:
        with MailServer(patient.settings, seconds=SECONDS) as server:
            server.greet()
    except SurveyError as error:
        yield refused("mail", error)


def check_provider(patient: Patient) -> Iterator[Finding]:
    """Does the identity provider say who it is?"""
    if not patient.settings.has_provider:
        return
    try:
        read_provider(patient.settings.oidc_issuer)
    except SurveyError as error:
        yield refused("provider", error)


def check_port(patient: Patient) -> Iterator[Finding]:
    """Is the service running, and is it ready? Does somebody else have its place?"""
    settings = patient.settings
    here = settings.near_address
    if not is_taken(settings):
        yield care("not_running", address=here)
        return
    try:
        alive = requests.get(f"{here}/healthz", timeout=SECONDS, allow_redirects=False)
        is_ours = alive.status_code == OK and alive.json() == {"status": "alive"}
        ready = requests.get(f"{here}/readyz", timeout=SECONDS, allow_redirects=False) if is_ours else None
    except (requests.RequestException, ValueError):
        is_ours, ready = False, None
    if not is_ours:
        yield wrong("port_taken", address=here)
    elif ready is not None and ready.status_code != OK:
        yield wrong("not_ready", reason=read_code(ready))


def read_code(answer: requests.Response) -> str:
    try:
        return str(answer.json()["code"])[:40]
    except (ValueError, KeyError, TypeError):
        return str(answer.status_code)


def is_taken(settings: Settings) -> bool:
    """Whether anybody listens where the service is to listen."""
    try:
        with socket.create_connection((settings.near_host, settings.port), timeout=SECONDS):
            return True
    except OSError:
        return False


def check_proxy(patient: Patient) -> Iterator[Finding]:
    """Does what stands before the service pass on all that it should, and nothing more?"""
    address = patient.settings.public_address.rstrip("/")
    if not address:
        return
    try:
        alive = requests.get(f"{address}/healthz", timeout=SECONDS, allow_redirects=False)
    except requests.RequestException:
        yield wrong("address_silent", address=address)
        return
    if alive.status_code != OK:
        yield wrong("address_elsewhere", address=address, status=alive.status_code)
        return
    if POLICY not in alive.headers:
        yield wrong("policy_lost", header="Content-Security-Policy")
    if patient.settings.is_secure and ONLY_HTTPS not in alive.headers:
        yield care("policy_lost", header="Strict-Transport-Security")
    yield from check_socket(address)
    yield from check_figures(address)


def check_socket(address: str) -> Iterator[Finding]:
    """Pages of the app live on a web socket, which a proxy must pass on with its Host."""
    origin = urlsplit(address)
    headers = {**HANDSHAKE, "Origin": f"{origin.scheme}://{origin.netloc}"}
    try:
        with requests.get(f"{address}{SOCKET}", headers=headers, timeout=SECONDS, stream=True) as answer:
            status = answer.status_code
    except requests.RequestException:
        status = 0
    if status != SWITCHED:
        yield wrong("socket_refused", status=status)


def check_figures(address: str) -> Iterator[Finding]:
    """Figures are not for everybody."""
    try:
        answer = requests.get(f"{address}/metrics", timeout=SECONDS, allow_redirects=False)
    except requests.RequestException:
        return
    if answer.status_code == OK:
        yield Finding("figures_open", Level.WRONG)
