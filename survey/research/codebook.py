"""What does somebody who has a file for research need to know of it, for people and for archives?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analysis.ddi_codebook import Category, DataFile, Study, Variable, write_ddi
from analysis.disclosure import round_count
from survey.definition.model import Text
from survey.insight.open_data.codebook_page import escape
from survey.insight.open_data.group_meanings import say_both
from survey.insight.open_data.meanings import WRITTEN_IN, choose_languages, say_text
from survey.insight.open_data.traced import write_trace
from survey.language import speak
from survey.research.choosing import Plan
from survey.research.layout import ROW, Column, Layout
from survey.version import VERSION

NOTES = ("about", "coarse", "left_out", "alike", "unprotected", "weights", "missing", "order")


@dataclass(frozen=True)
class Described:
    """A file with everything its code books say."""

    plan: Plan
    layout: Layout
    name: str
    kind: str
    publisher: str
    places: tuple[str, ...]
    traced: Mapping[str, str]
    made: date

    @property
    def title(self) -> Text:
        return choose_languages(self.plan.definitions[0].title)


def tell_facts(plan: Plan) -> dict[str, object]:
    """What is told of how the file came about. How many are left out is told in fives: an exact number beside
    what was published could tell of one person."""
    chosen = plan.chosen
    share = 100 * chosen.alike / chosen.answers if chosen.answers else 0.0
    return {
        "k": plan.k,
        "people": chosen.people,
        "combinations": len(chosen.kept),
        "left_out": round_count(chosen.suppressed),
        "alike": f"{share:.2f}",
        "first": plan.months[0],
        "last": plan.months[-1],
        "survey": plan.survey,
        "rungs": [f"{rung.column}: {rung.what}" for rung in plan.ladder.rungs[: chosen.level]],
    }


def list_notes(described: Described) -> list[Text]:
    """The sentences that hold for the whole file, in both languages."""
    facts = tell_facts(described.plan)
    return [
        {
            language: speak(language).say(
                f"research.note.{note}",  # keys: research.note.*
                **{
                    **facts,
                    "rungs": say_rungs(described.plan, language),
                    "alike": speak(language).number(float(str(facts["alike"])), 2),
                    "people": speak(language).number(described.plan.chosen.people),
                    "publisher": described.publisher,
                },
            )
            for language in WRITTEN_IN
        }
        for note in NOTES
    ]


def say_rungs(plan: Plan, language: str) -> str:
    """What was made coarser or left out, in words; that nothing was, where nothing was."""
    words = speak(language)
    climbed = plan.ladder.rungs[: plan.chosen.level]
    said = [
        f"{rung.column}: {words.say(f'research.rung.{rung.what}')}" for rung in climbed
    ]  # keys: research.rung.*
    return "; ".join(said) or words.say("research.rung.none")


def write_page(described: Described) -> str:
    """The code book as a Markdown page, Swedish and English together."""
    title = " / ".join(escape(text) for text in described.title.values())
    lines = [f"# {title}", ""]
    notes = list_notes(described)
    for language in WRITTEN_IN:
        lines += [f"## {speak(language).language.name}", ""]
        lines += [*(f"- {escape(note[language])}" for note in notes), ""]
    lines += ["## Källa / Source", "", *(f"- {k}: {escape(v)}" for k, v in described.traced.items()), ""]
    for column in described.layout.columns:
        lines += [
            f"## {escape(column.name)}",
            "",
            escape(say_together(column.text)),
            "",
            *draw_values(column),
            "",
        ]
    return "\n".join(lines)


def draw_values(column: Column) -> Iterator[str]:
    yield "| kod / code | SPSS | text |"
    yield "|---|---|---|"
    for value in column.values:
        yield f"| {escape(value.code)} | {value.number} | {escape(say_together(value.text))} |"


def say_together(text: Text) -> str:
    return " / ".join(dict.fromkeys(say_text(text, language) for language in WRITTEN_IN))


def write_archive_codebook(described: Described) -> bytes:
    """The code book as a DDI document."""
    plan, notes = described.plan, list_notes(described)
    study = Study(
        id=f"research-{plan.survey}-{plan.months[-1]}",
        title=described.title or {"sv": plan.survey},
        publisher=described.publisher,
        abstract=notes[0],
        first=plan.months[0],
        last=plan.months[-1],
        places=described.places,
        unit=say_both("research.ddi.unit"),
        universe=say_both("research.ddi.universe"),
        kind=say_both("research.ddi.kind"),
        method=notes[1:],
        weights=notes[NOTES.index("weights")],
        precision=say_both("research.ddi.precision"),
        confidentiality=notes[NOTES.index("unprotected")],
        conditions=say_both("research.ddi.conditions"),
        citation=say_both("research.ddi.citation"),
        version=write_trace(described.traced),
        made=described.made.isoformat(),
        software=f"Invånarrösten {VERSION}",
    )
    columns = 1 + len(described.layout.columns)
    file = DataFile(described.name, described.kind, notes[0], plan.chosen.people, columns)
    return write_ddi(study, [file], list_variables(described.layout.columns, described.name))


def list_variables(columns: Sequence[Column], file: str) -> Iterator[Variable]:
    yield Variable(ROW, say_both("research.column.row"), is_number=True, files=(file,))
    for column in columns:
        categories = [Category(v.code, v.text, is_missing=v.is_missing) for v in column.values]
        question = column.text if column.is_question else {}
        yield Variable(
            column.name,
            column.text,
            question,
            say_both("research.asked_only") if column.is_question else {},
            categories=categories,
            files=(file,),
        )
