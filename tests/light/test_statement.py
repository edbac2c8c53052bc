"""Is the accessibility statement there for everybody, and one press away from every plain page?"""

from __future__ import annotations

import pytest

from survey.accessibility.page import PATH
from survey.language import LANGUAGES, WHOLE_LANGUAGES, speak
from tests.light.plain_phone import PlainPhone, read_page, read_words


@pytest.mark.parametrize("language", WHOLE_LANGUAGES)
def test_the_statement_is_told_in_the_language_that_is_asked_for(phone: PlainPhone, language: str) -> None:
    page = phone.open(f"{PATH}?sprak={language}")
    assert page.status_code == 200
    assert f'lang="{language}"' in page.text
    assert speak(language).say("light.statement.report_nowhere") in read_words(page)


def test_whoever_reads_arabic_gets_it_in_swedish(phone: PlainPhone) -> None:
    assert 'lang="sv"' in phone.open(f"{PATH}?sprak=ar").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/e", "/e/kod", "/e/kvitto", "/e/finns-inte", "/vad-hande-sen"])
def test_every_plain_page_leads_to_it(phone: PlainPhone, address: str, language: str) -> None:
    page = phone.open(f"{address}?sprak={language}")
    links = [given for tag, given in read_page(page).elements if tag == "a"]
    assert [one for one in links if one.get("href") == f"{PATH}?sprak={language}"]
