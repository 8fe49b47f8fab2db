"""Where in a life a competence was gained, and when."""

import pytest

from matcher.competences.background import last_year, reference_year
from matcher.competences.reading import read_candidate
from tests.competences.spotters import candidate, spot_words

CV = """Profil
Nysgerrig og grundig.

Uddannelse
2022-2024  Cand.scient. i datalogi, Aalborg Universitet
Speciale: Forudsigelse af varmeforbrug i Python.

Erhvervserfaring
Studentermedhjælper, Fjordbyen Energi, 2022-2024
- byggede rapporter i Power BI
Praktikant, Nordlys Data, efterår 2023
- skrev SQL
Konsulent, Vest Analyse, 2024 - nu
- kørte projektledelse

Frivilligt
Kasserer i Klub Nord 2019-2021. Regnskab i Excel.

Sprog
Dansk (modersmål), engelsk (flydende)
"""


def test_study_job_internship_thesis_and_voluntary_work_are_told_apart() -> None:
    found = {held.concept: held.source for held in read_candidate(candidate(CV), spot=spot_words) if held.concept}
    assert found["python"] == "thesis"
    assert found["power-bi"] == "student_job"
    assert found["sql"] == "internship"
    assert found["project-management"] == "job"
    assert found["excel"] == "volunteering"
    assert found["danish-language"] == "skills"


def test_recency_comes_from_the_dates_nearest_above() -> None:
    found = {held.concept: held.last_year for held in read_candidate(candidate(CV), present=2026, spot=spot_words)}
    assert found["power-bi"] == 2024
    assert found["excel"] == 2021
    assert found["project-management"] == 2026


def test_now_is_the_last_year_that_the_cv_names_where_no_year_is_given() -> None:
    found = {held.concept: held.last_year for held in read_candidate(candidate(CV), spot=spot_words)}
    assert found["project-management"] == 2024


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        ("2019-2021", 2021),
        ("2017-19", 2019),
        ("Sep 2024 - Jun 2026", 2026),
        ("aug. 2023 – nu", 2030),
        ("since 2022", 2030),
        ("2024 - present", 2030),
        ("3.000 opslag", None),
    ],
)
def test_the_last_year_of_a_range(dates: str, year: int | None) -> None:
    assert last_year(dates, 2030) == year


def test_years_before_a_working_life_are_no_dates() -> None:
    assert reference_year("Fattiggården 1868-1914") is None
