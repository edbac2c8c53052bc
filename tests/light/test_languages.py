"""In which language does the plain form speak, and what does it say where it cannot?"""

from __future__ import annotations

import pytest

from survey.language import LANGUAGES, speak
from survey.light.offer import find_wanted
from survey.store.rounds import Round
from survey.translating.sets import TRANSLATED
from tests.light.plain_phone import PlainPhone

CODES = [one.code for one in TRANSLATED]


@pytest.mark.parametrize("language", CODES)
def test_a_page_says_its_language_and_direction_and_that_nobody_has_reviewed_it(
    language: str, phone: PlainPhone, open_round: Round
) -> None:
    page = phone.ask("GET", f"/e/alla?sprak={language}").text
    assert f'<html lang="{language}" dir="{LANGUAGES[language].direction}">' in page
    assert speak(language).say("answer.unreviewed") in page
    assert 'href="/e/alla?sprak=en"' in page


@pytest.mark.parametrize("language", ["sv", "sv-x-lattlast", "en"])
def test_what_is_no_translation_is_no_draft(language: str, phone: PlainPhone, open_round: Round) -> None:
    page = phone.ask("GET", f"/e/alla?sprak={language}").text
    assert 'class="draft"' not in page and page.count("<details") == 1


def test_all_eleven_languages_lie_folded_and_each_has_its_own_name(
    phone: PlainPhone, open_round: Round
) -> None:
    page = phone.ask("GET", "/e/alla").text
    folded = page.partition("<details")[2].partition("</details>")[0]
    assert [one.code for one in LANGUAGES.values() if f'lang="{one.code}"' not in folded] == []
    assert [one.name for one in LANGUAGES.values() if one.name not in folded] == []


@pytest.mark.parametrize("path", ["/logga-in", "/e/u/ja/x", "/brev/x"])
def test_pages_of_those_at_work_are_not_in_a_translated_language(
    path: str, phone: PlainPhone, open_round: Round
) -> None:
    page = phone.ask("GET", f"{path}?sprak=ar").text
    assert '<html lang="sv" dir="ltr">' in page and "العربية" not in page


def test_names_of_municipalities_are_swedish_in_any_language(phone: PlainPhone, open_round: Round) -> None:
    phone.open("/e/alla?sprak=ar")
    phone.send({"form": ["short"]}, address="/e/alla?sprak=ar")
    phone.ask("GET", "/e/alla/1")
    page = phone.page.text
    assert '<option value="0780" lang="sv" dir="auto">Växjö</option>' in page
    assert "<legend>من هو الشخص الذي تخصه الإجابات؟</legend>" in page


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("ar", "ar"),
        ("ar-SY,ar;q=0.9,en;q=0.8", "ar"),
        ("sv-SE,sv;q=0.9,ar;q=0.8", "sv"),
        ("tlh,pl;q=0.5", "pl"),
        ("en;q=0.2,ti;q=0.9", "ti"),
        ("fr-FR,fr", None),
        ("", None),
        ("ar;q=0", None),
        ("ar;q=x, de", "de"),
        (",;,=;q", None),
        ("*", None),
    ],
)
def test_the_browsers_language_is_read(header: str, found: str | None) -> None:
    wanted = find_wanted(header)
    assert (wanted.code if wanted else None) == found


@pytest.mark.parametrize("path", ["/e", "/e/alla", "/e/kod", "/vad-hande-sen", "/vad-hande-sen/0780"])
def test_a_first_visit_offers_the_browsers_language_and_forces_nothing(
    path: str, phone: PlainPhone, open_round: Round
) -> None:
    wish = {"accept-language": "uk-UA,uk;q=0.9"}
    page = phone.ask("GET", path, headers=wish).text
    assert '<html lang="sv"' in page
    assert f'<p class="offer"><a href="{path}?sprak=uk" lang="uk" hreflang="uk" dir="ltr">Читати' in page
    assert 'class="offer"' not in phone.ask("GET", f"{path}?sprak=en", headers=wish).text
