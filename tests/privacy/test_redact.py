"""What identifies people is covered, nothing else, and every offset still holds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.privacy.mask import FILLER
from matcher.privacy.redact import merged, redact
from matcher.records import Contact, Kind

COVERED: list[tuple[Kind, str, str]] = [
    ("candidate", "Tlf.: 28 61 07 43", "28 61 07 43"),
    ("candidate", "mobil 61942805, Aalborg", "61942805"),
    ("candidate", "Telefon: +45 51 38 20 96", "+45 51 38 20 96"),
    ("candidate", "Phone: 0045 52 44 91 37", "0045 52 44 91 37"),
    ("candidate", "(+45) 51382096", "(+45) 51382096"),
    ("candidate", "+4551382096", "+4551382096"),
    ("candidate", "51-38-20-96", "51-38-20-96"),
    ("candidate", "51.38.20.96", "51.38.20.96"),
    ("candidate", "5138 2096 hele dagen", "5138 2096"),
    ("candidate", "513 82 096", "513 82 096"),
    ("candidate", "51\u00a038\u00a020\u00a096", "51\u00a038\u00a020\u00a096"),
    ("candidate", "M: 51 382 096", "51 382 096"),
    ("candidate", "+47 22 12 34 56", "+47 22 12 34 56"),
    ("candidate", "+46 (0)70 123 45 67", "+46 (0)70 123 45 67"),
    ("candidate", "+44 20 7946 0958", "+44 20 7946 0958"),
    ("candidate", "Skriv til a.b-c@mail.example.", "a.b-c@mail.example"),
    ("candidate", "jens(at)mail.example", "jens(at)mail.example"),
    ("candidate", "jens [at] mail [dot] example", "jens [at] mail [dot] example"),
    ("candidate", "Granvænget 14, 9500 Hobro", "Granvænget 14"),
    ("candidate", "Korsgårdsgade 8, 2. tv., 9000 Aalborg", "Korsgårdsgade 8, 2. tv."),
    ("candidate", "Gl. Hasserisvej 127B, 1. th\n9000 Aalborg", "Gl. Hasserisvej 127B, 1. th"),
    ("candidate", "H.C. Andersens Vej 4, st. tv, 9800 Hjørring", "H.C. Andersens Vej 4, st. tv"),
    ("candidate", "Kong Christians Allé 19", "Kong Christians Allé 19"),
    ("candidate", "Nyhavn 5, 9990 Skagen", "Nyhavn 5"),
    ("candidate", "Adresse: Østergård 7, 9700 Brønderslev", "Østergård 7"),
    ("candidate", "12 Baker Street, London", "12 Baker Street"),
    ("candidate", "c/o Winther", "c/o Winther"),
    ("candidate", "linkedin.com/in/somebody-else-1a2b", "linkedin.com/in/somebody-else-1a2b"),
    ("candidate", "https://github.com/somebody/tool", "https://github.com/somebody/tool"),
    ("candidate", "Portfolio: weilin.example", "weilin.example"),
    ("candidate", "https://www.mig.example/cv", "https://www.mig.example/cv"),
    ("candidate", "Født: 12. maj 1998", "12. maj 1998"),
    ("candidate", "Date of birth: 09/11/1999", "09/11/1999"),
    ("candidate", "Civilstand: gift, to børn", "gift, to børn"),
    ("candidate", "Nationality: Danish | Aalborg", "Danish"),
    ("candidate", "Aalborg · gift · 2 børn", "2 børn"),
    ("candidate", "Alder: 27", "27"),
    ("candidate", "Gender: Female Nationality: Danish", "Female"),
    ("candidate", "Jeg er 27 år og ny i byen", "27 år"),
    ("candidate", "Portuguese citizen, no permit needed", "Portuguese citizen"),
    ("candidate", "Stærk i SQL. Vejleder: Lone Bæk Sørensen", "Lone Bæk Sørensen"),
    ("posting", "Ring til Birgitte Stenbæk på 95 40 11 62", "Birgitte Stenbæk"),
    ("posting", "Kontakt HR Manager Kirsten Overgaard, telephone 95 40 83 50", "Kirsten Overgaard"),
    ("posting", "Spørg driftschef Marianne Thorsager.", "Marianne Thorsager"),
    ("posting", "Write to Dr. Annelise Kragh Mortensen, amo@x.example", "Annelise Kragh Mortensen"),
    ("posting", "Questions? Call Xerxia Blomqvist on 95 40 11 62", "Xerxia Blomqvist"),
    ("posting", "Mail Sofie: sofie@fjeld.example, by 28 February", "Sofie"),
    ("posting", "Kontakt Kurt H. Kjær, e-mail: [EMAIL]", "Kurt H. Kjær"),
    ("posting", "linkedin.com/in/the-recruiter", "linkedin.com/in/the-recruiter"),
    ("employer", "Mette Holm, ingeniør (2023)", "Mette Holm"),
]

KEPT: list[tuple[Kind, str]] = [
    ("candidate", "Python 3.11.7, Django 4.2, PostgreSQL 15"),
    ("candidate", "ISO 9001:2015 og ISO 14001"),
    ("candidate", "2019-2023 Bachelor"),
    ("candidate", "2019 2023"),
    ("candidate", "Eurocode 5 og DS/EN 1992-1-1"),
    ("candidate", "EN 1995-1-2 og BR18"),
    ("candidate", "budget 12345678 kr"),
    ("candidate", "omsætning 45 000 000 kr."),
    ("candidate", "DKK 25.000.000"),
    ("candidate", "kr. 25000000"),
    ("candidate", "CVR 29102384"),
    ("candidate", "CVR-nr. 29 10 23 84"),
    ("candidate", "9000 Aalborg og 9220 Aalborg Øst"),
    ("candidate", "Dato: 20260131"),
    ("candidate", "afleveret 31122025"),
    ("candidate", "fra 1.2.2023 til 30.6.2023"),
    ("candidate", "kl. 20.00-22.00"),
    ("candidate", "kursus 47201, 5 ECTS"),
    ("candidate", "y = 3x + 42, p < 0.05, n = 4630"),
    ("candidate", "C++ 20 og C# 12"),
    ("candidate", "Windows 10 / Office 365"),
    ("candidate", "10.000.000 rækker"),
    ("candidate", "25000000 rækker"),
    ("candidate", "react@18.2.0 og @angular/core"),
    ("candidate", "IP 192.168.100.200"),
    ("candidate", "Dansk: modersmål"),
    ("candidate", "Mother tongue: Danish"),
    ("candidate", "Kørekort: B"),
    ("candidate", "12 års erfaring"),
    ("candidate", "har 15 år bag mig i branchen"),
    ("candidate", "Praktikplads 2: Vandværket"),
    ("candidate", "Semester 7, modul 3"),
    ("candidate", "motorvej 45 km/t"),
    ("candidate", "GitHub Actions, GitLab CI og LinkedIn"),
    ("candidate", "ASP.NET, Node.js og socket.io"),
    ("candidate", "Bachelor i Business Data Science"),
    ("candidate", "MSc in Public Health, Aalborg University"),
    ("candidate", "sagsnr. 12345678"),
    ("candidate", "ISSN 2245-3180"),
    ("candidate", "skrev artiklen 10.1145/3290605.3300233"),
    ("candidate", "UR10e, S7-1200, TIA V17"),
    ("candidate", "kg CO2e/m²/år, 41 31 faner"),
    ("candidate", "Familieret 10 ECTS"),
    ("candidate", "cand.merc.aud. 2024"),
    ("posting", "Vi er 64 medarbejdere og søger en Data Engineer"),
    ("posting", "Kontakt Jobcenter Aalborg eller Aalborg Universitet"),
    ("posting", "Head of the Department of Educational Theory and Curriculum Studies"),
    ("posting", "Christian Hansen A/S søger en kemiker"),
    ("posting", "Please contact Human Resources for information"),
    ("posting", "www.firma.example/jobs"),
    ("employer", "2024: diplomingeniør i maskinteknik, konstruktion"),
]


@pytest.mark.parametrize(("kind", "text", "secret"), COVERED)
def test_what_identifies_somebody_is_covered(kind: Kind, text: str, secret: str) -> None:
    masked = redact(text, kind=kind).text

    start = text.index(secret)
    assert set(masked[start : start + len(secret)]) <= {FILLER, "\n"}
    assert masked[:start].count(FILLER) + masked[start + len(secret) :].count(FILLER) <= len(text) - len(secret)


@pytest.mark.parametrize(("kind", "text"), KEPT)
def test_what_identifies_nobody_stays(kind: Kind, text: str) -> None:
    assert redact(text, kind=kind).text == text


def test_the_town_stays_readable_and_the_whole_address_goes_to_the_contact() -> None:
    redacted = redact("Granvænget 14, 9500 Hobro", kind="candidate")

    assert redacted.text == FILLER * 13 + ", 9500 Hobro"
    assert redacted.contact.addresses == ("Granvænget 14, 9500 Hobro",)


def test_a_cpr_number_is_covered_and_kept_nowhere() -> None:
    redacted = redact("Navn: Mette Holm Jensen\nCPR: 120598-1234\nTlf. 28 61 07 43", kind="candidate")

    assert "1234" not in redacted.text
    assert "1234" not in str(redacted.contact)
    assert redacted.contact.names == ("Mette Holm Jensen",)
    assert redacted.contact.phones == ("28 61 07 43",)


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Magnus Thorup Krogsgaard\nCand.scient.adm.", "Magnus Thorup Krogsgaard"),
        ("FREJA WINTHER SKOVGAARD\nStatistician | Aalborg", "FREJA WINTHER SKOVGAARD"),
        ("CURRICULUM VITAE\n# Nanna Lund Bro\nPROFIL", "Nanna Lund Bro"),
        ("CV for Jonas Friis", "Jonas Friis"),
        ("Navn: Mikkel Rævdal Østergaard", "Mikkel Rævdal Østergaard"),
        ("Nanna Korsbæk  //  Business Data Scientist", "Nanna Korsbæk"),
        ("Maryam Tavakoli Jensen, MSc Public Health", "Maryam Tavakoli Jensen"),
        ("Software Engineer\nXantippe Quorn\nxantippe.quorn@mail.example", "Xantippe Quorn"),
        ("WEI-LIN HSU (許), she/her", "WEI-LIN HSU"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("Kontakt\nTlf. 28 61 07 43\nyrsa.glar@mail.example\nSQL\nExcel\nYrsa Glar", "Yrsa Glar"),
    ],
)
def test_the_name_a_cv_opens_with_is_found(header: str, name: str) -> None:
    redacted = redact(header + "\n\nUddannelse\nAalborg Universitet", kind="candidate")

    assert name in redacted.contact.names
    assert name not in redacted.text


def test_a_name_set_one_word_a_line_is_found() -> None:
    redacted = redact("Jeppe\nLundsgaard\nRask\nCivilingeniør, mekanik", kind="candidate")

    assert redacted.contact.names == ("Jeppe Lundsgaard Rask",)
    assert redacted.text.endswith("Civilingeniør, mekanik")
    assert redacted.text.count(FILLER) == len("JeppeLundsgaardRask")


def test_a_name_wrapped_over_two_lines_is_found() -> None:
    text = "Send din ansøgning til os mærket statik. Spørgsmål: afdelingsleder Torben\nIlsøe, 95 40 27 80."

    assert redact(text, kind="posting").contact.names == ("Torben Ilsøe",)


@pytest.mark.parametrize(
    "header",
    [
        "CURRICULUM VITAE",
        "Om mig\nJeg er sociolog",
        "Data Scientist\nAalborg",
        "Profil\nErhvervserfaring",
        "Python SQL Excel",
    ],
)
def test_a_heading_is_no_name(header: str) -> None:
    assert redact(header, kind="candidate").contact.names == ()


def test_a_name_is_covered_wherever_it_comes_back() -> None:
    text = (
        "Mette Holm Krogsgaard\n\nMETTE er rolig. Mettes kolleger kalder hende Krogsgaard. Referat: Krogsgaard, Mette"
    )

    masked = redact(text, kind="candidate").text

    assert not any(part in masked.lower() for part in ("mette", "krogsgaard"))


def test_a_name_that_is_a_word_is_covered_only_beside_another_part_of_the_name() -> None:
    body = "\n".join(["", *["linje"] * 12])
    text = f"Bo Skov{body}\nSkov og landskab er mit fag.\nBo Skov har ansvar.\nRuby og Julia"

    masked = redact(text, kind="candidate").text

    assert "Skov og landskab er mit fag." in masked
    assert "Bo Skov" not in masked


def test_a_known_name_is_covered_even_where_no_header_tells_it() -> None:
    redacted = redact("Ansøgeren Ziva har erfaring", kind="candidate", known=Contact(names=("Ziva Oldrup",)))

    assert redacted.text == "Ansøgeren ████ har erfaring"
    assert redacted.contact.names == ("Ziva Oldrup",)


def test_a_header_that_writes_more_of_a_known_name_is_covered_whole() -> None:
    redacted = redact("Freja Winther Skovgaard\nAalborg", kind="candidate", known=Contact(names=("Freja Skovgaard",)))

    assert redacted.text == f"{FILLER * 23}\nAalborg"
    assert redacted.contact.names == ("Freja Winther Skovgaard",)


def test_the_employers_name_is_no_person() -> None:
    text = "Kontakt Anders Bygge på 95 40 11 62"

    assert "Anders Bygge" in redact(text, kind="posting", keep=("Anders Bygge ApS",)).text


def test_a_postings_last_name_alone_stays_because_firms_are_called_so() -> None:
    text = "Stenbæk & Søn bygger maskiner. Ring til Birgitte Stenbæk på 95 40 11 62"

    assert redact(text, kind="posting").text.startswith("Stenbæk & Søn bygger maskiner.")


def test_contacts_merge_without_repeating_a_value() -> None:
    both = merged(
        Contact(names=("Mette Holm",), phones=("28610743",)), Contact(names=("Mette",), phones=("28 61 07 43",))
    )

    assert both == Contact(names=("Mette Holm",), phones=("28610743",))


pieces = st.lists(
    st.one_of(
        st.sampled_from([text for _, text, _ in COVERED] + [text for _, text in KEPT]),
        st.text(max_size=30),
        st.sampled_from(
            ["\n", " ", ", ", FILLER, "Kontakt ", "Mette Holm", "\n\n", " 9000 Aalborg", "\ufdfa", "\u202e"]
        ),
    ),
    max_size=8,
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(pieces=pieces, kind=st.sampled_from(["candidate", "posting", "employer"]))
def test_offsets_hold_the_rest_is_untouched_and_masking_twice_changes_nothing(pieces: list[str], kind: Kind) -> None:
    text = " ".join(pieces)

    masked = redact(text, kind=kind).text

    assert len(masked) == len(text)
    assert all(after in (before, FILLER) for before, after in zip(text, masked, strict=True))
    assert redact(masked, kind=kind).text == masked
