"""What does a person who writes a program need to read? A plain page, without scripts."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from survey.api import PATH
from survey.api.buckets import ANYBODY_LIMIT, PERMIT_LIMIT
from survey.api.parameters import Parameter
from survey.api.resources import OPENAPI, RESOURCES, Resource
from survey.insight.choice import RESIDENTS_SURVEY
from survey.language import Words
from survey.light.draw import draw, find_words
from survey.running import find_installation


@dataclass(frozen=True)
class Told:
    """An address, what it gives, and what can be asked for: (name, what it is)."""

    path: str
    about: str
    parameters: tuple[tuple[str, str], ...]


def show_page(request: Request) -> Response:
    """The page."""
    installation, words = find_installation(), find_words(request)
    return draw(
        "programs.html",
        words,
        path=PATH,
        openapi=OPENAPI,
        told=[tell_resource(one, words) for one in RESOURCES],
        base=installation.settings.address,
        survey=RESIDENTS_SURVEY,
        area=installation.areas.counties[0].code,
        threshold=installation.settings.threshold_public,
        threshold_signed_in=installation.settings.threshold_signed_in,
        anybody=words.number(ANYBODY_LIMIT.each_second),
        permit=words.number(PERMIT_LIMIT.each_second),
    )


def tell_resource(one: Resource, words: Words) -> Told:
    about = words.say(f"api.resource.{one.name}")  # keys: api.resource.*
    return Told(one.path, about, tuple(tell_parameter(each, words) for each in one.parameters))


def tell_parameter(one: Parameter, words: Words) -> tuple[str, str]:
    about = words.say(f"api.parameter.{one.name}")  # keys: api.parameter.*
    return one.name, f"{about} {words.say('api.required')}" if one.required else about
