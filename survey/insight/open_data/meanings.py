"""What each measure of an export is, in the words of its survey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.scores import POSITIVE_FROM
from analysis.tally import SKIPPED
from survey.definition.model import Definition, Text
from survey.insight.open_data.cells import POSITIVE, Naming, name_answer
from survey.language import speak
from survey.publication.axes import list_measures
from survey.publication.counting import make_scheme

WRITTEN_IN = ("sv", "en")  # the languages of a codebook
POINTS, PER_CENT = "points", "per cent"
Entry = dict[str, object]


class Meanings:
    """What measures mean by the versions of a survey, the newest first: its words where several know one."""

    def __init__(self, definitions: Sequence[Definition]) -> None:
        self.definitions = tuple(definitions)
        schemes = {one.version: make_scheme(one) for one in definitions}
        self.measures, answers, unscored = list_measures(list(schemes.values()))
        self._versions = {version: frozenset(scheme.measures) for version, scheme in schemes.items()}
        codes: dict[str, tuple[str, ...]] = {}
        for question, code in answers:
            codes[question] = (*codes.get(question, ()), code)
        overlapping = frozenset(g.id for one in definitions for g in one.groups if g.each)
        self.naming = Naming(codes, unscored, overlapping)

    def list_codes(self) -> Iterator[str]:
        """Every code that a row's measure can have."""
        for measure in self.measures:
            yield measure
            yield f"{measure}:{POSITIVE}"
            yield from (name_answer(measure, code) for code in self.naming.answers.get(measure, ()))

    def list_entries(self, codes: set[str]) -> Iterator[Entry]:
        """The measures among the codes, in the order of the survey: mean, positive share, answers."""
        for measure in self.measures:
            entries = [
                self.make_entry(measure, measure, POINTS, "mean"),
                self.make_entry(f"{measure}:{POSITIVE}", measure, PER_CENT, "positive"),
            ]
            answers = self.naming.answers.get(measure, ())
            entries += [self.make_answer_entry(measure, code) for code in answers]
            yield from (entry for entry in entries if entry["code"] in codes)

    def make_answer_entry(self, question: str, code: str) -> Entry:
        """The share of an answer: of those who gave a scored answer, or of everybody who was asked."""
        name = name_answer(question, code)
        if code == SKIPPED:
            return self.make_entry(name, question, PER_CENT, "skipped")
        what = "of_asked" if (question, code) in self.naming.unscored else "of_scored"
        return self.make_entry(name, question, PER_CENT, what, self.find_answer(question, code))

    def make_entry(self, code: str, measure: str, unit: str, what: str, answer: Text | None = None) -> Entry:
        facts = {"score": round(POSITIVE_FROM)}
        return {
            "code": code,
            "measure": measure,
            "kind": "dimension" if measure not in self.naming.answers else "question",
            "unit": unit,
            "text": choose_languages(self.find_text(measure)),
            "explanation": {
                language: speak(language).say(
                    f"open_data.explain.{what}",  # keys: open_data.explain.*
                    **facts,
                    answer=say_text(answer or {}, language),
                )
                for language in WRITTEN_IN
            },
            "versions": sorted(v for v, measures in self._versions.items() if measure in measures),
        }

    def find_text(self, measure: str) -> Text:
        """What a dimension is called or a question asks; nothing when no version has it."""
        for definition in self.definitions:
            question = definition.find_question(measure)
            if question is not None:
                return question.text
            for dimension in definition.dimensions:
                if dimension.id == measure:
                    return dimension.text
        return {}

    def find_answer(self, question_id: str, code: str) -> Text:
        for definition in self.definitions:
            question = definition.find_question(question_id)
            for option in () if question is None else definition.list_options(question):
                if option.code == code:
                    return option.text
        return {}


def choose_languages(text: Text) -> dict[str, str]:
    """A text in those of a codebook's languages that it has."""
    return {language: text[language] for language in WRITTEN_IN if language in text}


def say_text(text: Text, language: str) -> str:
    """A text in a language, else in Swedish, else in any."""
    return text.get(language) or text.get(WRITTEN_IN[0]) or next(iter(text.values()), "")
