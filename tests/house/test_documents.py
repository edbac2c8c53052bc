"""Do the documents say what the code does?"""

from pathlib import Path

from survey.diagrams import write_review, write_walk
from survey.people.drawn import draw_into
from survey.publication.close import METHOD

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_the_drawn_walk_is_the_walk_of_the_table() -> None:
    assert (DOCS / "walk.md").read_text(encoding="utf-8") == write_walk()


def test_the_drawn_review_is_the_review_of_the_tables() -> None:
    assert (DOCS / "review.md").read_text(encoding="utf-8") == write_review()


def test_the_drawn_states_of_an_account_are_those_of_the_table() -> None:
    page = (DOCS / "sign-in.md").read_text(encoding="utf-8")
    assert page == draw_into(page)


def test_the_method_page_names_the_method_that_publications_carry() -> None:
    assert f"**{METHOD}**" in (DOCS / "method.md").read_text(encoding="utf-8")
