"""The facts of a pair: how each demand stands, and what may be trusted of what was read."""

from matcher.engine import Engine
from matcher.telling.facts import facts_of
from matcher.telling.quotes import Quote
from tests.telling.pairs import (
    CV,
    DAY,
    DEGREE,
    GERMAN,
    IMPLIED,
    LITTLE_GERMAN,
    POSTING,
    QGIS,
    SOLIDWORKS,
    WELDING,
    WIND,
    asked,
    fact,
    facts,
    full_pair,
    held,
)


def test_a_demand_stands_as_its_reason_says_and_apart_where_only_a_programme_implies_it() -> None:
    assert fact(QGIS, "missing").standing == "missing"
    assert fact(QGIS, "partly", held("kortlægning")).standing == "partly"
    assert fact(QGIS, "partly", IMPLIED).standing == "implied"


def test_demands_of_a_standing_come_with_the_musts_first() -> None:
    wish = asked("kandidatgrad", strength="nice")
    found = facts((wish, "missing", None), (SOLIDWORKS, "missing", None), (QGIS, "missing", None))

    assert [each.asked.text for each in found.standing("missing")] == ["SolidWorks", "QGIS", "kandidatgrad"]


def test_what_is_said_twice_is_told_once() -> None:
    again = asked("svejste", concept="qgis", kind="tool")
    found = facts((QGIS, "missing", None), (again, "missing", None))

    assert [each.number for each in found.standing("missing")] == [0]


def test_what_may_be_no_demand_is_kept_apart() -> None:
    found = facts((WIND, "missing", None), (QGIS, "missing", None))

    assert [each.asked.text for each in found.unsure] == ["modvind"]
    assert [each.asked.text for each in found.standing("missing")] == ["QGIS"]


def test_words_beside_a_degree_are_an_education_only_if_they_name_one() -> None:
    assert fact(DEGREE, "missing").nature == "education"
    assert fact(asked("QGIS", kind="education", concept="qgis"), "missing").nature == "tool"
    assert fact(asked("modvind", kind="education"), "missing").nature == "open"


def test_a_concept_that_was_linked_with_doubt_is_not_taken_at_its_word() -> None:
    doubtful = fact(asked("modvind", kind="open", confidence=0.5, concept="qgis", sureness=0.6), "missing")
    sure = fact(asked("modvind", kind="open", confidence=0.5, concept="qgis", sureness=0.9), "missing")

    assert (doubtful.concept, doubtful.sure) == (None, False)
    assert (sure.concept, sure.nature, sure.sure) == ("qgis", "tool", True)


def test_a_degree_is_solidly_covered_by_a_degree_only() -> None:
    assert not fact(DEGREE, "covered", held("tegnede", kind="method")).solid
    assert fact(DEGREE, "covered", held("Cand.polyt.", kind="education", source="education")).solid


def test_a_language_is_solidly_covered_by_that_language_only() -> None:
    assert fact(GERMAN, "covered", LITTLE_GERMAN).solid
    assert not fact(GERMAN, "covered", held("kortlægning", concept="danish-language", kind="language")).solid


def test_a_covered_skill_is_solid_and_a_partly_covered_one_is_not() -> None:
    assert fact(WELDING, "covered", held("svejsninger af løfteåg")).solid
    assert not fact(WELDING, "partly", held("svejsninger af løfteåg")).solid


def test_kin_is_told_from_the_vocabulary() -> None:
    assert fact(SOLIDWORKS, "covered", held("SolidWorks", concept="solidworks")).kin == "same"
    assert fact(SOLIDWORKS, "partly", held("kortlægning")).kin == "near"
    assert fact(asked("svejste", concept="programming"), "covered", held("tegnede", concept="python")).kin == "narrower"
    assert fact(asked("svejste", concept="python"), "partly", held("tegnede", concept="programming")).kin == "broader"


def test_a_language_below_what_is_asked_is_too_low_and_one_without_a_level_is_untold() -> None:
    [low] = facts((GERMAN, "covered", LITTLE_GERMAN), languages=[LITTLE_GERMAN]).languages
    plain = held("Tysk", kind="language", concept="german-language")
    [untold] = facts((GERMAN, "covered", plain), languages=[plain]).languages
    [absent] = facts((GERMAN, "missing", None)).languages

    assert (low.too_low, low.untold) == (True, False)
    assert (untold.too_low, untold.untold) == (False, True)
    assert (absent.too_low, absent.untold, absent.said) == (False, False, None)


def test_a_degree_is_learnt_as_a_degree_whatever_its_subject_was_linked_to() -> None:
    linked = fact(asked("kandidatgrad", kind="education", concept="python", sureness=0.9), "missing")

    assert (linked.nature, linked.learning.way) == ("education", "education")


def test_a_quote_keeps_its_place_when_white_space_and_words_are_cut_off() -> None:
    quote = Quote.of("posting", "a  svejste\n rammer  b", 1, 19)
    short = quote.shortened(9)

    assert (quote.start, quote.end, quote.shown) == (3, 18, "svejste rammer")
    assert (short.text, short.shown, short.start, short.end) == ("svejste", "svejste …", 3, 10)
    assert quote.shortened(100) is quote


def test_one_long_word_is_cut_within() -> None:
    assert Quote.of("posting", "x" * 50, 0, 50).shortened(10).text == "x" * 10


def test_the_engine_gives_facts_with_the_reasons_of_its_match(engine: Engine) -> None:
    [best, *_] = engine.match_posting("p1")
    found = facts_of(engine, "p1", best.candidate, day=DAY)

    assert found.match.demands == best.demands
    assert (found.match.score, found.match.band) == (best.score, best.band)
    assert [each.reason for each in found.demands] == list(best.demands)


def test_facts_can_be_had_for_a_posting_that_is_not_stored(engine: Engine) -> None:
    stored = facts_of(engine, "p1", "engineer", day=DAY)
    pasted = facts_of(engine, engine.posting("p1"), "engineer", day=DAY)

    assert pasted == stored


def test_every_made_up_quote_is_a_slice() -> None:
    for each in full_pair().demands:
        assert POSTING.text[each.asked.start : each.asked.end] == each.asked.text
        assert each.said is None or CV.text[each.said.start : each.said.end] == each.said.text
