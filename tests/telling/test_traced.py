"""Nothing is claimed without evidence, to anybody, in either language."""

import pytest

from matcher.engine import Engine
from matcher.telling.facts import facts_of
from matcher.telling.tell import tell
from matcher.telling.texts import AUDIENCES, Audience
from tests.telling.checks import assert_traced
from tests.telling.pairs import DAY, MADE_UP

LANGUAGES = ("da", "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("pair", MADE_UP)
def test_every_statement_about_a_made_up_pair_has_its_grounds(pair: str, audience: Audience, language: str) -> None:
    facts = MADE_UP[pair]()

    assert_traced(facts, tell(facts, audience, language))


def test_every_statement_about_pairs_that_the_engine_scored_has_its_grounds(engine: Engine) -> None:
    for posting in ("p1", "p2"):
        for match in engine.match_posting(posting):
            facts = facts_of(engine, posting, match.candidate, day=DAY)
            for audience in AUDIENCES:
                for language in LANGUAGES:
                    assert_traced(facts, tell(facts, audience, language))


@pytest.mark.slow
@pytest.mark.model
def test_every_statement_about_the_sample_has_its_grounds(sample_engine: Engine) -> None:
    for posting in sample_engine.store.ids("posting"):
        subject = sample_engine.subject("posting", posting)
        matches = sample_engine.scored(subject.rows, "candidate", sample_engine.indexes.pool("candidate").ids, 99)
        for match in (*matches[:2], matches[-1]):
            facts = facts_of(sample_engine, posting, match.candidate, day=DAY)
            for audience in AUDIENCES:
                for language in LANGUAGES:
                    assert_traced(facts, tell(facts, audience, language))
