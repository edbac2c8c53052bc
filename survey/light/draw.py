"""How a page of the plain form is drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from survey.errors import SurveyError
from survey.language import DEFAULT_LANGUAGE, LANGUAGES, WHOLE_LANGUAGES, Language, Words, speak
from survey.light.cookies import LANGUAGE_COOKIE
from survey.running import find_installation

HERE = Path(__file__).parent
FILES = {
    "form.css": "text/css; charset=utf-8",
    "story.css": "text/css; charset=utf-8",
    "kod.js": "text/javascript; charset=utf-8",
    "kiosk.js": "text/javascript; charset=utf-8",
    "effort.js": "text/javascript; charset=utf-8",
    "listen.js": "text/javascript; charset=utf-8",
    "keying.js": "text/javascript; charset=utf-8",
    "ikon.svg": "image/svg+xml",
}
FOREVER = "public, max-age=31536000, immutable"
NO_STORE = {"Cache-Control": "no-store"}
# Pages for those who work with it, and those that are not translated yet.
IN_WHOLE_LANGUAGES = frozenset(
    {
        "entry.html",
        "fetch.html",
        "fetch_reminders.html",
        "invitation.html",
        "keying_choose.html",
        "keying_desk.html",
        "keying_form.html",
        "keying_rounds.html",
        "print.html",
        "programs.html",
        "statement.html",
    }
)
TITLES = {404: "answer.page_missing", 410: "answer.link_over"}  # of what went wrong, by HTTP status

environment = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def draw(template: str, words: Words, *, status: int = 200, **facts: object) -> HTMLResponse:
    """A page in the reader's language, as a response."""
    return send_page(draw_html(template, words, **facts), status)


def send_page(page: str, status: int) -> HTMLResponse:
    """A page that neither the browser nor anything between may store."""
    return HTMLResponse(page, status_code=status, headers=NO_STORE)


def draw_html(template: str, words: Words, **facts: object) -> str:
    """The HTML of a page in the reader's language."""
    installation = find_installation()
    known = {
        "say": words.say,
        "language": words.language,
        "languages": tuple((WHOLE_LANGUAGES if template in IN_WHOLE_LANGUAGES else LANGUAGES).values()),
        "is_draft": not words.is_reviewed,
        "css": find_address("form.css"),
        "script": find_address("kod.js"),
        "kiosk": find_address("kiosk.js"),
        "effort": find_address("effort.js"),
        "keying": find_address("keying.js"),
        "listen": find_address("listen.js"),
        "icon": find_address("ikon.svg"),
        "demo": installation.is_demo,
        "name": installation.settings.installation_name,
    }
    return environment.get_template(template).render(known | facts)


def draw_error(error: SurveyError, status: int, words: Words, request: Request) -> Response:
    """The page of something that went wrong: a resident hears one thing, kindly."""
    if status < 500:
        told = words.explain(error)
        # keys: answer.page_missing, answer.link_over, answer.trouble_title
        title = words.say(TITLES.get(status, "answer.trouble_title"))
    else:
        has_reference = error.code == "fault"
        told = words.explain(error) if has_reference else words.say("answer.trouble_service_about")
        title = words.say("answer.trouble_service")
    round_id = request.path_params.get("round")
    back = f"/e/{round_id}" if round_id and error.code != "round_unknown" else "/e"
    try:
        return draw("message.html", words, status=status, title=title, told=told, back=back)
    except SurveyError:
        return Response(told, status_code=status, media_type="text/plain", headers=NO_STORE)


def find_words(request: Request, among: Mapping[str, Language] = WHOLE_LANGUAGES) -> Words:
    """The words of the language in the address, else in the cookie, else Swedish.

    Residents' pages are there in every language, the others in those that the whole service is in.
    """
    asked = request.query_params.get("sprak") or request.cookies.get(LANGUAGE_COOKIE) or DEFAULT_LANGUAGE
    return speak(asked if asked in among else DEFAULT_LANGUAGE)


@lru_cache(maxsize=len(FILES))
def read_file(name: str) -> tuple[bytes, str]:
    """A file of the form and a short hash of it, for its address."""
    content = (HERE / "files" / name).read_bytes()
    return content, hashlib.sha256(content).hexdigest()[:12]


def find_address(name: str) -> str:
    """The address of a file, another whenever its content is."""
    return f"/e/fil/{name}?v={read_file(name)[1]}"


async def serve_file(request: Request) -> Response:
    """A style sheet, script or picture of ours."""
    name = request.path_params["name"]
    if name not in FILES:
        return Response(status_code=404)
    return Response(read_file(name)[0], media_type=FILES[name], headers={"Cache-Control": FOREVER})
