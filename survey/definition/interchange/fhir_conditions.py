"""How conditions stand in a Questionnaire (enableWhen), and which of those we can read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from survey.definition.interchange.expressions import UnreadableError
from survey.definition.interchange.fhir_words import Json, list_objects
from survey.definition.model import Condition

Codes = Mapping[str, Mapping[str, str]]  # what each question's codes became here


def expand(conditions: Sequence[Condition], systems: Mapping[str, str]) -> Json | None:
    """The conditions as enableWhen with enableBehavior; None for what FHIR cannot say.

    FHIR joins all by `any` or all by `all`. "None of several codes" is an `all`, and stands alone.
    """
    single = len(conditions) == 1
    rows: list[Json] = []
    for one in conditions:
        if one.none_of is not None and len(one.none_of) > 1 and not single:
            return None
        rows.extend(expand_one(one, systems))
    if not rows:
        return {}
    everything = single and conditions[0].none_of is not None
    behaviour: Json = {"enableBehavior": "all" if everything else "any"} if len(rows) > 1 else {}
    return {"enableWhen": rows, **behaviour}


def expand_one(one: Condition, systems: Mapping[str, str]) -> list[Json]:
    if one.answered is not None:
        return [{"question": one.question, "operator": "exists", "answerBoolean": one.answered}]
    operator = "=" if one.any_of is not None else "!="
    system = systems.get(one.question, "")
    return [
        {
            "question": one.question,
            "operator": operator,
            "answerCoding": {**({"system": system} if system else {}), "code": code},
        }
        for code in (one.any_of or one.none_of or ())
    ]


def read_enable_when(item: Json, ids: Mapping[str, str], codes: Codes) -> list[Json]:
    """The conditions of an item with our names and codes. Raises UnreadableError."""
    read = [read_one(row, ids, codes) for row in list_objects(item.get("enableWhen"))]
    if len(read) < 2 or item.get("enableBehavior") == "any":
        return read
    questions = {one["question"] for one in read}
    if len(questions) == 1 and all("none_of" in one for one in read):
        return [{"question": read[0]["question"], "none_of": [one["none_of"][0] for one in read]}]
    raise UnreadableError


def read_one(row: Json, ids: Mapping[str, str], codes: Codes) -> Json:
    said = str(row.get("question", ""))
    question, operator = ids.get(said, said), row.get("operator")
    if operator == "exists" and isinstance(row.get("answerBoolean"), bool):
        return {"question": question, "answered": row["answerBoolean"]}
    value = find_answer(row)
    if operator not in ("=", "!=") or value is None:
        raise UnreadableError
    code = codes.get(said, {}).get(value, value)
    return {"question": question, "any_of" if operator == "=" else "none_of": [code]}


def find_answer(row: Json) -> str | None:
    """The code or value that a condition asks for; None for kinds of value that no question of ours has."""
    coding: Any = row.get("answerCoding")
    if isinstance(coding, dict):
        return str(coding.get("code", "")) or None  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    for key in ("answerString", "answerInteger"):
        if key in row:
            return str(row[key])
    return None
