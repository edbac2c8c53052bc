"""What the answer options of a Questionnaire's item are as ours."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from survey.definition.interchange.fhir_words import (
    EXCLUSIVE,
    ORDINAL,
    OWN,
    Json,
    find_value,
    list_objects,
    read_text,
)
from survey.definition.interchange.findings import Fate, Told, Where
from survey.definition.interchange.names import fit_code


@dataclass
class Options:
    """The options of one question; the installation's own, such as its municipalities, are left out."""

    listed: list[Json] = field(default_factory=list[Json])
    escape: Json | None = None
    codes: dict[str, str] = field(default_factory=dict[str, str])


def read_options(item: Json, first: str, languages: tuple[str, ...], told: Told) -> Options:
    """The options of an item, with what its codes became."""
    options = Options()
    where = Where(item=str(item.get("linkId", "-"))[:80])
    for answer in list_objects(item.get("answerOption")):
        coding = make_coding(answer)
        if coding is None:
            told.tell(Fate.STOPS, "option_kind", where)
            continue
        rest = read_own(answer)
        said = str(coding.get("code", ""))
        if rest.pop("from", None) is not None:
            options.codes[said] = said
            continue
        add_option(options, answer, coding, rest, read_text(coding, "display", first, languages), told, where)
    return options


def add_option(
    options: Options, answer: Json, coding: Json, rest: Json, text: dict[str, str], told: Told, where: Where
) -> None:
    said = str(coding.get("code", ""))
    code = fit_code(said, options.codes.values())
    if code != said:
        told.tell(Fate.CHANGED, "renamed", where, old=said or "-", new=code)
    options.codes[said] = code
    is_escape = rest.pop("escape", False) is True
    option: Json = {"code": code, "text": text, **rest}
    score = find_value(coding, ORDINAL, "valueDecimal")
    if score is None:
        score = find_value(answer, ORDINAL, "valueDecimal")
    if score is not None:
        option["score"] = score
    if find_value(answer, EXCLUSIVE, "valueBoolean") is True:
        option["exclusive"] = True
    if is_escape:
        options.escape = option
    else:
        options.listed.append(option)


def make_coding(answer: Json) -> Json | None:
    """An option as a coding; a text or a whole number stands for itself. None for other kinds."""
    coding = answer.get("valueCoding")
    if isinstance(coding, dict):
        return coding  # pyright: ignore[reportUnknownVariableType]
    for key in ("valueString", "valueInteger"):
        if key in answer:
            return {"code": str(answer[key]), "display": str(answer[key])}
    return None


def read_own(answer: Json) -> Json:
    """What our own extension says of an option; {} for nothing and for what is no object."""
    try:
        found: object = json.loads(find_value(answer, OWN, "valueString") or "{}")
    except (ValueError, TypeError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}  # pyright: ignore[reportUnknownVariableType]
