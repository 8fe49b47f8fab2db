"""What a posting says of working from home."""

import pytest

from matcher.labour.remote import remote_work


@pytest.mark.parametrize(
    "text",
    [
        "Vi tilbyder fleksible tider og hjemmearbejde.",
        "Du kan arbejde hjemmefra to dage om ugen.",
        "Mulighed for hjemmearbejdsdage efter aftale.",
        "You can work from home two days a week.",
        "We have a hybrid work model.",
        "Up to two remote days a week.",
    ],
)
def test_some_days_at_home_are_partly_remote(text: str) -> None:
    found = remote_work(text)

    assert found is not None
    assert found.extent == "partly"
    assert text[found.start : found.end] == found.evidence


@pytest.mark.parametrize(
    "text",
    [
        "The position is fully remote.",
        "Stillingen er 100 % remote.",
        "We are a remote-first company.",
        "Du kan arbejde hvorfra du vil. Hjemmearbejde er det normale hos os.",
    ],
)
def test_a_job_from_anywhere_is_fully_remote(text: str) -> None:
    found = remote_work(text)

    assert found is not None
    assert found.extent == "fully"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Du møder i vores hus i Hobro.",
        "Der er ikke mulighed for hjemmearbejde.",
        "This job cannot be done remotely, and working from home is not possible.",
        "The position is not fully remote.",
        "You maintain remote sensing instruments and remote controls.",
    ],
)
def test_what_is_not_offered_or_not_meant_is_no_remote_work(text: str) -> None:
    assert remote_work(text) is None


def test_a_no_in_another_sentence_does_not_take_it_back() -> None:
    found = remote_work("Du skal ikke have kørekort. Der er mulighed for hjemmearbejde.\nVi har ingen kantine.")

    assert found is not None
    assert found.evidence == "hjemmearbejde"
