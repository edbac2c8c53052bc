"""Which language does a browser ask for, and is it offered to somebody who has not chosen one?"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from survey.language import LANGUAGES, Language, Words, speak
from survey.light.cookies import LANGUAGE_COOKIE

MOST_READ = 20  # languages of the header that are looked at


@dataclass(frozen=True)
class Offer:
    """A language, and the link to it in its own words."""

    language: Language
    said: str


def find_offer(request: Request, words: Words) -> Offer | None:
    """The browser's language, for somebody who has chosen none and reads another; it is never forced."""
    if "sprak" in request.query_params or LANGUAGE_COOKIE in request.cookies:
        return None
    wanted = find_wanted(request.headers.get("accept-language", ""))
    if wanted is None or wanted == words.language:
        return None
    return Offer(wanted, speak(wanted.code).say("answer.offer_language"))


def find_wanted(header: str) -> Language | None:
    """The language that an Accept-Language header asks for most, of those there are; None when of none."""
    asked = [read_wish(one) for one in header.split(",")[:MOST_READ]]
    for code, weight in sorted(asked, key=lambda one: -one[1]):
        found = LANGUAGES.get(code) or LANGUAGES.get(code.partition("-")[0])
        if found is not None and weight > 0:
            return found
    return None


def read_wish(asked: str) -> tuple[str, float]:
    """One language of the header with its weight, 0 to 1; a weight that cannot be read is 0."""
    code, _, rest = asked.strip().lower().partition(";")
    name, _, weight = rest.strip().partition("=")
    if not name:
        return code.strip(), 1.0
    try:
        return code.strip(), min(1.0, max(0.0, float(weight)))
    except ValueError:
        return code.strip(), 0.0
