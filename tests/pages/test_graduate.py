"""A graduate's pages: handing in a CV, correcting what was read, suggestions, wishes, own data, and leaving."""

from collections.abc import Callable
from datetime import date

import pytest

from api.auth.csrf import FIELD
from api.pages.readings import readout
from api.service import Service
from matcher.accounts.records import Account
from matcher.engine import Engine
from matcher.labour.places import municipalities
from matcher.records import Placement
from tests.accounts.examples import House
from tests.builders import NURSE_CV
from tests.pages.conftest import EMAIL, NAME, SAME_SITE, Browser

CV = NURSE_CV + "\nCPR 010190-1234\nKontakt: Maja Prøvesen, maja@example.org\n"


@pytest.fixture
def graduate(as_role: Callable[..., Browser]) -> Browser:
    return as_role("graduate")


@pytest.fixture
def newcomer(app: object, house: House, stranger: Browser) -> Browser:
    """A graduate who has handed in nothing yet."""
    house.somebody("graduate", "new@example.org", "Ny Testesen", None)
    assert stranger.sign_in("new@example.org").status_code == 200
    return stranger


def hand_in(browser: Browser, name: str, content: bytes) -> object:
    browser.get("/me/start")
    return browser._seen(
        browser.client.post("/me/cv", data={FIELD: browser.token}, files={"cv": (name, content)}, headers=SAME_SITE)
    )


def test_signing_in_leads_to_the_own_page(as_role: Callable[..., Browser]) -> None:
    browser = as_role("graduate")

    assert str(browser.get("/").url).endswith("/me/start")
    assert "Min side" in browser.get("/").text


def test_a_first_cv_gets_a_record_and_the_account_owns_it(newcomer: Browser, house: House, engine: Engine) -> None:
    answer = hand_in(newcomer, "mit cv.txt", CV.encode())

    account = owner(house, "new@example.org")
    assert answer.status_code == 200  # type: ignore[attr-defined]
    assert "smoking cessation" in answer.text  # type: ignore[attr-defined]
    assert account.candidate is not None
    text = engine.candidate(account.candidate).text
    assert "010190" not in text
    assert "maja@example.org" not in text


def test_a_new_cv_takes_the_place_of_the_old_one_and_keeps_the_wishes(graduate: Browser, engine: Engine) -> None:
    graduate.get("/me/wishes")
    graduate.send("/me/wishes", {"types": ["ordinary"], "hours": "30", "postcode": "9000"})

    hand_in(graduate, "cv.txt", CV.encode())

    record = engine.candidate("engineer")
    assert "smoking cessation" in record.text
    assert record.most_hours == 30
    assert record.municipality == "Aalborg"


def test_no_file_and_a_file_that_is_none_are_refused_with_words(graduate: Browser, engine: Engine) -> None:
    before = engine.candidate("engineer")
    graduate.get("/me/start")
    nothing = graduate.send("/me/cv")
    program = hand_in(graduate, "../../cv<b>.exe", b"MZ" + bytes(200))

    assert nothing.status_code == 422
    assert "Der er ikke valgt nogen fil" in nothing.text
    assert program.status_code == 422  # type: ignore[attr-defined]
    assert "cv&lt;b&gt;.exe" in program.text  # type: ignore[attr-defined]
    assert "../" not in program.text  # type: ignore[attr-defined]
    assert engine.candidate("engineer") == before


def test_what_was_read_is_shown_with_the_own_words(graduate: Browser) -> None:
    page = graduate.get("/me/reading").text

    assert "SolidWorks" in page
    assert "<q>" in page


def test_a_removed_competence_leaves_the_lists_and_comes_back(graduate: Browser, engine: Engine) -> None:
    with_it = score(engine)
    graduate.get("/me/reading")
    removed = graduate.send("/me/reading", {"key": key_of(engine, "SolidWorks"), "action": "drop"}).text
    without = score(engine)
    graduate.send("/me/reading", {"key": "SolidWorks", "action": "restore"})

    assert "Fjernet af dig" in removed
    assert without < with_it
    assert score(engine) == with_it


def test_a_competence_can_be_added_and_ranks_at_once(graduate: Browser, engine: Engine) -> None:
    before = score(engine, "p2")
    graduate.get("/me/reading")
    page = graduate.send("/me/reading/add", {"label": "Evaluate health courses with surveys and interviews"}).text

    assert "tilføjet af dig" in page
    assert score(engine, "p2") > before


def test_what_is_no_competence_is_refused_and_not_lost(graduate: Browser) -> None:
    graduate.get("/me/reading")
    answer = graduate.send("/me/reading/add", {"label": "x" * 300})

    assert answer.status_code == 422
    assert "x" * 300 in answer.text


def test_scripts_in_a_competence_are_shown_as_text(graduate: Browser) -> None:
    graduate.get("/me/reading")
    page = graduate.send("/me/reading/add", {"label": "<script>alert(1)</script>"}).text

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_every_correction_is_a_line_of_the_log(graduate: Browser, service: Service) -> None:
    graduate.get("/me/reading")
    graduate.send("/me/reading/add", {"label": "Excel"})

    [line] = [line for line in service.log.lines() if line.kind == "correction"]
    assert line.facts["action"] == "add"
    assert service.log.verify().ok


def test_suggestions_are_told_in_plain_words_and_logged(graduate: Browser, service: Service) -> None:
    page = graduate.get("/me/suggestions").text

    assert "Maskinværket" in page
    assert "/me/postings/p1" in page
    assert {line.facts["list"] for line in service.log.lines() if line.kind == "list_shown"} == {"posting", "employer"}


def test_a_posting_shows_what_is_missing_and_how_to_close_it(graduate: Browser) -> None:
    page = graduate.get("/me/postings/p2").text

    assert "Det mangler, og sådan kan du få det" in page
    assert "Health consultant" in page


def test_wishes_cut_the_list(graduate: Browser, engine: Engine) -> None:
    graduate.get("/me/wishes")
    saved = graduate.send("/me/wishes", {"areas": ["Thisted"], "other_areas": "aarhus kommune, Ingensteds"})

    assert "Dine ønsker er gemt" in saved.text
    assert engine.candidate("engineer").wanted_municipalities == ("Thisted", "Aarhus", "Ingensteds")
    assert "uden for de kommuner, du ønsker" in graduate.get("/me/suggestions").text


def test_wishes_that_cannot_be_are_told_and_nothing_is_saved(graduate: Browser, engine: Engine) -> None:
    graduate.get("/me/wishes")
    answer = graduate.send("/me/wishes", {"hours": "mange", "postcode": "123456", "km": "-3"})

    assert answer.status_code == 422
    assert answer.text.count('aria-invalid="true"') == 3
    assert 'value="mange"' in answer.text
    assert engine.candidate("engineer").most_hours is None


def test_own_data_can_be_seen_and_taken_along(graduate: Browser, service: Service) -> None:
    page, taken = graduate.get("/me/data").text, graduate.get("/me/data.json")

    assert NAME in page
    assert taken.headers["content-disposition"] == 'attachment; filename="mine-data.json"'
    assert taken.json()["candidate"] == "engineer"
    assert taken.json()["held"]["contact"][0]["details"]
    assert "export" in {line.kind for line in service.log.lines()}


def test_everything_can_be_deleted_after_asking_once_more(graduate: Browser, engine: Engine, house: House) -> None:
    graduate.get("/me/data")
    unsure = graduate.send("/me/data/delete")
    done = graduate.send("/me/data/delete", {"sure": "yes"})

    assert unsure.status_code == 422
    assert "Alt om dig er slettet" in done.text
    assert EMAIL not in done.text
    assert "engineer" not in engine.store.ids("candidate")
    assert [account for account in house.accounts.roster.all() if account.role == "graduate"] == []
    assert "/sign-in" in str(graduate.get("/me/start").url)


def test_nobody_else_reads_these_pages(consultant: Browser, stranger: Browser) -> None:
    paths = ("/me/start", "/me/suggestions", "/me/reading", "/me/data", "/me/data.json", "/me/postings/p1")

    assert [consultant.get(path).status_code for path in paths] == [403] * len(paths)
    assert all("/sign-in" in str(stranger.get(path).url) for path in paths)


def test_without_a_record_all_leads_to_handing_in(newcomer: Browser) -> None:
    for path in ("/me/suggestions", "/me/reading", "/me/openings", "/me/wishes"):
        assert "Aflever dit cv" in newcomer.get(path).text
    assert newcomer.get("/me/data.json").status_code == 200


def test_how_it_works_is_told_to_anybody_in_both_languages(stranger: Browser) -> None:
    danish = stranger.get("/about").text
    stranger.get("/language/en")

    assert "gøre indsigelse" in danish
    assert "object" in stranger.get("/about").text


def test_areas_are_official_names(graduate: Browser) -> None:
    assert all(f'value="{name}"' in graduate.get("/me/wishes").text for name in ("Aalborg", "Læsø", "Morsø"))
    assert "Morsø" in municipalities()


def owner(house: House, email: str) -> Account:
    return next(account for account in house.accounts.roster.all() if account.email == email)


def score(engine: Engine, posting: str = "p1") -> float:
    matches = {match.posting: match.score for match in engine.match_candidate("engineer", limit=10)}
    return matches[posting]


def key_of(engine: Engine, label: str) -> str:
    return next(row.key for row in readout(engine, "engineer", "da").rows if label in row.label)


def test_competences_to_add_are_found_in_either_language_and_count_at_once(graduate: Browser, engine: Engine) -> None:
    danish = graduate.get("/me/reading?q=projektled").text
    added = graduate.send("/me/reading/add", {"label": "projektledelse", "concept": "project-management"}).text
    again = graduate.get("/me/reading?q=project management").text

    assert 'name="concept" value="project-management"' in danish
    assert "tilføjet af dig" in added
    assert 'name="concept" value="project-management"' not in again
    assert "project-management" in {row.key for row in readout(engine, "engineer", "da").rows}
    graduate.get("/language/en")
    assert "project management" in graduate.get("/me/reading").text


def test_what_is_no_concept_cannot_be_added_as_one(graduate: Browser) -> None:
    graduate.get("/me/reading")

    assert graduate.send("/me/reading/add", {"label": "noget", "concept": "no-such-concept"}).status_code == 422


def test_a_search_that_finds_nothing_offers_the_own_words(graduate: Browser) -> None:
    page = graduate.get("/me/reading?q=%3Cb%3Ezzz").text

    assert "Ingen kompetence hedder sådan" in page
    assert "<b>zzz" not in page


def test_a_company_says_why_what_is_missing_and_how_to_close_it(graduate: Browser) -> None:
    page = graduate.get("/me/suggestions").text
    companies = page.split('id="companies"')[1].split("</section>")[0]

    assert "Maskinværket" in companies
    assert "opslaget" in companies.casefold()
    assert "Det kan de savne i dit cv, og sådan kan du få det" in companies
    assert "<li><q>" in companies


def test_a_company_where_the_graduate_was_before_says_so(graduate: Browser, engine: Engine) -> None:
    been = Placement(
        candidate="engineer", posting="p1", date=date(2025, 3, 1), outcome="hired", instrument="virksomhedspraktik"
    )
    engine.store.save_placements([been])

    assert "Du har været her før" in graduate.get("/me/suggestions").text


def test_before_there_is_a_cv_the_page_says_that_nobody_sees_anything(newcomer: Browser) -> None:
    page = newcomer.get("/me/start").text

    assert "får ingen vist noget om dig" in page
    assert "/me/ask" in page
