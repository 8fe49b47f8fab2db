"""The table of instruments on the administrator's page: seen, replaced, refused with words, and the former one kept."""

from collections.abc import Callable

import pytest

from api.auth.csrf import FIELD
from api.service import Service
from matcher.labour.keeping import former_tables, text_in_use
from tests.pages.conftest import SAME_SITE, Browser

RULE = """[[rule]]
instrument = "{instrument}"
employer = "any"
weeks_from = {first}
valid_from = 2026-01-01
da = "Regel på dansk <b>"
en = "Rule in English"
source = "Prøven"
"""
TABLE = RULE.format(instrument="course", first=0)
OTHER = RULE.format(instrument="loentilskud", first=4)


@pytest.fixture
def administrator(as_role: Callable[..., Browser]) -> Browser:
    browser = as_role("administrator")
    browser.get("/admin/instruments")
    return browser


def test_the_page_shows_the_table_in_use_and_that_it_is_over(administrator: Browser) -> None:
    page = administrator.get("/admin/instruments").text

    assert "følger med produktet, er i brug" in page
    assert "sidste dag var 31. december 2020" in page
    assert "Efter 13 ugers ledighed" in page
    assert administrator.get("/admin/instruments/instruments.toml").text.startswith("# Which instrument")


def test_a_new_table_is_in_use_at_once_and_stands_in_the_log(administrator: Browser, service: Service) -> None:
    page = administrator.send("/admin/instruments", {"text": TABLE}).text

    assert "Den nye tabel gælder" in page
    assert "Regel på dansk &lt;b&gt;" in page
    assert [rule.instrument for rule in service.engine.market().instruments.rules] == ["course"]
    assert text_in_use(service.home) == TABLE
    assert [line.facts["rules"] for line in service.log.lines() if line.kind == "rules"] == [1]


def test_a_file_counts_before_what_stands_in_the_form(administrator: Browser, service: Service) -> None:
    administrator.client.post(
        "/admin/instruments",
        data={FIELD: administrator.token, "text": "ikke toml"},
        files={"file": ("nye.toml", OTHER.encode())},
        headers=SAME_SITE,
    )

    assert text_in_use(service.home) == OTHER


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TABLE + OTHER, "2026-01-01"),
        (TABLE + TABLE, "1 og 2"),
        ("ikke toml", "ikke en TOML-fil"),
        ("", "indeholder ingen regel"),
        (TABLE.replace("course", "ferie"), "ferie"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_words_and_stays_in_the_form(
    administrator: Browser, service: Service, text: str, words: str
) -> None:
    before = text_in_use(service.home)
    answer = administrator.send("/admin/instruments", {"text": text})

    assert answer.status_code == 422
    assert words in answer.text
    assert text_in_use(service.home) == before
    assert former_tables(service.home) == []


def test_the_former_table_is_kept_and_can_be_used_again(administrator: Browser, service: Service) -> None:
    administrator.send("/admin/instruments", {"text": TABLE})
    administrator.send("/admin/instruments", {"text": OTHER})
    [former] = former_tables(service.home)
    looking = administrator.get(f"/admin/instruments?former={former.name}").text
    administrator.send("/admin/instruments", {"text": TABLE})

    assert "En tidligere tabel" in looking or "tidligere tabel" in looking
    assert "Regel på dansk" in looking
    assert text_in_use(service.home) == TABLE
    assert len(former_tables(service.home)) == 2


def test_the_same_table_again_changes_nothing(administrator: Browser, service: Service) -> None:
    administrator.send("/admin/instruments", {"text": TABLE})
    page = administrator.send("/admin/instruments", {"text": TABLE.replace("\n", "\r\n")}).text

    assert "intet er ændret" in page
    assert former_tables(service.home) == []


def test_a_path_is_no_name_of_a_former_table(administrator: Browser) -> None:
    assert administrator.get("/admin/instruments?former=../matcher").status_code == 404


@pytest.mark.parametrize("role", ["consultant", "analyst", "graduate", "employer_contact"])
def test_nobody_else_changes_the_table(role: str, as_role: Callable[..., Browser]) -> None:
    browser = as_role(role)
    browser.get("/about")

    assert browser.get("/admin/instruments").status_code == 403
    assert browser.send("/admin/instruments", {"text": TABLE}).status_code == 403
