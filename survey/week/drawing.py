"""What does the table of what can be somebody's to do look like, drawn for the documentation?"""

from __future__ import annotations

from survey.language import speak
from survey.week.todo import RULES

HEAD = "| whose | what (in the app) | its day | where |\n|---|---|---|---|"
LANGUAGE = "sv"  # as users read it


def write_table() -> str:
    """The part of docs/week.md that is drawn: a row for each kind."""
    words = speak(LANGUAGE)
    rows = [
        f"| {rule.who.value.replace('_', ' ')} | {words.say(f'week.task.{kind}')} "  # keys: week.task.*
        f"| `{rule.tells}` | `/{rule.page}` |"
        for kind, rule in RULES.items()
    ]
    return "\n".join([HEAD, *rows])
