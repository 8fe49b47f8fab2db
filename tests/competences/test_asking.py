"""How strongly a stretch of a posting asks."""

import pytest

from matcher.competences.asking import asked_at, asked_by_heading, scopes


def asked(sentence: str, word: str, inherited: str | None = None) -> str:
    return asked_at(scopes(sentence, 0, len(sentence), inherited=inherited), sentence.index(word))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "heading",
    ["Det er en fordel, hvis du", "Nice to have", "NICE TO HAVE:", "Preferred qualifications", "Bonus points"],
)
def test_a_heading_of_wishes_makes_the_list_below_nice(heading: str) -> None:
    assert asked_by_heading(heading) == "nice"


@pytest.mark.parametrize("heading", ["Vi forventer ikke, at du", "What you do not need to know", "Not needed"])
def test_a_heading_may_say_that_the_list_below_is_not_demanded(heading: str) -> None:
    assert asked_by_heading(heading) == "not"


def test_a_neutral_heading_says_nothing() -> None:
    assert asked_by_heading("Din profil") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "Kendskab til SQL er en fordel.",
        "Erfaring med SQL vægtes positivt.",
        "SQL is a plus.",
        "Experience with SQL counts in your favour.",
        "Har du arbejdet med SQL, er det et plus.",
        "Du har gerne erfaring med SQL.",
        "Ideally you know SQL.",
        "Du kender lidt til SQL, men det er ikke et krav.",
        "It would be great, but by no means essential, if you had seen SQL.",
    ],
)
def test_a_wish_is_nice(sentence: str) -> None:
    assert asked(sentence, "SQL") == "nice"


@pytest.mark.parametrize(
    "sentence",
    [
        "Kendskab til SQL er ikke et krav.",
        "Du behøver ikke have erfaring med SQL.",
        "You don't need to know SQL.",
        "SQL is not required.",
        "No experience with SQL is needed.",
        "Vi forventer ikke, at du kender SQL.",
        "SQL klarer vores it-afdeling.",
        "Vi bruger SQL.",
        "We will teach you SQL.",
    ],
)
def test_what_is_named_but_not_demanded_is_not(sentence: str) -> None:
    assert asked(sentence, "SQL") == "not"


@pytest.mark.parametrize(
    "sentence",
    [
        "Du har solid erfaring med SQL.",
        "SQL er et krav.",
        "You write good SQL.",
        "Du skal kunne SQL, ikke kun lidt.",
        "Har du erfaring med SQL, så har vi jobbet til dig.",
    ],
)
def test_a_plain_demand_is_must(sentence: str) -> None:
    assert asked(sentence, "SQL") == "must"


def test_a_wish_reaches_to_the_end_of_its_clause_and_no_further() -> None:
    sentence = "Du har erfaring med Python, gerne SQL, men du skal kunne Excel."
    assert [asked(sentence, word) for word in ("Python", "SQL", "Excel")] == ["must", "nice", "must"]


def test_a_negation_reaches_only_its_own_clause() -> None:
    sentence = "Du behøver ikke kende Python, men du skal kunne SQL."
    assert [asked(sentence, word) for word in ("Python", "SQL")] == ["not", "must"]


def test_parentheses_may_ask_differently_from_what_stands_around_them() -> None:
    sentence = "Du bygger rapporter (gerne Power BI) i Excel."
    assert [asked(sentence, word) for word in ("rapporter", "Power BI", "Excel")] == ["must", "nice", "must"]


def test_a_lead_in_before_a_colon_holds_for_all_that_follows() -> None:
    sentence = "Nice to have: Python; SQL; Excel."
    assert [asked(sentence, word) for word in ("Python", "SQL", "Excel")] == ["nice", "nice", "nice"]


def test_what_the_list_says_holds_unless_the_item_says_otherwise() -> None:
    assert asked("Python", "Python", "nice") == "nice"
    assert asked("Python er et krav", "Python", "nice") == "must"


@pytest.mark.parametrize(
    "sentence",
    [
        "Ændringer i SQL udføres af en ekstern konsulent.",
        "De årlige rapporter i SQL varetages af afdelingschefen, som du refererer til.",
        "SQL is therefore not part of the job.",
        "SQL queries are carried out by our partner.",
        "Our contractor delivers SQL once a month.",
        "We don't mind if you've never touched SQL.",
        "Det er ikke noget problem, hvis du aldrig har rørt SQL.",
        "Vi regner ikke med, at du kender SQL.",
        "SQL overlader du trygt til tegnestuen.",
        "SQL kan du lade ligge.",
    ],
)
def test_what_somebody_else_does_or_nobody_expects_is_not_asked_for(sentence: str) -> None:
    assert asked(sentence, "SQL") == "not"


@pytest.mark.parametrize("sentence", ["You work with SQL, which is run by our partner.", "SQL forventes af dig."])
def test_what_you_work_with_is_asked_for_though_others_are_named(sentence: str) -> None:
    assert asked(sentence, "SQL") == "must"
