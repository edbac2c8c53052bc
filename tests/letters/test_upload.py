"""Is a list of addresses read only when a browser says that it comes from our own page?"""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request
from starlette.types import Message

from survey.errors import SurveyError
from survey.letters.upload import read_upload

HERE = {"host": "survey.example", "content-type": "multipart/form-data; boundary=b"}
BODY = b'--b\r\nContent-Disposition: form-data; name="shape"\r\n\r\npdf\r\n--b--\r\n'


def upload(**said: str) -> dict[str, str]:
    """The fields of a form that was sent with these headers."""
    headers = HERE | {name.replace("_", "-"): value for name, value in said.items()}
    scope = {
        "type": "http",
        "method": "POST",
        "headers": [(n.encode(), v.encode()) for n, v in headers.items()],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": BODY, "more_body": False}

    return asyncio.run(read_upload(Request(scope, receive))).fields


@pytest.mark.parametrize(
    "said", [{"sec_fetch_site": "same-origin"}, {"origin": "https://survey.example"}], ids=["site", "origin"]
)
def test_a_form_of_our_own_page_is_read(said: dict[str, str]) -> None:
    assert upload(**said) == {"shape": "pdf"}


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"origin": "https://other.example"},
        {"origin": "null"},
        {"origin": "http://[::1"},
    ],
    ids=["silent", "cross-site", "same-site", "other", "null", "malformed"],
)
def test_a_form_from_elsewhere_or_of_a_browser_that_does_not_say_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(SurveyError, match="posted_elsewhere"):
        upload(**said)
