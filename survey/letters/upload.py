"""What was posted with a file? Everything is read in memory, and no more of it than may be."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from survey.entry.passage import check_own_page
from survey.errors import SurveyError
from survey.letters.addresses import MOST_BYTES

ROOM = 100_000  # bytes for the form's other fields


class InMemory(MultiPartParser):
    """Starlette's reader, which would write what is larger than a megabyte to a disk."""

    spool_max_size = MOST_BYTES + ROOM


@dataclass(frozen=True)
class Posted:
    """The fields of a form, and the file that came with it; empty when none was chosen."""

    fields: dict[str, str]
    content: bytes = field(default=b"", repr=False)


async def read_upload(request: Request) -> Posted:
    """The form of a request.

    Raises SurveyError: posted_elsewhere, form_unreadable, and addresses_large as soon as too much has come,
    whatever the request says of its own length.
    """
    check_own_page(request)
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > MOST_BYTES + ROOM:
        raise SurveyError("addresses_large", most=MOST_BYTES // 1_000_000)
    try:
        form = await InMemory(request.headers, count_bytes(request), max_files=1, max_fields=20).parse()
    except (MultiPartException, KeyError, ValueError):
        raise SurveyError("form_unreadable") from None
    fields = {name: value for name, value in form.items() if isinstance(value, str)}
    sent = next((value for value in form.values() if isinstance(value, UploadFile)), None)
    return Posted(fields, await sent.read() if sent is not None else b"")


async def count_bytes(request: Request) -> AsyncGenerator[bytes, None]:
    """The body as it comes, until it is too long."""
    came = 0
    async for chunk in request.stream():
        came += len(chunk)
        if came > MOST_BYTES + ROOM:
            raise SurveyError("addresses_large", most=MOST_BYTES // 1_000_000)
        yield chunk
