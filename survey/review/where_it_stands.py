"""In which state is a comment now?"""

from __future__ import annotations

from survey.errors import SurveyError
from survey.review.states import Deed, State, can_now, find_state
from survey.store import comments, reviews
from survey.store.database import Connection


def find_comment_state(connection: Connection, comment_id: bytes) -> State:
    """The state of a comment. Raises SurveyError comment_gone when it has been taken back."""
    withheld = comments.is_withheld(connection, comment_id)
    if withheld is None:
        raise SurveyError("comment_gone")
    slots = reviews.list_slots(connection, comment_id)
    codings = comments.list_codings_of(connection, comment_id)
    return find_state(
        withheld=withheld,
        reading=sum(not slot.done for slot in slots),
        codings=[frozenset(coding.themes) for coding in codings],
    )


def check_can_now(connection: Connection, comment_id: bytes, deed: Deed) -> None:
    """Raises SurveyError comment_gone, or comment_state when it does not stand so that this may be done."""
    state = find_comment_state(connection, comment_id)
    if not can_now(state, deed):
        raise SurveyError("comment_state")
