"""What the choices of an XLSForm are as our scales and options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from survey.definition.interchange.findings import Fate, Told, Where
from survey.definition.interchange.names import fit_code
from survey.definition.interchange.sheets import CHOICES, OPTION_FLAGS, OPTION_NUMBERS, OPTION_TEXTS, PREFIX
from survey.definition.interchange.xlsform_languages import Tongues
from survey.definition.interchange.xlsform_sheets import Form, Line

YES = frozenset({"yes", "true", "true()", "1", "ja"})
KNOWN = frozenset({"list_name", "name", "label"})


@dataclass
class Choices:
    """One list: its options as YAML, where each stands, and what its codes became."""

    scale: str = ""
    options: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    wheres: list[Where] = field(default_factory=list[Where])
    codes: dict[str, str] = field(default_factory=dict[str, str])
    escape: int | None = None  # which of the options is the escape
    installation: bool = (
        False  # whether rows of an installation's own, such as its municipalities, were left out
    )


def read_choices(form: Form, tongues: Tongues, told: Told) -> dict[str, Choices]:
    """Every list by its name."""
    lists: dict[str, Choices] = {}
    for line in form.choices:
        name = line.get("list_name")
        if not name:
            told.tell(Fate.STOPS, "choice_without_list", line.where)
            continue
        choices = lists.setdefault(name, Choices())
        if line.get(f"{PREFIX}from"):
            choices.installation = True
            choices.codes[line.get("name")] = line.get("name")
        else:
            add_option(choices, line, tongues, told)
    tell_lost_columns(form, told)
    return lists


def add_option(choices: Choices, line: Line, tongues: Tongues, told: Told) -> None:
    said = line.get("name")
    code = fit_code(said, choices.codes.values())
    if code != said:
        told.tell(Fate.CHANGED, "renamed", line.where, old=said, new=code)
    choices.codes[said] = code
    option: dict[str, Any] = {"code": code, "text": tongues.read(line, "label")}
    for name in OPTION_NUMBERS:
        if (cell := line.get(f"{PREFIX}{name}")) != "":
            option[name] = read_number(cell)
    option |= {name: True for name in OPTION_FLAGS if is_yes(line.get(f"{PREFIX}{name}"))}
    option |= {name: cell for name in OPTION_TEXTS if (cell := line.get(f"{PREFIX}{name}"))}
    if is_yes(line.get(f"{PREFIX}escape")):
        choices.escape = len(choices.options)
    choices.scale = choices.scale or line.get(f"{PREFIX}scale")
    choices.options.append(option)
    choices.wheres.append(line.where)


def tell_lost_columns(form: Form, told: Told) -> None:
    """Columns that XLSForm or an author gave the choices, which we have no place for; each once."""
    for line in form.choices:
        for column in line.cells:
            base = column.partition("::")[0]
            if base not in KNOWN and not base.startswith(PREFIX):
                told.tell(Fate.LOST, "column_lost", Where(sheet=CHOICES), column=base)


def is_yes(cell: str) -> bool:
    return cell.lower() in YES


def read_number(cell: str) -> float | int | str:
    """The number in a cell; what is none stays as it is, and the check tells of it."""
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        return cell
    return int(number) if number.is_integer() else number
