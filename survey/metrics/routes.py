"""Who may read the figures, and how do they get them?

With the token, from anywhere; without one only from this machine, and only while no public address is set:
behind a proxy on the same machine everybody seems to be here. All others are told that there is nothing.
"""

from __future__ import annotations

import hmac

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from survey.errors import SurveyError
from survey.health import tell_alive, tell_ready
from survey.mail_settings import is_here
from survey.metrics.counted import counted
from survey.metrics.looked_up import LookUp
from survey.running import find_installation
from survey.settings import Settings

BEARER = "bearer "
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
counted.registry.register(LookUp())


def may_read(request: Request, settings: Settings) -> bool:
    """Whether who asks may have the figures."""
    token = settings.read_metrics_token()
    if token:
        said = request.headers.get("authorization", "")
        given = said[len(BEARER) :].strip() if said.lower().startswith(BEARER) else ""
        return hmac.compare_digest(given.encode(), token.encode())
    near = request.client is not None and is_here(request.client.host)
    return near and not settings.public_address and not any(name in request.headers for name in PASSED_ON)


async def tell_figures(request: Request) -> Response:
    """The figures as Prometheus reads them; 404 for whoever may not have them."""
    try:
        allowed = may_read(request, find_installation().settings)
    except (SurveyError, OSError):
        allowed = False
    if not allowed:
        return Response(status_code=404)
    said = await run_in_threadpool(generate_latest, counted.registry)
    return Response(said, headers={"content-type": CONTENT_TYPE_LATEST, "cache-control": "no-store"})


def list_routes() -> list[BaseRoute]:
    """What machines ask: is it alive, is it ready, how does it run."""
    return [
        Route("/healthz", tell_alive),
        Route("/readyz", tell_ready),
        Route("/metrics", tell_figures),
    ]
