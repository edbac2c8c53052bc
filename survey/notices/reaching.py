"""Which machines may a notice be sent to?

An address that somebody typed could lead into our own network. So the name is looked up once, every address
behind it must be one of the open internet or of a network that the operator has allowed, and the connection
goes to just that address: a name that is another a moment later changes nothing.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from queue import Empty, SimpleQueue
from urllib.parse import urlsplit

from survey.errors import SurveyError

Address = IPv4Address | IPv6Address
Networks = Sequence[IPv4Network | IPv6Network]
MOST_IN_ADDRESS = 500  # signs
LOOK_UP_SECONDS = 5.0
# Addresses that carry another inside them, which would be reached instead.
TUNNELS = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))


class NotReachedError(Exception):
    """Nothing was sent; `trouble` says why, as a key of `notices.trouble`."""

    def __init__(self, trouble: str) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def check_address(address: str, networks: Networks) -> str:
    """An address that a notice could be sent to, as it will be used.

    Only https; http to this machine, where the operator has allowed its network. Raises SurveyError
    receiver_address_wrong.
    """
    typed = address.strip()
    try:
        parts = urlsplit(typed)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise SurveyError("receiver_address_wrong") from None
    is_plain = typed.isascii() and typed.isprintable() and " " not in typed and len(typed) <= MOST_IN_ADDRESS
    has_more = parts.username is not None or parts.password is not None or parts.fragment
    if not host or not is_plain or has_more or not is_scheme_safe(parts.scheme, host, networks):
        raise SurveyError("receiver_address_wrong")
    return typed


def is_scheme_safe(scheme: str, host: str, networks: Networks) -> bool:
    """Whether nobody between can read what is sent."""
    if scheme == "https":
        return True
    try:
        found = ip_address(host)
    except ValueError:
        return False
    return scheme == "http" and found.is_loopback and is_allowed(found, networks)


def is_allowed(address: Address, networks: Networks) -> bool:
    """Whether a machine is on the open internet or in a network that was allowed; never a link's own."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_allowed(address.ipv4_mapped, networks)
        if address.scope_id is not None:
            return False
    if address.is_multicast or address.is_link_local or address.is_unspecified:
        return False
    if any(address in network for network in networks):
        return True
    return address.is_global and not any(address in tunnel for tunnel in TUNNELS)


def find_machine(host: str, port: int, networks: Networks, *, seconds: float = LOOK_UP_SECONDS) -> str:
    """The numeric address of a name. Raises NotReachedError name_unknown and address_inside.

    One forbidden address among several is enough to refuse: which of them is used is not ours to hope.
    """
    found = tuple(dict.fromkeys(look_up(host, port, seconds=seconds)))
    if not found:
        raise NotReachedError("name_unknown")
    if not all(is_allowed(ip_address(one), networks) for one in found):
        raise NotReachedError("address_inside")
    return found[0]


def look_up(host: str, port: int, *, seconds: float) -> list[str]:
    """Every address of a name, none when none comes in time: the system's own look-up has no end."""
    answers: SimpleQueue[list[str]] = SimpleQueue()

    def ask() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            found = []
        answers.put([str(one[4][0]) for one in found])

    threading.Thread(target=ask, daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        return []
