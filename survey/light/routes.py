"""Which addresses the plain form has, and what each does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from survey.accessibility import page as accessibility
from survey.api.routes import list_routes as list_api_routes
from survey.calendar.routes import list_routes as list_calendar_routes
from survey.digest.routes import list_routes as list_letter_routes
from survey.entry.routes import list_routes as list_entry_routes
from survey.insight.open_data.routes import list_routes as list_open_data_routes
from survey.keying.routes import list_routes as list_keying_routes
from survey.language import LANGUAGES
from survey.letters.routes import list_routes as list_code_routes
from survey.letters.wording import KEY_PATH
from survey.light import doors, follow, happened, parts, sending, ways_in
from survey.light.draw import serve_file
from survey.light.forms import Fields, read_form
from survey.light.guard import guard
from survey.light.headers import is_form_path
from survey.light.preview import PREVIEW_PATH, show_preview
from survey.light.visit import Visit
from survey.panel.routes import list_routes as list_mission_routes
from survey.paper.routes import list_routes as list_paper_routes
from survey.research.routes import list_routes as list_research_routes
from survey.running import find_installation
from survey.store.together import run_brief
from survey.story import page as story
from survey.story.links import PATH as STORY_PATH
from survey.translating.current import keep_up
from survey.week.routes import list_routes as list_week_routes

Get = Callable[[Visit], Response]
Post = Callable[[Visit, Fields], Response]

STATUS = {
    "round_unknown": 404,
    "round_not_open": 403,
    "form_elsewhere": 403,
    "door_needs_code": 403,
    "door_not_here": 403,
    "not_allowed": 403,
    "way_unknown": 404,
    "way_closed": 410,
    "way_full": 429,
    "round_full": 403,
    "definition_unknown": 404,
    "form_too_large": 413,
    "form_unreadable": 400,
    "too_many_tries": 429,
    "already_sent": 409,
    "nothing_to_send": 409,
    "answers_need_mending": 422,
    "code_mistyped": 422,
    "code_unknown": 422,
    "code_of_demonstration": 422,
    "code_of_real_installation": 422,
    "receipt_mistyped": 422,
    "receipt_unknown": 404,
}


def answer_to(
    get: Get, post: Post | None = None, *, slow: bool = False, writes: bool = False
) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that draws on GET and acts on POST; errors become a page with a sentence.

    `slow` says that it takes long, `writes` that a GET keeps something.
    """

    async def serve(request: Request) -> Response:
        fields: Fields = await read_form(request) if request.method == "POST" else {}
        visit = Visit(find_installation(), request)
        inline = visit.installation.database.is_sqlite and not slow
        if request.method == "POST" and post is not None:
            return await run_brief(say_now, post, visit, fields, inline=inline)
        if inline and not writes:
            return say_now(get, visit)  # nothing to step aside for
        return await run_brief(say_now, get, visit, inline=inline)

    return guard(serve, what="the plain form", status=STATUS, languages=LANGUAGES)


def say_now(work: Callable[..., Response], visit: Visit, *fields: Fields) -> Response:
    """What a page answers, in its texts as they are now."""
    keep_up(visit.installation)
    return work(visit, *fields)


class ServeForm:
    """ASGI middleware that answers the form's addresses itself.

    They need nothing of what Streamlit wraps its own routes in (its session, its compression), which
    would cost them a third of their time.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.form = Router(list_routes())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and is_form_path(scope["path"]):
            # Inside an app the router would raise what no route takes, and nobody above turns that to 404.
            own = {name: value for name, value in scope.items() if name != "app"}
            try:
                await self.form(own, receive, send)
            finally:
                scope["route"] = own.get("route")  # for whoever counts by route
        else:
            await self.app(scope, receive, send)


class StepConvertor(Convertor[int]):
    """The number of a step in an address. A longer one is no step, and thousands of digits are no number that
    Python reads."""

    regex = "[0-9]{1,3}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("step", StepConvertor())


def list_routes() -> list[BaseRoute]:
    """The routes of the plain form, the one that is asked for most first: they are tried in order."""
    both = ["GET", "POST"]
    return [
        Route("/e/{round}/{step:step}", answer_to(parts.show_step, parts.take_step), methods=both),
        Route("/e", answer_to(doors.show_rounds)),
        Route("/e/fil/{name}", serve_file),
        Route("/e/kod", answer_to(doors.show_code, doors.take_code), methods=both),
        Route(KEY_PATH, answer_to(doors.show_code, doors.take_key), methods=both),
        Route("/e/kvitto", answer_to(sending.show_withdraw, sending.withdraw, slow=True), methods=both),
        Route("/e/{round}", answer_to(doors.show_start, doors.begin), methods=both),
        Route("/e/{round}/v/{key}", answer_to(ways_in.show_way, ways_in.begin_by_way), methods=both),
        Route("/e/{round}/klar", answer_to(doors.show_missing, ways_in.wipe), methods=both),
        Route("/e/{round}/app", answer_to(doors.begin_in_app, writes=True)),
        Route("/e/{round}/om", answer_to(doors.show_about)),
        Route("/e/{round}/granska", answer_to(sending.show_look_over, sending.send), methods=both),
        Route("/e/{round}/tack", answer_to(sending.show_sent, sending.finish), methods=both),
        Route(f"{PREVIEW_PATH}/{{survey}}/{{version}}/{{form}}", answer_to(show_preview, slow=True)),
        *list_letter_routes(),
        *list_mission_routes(),
        *list_week_routes(),
        *list_calendar_routes(),
        *list_entry_routes(),
        *list_code_routes(),
        *list_research_routes(),
        *list_open_data_routes(),
        *list_api_routes(),
        *list_paper_routes(),
        *list_keying_routes(),
        Route(happened.PATH, answer_to(happened.show_areas)),
        Route(follow.AREA, answer_to(happened.show_area, follow.ask, slow=True), methods=both),
        Route(f"{follow.AREA}/tack", answer_to(follow.show_asked)),
        Route(STORY_PATH, answer_to(story.show_list, slow=True)),
        Route(f"{STORY_PATH}/{{code}}", answer_to(story.show_newest)),
        Route(f"{STORY_PATH}/{{code}}/{{year}}", answer_to(story.show_story, slow=True)),
        Route(accessibility.PATH, answer_to(accessibility.show_statement)),
        Route("/e/{rest:path}", answer_to(doors.show_missing, doors.refuse_missing), methods=both),
        Route("/{rest:path}", answer_to(doors.show_missing)),
    ]
