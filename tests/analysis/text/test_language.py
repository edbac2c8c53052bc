"""Is the language of a comment told, and is it left open where nobody could tell?"""

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.language import INSTALLED, UNSURE, detect_language

SENTENCES = {
    "sv": """Personalen var väldigt trevlig och hjälpsam.|Jag fick vänta i tre timmar.|Maten smakar ingenting
        |Svårt att boka tid.|Hemtjänsten kommer aldrig i tid.|MAMMA TRIVS PÅ SITT BOENDE|Kan inte klaga
        |Läkaren lyssnade på mig men sköterskan hade bråttom.|Bra bemötande|Vet ej|Mer personal
        |Tack så mycket!""",
    "en": """The nurses were kind and caring.|I had to wait for three hours.|More staff|Nothing|Not sure.
        |Could not have been better|They never answer the phone.|Very good|Friendly staff
        |Nothing to improve""",
    "fi": "Kaikki sujui hyvin ja hoitaja oli ystävällinen.|Odotin liian kauan.|En osaa sanoa|Hyvä hoito",
    "ar": "كان الطاقم لطيفا جدا معنا|انتظرت وقتا طويلا في قسم الطوارئ|شكرا لكم",
    "fa": "پرستاران بسیار مهربان بودند|مدت زیادی منتظر ماندم|از کمک شما ممنونم",
    "so": "Shaqaalaha aad bay noo caawiyeen.|Waqti dheer ayaan sugay.|Waad ku mahadsan tihiin caawimada",
    "uk": "Лікарка була дуже уважна.|Я довго чекала на прийом.|Дякую за турботу",
    "pl": "Pielęgniarki były bardzo miłe i cierpliwe.|Czekałam zbyt długo na wizytę.|Dziękuję za pomoc",
    "de": "Die Pflegerin war sehr freundlich zu uns.|Wir mussten viel zu lange warten.",
    "es": "Las enfermeras fueron muy amables con mi madre.|Tuvimos que esperar demasiado tiempo.",
    "bs": "Medicinske sestre su bile veoma ljubazne.|Predugo smo čekali na pregled.",
    "ti": "ነርሳት ብጣዕሚ ጽቡቓት እየን",
}
WRITTEN = [(text.strip(), code) for code, texts in SENTENCES.items() for text in texts.split("|")]

SHORT = {
    "sv": "Bra|Maten|Personalen|Ingenting|Inget|Allt|Väntetiden|Parkeringen|Trevligt|Jättebra!|Städning|Nej",
    "en": "Nothing|Everything|Food|Parking|Kindness|Excellent|Yes|Listening",
}
ONE_WORD = [(text, code) for code, texts in SHORT.items() for text in texts.split("|")]

NOBODY_COULD_TELL = [
    "",
    " \n ",
    "...",
    "-",
    "12",
    "10/10",
    "👍",
    "😀😀 !!",
    ":)",
    "<3",
    "https://firma.se/bra",
    "anna@firma.se",
    "[namn]",
    "\u200b\u200b",
    "日本語",
    "Η τροφή",
]
NOT_INSTALLED = [
    "Personalet var venligt, men ventetiden var meget længere end jeg havde troet.",
    "Jeg måtte vente altfor lenge, og det var ikke noe hyggelig for oss.",
    "Медсестра была очень внимательной, но ждать пришлось слишком долго.",
]


@pytest.mark.parametrize(("text", "code"), WRITTEN)
def test_a_sentence_is_told(text: str, code: str):
    assert detect_language(text) == code


@pytest.mark.parametrize(("text", "code"), ONE_WORD)
def test_one_ordinary_word_is_told(text: str, code: str):
    assert detect_language(text) == code


@pytest.mark.parametrize("text", NOBODY_COULD_TELL)
def test_what_nobody_could_tell_is_left_open(text: str):
    assert detect_language(text) is UNSURE


@pytest.mark.parametrize("text", NOT_INSTALLED)
def test_a_neighbour_of_an_installed_language_is_not_taken_for_it(text: str):
    assert detect_language(text) is UNSURE


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bra! 👍👍👍", "sv"),
        ("<b>Personalen</b> var snäll mot mig", "sv"),
        ("[namn] var snäll mot mig", "sv"),
        ("Läs https://www.example.com/this-is-the-best-of-all innan ni bokar tid", "sv"),
        ("I don’t know", "en"),
        ("Personalen var \u202esnäll\u202c mot mig och min man", "sv"),
    ],
)
def test_signs_tags_masks_and_addresses_do_not_count(text: str, code: str):
    assert detect_language(text) == code


def test_only_installed_languages_come_back():
    polish = "Pielęgniarki były bardzo miłe i cierpliwe."

    assert detect_language(polish) == "pl"
    assert detect_language(polish, installed=("sv", "en", "pl")) == "pl"
    assert detect_language(polish, installed=("sv", "en", "fi")) is UNSURE
    assert detect_language("ነርሳት ብጣዕሚ ጽቡቓት እየን", installed=("sv", "en")) is UNSURE


def test_an_unknown_code_is_refused():
    with pytest.raises(ValueError, match="no model of qq"):
        detect_language("Pielęgniarki były bardzo miłe.", installed=("sv", "qq"))


@given(st.text(max_size=80))
def test_any_text_gets_an_installed_language_or_none(text: str):
    assert detect_language(text) in {*INSTALLED, UNSURE}


@pytest.mark.parametrize("piece", ["bra ", "å", "[a", "<a ", "a.b@", "www.", "كان ", "😀", "\x00", "\ud800"])
def test_a_hundred_thousand_characters_take_no_longer(piece: str):
    detect_language("Hyvä hoito ja hyvä ruoka")
    start = time.process_time()

    detect_language(piece * (100_000 // len(piece)))

    assert time.process_time() - start < 10  # seconds; going back over a text takes minutes


def test_importing_it_imports_no_models():
    code = (
        "import sys, analysis.text.language; print([m for m in ('lingua', 'simplemma') if m in sys.modules])"
    )

    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"
