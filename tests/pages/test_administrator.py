"""An administrator's pages: accounts with one-time links and keys, the log, erasure, retention, versions."""

from collections.abc import Callable

import pytest

from api.pages.make_quality import TARGET, written
from api.service import Service
from matcher.engine import Engine
from tests.accounts.examples import House
from tests.pages.conftest import EMAIL, NAME, Browser


@pytest.fixture
def administrator(as_role: Callable[..., Browser]) -> Browser:
    return as_role("administrator")


def test_an_invitation_shows_a_link_that_works_once(administrator: Browser, house: House, stranger: Browser) -> None:
    administrator.get("/admin/accounts")
    page = administrator.send(
        "/admin/accounts", {"name": "Ny Analytiker", "email": "ny@example.org", "role": "analyst"}
    ).text
    address = page.split('id="address" readonly value="')[1].split('"')[0]

    assert "Engangslink" in page
    stranger.get(address.removeprefix("http://testserver"))
    secret: dict[str, object] = {"password": "fire blå elefanter synger", "password_again": "fire blå elefanter synger"}
    stranger.send(address.removeprefix("http://testserver"), secret)
    assert "Evalueringer" in stranger.get("/").text
    assert address not in administrator.get("/admin/accounts").text


def test_an_address_twice_is_refused_and_what_was_typed_stays(administrator: Browser) -> None:
    administrator.get("/admin/accounts")
    typed: dict[str, object] = {"name": "En Til", "email": "administrator@example.org", "role": "analyst"}
    answer = administrator.send("/admin/accounts", typed)

    assert answer.status_code == 409
    assert 'value="En Til"' in answer.text


def test_role_name_and_state_of_an_account_can_be_changed(administrator: Browser, house: House) -> None:
    account = house.somebody("analyst", "a@example.org", "A Testesen", None)
    path = f"/admin/accounts/{account.id}"
    administrator.get(path)
    administrator.send(path, {"name": "B Testesen", "email": "b@example.org", "role": "consultant"})
    administrator.send(f"{path}/state", {"active": "no"})

    now = house.accounts.roster.get(account.id)
    assert (now.name, now.email, now.role, now.active) == ("B Testesen", "b@example.org", "consultant", False)


def test_the_last_administrator_stays(administrator: Browser, house: House) -> None:
    [me] = [account for account in house.accounts.roster.all() if account.role == "administrator"]
    administrator.get(f"/admin/accounts/{me.id}")
    closed = administrator.send(f"/admin/accounts/{me.id}/state", {"active": "no"})
    deleted = administrator.send(f"/admin/accounts/{me.id}/delete", {"sure": "yes"})

    assert (closed.status_code, deleted.status_code) == (409, 409)
    assert house.accounts.roster.get(me.id).active


def test_a_key_is_shown_once_and_can_be_revoked(administrator: Browser, house: House) -> None:
    account = house.somebody("consultant", "k@example.org", "K Testesen", None)
    path = f"/admin/accounts/{account.id}"
    administrator.get(path)
    shown = administrator.send(f"{path}/keys", {"name": "sagssystem"}).text
    secret = shown.split('id="secret" readonly value="')[1].split('"')[0]
    [key] = house.accounts.keys.of(account.id)

    assert house.accounts.keys.account(secret).id == account.id
    assert secret not in administrator.get(path).text
    administrator.send(f"{path}/keys/{key.id}/revoke")
    assert house.accounts.keys.of(account.id)[0].revoked is not None


def checked(administrator: Browser, service: Service) -> str:
    """Let the whole log be checked, and show the page then."""
    administrator.get("/admin/log")
    administrator.send("/admin/log/check")
    service.jobs.close()  # waits for what runs
    return administrator.get("/admin/log").text


def test_the_log_says_that_it_is_whole_and_shows_no_names(
    administrator: Browser, as_role: Callable[..., Browser], service: Service
) -> None:
    as_role("consultant").get("/postings/p1")
    page = checked(administrator, service)
    number = next(line.number for line in service.log.lines() if line.kind == "list_shown")
    administrator.get(f"/admin/log/{number}")
    replayed = administrator.send(f"/admin/log/{number}/replay").text

    assert "hænger sammen" in page
    assert NAME not in page
    assert "Ja: den samme liste" in replayed
    assert "engineer" not in replayed


def test_a_broken_log_is_told(administrator: Browser, as_role: Callable[..., Browser], service: Service) -> None:
    as_role("consultant").get("/postings/p1")
    (service.home / "anchors" / "decision-log.jsonl").unlink()

    assert "filen med ankre er væk" in checked(administrator, service)


def test_looking_at_the_log_does_not_walk_it_and_the_last_check_is_shown_with_its_time(
    administrator: Browser, as_role: Callable[..., Browser], service: Service
) -> None:
    as_role("consultant").get("/postings/p1")
    before = administrator.get("/admin/log").text
    whole = checked(administrator, service)
    at = service.log.last_check()
    (service.home / "anchors" / "decision-log.jsonl").unlink()
    later = administrator.get("/admin/log").text

    assert "Ingen har kontrolleret loggen endnu" in before
    assert "Ja: 1 linjer hænger sammen" in whole
    assert at is not None
    assert "Kontrolleret" in later
    assert "Ja: 1 linjer hænger sammen" in later  # looked at, not checked


def test_a_person_is_erased_with_proof_after_asking(administrator: Browser, engine: Engine) -> None:
    administrator.get("/admin/erasure")
    unsure = administrator.send("/admin/erasure", {"candidate": "engineer"})
    unknown = administrator.send("/admin/erasure", {"candidate": "nobody", "sure": "yes"})
    done = administrator.send("/admin/erasure", {"candidate": "engineer", "sure": "yes"})

    assert (unsure.status_code, unknown.status_code) == (422, 404)
    assert "Intet er tilbage" in done.text
    assert NAME not in done.text
    assert EMAIL not in done.text
    assert "engineer" not in engine.store.ids("candidate")


def test_retention_shows_what_is_due_and_runs(administrator: Browser) -> None:
    page = administrator.get("/admin/retention").text
    done = administrator.send("/admin/retention").text

    assert "1095 dage" in page
    assert "Intet er over tiden" in page
    assert "Færdig" in done


def test_versions_and_model_card_say_what_makes_the_lists(administrator: Browser, engine: Engine) -> None:
    assert engine.prior.version in administrator.get("/versions").text
    card = administrator.get("/model-card").text
    assert "nDCG@10" in card
    assert "Ikke til" in card


def test_the_model_card_shows_what_was_measured() -> None:
    assert TARGET.read_text(encoding="utf-8") == written()


def test_other_roles_are_kept_out(consultant: Browser, as_role: Callable[..., Browser]) -> None:
    analyst = as_role("analyst")
    paths = ("/admin/accounts", "/admin/log", "/admin/log/1", "/admin/erasure", "/admin/retention")

    assert [consultant.get(path).status_code for path in paths] == [403] * len(paths)
    assert [analyst.get(path).status_code for path in paths] == [403] * len(paths)
