"""Which addresses can a notice not be sent to, however they are written?"""

from __future__ import annotations

import socket
import threading
from ipaddress import ip_address, ip_network
from typing import Any

import pytest

from survey.errors import SurveyError
from survey.notices.post import post
from survey.notices.reaching import NotReachedError, check_address, find_machine, is_allowed

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("127.8.9.1", False),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("172.16.0.1", False),
        ("172.31.255.255", False),
        ("172.32.0.1", True),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("192.0.2.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("fe80::1", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("fd12:3456::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("::127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:5db8:d822::1", False),
        ("2001:db8::1", False),
    ],
)
def test_only_machines_of_the_open_internet_are_reached(address: str, allowed: bool) -> None:
    assert is_allowed(ip_address(address), ()) is allowed


@pytest.mark.parametrize(
    ("address", "network", "allowed"),
    [
        ("10.1.2.3", "10.1.0.0/16", True),
        ("10.2.2.3", "10.1.0.0/16", False),
        ("::ffff:10.1.2.3", "10.1.0.0/16", True),
        ("fd00::7", "fd00::/8", True),
        ("169.254.169.254", "0.0.0.0/0", False),
        ("224.0.0.1", "0.0.0.0/0", False),
        ("fe80::1", "::/0", False),
    ],
)
def test_an_operator_can_allow_a_network_of_theirs_but_never_a_links_own(
    address: str, network: str, allowed: bool
) -> None:
    assert is_allowed(ip_address(address), (ip_network(network),)) is allowed


@pytest.mark.parametrize(
    ("address", "fits"),
    [
        ("https://region.example.se/besked?k=1", True),
        (" https://region.example.se ", True),
        ("https://region.example.se:8443/", True),
        ("https://10.0.0.1/", True),  # what is behind it is looked at when something is sent
        ("http://region.example.se/", False),
        ("http://127.0.0.1:8080/", True),
        ("http://10.0.0.1/", False),
        ("http://localhost/", False),
        ("ftp://region.example.se/", False),
        ("file:///etc/passwd", False),
        ("https://", False),
        ("https:///x", False),
        ("region.example.se", False),
        ("https://a:b@region.example.se/", False),
        ("https://a@region.example.se/", False),
        ("https://region.example.se/#x", False),
        ("https://region.example.se:99999/", False),
        ("https://[::1/", False),
        ("https://region.exämple.se/", False),
        ("https://region.example.se/a b", False),
        ("https://region.example.se/\r\nHost: x", False),
        ("https://region.example.se/" + "x" * 500, False),
        ("", False),
    ],
)
def test_an_address_is_a_whole_one_that_nobody_between_can_read(address: str, fits: bool) -> None:
    if fits:
        assert check_address(address, LOOPBACK) == address.strip()
        return
    with pytest.raises(SurveyError) as wrong:
        check_address(address, LOOPBACK)
    assert wrong.value.code == "receiver_address_wrong"


def test_http_to_this_machine_is_for_those_who_allowed_it() -> None:
    with pytest.raises(SurveyError):
        check_address("http://127.0.0.1/", ())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "::1"])
def test_however_this_machine_is_written_it_is_not_reached(host: str) -> None:
    with pytest.raises(NotReachedError) as wrong:
        find_machine(host, 80, ())
    assert wrong.value.trouble in ("address_inside", "name_unknown")


def resolve_to(*addresses: str):  # type: ignore[no-untyped-def]
    def look_up(_host: str, port: int, **_: Any):  # type: ignore[no-untyped-def]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in addresses]

    return look_up


def test_a_name_that_has_one_address_inside_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", resolve_to("93.184.216.34", "10.0.0.1"))
    with pytest.raises(NotReachedError) as wrong:
        find_machine("region.example.se", 443, ())
    assert wrong.value.trouble == "address_inside"


def test_the_connection_goes_to_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads inside the second time it is asked for is asked for once."""
    asked: list[str] = []
    connected: list[object] = []
    answers = iter([resolve_to("93.184.216.34"), resolve_to("127.0.0.1")])

    def look_up(host: str, port: int, **how: Any):  # type: ignore[no-untyped-def]
        asked.append(host)
        return next(answers)(host, port, **how)

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotReachedError) as wrong:
        post("https://region.example.se/x", {}, b"{}", networks=())
    assert wrong.value.trouble == "unreachable"
    assert asked == ["region.example.se"]
    assert connected == [("93.184.216.34", 443)]


def test_a_look_up_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    waits = threading.Event()

    def look_up(*_: object, **__: object) -> list[object]:
        waits.wait(30)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(NotReachedError) as wrong:
        find_machine("region.example.se", 443, (), seconds=0.05)
    waits.set()
    assert wrong.value.trouble == "name_unknown"
