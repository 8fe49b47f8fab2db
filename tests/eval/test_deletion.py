"""The deletion test: which sentences are taken away, and what is counted."""

from random import Random

import pytest

from eval.deletion import Deletion, deletion_test, like_length, quoted_in, wilson, without
from matcher import assemble
from matcher.engine import Engine
from matcher.settings import Settings
from models.sentences import sentences
from tests.builders import a_candidate, a_posting, bare

CV = """Profil
Jeg er maskiningeniør og beregner svejste rammer for udmattelse.
Jeg tegner maskiner i SolidWorks. Jeg bor i Aalborg og cykler.

Erfaring
Jeg har solgt is på havnen hver sommer. Jeg har passet en kiosk i weekenden.
Jeg har spillet fodbold i Nørresundby. Jeg har læst mange romaner.
"""


@pytest.fixture
def engine(settings: Settings) -> Engine:
    made = assemble.engine(settings)
    made.store.save(bare(a_candidate("c1", CV), a_posting()))
    made.refresh()
    return made


def test_every_tested_pair_is_counted_once(engine: Engine) -> None:
    report = deletion_test(engine)

    assert len(report.pairs) + report.without_covered + report.without_others == 1
    assert report.share.n == len(report.pairs)


def test_the_quoted_sentences_of_a_clear_match_weigh_more_than_others(engine: Engine) -> None:
    [pair] = deletion_test(engine).pairs

    assert pair.covered >= 1
    assert pair.holds
    assert pair.quoted_drop > 0


def test_a_tie_is_a_failure() -> None:
    tie = Deletion(posting="p", candidate="c", covered=1, sentences=1, quoted_drop=0.5, other_drop=0.5)

    assert not tie.holds


def test_the_same_seed_gives_the_same_report(engine: Engine) -> None:
    assert deletion_test(engine, seed=5) == deletion_test(engine, seed=5)


def test_a_quote_is_found_as_whole_words_wherever_it_stands() -> None:
    text = "Jeg kan R.\nRet og rør.\nVi brugte  R i praktikken."

    found = quoted_in(text, ["R"], sentences(text, 0, len(text)))

    assert [text[start:end] for start, end in found] == ["Jeg kan R.", "Vi brugte  R i praktikken."]


def test_the_others_are_of_the_nearest_length_each_once() -> None:
    picked = like_length([(0, 10), (20, 60)], [(100, 111), (200, 238), (300, 400)], Random(0))

    assert sorted(picked) == [(100, 111), (200, 238)]


def test_a_cv_without_sentences_keeps_its_lines_and_is_read_in_sections_anew() -> None:
    record = a_candidate("c1", CV)
    start = record.text.index("Jeg tegner")

    left = without(record, [(start, start + len("Jeg tegner maskiner i SolidWorks."))])

    assert "SolidWorks" not in left.text
    assert left.text.count("\n") == record.text.count("\n")
    assert (left.sections[0].start, left.sections[-1].end) == (0, len(left.text))


def test_wilson_by_hand_and_at_its_ends() -> None:
    assert wilson(0, 10).low == pytest.approx(0.0)
    assert wilson(10, 10).high == pytest.approx(1.0)
    assert wilson(10, 10).low == pytest.approx(10 / (10 + 1.959964**2))
    assert wilson(0, 0).n == 0
