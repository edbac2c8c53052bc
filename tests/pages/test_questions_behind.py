"""Is a question behind a dimension one row of the table, with its answers in the bars and in the file?"""

from __future__ import annotations

from analysis.disclosure import Hidden, HiddenReason
from pages.shared.questions_behind import make_question_rows, make_question_table, tell_bar
from survey.areas import Area
from survey.definition.model import Question
from survey.insight.choice import Choice
from survey.insight.questions import Answered, AnswerShare, Behind
from survey.insight.sentences import Teller
from survey.insight.trends import Trends
from survey.language import speak


def ask(name: str, text: str) -> Question:
    return Question(id=name, kind="scale", text={"sv": text})


SCORED = (AnswerShare({"sv": "Alltid"}, 60), AnswerShare({"sv": "Ibland"}, 40))
FIRST, SECOND = ask("a01", "Jag får tid när jag behöver"), ask("a02", "Jag blir lyssnad på")
ANSWERED = Answered(FIRST, 205, 71.4, "51", SCORED, (AnswerShare({"sv": "Ej aktuellt"}, 7),))
BEHIND = Behind("2026-10", ((FIRST, ANSWERED), (SECOND, Hidden(HiddenReason.TOO_FEW, 5))))
TRENDS = Trends(
    Choice("invanarupplevelse", "0781", "month", "2026-10", "2026-10"),
    Area("0781", "Ljungby", "07"),
    None,
    (),
    None,
    5,
)
TELLER = Teller(speak("sv"), TRENDS, decimals=1, with_interval=False)


def test_a_question_is_one_row_and_one_that_is_hidden_says_why() -> None:
    assert make_question_table(TELLER, BEHIND) == [
        ("Fråga", "Medel (0–100)", "Höga svar", "Antal svar"),
        ("Jag får tid när jag behöver", "71,4", "51 %", "205"),
        ("Jag blir lyssnad på", "För få svar för att visa (färre än 5)", "", ""),
    ]


def test_the_file_has_every_answer_and_so_have_the_words_of_the_bar() -> None:
    rows = make_question_rows(TELLER, BEHIND)
    told = {(what, figure) for text, what, figure in rows if text == "Jag får tid när jag behöver"}
    assert {("Alltid", "60 %"), ("Ibland", "40 %"), ("Ej aktuellt", "7 %")} <= told
    assert tell_bar(TELLER, ANSWERED) == "Jag får tid när jag behöver Alltid 60 %, Ibland 40 %."
