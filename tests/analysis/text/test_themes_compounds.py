"""Are themes found through the parts of long Swedish words, and not in words that only look like them?"""

import pytest

from analysis.text.themes import find_themes

BEARING = {
    "participation": """patientdelaktighet brukarinflytande patientinflytandet brukarmedverkan anhörigmedverkan
        självbestämmande medbestämmande valfrihet valmöjligheter personcentrering brukarråd patientmedverkan
        anhörigsamtal medbestämmanderätt""",
    "continuity": """läkarkontinuitet personalkontinuiteten omsorgskontinuitet husläkare fastläkare kontaktsjuksköterska
        kontaktperson läkarbyten personalbyten uppföljningsbesök uppföljningssamtalet utskrivningsplanering
        patientjournalen journalanteckningar eftervården husläkarsystemet""",
    "coordination": """vårdsamordnare vårdkedjan samordningsansvar samverkansmöte teamarbetet informationsöverföring
        överrapportering remisshantering vårdplaneringsmöte samordningssjuksköterska vårdövergångar""",
    "access": """väntetiden väntetiderna telefonkö telefonköer telefontid operationskön vårdköerna kötid köbildning
        väntelistan öppettider tidsbokningen tidbokning läkartid återuppringning svarstid responstid
        handläggningstiden vårdgarantin bokningssystem telefontillgänglighet jourmottagningen""",
    "information": """provsvar provsvaren röntgensvar patientinformation informationsblad informationsbroschyr
        läkemedelsinformation informationsbristen provresultat cancerbeskedet informationsmöte sjukvårdsrådgivningen
        hemgångsinformation informationsbrev undersökningsresultatet""",
    "attitude": """patientbemötande bemötandefrågor kundbemötandet otrevligheter respektlöshet hjälpsamhet
        attitydproblem empatilös serviceinställd medmänsklighet""",
    "competence_safety": """felbehandling felbehandlad feldiagnos felmedicinering vårdskada patientsäkerheten
        trygghetslarm trygghetskänsla smärtlindringen läkemedelshantering kunskapsbrist kompetensbristen
        yrkesskicklighet specialistkompetens fallrisken läkemedelsgenomgång vårdskador fallolycka
        vårdkvaliteten medicinlistan""",
    "staffing": """personalbrist personalbristen läkarbrist sjuksköterskebristen underbemanning underbemannade
        nattbemanning nattpersonal hemtjänstpersonalen personaltäthet sommarvikarier timvikarie hyrläkare
        stafettläkare personalomsättning arbetsbelastning bemanningsföretag tidsbristen resursbrist""",
    "digital": """e-tjänster mobilapp hemsidan webbplats videosamtal videobesök datasystemet journalsystem
        nätläkare inloggningsproblem vårdapp nattkamera datorproblem webbtidbok internetuppkoppling""",
    "environment": """matsalen väntrummet vårdmiljön boendemiljö utemiljön inomhusklimat städningen städrutiner
        sjukhuslokaler enkelrum flerbäddssal fyrbäddsrum duschrummet ljudnivån ljudmiljö parkeringsplatser
        parkeringsavgift patientrummen rumstemperatur sjukhussäng handikapptoalett""",
    "food": """matlåda matlådorna matkvaliteten sjukhusmaten middagsmat lunchmaten matdistribution frukostbuffé
        måltidsmiljön matsedeln matportioner kvällsmaten eftermiddagskaffe specialkost näringsdrycker husmanskost
        mellanmålen matsal""",
    "transport": """färdtjänst färdtjänstbil färdtjänstresan sjukresor sjuktransporten taxiresa taxichaufför
        ambulansförare bussförbindelser kollektivtrafiken sjukresebeställning rullstolstaxi hemtransport bussresan
        ambulansfärden""",
    "activities": """aktivitetsutbud gruppaktiviteter utevistelse utomhusvistelser dagverksamheten sittgympa
        stolsgymnastik bingokväll musikunderhållning sångstund högläsning promenadgrupp fritidsaktivitet
        dagaktiviteter bussutflykt pysselstund kulturaktiviteter""",
}
HARMLESS = """automat automatiskt mobil mobilisera instrument samtal samtalet matta mattan resultat resultatet
    personlig personligen personlighet matematik klimat diplomat problematik tematisk material materialet match
    matcha matris dramatik format kommatecken bilaga bilagan bild bilden utbilda bildskärm stabil bilateral
    bilirubin köpa inköp köld köldgrader saldo salva salong universal trumma strumpa stödstrumpor forum spektrum
    serum centrum tidning tidningen tidskrift alltid framtid samtidigt tidigare dåtid svart svarta svartsjuka ansvar
    försvar tråd område bråd resurs reserv resonemang adress adressen prestera intresse kompress expressen resår
    färdig färdiga välfärd syntax taxonomi system systematisk vårdag vårdnad personnummer personuppgifter försäkring
    försäkra försäkringskassan applåd apparat papper mapp trappa knapp datum kandidat nätt nätter magnet
    museum gymnasium trafikant intryck uttryck blodtryck kosta kostnad kostnader kostym rättighet berättelse
    renodla förening trend konferens miljon miljonär lokalbedövning parkinson sparka bok bokhylla respektive
    perspektiv användarvänlig fastighet fastna kontaktlins kontaktlinser planet planta plantera tema kompromiss
    journalist valp kval karneval vänster vända smart opera frisk kultur natur struktur emotion matstrupe
    matstrupen matsmältning radioaktivitet hissna systemfel vårdcentral vårdval sjukhus patientavgift läkarintyg
    hälsa hjärtklappning magsår sjukskrivning mobiltelefon telefonnummer bildäck tidsperiod informell
    presentera väskan dröm drömma begrumma terminal signal signalera""".split()
PAIRS = [(theme, word) for theme, words in BEARING.items() for word in words.split()]


@pytest.mark.parametrize(("theme", "word"), PAIRS)
def test_a_theme_is_found_through_the_parts_of_a_word(theme: str, word: str) -> None:
    assert theme in {found.theme for found in find_themes(word, language="sv")}


@pytest.mark.parametrize("word", HARMLESS)
def test_a_word_that_only_looks_like_one_of_a_theme_has_none(word: str) -> None:
    assert find_themes(word, language="sv") == ()
