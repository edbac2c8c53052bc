"""Are forms that are drawn keyed twice, by two people, and told apart where they differ?"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.keying import ENOUGH, LEAST_FIELDS, find_differences, measure_alike
from survey.installation import Installation
from survey.keying.alike import find_alike
from survey.keying.batches import find_batch
from survey.keying.finishing import choose_between, undo_last, undo_waiting
from survey.keying.sampling import is_drawn
from survey.keying.states import State
from survey.people.roles import Person, Role
from survey.store.rounds import Round
from tests.keying.keyed import ANNA, BO, LEADER, key_form, list_payloads, make_code, open_paper
from tests.keying.papers import Keys, fill_paper, keep, refuse, share


class TestTwoEntries:
    @pytest.fixture
    def waiting(self, installation: Installation, letters: Round) -> tuple[str, Keys]:
        """A form that Anna has keyed, with its keys."""
        share(installation, letters, 100)
        code, keys = make_code(installation, letters), fill_paper(installation, letters) | {"a01": "1"}
        assert key_form(installation, letters, code, keys).state is State.WAITING
        return code, keys

    def test_whoever_keyed_it_first_cannot_key_it_again(
        self, installation: Installation, letters: Round, waiting: tuple[str, Keys]
    ) -> None:
        assert refuse(lambda: open_paper(installation, letters, waiting[0])) == "form_keyed_once"
        same = Person(Role.COORDINATOR, ANNA.id)
        assert refuse(lambda: open_paper(installation, letters, waiting[0], by=same)) == "form_keyed_once"

    def test_the_second_sees_nothing_of_the_first(
        self, installation: Installation, letters: Round, waiting: tuple[str, Keys]
    ) -> None:
        opened = open_paper(installation, letters, waiting[0], by=BO)
        assert (opened.again, opened.draft.answers, opened.entry) == (True, {}, None)

    def test_equal_entries_are_one_answer(
        self, installation: Installation, letters: Round, waiting: tuple[str, Keys]
    ) -> None:
        assert key_form(installation, letters, *waiting, by=BO).state is State.LAST
        keep(installation, letters, BO)
        found = find_alike(installation, letters, viewer=LEADER)
        assert (len(list_payloads(installation)), found.forms) == (1, 1)
        assert {compared - alike for _, compared, alike in found.questions} == {0}

    @pytest.mark.parametrize(("whose", "answer"), [("first", "5"), ("second", "4")])
    def test_unequal_entries_are_chosen_between(
        self, installation: Installation, letters: Round, waiting: tuple[str, Keys], whose: str, answer: str
    ) -> None:
        code, keys = waiting
        finished = key_form(installation, letters, code, keys | {"a01": "2"}, by=BO)
        assert (finished.state, finished.differing) == (State.DIFFERING, ("a01",))
        assert refuse(lambda: open_paper(installation, letters, code, by=LEADER)) == "form_differs_elsewhere"
        opened = open_paper(installation, letters, code, by=BO)
        assert refuse(lambda: choose_between(installation, opened, {}, by=BO)) == "choice_missing"
        choose_between(installation, opened, {"a01": whose}, by=BO)
        keep(installation, letters, BO)
        (payload,) = list_payloads(installation)
        assert payload.answers["a01"] == answer
        found = find_alike(installation, letters, viewer=LEADER)
        assert [name for name, compared, alike in found.questions if alike < compared] == ["a01"]

    def test_undoing_the_second_leaves_the_first(
        self, installation: Installation, letters: Round, waiting: tuple[str, Keys]
    ) -> None:
        key_form(installation, letters, *waiting, by=BO)
        undo_last(installation, letters, by=BO)
        assert find_batch(installation, letters, viewer=BO).waiting_for_me == 1
        assert find_batch(installation, letters, viewer=ANNA).waiting_for_me == 0

    def test_undoing_the_first_opens_it_anew(
        self, installation: Installation, letters: Round, waiting: tuple[str, Keys]
    ) -> None:
        code, keys = waiting
        assert refuse(lambda: undo_waiting(installation, letters, code, by=BO)) == "nothing_to_undo"
        undo_waiting(installation, letters, code, by=ANNA)
        assert open_paper(installation, letters, code).draft.answers["a01"] == keys["a01"]

    def test_nothing_of_it_can_be_read_in_the_database_nor_joined_afterwards(
        self, installation: Installation, letters: Round, waiting: tuple[str, Keys]
    ) -> None:
        code, keys = waiting
        path = installation.database.url.database
        lying = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        ((sealed, row_id),) = lying.execute("SELECT sealed, id FROM keyed_form").fetchall()
        assert b"a01" not in sealed
        key_form(installation, letters, code, keys, by=BO)
        keep(installation, letters, BO)
        for table in ("keyed_form", "invitation_code", "draft"):
            assert lying.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
        for (table,) in lying.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
            rows = lying.execute(f"SELECT * FROM {table}").fetchall()
            assert row_id not in {cell for row in rows for cell in row}
        lying.close()


class TestTheDraw:
    @given(secret=st.binary(min_size=16, max_size=16), less=st.integers(0, 100), more=st.integers(0, 100))
    def test_a_larger_share_draws_what_a_smaller_one_draws(self, secret: bytes, less: int, more: int) -> None:
        less, more = sorted((less, more))
        assert not is_drawn(b"k" * 32, secret, less) or is_drawn(b"k" * 32, secret, more)
        assert is_drawn(b"k" * 32, secret, 100) and not is_drawn(b"k" * 32, secret, 0)

    def test_about_the_share_is_drawn_and_another_key_draws_others(self) -> None:
        secrets = [number.to_bytes(16) for number in range(4000)]
        drawn = {s for s in secrets if is_drawn(b"k" * 32, s, 10)}
        others = {s for s in secrets if is_drawn(b"q" * 32, s, 10)}
        assert 320 <= len(drawn) <= 480  # four standard deviations
        assert len(drawn & others) < 80


FIELDS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("12-"))


class TestAgreement:
    @given(first=FIELDS, second=FIELDS)
    def test_it_is_symmetrical(self, first: Mapping[str, str], second: Mapping[str, str]) -> None:
        assert find_differences(first, second) == find_differences(second, first)

    @given(first=FIELDS)
    def test_nothing_differs_from_itself(self, first: Mapping[str, str]) -> None:
        assert find_differences(first, first) == frozenset()

    @given(n=st.integers(LEAST_FIELDS, 5000), data=st.data())
    def test_the_share_lies_in_its_interval_and_is_1_when_all_are_equal(
        self, n: int, data: st.DataObject
    ) -> None:
        equal = data.draw(st.integers(0, n))
        found = measure_alike(equal, n)
        assert found is not None
        edge = 1e-9  # of floats
        assert -edge <= found.low <= found.share + edge
        assert found.share - edge <= found.high <= 1 + edge
        whole = measure_alike(n, n)
        assert whole is not None and whole.share == 1.0

    @pytest.mark.parametrize(
        ("equal", "of", "enough"), [(99, 99, None), (100, 100, True), (99, 100, True), (98, 100, False)]
    )
    def test_the_limit_is_one_field_in_a_hundred(self, equal: int, of: int, enough: bool | None) -> None:
        found = measure_alike(equal, of)
        assert (None if found is None else found.is_enough) is enough
        assert ENOUGH == 0.99
