"""Which programme a line names, where it stands, and when a line names none."""

import re

import pytest

from matcher.labour import find_programmes, read_programmes, recognise


@pytest.mark.parametrize(
    ("line", "id"),
    [
        ("cand.it. i Interaktionsdesign, AAU", "msc-interaction-design"),
        ("MSc Techno-Anthropology (Aalborg University)", "msc-techno-anthropology"),
        ("Kandidat i Erhvervsøkonomi", "msc-economics-business"),
        ("2019-2021: MSc in Techno-anthropology, Aalborg University Copenhagen", "msc-techno-anthropology"),
        ("Bachelor i Teknoantropologi, Aalborg Universitet, 2016-2019", "bsc-techno-anthropology"),
        ("Kandidatuddannelsen i Statskundskab, Aarhus Universitet", "msc-political-science"),
        ("Cand.scient.pol., Københavns Universitet", "msc-political-science"),
        ("BSc in Political Science, University of Southern Denmark", "bsc-political-science"),
        ("Statskundskab, kandidat", "msc-political-science"),
        ("Datalogi (bachelor), AAU", "bsc-computer-science"),
        ("Master of Science (MSc) in Computer Science", "msc-computer-science"),
        ("Computer Science (AP), UCN", "ap-computer-science"),
        ("Datamatiker, University College Nordjylland", "ap-computer-science"),
        ("Datamatiker 2017-2019", "ap-computer-science"),
        ("Ph.d. i datalogi, Aalborg Universitet", "phd-computer-science"),
        ("HA(jur.), Aalborg Universitet", "ha-business-law"),
        ("HA (jur.) fra Aarhus BSS", "ha-business-law"),
        ("cand.merc.jur. Aalborg Universitet 2014", "msc-business-law"),
        ("Cand.merc.aud.", "msc-auditing"),
        ("cand. merc. Marketing", "msc-marketing"),
        ("cand.merc., Innovationsledelse", "msc-innovation-management"),
        ("Cand.scient., Biologi", "msc-biology"),
        ("Cand.polyt. i bygge- og anlægskonstruktion", "msc-structural-civil"),
        ("Civilingeniør, Energiteknik - Aalborg Universitet", "msc-energy-engineering"),
        ("MSc in Electrical Power Systems and High Voltage Engineering", "msc-electrical-energy"),
        ("Diplomingeniør i maskinteknik, AAU", "beng-mechanical"),
        ("Bachelor of Engineering in Mechanical Engineering, VIA", "beng-mechanical"),
        ("Art & Technology (BA), Aalborg University", "ba-art-technology"),
        ("Kandidat i Kunst og Teknologi", "msc-art-technology"),
        ("BACHELOR I KOMMUNIKATION OG DIGITALE MEDIER", "ba-communication-digital-media"),
        ("Cand.mag. Kommunikation og Digitale Medier, Aalborg", "msc-communication-digital-media"),
        ("Aalborg University | MSc Medialogy | 2020-2022", "msc-medialogy"),
        ("Bachelor of Science (BSc) in Medialogy", "bsc-medialogy"),
        ("cand.mag. i Oplevelsesøkonomi, Aarhus Universitet", "ma-experience-economy"),
        ("MA in Culture, Communication and Globalization", "ma-culture-communication"),
        ("Professionsbachelor i sygepleje", "pb-nurse"),
        ("Uddannet sygeplejerske fra UCN i Hjørring", "pb-nurse"),
        ("Bachelor's degree in Nursing", "pb-nurse"),
        ("Socialrådgiver (UCN)", "pb-social-worker"),
        ("Social Work, UCN", "pb-social-worker"),
        ("MSc in Social Work, AAU", "msc-social-work"),
        ("Bygningskonstruktør, UCN 2018", "pb-architectural-technology"),
        ("Markedsføringsøkonom, UCN 2017-2019", "ap-marketing-management"),
        ("AP Degree in Multimedia Design, Business Academy Aarhus", "ap-multimedia-design"),
        ("PB i Softwareudvikling, UCN", "pb-software-development"),
        ("Læreruddannelsen i Aalborg", "pb-teacher"),
        ("Jeg er uddannet lærer", "pb-teacher"),
        ("cand.oecon fra AAU", "msc-economics"),
        ("cand.psych.", "msc-psychology"),
        ("Psykologi, Aalborg Universitet", "bsc-psychology"),
        ("Cand. jur. 2018", "llm-law"),
        ("Landinspektør, cand.geom., AAU", "msc-surveying"),
        ("By- energi- og miljøplanlægning, bachelor", "bsc-environmental-planning"),
        ("Kandidat fra Aalborg Universitet i kommunikation", "msc-communication"),
        ("Master's degree programme in Sustainable Energy Planning and Management", "msc-sustainable-energy-planning"),
        ("Professionsbachelor som bygningskonstruktør, UCN Aalborg", "pb-architectural-technology"),
        ("Kandidatstuderende, Statskundskab, AAU", "msc-political-science"),
        ("Studerer pt. datalogi på AAU", "bsc-computer-science"),
        ("I qualified as a social worker in Aalborg in 2020", "pb-social-worker"),
        ("HD 2. del i finansiering", "dip-hd"),
        ("Back-end med datalogi: cand.scient. i datalogi", "msc-computer-science"),
    ],
)
def test_a_line_names_its_programme(line: str, id: str) -> None:
    found = recognise(line)

    assert found is not None
    assert found.id == id


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Uddannelse",
        "Dansk: modersmål, engelsk: flydende",
        "Engelsk, tysk og spansk",
        "Marketing",
        "Erfaring med marketing og kommunikation",
        "Student assistant in marketing, AAU",
        "Forskningsassistent, Institut for Sociologi, AAU",
        "Department of Political Science, Aalborg University",
        "Master i Jordemoderkundskab",
        "Bachelorprojekt om psykologi",
        "Kursus i statistik, Aalborg Universitet",
        "Lærer, Vejgaard Skole 2015-2018",
        "Salgsassistent hos en boghandel",
        "Kandidaten har flair for økonomi",
        "Sis kom ikke; dir. Hansen var der",
        "MSc in Underwater Basket Weaving",
        "Studentereksamen, Aalborg Katedralskole",
        "HHX, Aalborg Handelsskole",
        "Nurse at Aalborg University Hospital",
        "Sygeplejerske, Aalborg Universitetshospital, 2018-",
        "MSc in Behavioural Economics, LSE",
        "Optaget i HD, 4K",
        "Dansk og engelsk, læser hollandsk",
        "Order on the Appointment of Academic Staff at Danish Universities",
        "Engelsk: LL.M.-kursus i kontraktret",
        "Secretariat officer, regional health administration",
    ],
)
def test_a_line_without_a_programme_names_none(line: str) -> None:
    assert recognise(line) is None


@pytest.mark.parametrize(
    ("value", "id"),
    [("Techno-Anthropology", "bsc-techno-anthropology"), ("Historie", "ba-history"), ("Marketing", "msc-marketing")],
)
def test_a_bare_subject_counts_where_the_field_is_a_programme(value: str, id: str) -> None:
    found = recognise(value, field=True)

    assert recognise(value) is None
    assert found is not None
    assert found.id == id


def test_every_name_of_a_programme_is_recognised_at_a_level_that_it_may_have() -> None:
    for programme in read_programmes():
        for form in programme.forms:
            found = recognise(form, field=True)
            assert found is not None, (programme.id, form)
            assert spelled(form) in map(spelled, found.forms), (programme.id, form, found.id)


def spelled(form: str) -> str:
    return re.sub(r"[^a-zæøå0-9]+", " ", form.casefold().replace("&", " and ").replace(" og ", " and ")).strip()


def test_every_programme_of_a_text_is_found_where_it_stands() -> None:
    text = "🎓 Uddannelse\nBachelor i sociologi, AAU\n2021 Kandidat i Kunst og Teknologi\nSprog: dansk, engelsk"

    found = find_programmes(text)

    assert [(text[start:end], programme.id) for start, end, programme in found] == [
        ("Bachelor i sociologi", "bsc-sociology"),
        ("Kunst og Teknologi", "msc-art-technology"),
    ]
    assert found[0][0] == text.index("Bachelor")


def test_the_span_holds_the_signs_that_belong_to_the_name() -> None:
    text = "Jeg er HA(jur.), og cand.merc.aud. fra 2020"

    assert [text[start:end] for start, end, _ in find_programmes(text)] == ["HA(jur.)", "cand.merc.aud."]


def test_a_degree_speaks_for_its_own_subject_only() -> None:
    text = "Sociologi (kandidat), Statskundskab (bachelor)"

    assert [programme.id for _, _, programme in find_programmes(text)] == ["msc-sociology", "bsc-political-science"]


def test_a_subject_and_a_minor_are_two_programmes() -> None:
    found = find_programmes("Cand.mag. i dansk og historie")

    assert [programme.id for _, _, programme in found] == ["ma-danish", "ma-history"]


def test_interests_after_an_education_are_no_education() -> None:
    text = "Bachelor i sociologi. Interesser: filosofi, historie og musik."

    assert [programme.id for _, _, programme in find_programmes(text)] == ["bsc-sociology"]


def test_a_name_inside_another_word_is_no_programme() -> None:
    assert find_programmes("Pædagogmedhjælper og sygeplejerskevikar med datamatikerbaggrund") == []
