"""Are themes found through the parts of long Swedish words, and not in words that only look like them?"""

import pytest

from analysis.text.themes import find_themes

BEARING = {
    "participation": """
        patientdelaktighet brukarinflytande patientinflytandet brukarmedverkan anhörigmedverkan
        självbestämmande medbestämmande valfrihet valmöjligheter personcentrering brukarråd patientmedverkan
        anhörigsamtal medbestämmanderätt närståendemedverkan patientcentrerad individuellt anhöriginflytande
        självbestämmanderätt brukardelaktighet valfrihetssystem patientinflytande brukarönskemål
        anhörigdelaktighet självbestämmandet närståendeträff individanpassade""",
    "continuity": """
        läkarkontinuitet personalkontinuiteten omsorgskontinuitet husläkare fastläkare kontaktsjuksköterska
        kontaktperson läkarbyten personalbyten uppföljningsbesök uppföljningssamtalet utskrivningsplanering
        patientjournalen journalanteckningar eftervården husläkarsystemet läkarbyte hemgångsplanering
        personalkontinuitet omsorgskontakten patientansvarig husläkarmottagning uppföljningstid
        återbesökstid kontaktmannen remisskö handläggarbyten remissvar journalkopior kontaktpersonen
        läkarkontakten vårdplaner utskrivningsplan uppföljningar sjukhusjournal""",
    "coordination": """
        vårdsamordnare vårdkedjan samordningsansvar samverkansmöte teamarbetet informationsöverföring
        överrapportering remisshantering vårdplaneringsmöte samordningssjuksköterska vårdövergångar
        samordningsmöte vårdplaneringen teamträff samverkansavtal vårdsamordning samordningssköterskan
        vårdsamverkan teamsamverkan samordningsbrist vårdkoordinator samverkansproblem""",
    "access": """
        väntetiden väntetiderna telefonkö telefonköer telefontid operationskön vårdköerna kötid köbildning
        väntelistan öppettider tidsbokningen tidbokning läkartid återuppringning svarstid responstid
        handläggningstiden vårdgarantin bokningssystem telefontillgänglighet jourmottagningen väntelistor
        telefonväxel bokningstider akutkö operationsväntan telefonsamtalet drop-in-tid tandläkartid vårdkö
        väntetidsgaranti läkarbesök telefonkötid kvällsöppet öppethållande tidsbokningssystem remisstid
        ringtid telefonrådgivning provtagningstider väntetidsproblem telefontider operationskö köerna
        besökstider tillgänglighetsproblem läkartider mottagningstider bokningssystemet återbesökstider
        akutväntan""",
    "information": """
        provsvar provsvaren röntgensvar patientinformation informationsblad informationsbroschyr
        läkemedelsinformation informationsbristen provresultat cancerbeskedet informationsmöte
        sjukvårdsrådgivningen hemgångsinformation informationsbrev undersökningsresultatet provsvaret
        informationsträff patientbroschyr telefonbesked röntgenbesked egenvårdsråd kallelsen
        informationsskylt blodprovssvar hemgångsbesked informationsmaterial patientinfo kallelsebrev
        informationsfilm läkarinformation svarsbrev medicininformation""",
    "attitude": """
        patientbemötande bemötandefrågor kundbemötandet otrevligheter respektlöshet hjälpsamhet
        attitydproblem empatilös serviceinställd medmänsklighet personalbemötande läkarbemötande vänlighet
        kränkningar nonchalansen ohövlighet servicekänsla människovärde respektfullhet personalbemötandet
        otrevlighet empatibrist respektlösheten vårdbemötande attitydförändring""",
    "competence_safety": """
        felbehandling felbehandlad feldiagnos felmedicinering vårdskada patientsäkerheten trygghetslarm
        trygghetskänsla smärtlindringen läkemedelshantering kunskapsbrist kompetensbristen yrkesskicklighet
        specialistkompetens fallrisken läkemedelsgenomgång vårdskador fallolycka vårdkvaliteten
        medicinlistan läkemedelsfel medicinförväxling fallskador patientsäkerhetsrisk felmedicinerad
        smärtproblematik säkerhetsrutiner undersköterskekompetens medicinutdelning språkkunskaper
        kompetensnivå läkarkompetens trygghetslarmet vårdslarv läkemedelslistan sårvård säkerhetstänk
        felbehandlingar vårdkompetens läkemedelsförskrivning demenskunskap patientsäkerhetsarbete
        smärtstillande trygghetslarmen medicineringen sjuksköterskekompetens tryggheten""",
    "staffing": """
        personalbrist personalbristen läkarbrist sjuksköterskebristen underbemanning underbemannade
        nattbemanning nattpersonal hemtjänstpersonalen personaltäthet sommarvikarier timvikarie hyrläkare
        stafettläkare personalomsättning arbetsbelastning bemanningsföretag tidsbristen resursbrist
        vårdpersonal sköterskebrist nattbemanningen sommarpersonal helgpersonalen vikarieanskaffning
        personaltätheten semestervikarier undersköterskebrist specialistbrist stressnivå grundbemanningen
        hemtjänstpersonal arbetstempot vikariestopp personalneddragningar läkarbemanning läkarbristen
        personalresurser nattpersonalen underbemanningen vikarieberoende tidsbrist bemanningsproblem
        extrapersonal personalsituation hyrläkarna""",
    "digital": """
        e-tjänster mobilapp hemsidan webbplats videosamtal videobesök datasystemet journalsystem nätläkare
        inloggningsproblem vårdapp nattkamera datorproblem webbtidbok internetuppkoppling e-legitimation
        videomöte e-recept appen webbokning mobilappar videolänk e-hälsa datasystem digitalbesök distansmöte
        internetbokning videobesöken e-tjänsten hemsidans mobilapplikation inloggningen journalsystemet
        webbtidboken""",
    "environment": """
        matsalen väntrummet vårdmiljön boendemiljö utemiljön inomhusklimat städningen städrutiner
        sjukhuslokaler enkelrum flerbäddssal fyrbäddsrum duschrummet ljudnivån ljudmiljö parkeringsplatser
        parkeringsavgift patientrummen rumstemperatur sjukhussäng handikapptoalett sjukhusmiljö sjukhusrum
        toalettbesök städpersonal dubbelrum operationssalen vårdlokaler hygienutrymme inomhusmiljö
        parkeringsplats duschmöjligheter handikapparkering balkongplats rumskompis lokalvårdare boenderum
        trädgårdsmöbler väntrumsstolar ventilationssystem patientsäng väntrumsmiljö sjukhuslokalerna
        duschrummen städningens enkelrummet parkeringshuset boendemiljön toaletterna patientsalar
        inredningen""",
    "food": """
        matlåda matlådorna matkvaliteten sjukhusmaten middagsmat lunchmaten matdistribution frukostbuffé
        måltidsmiljön matsedeln matportioner kvällsmaten eftermiddagskaffe specialkost näringsdrycker
        husmanskost mellanmålen matsal sjukhusmat lunchlåda matleverans frukostmat måltidsstund kaffebröd
        matvagn fiskrätter matutdelning önskemat kaffestund matportion hemlagat sjukhusköket matlådan
        lunchrestaurang måltiderna mellanmålet frukosten matsituationen kvällsfika pastasallad""",
    "transport": """
        färdtjänst färdtjänstbil färdtjänstresan sjukresor sjuktransporten taxiresa taxichaufför
        ambulansförare bussförbindelser kollektivtrafiken sjukresebeställning rullstolstaxi hemtransport
        bussresan ambulansfärden sjukresetaxi färdtjänstbuss bussturer ambulansresa taxibilar
        sjuktransporter färdtjänstbiljett reseersättning rullstolsbuss ambulanstransport skjutsning restider
        busslinje färdtjänsthandläggare taxibolag färdtjänstresor sjukresan taxiresor ambulanstransporten
        bårtransporten busshållplatsen rullstolsbilen""",
    "activities": """
        aktivitetsutbud gruppaktiviteter utevistelse utomhusvistelser dagverksamheten sittgympa
        stolsgymnastik bingokväll musikunderhållning sångstund högläsning promenadgrupp fritidsaktivitet
        dagaktiviteter bussutflykt pysselstund kulturaktiviteter musikstund dagaktivitet gymnastikgrupp
        sommarutflykt bingospel utomhuspromenad filmkväll aktivitetsrum allsångskväll boccia trädgårdsgrupp
        kulturprogram promenadsällskap julfirande frågesport aktivitetsledare träningslokal sångkör
        gruppaktivitet utflyktsmål stolgymnastik musikcafé aktivitetscenter högläsningen promenadstråk
        gemensamhetsaktiviteter""",
}
HARMLESS = """
    automat automatiskt mobil mobilisera instrument samtal samtalet matta mattan resultat resultatet
    personlig personligen personlighet matematik klimat diplomat problematik tematisk material materialet
    match matcha matris dramatik format kommatecken bilaga bilagan bild bilden utbilda bildskärm stabil
    bilateral bilirubin köpa inköp köld köldgrader saldo salva salong universal trumma strumpa stödstrumpor
    forum spektrum serum centrum tidning tidningen tidskrift alltid framtid samtidigt tidigare dåtid svart
    svarta svartsjuka ansvar försvar tråd område bråd reserv resonemang adress adressen prestera intresse
    kompress expressen resår färdig färdiga välfärd syntax taxonomi system systematisk vårdag vårdnad
    personnummer personuppgifter försäkring försäkra försäkringskassan applåd apparat papper mapp knapp
    datum kandidat nätt nätter magnet museum gymnasium trafikant intryck uttryck blodtryck kosta kostnad
    kostnader kostym rättighet berättelse renodla förening trend konferens miljon miljonär lokalbedövning
    parkinson sparka bok bokhylla respektive perspektiv användarvänlig fastighet fastna kontaktlins
    kontaktlinser planet planta plantera tema kompromiss journalist valp kval karneval vänster vända smart
    opera frisk kultur natur struktur emotion matstrupe matstrupen matsmältning radioaktivitet hissna
    systemfel vårdcentral vårdval sjukhus patientavgift läkarintyg hälsa hjärtklappning magsår sjukskrivning
    mobiltelefon telefonnummer bildäck tidsperiod informell presentera väskan dröm drömma begrumma terminal
    signal signalera matchning matador matristillverkning tomat automatisera diplomatisk primat klimakterium
    formatering aromatisk asteroid rumpa drumlin brummande krumma forumet albumet spektrumanalys sovstund
    korsal salut universalmedel dressing salto mossa sommarlov tidsinställd tidtabell framtidstro ungdomstid
    medeltid samtida tidvatten deltid svartvit svarvning försvarsadvokat ansvarsfull ansvara tidningsartikel
    resolution resistent reservera intressant kompressor adressat reseda färdighet färdigställa ofärdig
    taxonom syntaxfel planeter plankorsning teman kvalster kontaktlim kosmisk kostsam kostymen bostad
    bostadsrätt billig biljett bilagor sibilant ädelsten personifiera personal-id databas mandat solidaritet
    spelregel spelning radiator informant inform deform reformatorn lokalbedöva lokalisera vokal renommé
    arenor ärenden trender orena syrener kallsinnig ringaren springa bringa städsla stadig hemlig värdelös
    vägran läkarsekreterare läkarförbundet vårdförbundet hälsokost vattenfall musikal kulturell teknolog
    kösymbol könsroll kökaos automatik matematiker formatera klimatet bankomaten kommatering matrisen mattor
    matchen tematiken mobilen instrumenten instrumentell rumäner trumman centrumkärna albumen serumprov
    forumtråd samtalston samtalen betala tala kapital resultatlös resonans reson resistens resegn
    presentation personligt personlighetsstörning försäkringsbolag säkring säkerligen trygghansa läkarlinjen
    läkarstudent läkartidning kontaktlinsen kontaktyta planering planlösning plankan svarslös svartlista
    ansvaret ansvarig tidsanda högtiden framtida måltavla fikus kostymer trycket avtryck blodtryckssjukdom
    mattelärare bildligt bildterapi mobilia labil infoga uniform informatik köksö köttsår köldknäpp vänort
    vänja vårdslös busig teater salig salt lokaltidning lokalpress stadga"""
PAIRS = [(theme, word) for theme, words in BEARING.items() for word in words.split()]


@pytest.mark.parametrize(("theme", "word"), PAIRS)
def test_a_theme_is_found_through_the_parts_of_a_word(theme: str, word: str) -> None:
    assert theme in {found.theme for found in find_themes(word, language="sv")}


@pytest.mark.parametrize("word", HARMLESS.split())
def test_a_word_that_only_looks_like_one_of_a_theme_has_none(word: str) -> None:
    assert find_themes(word, language="sv") == ()
