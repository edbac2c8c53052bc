"""How does a whole survey look to those who answer, in any language and form, without anything being kept?"""

from __future__ import annotations

from markupsafe import Markup
from starlette.responses import Response

from survey.answering.journey import Step, Survey, make_survey
from survey.definition.model import Definition, Form
from survey.entry.passage import find_person
from survey.errors import SurveyError
from survey.installation import find_definition
from survey.language import Words, pick_text
from survey.light.draw import draw
from survey.light.sheets import tell_languages
from survey.light.views import draw_fields
from survey.light.visit import Visit
from survey.people.permissions import check_can_do
from survey.people.roles import Permission
from survey.rounds import list_sensitive
from survey.translating.current import translate_survey

PREVIEW_PATH = "/forhandsvisning"
LEFT_OUT = "utan"  # in the address: without the sensitive questions


def show_preview(visit: Visit) -> Response:
    """Every part on one page; nothing can be handed in. Raises not_allowed and definition_unknown."""
    person, _ = find_person(visit.installation, visit.request.cookies)
    check_can_do(Permission.SEE_ROUNDS, by=person)
    where = visit.request.path_params
    definition = find_definition(visit.installation, where["survey"], where["version"])
    form: Form = "short" if where["form"] == "short" else "full"
    if form not in definition.forms:
        raise SurveyError("definition_unknown", survey=definition.survey, version=definition.version)
    without = LEFT_OUT in visit.request.query_params
    left_out = frozenset(one.id for one in list_sensitive(definition)) if without else frozenset[str]()
    definition, drafts = translate_survey(visit.installation, definition)
    survey = make_survey(definition, form, visit.installation.areas, left_out=left_out, drafts=drafts)
    path = f"{PREVIEW_PATH}/{definition.survey}/{definition.version}"
    return draw(
        "preview.html",
        visit.words,
        title=pick_text(definition.title, visit.words.language.code),
        intro=pick_text(definition.intro, visit.words.language.code),
        parts=list_drawn(definition, survey, visit.words),
        **tell_languages(survey, visit.words),
        path=f"{path}/{form}",
        other=f"{path}/{'full' if form == 'short' else 'short'}" if len(definition.forms) > 1 else "",
        form=form,
        has_sensitive=bool(list_sensitive(definition)),
        without=without,
    )


def list_drawn(definition: Definition, survey: Survey, words: Words) -> list[tuple[str, tuple[Markup, ...]]]:
    """Each part's title, and its questions as they are drawn, those with conditions too."""
    language = words.language.code
    advice = pick_text(definition.writing_advice, language) if definition.writing_advice else ""
    steps = [
        Step(number, len(survey.parts), part, asked)
        for number, (part, asked) in enumerate(survey.parts, start=1)
    ]
    return [
        (pick_text(step.part.title, language), draw_fields(step, {}, (), words, advice)) for step in steps
    ]
