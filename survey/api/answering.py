"""How is a program answered: who asks, how much they may, whether it has changed, and what is sent?"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from survey.api.asking import Asking
from survey.api.buckets import ANYBODY_LIMIT, MADE, PERMIT_LIMIT, READY, Buckets, name_address
from survey.api.parameters import read_query
from survey.api.permits import Caller, Figures, find_caller, note_use
from survey.api.prepared import Key, Ready, Shelf, pack
from survey.api.problems import OUR_FAULT, find_status, find_words, tell_problem
from survey.api.resources import Resource
from survey.errors import SurveyError
from survey.installation import Installation
from survey.logs import locate_fault
from survey.running import find_installation
from survey.store.published_pages import find_edition
from survey.store.together import run_brief
from survey.version import find_build

log = logging.getLogger(__name__)
JSON = "application/json"
MOST_QUERY = 8_192  # bytes
AT_ONCE = 2  # answers that are made at the same time, so that the plain form is not kept waiting
PUBLIC_CACHE = "public, max-age=300"  # seconds; a correction is seen within five minutes
PRIVATE_CACHE = "private, no-cache"
VARY = "Accept-Encoding, Authorization"


@dataclass
class Counter:
    """What a process remembers between requests: how much each caller has asked for, what lies ready."""

    anybody: Buckets = field(default_factory=lambda: Buckets(ANYBODY_LIMIT))
    permits: Buckets = field(default_factory=lambda: Buckets(PERMIT_LIMIT))
    shelf: Shelf = field(default_factory=Shelf)
    making: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    def take(self, caller: Caller, request: Request, cost: float) -> None:
        """Raises SurveyError too_many_requests."""
        if caller.permit:
            self.permits.take(caller.permit, cost)
        else:
            self.anybody.take(name_address(request.client.host if request.client else ""), cost)


class AnswerProgram:
    """The endpoint of one resource, for every method."""

    def __init__(self, resource: Resource | None, counter: Counter) -> None:
        self.resource = resource
        self.counter = counter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = await self.answer(request)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def answer(self, request: Request) -> Response:
        """What is sent; an error becomes a problem in the reader's language."""
        if request.method == "OPTIONS":
            return allow_elsewhere()
        try:
            return await self.find(request)
        except SurveyError as wrong:
            error = wrong
        except Exception as fault:
            reference = secrets.token_hex(4)
            log.error("the interface for programs failed (%s): %s", reference, locate_fault(fault))
            error = SurveyError("interface_fault", reference=reference)
        if find_status(error) == OUR_FAULT:
            log.error("the interface for programs could not answer: %s", error)
        response = tell_problem(error, find_words(request.headers.get("accept-language")))
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    async def find(self, request: Request) -> Response:
        """The answer. Raises SurveyError."""
        if request.method not in ("GET", "HEAD"):
            raise SurveyError("method_not_here")
        installation = find_installation()
        caller, edition = await self.find_caller(request, installation)
        if self.resource is None:
            raise SurveyError("interface_unknown")
        query: bytes = request.scope["query_string"]
        if len(query) > MOST_QUERY:
            raise SurveyError("query_long")
        figures = caller.figures if self.resource.has_figures else Figures.PUBLIC
        key: Key = (edition, figures.value, request.scope["path"], query)
        tag = write_tag(installation, key)
        had = find_had(request.headers.get("if-none-match"), tag)
        if had is not None:
            return Response(status_code=304, headers=list_headers(had, figures))
        ready = self.counter.shelf.find(key)
        if ready is None:
            self.counter.take(caller, request, MADE)
            ready = await self.make(installation, request, key, query)
        is_packed = "gzip" in request.headers.get("accept-encoding", "").lower()
        return send_ready(ready, tag, figures, is_packed=is_packed)

    async def find_caller(self, request: Request, installation: Installation) -> tuple[Caller, int]:
        """Who asks, within what they may, and the newest edition. Raises SurveyError."""
        inline = installation.database.is_sqlite
        authorization = request.headers.get("authorization")
        try:
            caller = await run_brief(find_caller, installation, authorization, inline=inline)
        except SurveyError:
            self.counter.take(Caller("", Figures.PUBLIC), request, MADE)  # guessing is not for nothing
            raise
        self.counter.take(caller, request, READY)
        if caller.is_new_month:
            await run_in_threadpool(note_use, installation, caller)
        return caller, await run_brief(find_edition, installation.database, inline=inline)

    async def make(self, installation: Installation, request: Request, key: Key, query: bytes) -> Ready:
        """Work an answer out, beside the event loop, and keep it ready. Raises SurveyError."""
        resource = self.resource
        assert resource is not None
        asking = Asking(
            installation,
            Figures(key[1]),
            key[0],
            str(request.path_params.get("survey", ""))[:40],
            read_query(query, resource.parameters),
            resource.name == "series",
        )
        async with self.counter.making:
            ready = await run_in_threadpool(write_answer, resource.answer, asking)
        self.counter.shelf.keep(key, ready)
        return ready


def write_answer(answer: Callable[[Asking], Mapping[str, Any]], asking: Asking) -> Ready:
    found = answer(asking)
    return pack(orjson.dumps(found), found.get("next"))


def write_tag(installation: Installation, key: Key) -> str:
    """What an answer is known by: another for each edition, question, audience and version of the program.

    What is published never changes, so the same tag is the same answer, without its being worked out.
    """
    edition, figures, path, query = key
    told = (seal_installation(installation), figures.encode(), path.encode(), query)
    seal = hashlib.blake2b(b"\x00".join(told), digest_size=12).hexdigest()
    return f"{edition}-{seal}"


@lru_cache(maxsize=4)
def seal_installation(installation: Installation) -> bytes:
    """What else decides an answer while the process runs: its code, its areas and some settings."""
    settings = installation.settings
    areas = [(one.code, one.name, one.parent) for one in installation.areas]
    thresholds = (settings.threshold_public, settings.threshold_signed_in)
    told = (find_build(), settings.installation_name, thresholds, areas)
    return hashlib.blake2b(repr(told).encode()).digest()


def find_had(if_none_match: str | None, tag: str) -> str | None:
    """The tag of the form in which a caller has an answer already, None when they have not."""
    if not if_none_match:
        return None
    had = {one.strip().removeprefix("W/").strip('"') for one in if_none_match.split(",")}
    return next((one for one in (tag, f"{tag}-gzip") if one in had), None)


def list_headers(tag: str, figures: Figures) -> dict[str, str]:
    """What is said beside an answer. Signed-in figures are for nobody between, and for no page elsewhere."""
    is_public = figures is Figures.PUBLIC
    found = {
        "ETag": f'"{tag}"',
        "Cache-Control": PUBLIC_CACHE if is_public else PRIVATE_CACHE,
        "Vary": VARY,
    }
    if is_public:
        found["Access-Control-Allow-Origin"] = "*"
        found["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    return found


def send_ready(ready: Ready, tag: str, figures: Figures, *, is_packed: bool) -> Response:
    """An answer, compressed for those who take that."""
    packed = ready.packed if is_packed else None
    headers = list_headers(tag if packed is None else f"{tag}-gzip", figures)
    if packed is not None:
        headers["Content-Encoding"] = "gzip"
    if ready.next is not None:
        headers["Link"] = f'<{ready.next}>; rel="next"'
    return Response(ready.plain if packed is None else packed, 200, headers, media_type=JSON)


def allow_elsewhere() -> Response:
    """What a browser may ask for from a page elsewhere: public figures. No permit is let through, because one
    in a page would be everybody's."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": "GET, HEAD",
        "Access-Control-Allow-Headers": "If-None-Match, Accept-Language",
        "Access-Control-Max-Age": "86400",
        "Cache-Control": "no-store",
        "Allow": "GET, HEAD, OPTIONS",
    }
    return Response(status_code=204, headers=headers)
