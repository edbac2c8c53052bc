"""Who is asking, and where in a survey they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from survey.answering.drafts import Draft, check_round_open, find_draft, find_round, find_survey
from survey.answering.journey import Survey
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import LANGUAGES, Words, speak
from survey.light.cookies import read_secret
from survey.light.draw import draw, find_words
from survey.light.offer import Offer, find_offer
from survey.store.rounds import Round

SEE_OTHER = 303
MENDING = 422  # the status of a page that says what to mend
STALE = 403  # the status of a form whose token was another browser's or time's


@dataclass(frozen=True)
class Visit:
    """One request, with what it brought."""

    installation: Installation
    request: Request

    @cached_property
    def words(self) -> Words:
        return find_words(self.request, LANGUAGES)

    @cached_property
    def offer(self) -> Offer | None:
        return find_offer(self.request, self.words)

    @cached_property
    def secret(self) -> bytes | None:
        return read_secret(self.request.cookies)

    def find_round(self) -> Round:
        return find_round(self.installation, str(self.request.path_params["round"]))

    def find_draft(self, round_: Round) -> Draft | None:
        """The draft of this browser in a round."""
        if self.secret is None:
            return None
        try:
            return find_draft(self.installation, round_, self.secret)
        except SurveyError as wrong:
            if wrong.code == "key_missing":
                check_round_open(self.installation, round_)  # over: its key is gone for good, and on purpose
            raise


def go(address: str) -> Response:
    """To another page, by GET."""
    return RedirectResponse(address, status_code=SEE_OTHER)


@dataclass(frozen=True)
class Place:
    """Where a person is: their draft in a round, and the step they look at."""

    round: Round
    survey: Survey
    secret: bytes
    draft: Draft

    @property
    def words(self) -> Words:
        return speak(self.draft.language)


def find_place(visit: Visit) -> Place | None:
    """Where the person of this browser is, None when they have not begun here."""
    round_ = visit.find_round()
    draft = visit.find_draft(round_)
    if draft is None or visit.secret is None:
        return None
    return Place(round_, find_survey(visit.installation, round_, draft.form), visit.secret, draft)


def to_start(visit: Visit) -> Response:
    return go(f"/e/{visit.request.path_params['round']}")


def draw_missing(words: Words, round_id: str) -> Response:
    """There is no such page."""
    return draw(
        "message.html",
        words,
        status=404,
        title=words.say("answer.page_missing"),
        told=words.say("answer.page_missing_about"),
        back=f"/e/{round_id}" if round_id else "/e",
    )
