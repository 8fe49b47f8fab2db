"""What holds of every telling: whatever stands in quotation marks can be found, and every claim has grounds."""

import re

from matcher.telling.facts import Facts
from matcher.telling.quotes import Quote
from matcher.telling.texts import Statement, Telling, Voice, programme

QUOTED = {"da": re.compile(r"»([^»«]*)«"), "en": re.compile(r"“([^“”]*)”")}


def assert_traced(facts: Facts, telling: Telling) -> None:
    """Fail unless every quote is a slice of its document and every statement rests on what it says it rests on."""
    for statement in telling.statements:
        for quote in statement.quotes:
            assert_slice(facts, quote)
            assert quote.shown.casefold() in statement.text.casefold()
        assert_nothing_else_is_quoted(facts, telling, statement)
        assert_grounds(facts, telling, statement)


def assert_slice(facts: Facts, quote: Quote) -> None:
    document = facts.posting if quote.side == "posting" else facts.candidate
    assert quote.text == document.text[quote.start : quote.end]
    read = [
        f.reason.posting_evidence if quote.side == "posting" else f.reason.candidate_evidence for f in facts.demands
    ]
    read += [language.said.text for language in facts.languages if language.said and quote.side == "candidate"]
    assert any(quote.text in words for words in read if words), "it is, or begins, what a reason quotes"


def assert_nothing_else_is_quoted(facts: Facts, telling: Telling, statement: Statement) -> None:
    named = {Voice(telling.language, most=1).programme(id) for id in facts.programmes}
    allowed = {quote.shown for quote in statement.quotes} | named
    if any(mark in text for text in allowed for mark in "»«“”"):
        return  # a quote within a quote cannot be told apart by its marks
    assert set(QUOTED[telling.language].findall(statement.text)) <= allowed


def assert_grounds(facts: Facts, telling: Telling, statement: Statement) -> None:
    about = [facts.demands[number] for number in statement.about]
    sides = {quote.side for quote in statement.quotes}
    if statement.basis == "quoted":
        assert about
        assert all(fact.reason.candidate_evidence for fact in about)
        assert sides == ({"posting"} if telling.audience == "company" else {"posting", "candidate"})
    elif statement.basis == "implied":
        assert all(fact.reason.implied_by for fact in about)
        assert about or any(programme(id) for id in facts.programmes)
        assert "candidate" not in sides
    elif statement.basis == "missing":
        assert about
        assert {fact.reason.status for fact in about} == {"missing"}
        assert sides == {"posting"}
    elif statement.basis == "table":
        assert [fact.learning.note(telling.language) for fact in about] == [statement.text]
    else:
        assert "candidate" not in sides, "advice and scores quote no CV"
