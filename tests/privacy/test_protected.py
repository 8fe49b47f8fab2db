"""What tells age, sex, family or origin inside a sentence is covered; competences and experience stay."""

import pytest

from matcher.privacy.mask import FILLER, HUSH, even
from matcher.privacy.redact import redact

TOLD = [
    ("Jeg er en 34-årig mand fra Syrien, og jeg svejser.", "en 34-årig mand fra Syrien"),
    ("I am a 34-year-old woman from Sri Lanka with a law degree.", "a 34-year-old woman from Sri Lanka"),
    ("Jeg hedder Ziva og er 28 år.", "28 år"),
    ("Født i Damaskus og opvokset i Aalborg.", "Damaskus og opvokset i Aalborg"),
    ("I grew up in Ho Chi Minh City.", "Ho Chi Minh City"),
    ("Jeg kommer oprindeligt fra Polen.", "Polen"),
    ("Jeg har tyrkisk baggrund.", "tyrkisk"),
    ("Som dansk statsborger kan jeg begynde nu.", "dansk"),
    ("As a Nigerian citizen I can start.", "Nigerian"),
    ("Brazilian and Italian citizen", "Brazilian and Italian"),
    ("Syrian-born engineer", "Syrian"),
    ("Jeg er gift og har to børn.", "gift og har to børn"),
    ("I am married with two kids.", "married with two kids"),
    ("Privat er jeg mor til to.", "mor til to"),
    ("Sammen med min kone renoverer jeg.", "kone"),
    ("Jeg kom til Danmark i 2015 som flygtning.", "kom til Danmark i 2015 som flygtning"),
    ("Som kvinde i faget har jeg lært det.", "kvinde"),
    ("Født 3. maj 1991 i Ho Chi Minh City", "3. maj 1991 i Ho Chi Minh City"),
    ("Year of birth: 1991", "1991"),
    ("My name is Xantippe Quorn, and I weld.", "Xantippe Quorn"),
    ("Mit navn er Van Duc Phạm.", "Van Duc Phạm"),
]
STAYS = [
    "Arabic: native",
    "Modersmål: tamil",
    "MSc, University of Warsaw",
    "3 years in Nigeria for an NGO",
    "Praktik hos en polsk virksomhed i Gdansk",
    "Jeg har en teknisk baggrund",
    "Jeg kommer fra en stilling hos Arla",
    "Jeg har arbejdet med to børn med diagnoser",
    "Støtte til borgere på 65 år og derover",
    "Underviste 15-årige elever",
    "Danish national standards for drainage",
    "Barselsvikar i HR",
    "SHE and HIS systems",
    "HE diffusion",
    "Her lærte jeg Python, og jeg kan forklare det",
    "We served ham and cheese at the canteen",
    "Single page application",
]


@pytest.mark.parametrize(("text", "secret"), TOLD)
def test_what_a_sentence_tells_of_its_owner_is_covered_and_no_more(text: str, secret: str) -> None:
    masked = redact(f"linje\n{text}", kind="candidate").text.removeprefix("linje\n")

    start = text.index(secret)
    assert set(masked[start : start + len(secret)]) == {FILLER}
    assert masked.startswith(text[:start]) or HUSH in masked or FILLER in masked[:start]


@pytest.mark.parametrize("text", STAYS)
def test_experience_languages_and_competences_stay(text: str) -> None:
    assert redact(f"Erfaring\n{text}", kind="candidate").text == f"Erfaring\n{text}"


@pytest.mark.parametrize(
    ("his", "hers"),
    [
        ("Han har ledet et hold.", "Hun har ledet et hold."),
        ("Hans kolleger roser ham, og jeg ved det.", "Hendes kolleger roser hende, og jeg ved det."),
        ("He led the team, and his manager praised him.", "She led the team, and her manager praised her."),
        ("He's good at it himself.", "She's good at it herself."),
        ("Mr. Quorn has worked.", "Mrs. Quorn has worked."),
    ],
)
def test_pronouns_are_hushed_so_that_both_sexes_read_alike(his: str, hers: str) -> None:
    read = [even(redact(f"Erfaring\n{text}", kind="candidate").text).text for text in (his, hers)]

    assert read[0] == read[1]
    assert FILLER not in read[0]


def test_a_posting_keeps_its_pronouns() -> None:
    assert redact("Hun er leder. He is 34 years old.", kind="posting").text == "Hun er leder. He is 34 years old."


def test_a_name_that_names_a_file_too_is_no_ordinary_word() -> None:
    masked = redact("Hussein Kadhim\nFoto: hussein.jpg\n\nKollegerne roser Hussein.", kind="candidate").text

    assert "Hussein" not in masked


def test_a_line_break_parts_a_town_from_a_label() -> None:
    assert redact("Aalborg\nStatsborgerskab: dansk", kind="candidate").text == "Aalborg\nStatsborgerskab: █████"
