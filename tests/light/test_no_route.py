"""What is answered, inside the app as it is served, where no route takes a method?"""

from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from survey.light.routes import ServeForm


async def ask(method: str, path: str) -> int:
    """The status. What the app raises is raised here; as served it is a 500 and a trace in the log."""
    served = httpx.ASGITransport(Starlette(middleware=[Middleware(ServeForm)]))
    async with httpx.AsyncClient(transport=served, base_url="http://127.0.0.1") as browser:
        return (await browser.request(method, path)).status_code


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/kalender/a.ics", 405),
        ("PUT", "/e", 405),
        ("POST", "/vad-hande-sen", 405),
        ("DELETE", "/vad-hande-sen/0781", 405),
    ],
)
def test_what_no_route_takes_is_no_fault_of_ours(method: str, path: str, status: int) -> None:
    assert asyncio.run(ask(method, path)) == status
