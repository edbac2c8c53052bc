"""How is one notice handed over within a bounded time, whatever the other machine does?"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Mapping
from typing import Any

import httpcore

from survey.notices.reaching import Networks, NotReachedError, find_machine

STEP_SECONDS = 5.0  # that a machine may take to be reached, or be silent
WHOLE_SECONDS = 10.0  # that all of it may take


class Hurried(httpcore.NetworkStream):
    """A connection that is given up at a moment, also by a machine that sends a sign now and then."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def _left(self, timeout: float | None) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout
        return min(left, STEP_SECONDS if timeout is None else timeout)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return Hurried(inner, self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class Guarded(httpcore.SyncBackend):
    """Connects to the machine that was looked up and allowed, and to no other."""

    def __init__(self, networks: Networks, until: float) -> None:
        self._networks = networks
        self._until = until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        machine = find_machine(host, port, self._networks)
        left = min(STEP_SECONDS, max(0.1, self._until - time.monotonic()))
        return Hurried(super().connect_tcp(machine, port, left, local_address, socket_options), self._until)


def post(address: str, headers: Mapping[str, str], body: bytes, *, networks: Networks) -> int:
    """Hand over a body; the status of the answer, of which nothing else is read. No redirect is followed.

    Raises NotReachedError with what kept it: name_unknown, address_inside, insecure, silent, unreachable.
    """
    backend = Guarded(networks, time.monotonic() + WHOLE_SECONDS)
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), STEP_SECONDS)
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=ssl.create_default_context(), network_backend=backend, max_connections=1
            ) as pool,
            pool.stream(
                "POST",
                address,
                headers=[*headers.items(), ("Connection", "close")],
                content=body,
                extensions={"timeout": timeout},
            ) as answer,
        ):
            return answer.status
    except NotReachedError:
        raise
    except httpcore.TimeoutException:
        raise NotReachedError("silent") from None
    except (ssl.SSLError, httpcore.ConnectError) as wrong:
        is_tls = any(isinstance(one, ssl.SSLError) for one in (wrong, wrong.__context__))
        raise NotReachedError("insecure" if is_tls else "unreachable") from None
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError, ValueError):
        raise NotReachedError("unreachable") from None
