"""Vad hände sen? A plain page for each municipality and county, for everybody, without scripts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from survey.areas import Area
from survey.errors import SurveyError
from survey.installation import Installation
from survey.language import DEFAULT_LANGUAGE, Words, pick_text
from survey.light.draw import draw
from survey.light.visit import Visit
from survey.proposals.faults import EASY, Texts
from survey.proposals.happened import Deed, Happened, list_happened
from survey.proposals.outcome import OutcomeKind
from survey.proposals.sentences import tell_activity, tell_outcome
from survey.translating.current import find_dimensions

PATH = "/vad-hande-sen"
MISSING = 404
MOST_ECHOED = 20  # characters of an unknown code that are shown again


@dataclass(frozen=True)
class FollowForm:
    """The form of who wants to follow an area: what was typed, and what is wrong with it."""

    typed: str = ""
    trouble: str = ""


@dataclass(frozen=True)
class Story:
    """One decided proposal as the page says it. `language` is that of what was typed.

    `note` says that the texts are not there in the reader's language, and is empty where they are.
    """

    title: str
    place: str
    heard: str
    quotes: tuple[str, ...]
    verdict: str
    decided: str
    reason: str
    done: str
    deeds: tuple[tuple[str, str, tuple[str, ...]], ...]
    told: str
    language: str
    note: str

    @property
    def is_followed(self) -> bool:
        """Whether figures are said to have moved or not, which need a word of caution."""
        return any(outcomes for _, _, outcomes in self.deeds)


def show_areas(visit: Visit) -> Response:
    """Every county with its municipalities."""
    return draw_areas(visit, "", 200)


def draw_areas(visit: Visit, trouble: str, status: int) -> Response:
    areas = visit.installation.areas
    groups = [(county, areas.within(county.code)) for county in areas.counties]
    return draw(
        "happened_areas.html",
        visit.words,
        status=status,
        groups=groups,
        trouble=trouble,
        path=PATH,
        offer=visit.offer,
    )


def show_area(visit: Visit) -> Response:
    """What was decided for an area; where there is no such area, that, and those there are."""
    area = find_area(visit)
    if area is None:
        code = str(visit.request.path_params["code"])
        return draw_areas(visit, visit.words.say("light.happened.no_area", code=code[:MOST_ECHOED]), MISSING)
    return draw_area(visit, area, FollowForm())


def find_area(visit: Visit) -> Area | None:
    """The area of the address; None when there is no such area."""
    try:
        return visit.installation.areas.find(str(visit.request.path_params["code"]))
    except SurveyError:
        return None


def draw_area(visit: Visit, area: Area, form: FollowForm, *, status: int = 200) -> Response:
    """What was decided for an area, and how it is followed: by e-mail where there is a mail server."""
    installation, words = visit.installation, visit.words
    found = list_happened(installation, area.code)
    return draw(
        "happened.html",
        words,
        status=status,
        area=area,
        stories=[tell_story(installation, one, area, words) for one in found],
        path=PATH,
        offer=visit.offer,
        form=form if installation.settings.sends_mail else None,
    )


def tell_story(installation: Installation, one: Happened, area: Area, words: Words) -> Story:
    """A decided proposal in the reader's language as far as somebody has written it."""
    texts, language = choose_texts(one, words)
    is_easy = bool(texts) and language == EASY
    proposal = one.proposal
    day = words.day(proposal.made)
    return Story(
        title=proposal.title,
        place=words.say("light.happened.whole_county", county=one.area.name) if one.area != area else "",
        heard=texts.get("heard") or proposal.text,
        quotes=one.quotes,
        verdict=words.say(
            "light.happened.accepted" if one.is_accepted else "light.happened.declined", day=day
        ),
        decided=texts.get("decided", ""),
        reason="" if is_easy else proposal.reason,
        done=texts.get("done", ""),
        deeds=tuple(tell_deed(installation, deed, words) for deed in one.deeds),
        told=words.say("light.happened.told", day=words.day(one.told.made)) if one.told else "",
        language=language,
        note="" if language == words.language.code else words.say("light.happened.other_language"),
    )


def choose_texts(one: Happened, words: Words) -> tuple[Mapping[str, str], str]:
    """What was told in the reader's language, else in Swedish, and which language it is."""
    texts: Texts = one.told.texts if one.told else {}
    if words.language.code in texts:
        return texts[words.language.code], words.language.code
    return texts.get(DEFAULT_LANGUAGE, {}), DEFAULT_LANGUAGE


def tell_deed(installation: Installation, deed: Deed, words: Words) -> tuple[str, str, tuple[str, ...]]:
    """What is done, how far it has come, and what the figures say of it once it has begun."""
    action = deed.activity.action
    known = find_dimensions(installation, action.survey)
    outcomes = tuple(
        tell_outcome(words, one, name=pick_text(known[one.dimension], words.language.code))
        for one in deed.outcomes
        if one.dimension in known and one.kind is not OutcomeKind.NOT_BEGUN
    )
    return action.title, tell_activity(words, deed.activity), outcomes
