"""What an administrator does with accounts takes effect at once."""

import pytest

from matcher.accounts.errors import EmailTaken, InvalidAccount, LastAdministrator, NotSignedIn, UnknownAccount
from tests.accounts.examples import EMAIL, PASSWORD, House


def test_a_new_role_ends_the_sessions_of_the_old_one(house: House) -> None:
    administrator, maja = house.administrator(), house.somebody()

    changed = house.accounts.roster.give_role(maja.id, "analyst", by=administrator)

    assert (changed.may("evaluations"), changed.may("contacts")) == (True, False)
    with pytest.raises(NotSignedIn):
        house.accounts.entrance.of_session(maja.id, maja.sessions)


def test_a_graduate_who_becomes_something_else_owns_no_record_any_more(house: House) -> None:
    maja = house.somebody("graduate", candidate="c1")
    assert maja.owns("c1")

    changed = house.accounts.roster.give_role(maja.id, "consultant", by=house.administrator())

    assert (changed.candidate, changed.owns("c1")) == (None, False)


def test_a_graduate_owns_one_record_and_before_the_first_upload_none(house: House) -> None:
    administrator, maja = house.administrator(), house.somebody("graduate")
    assert not maja.owns("")

    tied = house.accounts.roster.belongs(maja.id, "c1", by=administrator)

    assert (tied.owns("c1"), tied.owns("c2")) == (True, False)
    with pytest.raises(InvalidAccount, match="graduate"):
        house.accounts.roster.belongs(administrator.id, "c1", by=administrator)


def test_who_is_deactivated_is_out_at_once_and_may_come_back(house: House) -> None:
    administrator, maja = house.administrator(), house.somebody()
    key = house.accounts.keys.make(maja.id, "Script", by=administrator)

    former = house.accounts.roster.deactivate(maja.id, by=administrator)

    assert not former.may("shortlists")
    with pytest.raises(NotSignedIn):
        house.accounts.entrance.of_session(maja.id, former.sessions)
    with pytest.raises(NotSignedIn):
        house.accounts.keys.account(key.secret)
    house.accounts.roster.activate(maja.id, by=administrator)
    assert house.accounts.entrance.sign_in(EMAIL, PASSWORD).id == maja.id


def test_the_last_administrator_cannot_go(house: House) -> None:
    administrator = house.administrator()
    roster = house.accounts.roster

    with pytest.raises(LastAdministrator):
        roster.deactivate(administrator.id, by=administrator)
    with pytest.raises(LastAdministrator):
        roster.give_role(administrator.id, "consultant", by=administrator)
    with pytest.raises(LastAdministrator):
        roster.remove(administrator.id, by=administrator)


def test_a_new_name_and_address_are_used_for_the_next_sign_in(house: House) -> None:
    administrator, maja = house.administrator(), house.somebody()

    house.accounts.roster.rename(maja.id, name="Maja Nyström", email="Nystrom@Example.org", by=administrator)

    assert house.accounts.entrance.sign_in("nystrom@example.org", PASSWORD).name == "Maja Nyström"
    with pytest.raises(EmailTaken):
        house.accounts.roster.rename(maja.id, name="Maja", email=administrator.email, by=administrator)


def test_what_was_done_says_who_did_it_without_names(house: House) -> None:
    administrator, maja = house.administrator(), house.somebody()
    house.events.clear()

    house.accounts.roster.give_role(maja.id, "analyst", by=administrator)
    house.accounts.roster.remove(maja.id, by=administrator)

    assert [(event.kind, event.account, event.by) for event in house.events] == [
        ("changed", maja.id, administrator.id),
        ("removed", maja.id, administrator.id),
    ]
    with pytest.raises(UnknownAccount):
        house.accounts.roster.get(maja.id)
