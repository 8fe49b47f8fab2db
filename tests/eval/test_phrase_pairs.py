"""The judged pairs as the product reads phrases: how near, of which kin, how sure, and what chance comes of it."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from eval import phrase_pairs
from eval.phrase_pairs import KINSHIP, Compared, Pair, chances, compared, read_pairs
from matcher.competences.concepts import concepts_by_id, read_vocabulary
from matcher.fit import Cover
from matcher.records import Language, Status
from models.hashing import HashingEncoder
from models.prototypes import Prototypes
from tests.competences.linkers import CALIBRATION, calibrated
from tests.engine.phrases import COVER
from tests.eval.builders import some_prototypes

NARROW = next(concept for concept in read_vocabulary() if concept.id == "research-interviews")
COLUMNS = [*Pair.__dataclass_fields__, "demand_concept", "competence_concept"]


def a_pair(demand: str, competence: str, status: Status = "covered", part: str = "dev", **languages: Language) -> Pair:
    return Pair(
        demand=demand,
        demand_language=languages.get("asked", "da"),
        competence=competence,
        competence_language=languages.get("offered", "da"),
        status=status,
        part=part,
    )


def kin(*pairs: Pair) -> list[str]:
    return [KINSHIP[place] for place in compared(pairs, HashingEncoder()).kin]


def test_pairs_are_read_with_their_verdicts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [COLUMNS, ["Power BI", "da", '"dashboards" i Tableau', "en", "partly", "test", "power-bi", ""]]
    (tmp_path / "pairs.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    monkeypatch.setattr(phrase_pairs, "FILE", tmp_path / "pairs.tsv")

    assert read_pairs() == [a_pair("Power BI", '"dashboards" i Tableau', "partly", "test", offered="en")]


def test_equal_phrases_are_as_near_as_can_be_and_others_are_not() -> None:
    found = compared([a_pair("svejse rør", "svejse rør"), a_pair("svejse rør", "holde tale")], HashingEncoder())

    assert found.cosines[0] == pytest.approx(1, abs=1e-3)
    assert found.cosines[1] < 0.3


def test_each_pair_is_compared_as_if_it_were_alone_in_the_order_given() -> None:
    pairs = [a_pair("Python", "Excel"), a_pair("svejse rør", "svejser rør"), a_pair("Python", "Python")]
    encoder = HashingEncoder()

    together = compared(pairs, encoder)

    for place, pair in enumerate(pairs):
        alone = compared([pair], encoder)
        assert (alone.cosines[0], alone.kin[0], alone.sureness[0]) == (
            together.cosines[place],
            together.kin[place],
            together.sureness[place],
        )


def test_kinship_is_that_of_the_concepts_that_the_phrases_name() -> None:
    broad = concepts_by_id()[NARROW.broader or ""]

    assert kin(
        a_pair(NARROW.da, NARROW.en, offered="en"),
        a_pair(broad.da, NARROW.da),
        a_pair(NARROW.da, broad.da),
        a_pair(NARROW.da, "Python"),
        a_pair("svejse rør på en mole", "svejse rør på en mole"),
    ) == ["same", "narrower", "broader", "unrelated", "unrelated"]


def test_a_concept_that_is_only_part_of_what_a_phrase_says_is_not_what_it_is_about() -> None:
    assert kin(a_pair("Python", "Python")) == ["same"]
    assert kin(a_pair("Python", "fortalte min onkel om en slange, der hed Python")) == ["unrelated"]


class Trained(HashingEncoder):
    """An encoder with prototypes."""

    adapter: Any = None

    def __init__(self, prototypes: Prototypes) -> None:
        self.adapter = SimpleNamespace(prototypes=prototypes)


def test_a_trained_part_links_phrases_that_name_nothing_as_surely_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "gik rundt og talte med folk om deres hverdag"
    rows = HashingEncoder().encode([said, "noget helt andet"], role="competence")
    trained = Trained(some_prototypes(rows, NARROW.id, "excel"))
    calibrated(monkeypatch, replace(CALIBRATION, intercept=-9.0))
    pair = a_pair(NARROW.da, said)

    found, plain = compared([pair], trained), compared([pair], HashingEncoder())

    assert KINSHIP[found.kin[0]] == "same"
    assert 0.5 < found.sureness[0] < 1
    assert KINSHIP[plain.kin[0]] == "unrelated"


def test_what_a_phrase_names_itself_is_surer_than_what_it_was_linked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = HashingEncoder().encode([NARROW.da, "Python"], role="competence")
    calibrated(monkeypatch)

    found = compared([a_pair(NARROW.da, NARROW.da)], Trained(some_prototypes(rows, "excel", "excel")))

    assert (KINSHIP[found.kin[0]], found.sureness[0]) == ("same", 1)


def made_up(*rows: tuple[str, float, int, float]) -> Compared:
    """Pairs from (part, cosine, kin, sureness)."""
    return Compared(
        [a_pair("a", "b", part=part, offered="en") for part, _, _, _ in rows],
        np.array([cosine for _, cosine, _, _ in rows]),
        np.array([kin for _, _, kin, _ in rows], dtype=np.int64),
        np.array([sure for _, _, _, sure in rows]),
    )


def test_a_part_keeps_its_own_rows() -> None:
    pairs = made_up(("dev", 0.1, 0, 1.0), ("test", 0.2, 1, 0.5), ("dev", 0.3, 2, 0.7))

    kept = pairs.of("dev")

    assert [pair.part for pair in kept.pairs] == ["dev", "dev"]
    assert (kept.cosines.tolist(), kept.kin.tolist(), kept.sureness.tolist()) == ([0.1, 0.3], [0, 2], [1.0, 0.7])
    assert kept.languages() == ["da-en", "da-en"]
    assert kept.statuses().tolist() == ["covered", "covered"]


def test_the_chance_is_a_logistic_function_of_nearness_and_kinship_worked_by_hand() -> None:
    # COVER: mean .3, deviation .1, nearness 1, same 3, narrower 2, broader 1, intercept -3
    pairs = made_up(("dev", 0.6, 0, 1.0), ("dev", 0.3, 1, 1.0), ("dev", 0.3, 2, 0.5), ("dev", 0.3, 3, 1.0))

    wanted = [1 / (1 + np.exp(-logit)) for logit in (3 - 3, 3 - 3, 1 - 3, 1 - 3)]
    assert chances(pairs, COVER).tolist() == pytest.approx(wanted)


def test_nearness_is_measured_against_the_languages_of_the_pair() -> None:
    cover: Cover = replace(COVER, means={"any": 0.3, "da-en": 0.5}, deviations={"any": 0.1, "da-en": 0.2})
    pairs = made_up(("dev", 0.7, 0, 1.0))

    assert chances(pairs, cover).tolist() == pytest.approx([1 / (1 + np.exp(2))])


def test_chances_are_what_the_product_gives_the_same_two_phrases() -> None:
    from matcher.fit import chance, figures
    from matcher.records import Competence, Demand
    from tests.engine.phrases import phrases

    encoder = HashingEncoder()
    asked = Demand(label="x", evidence=NARROW.da, start=0, end=1, concept=NARROW.id)
    offered = Competence(label="x", evidence=NARROW.en, start=0, end=1, concept=NARROW.id)
    texts = encoder.encode([NARROW.da, NARROW.en], role="competence")
    left, right = phrases([asked], texts[:1]), phrases([offered], texts[1:], language="en")
    assert figures([asked]).shape == (1, 3)

    product = chance(COVER.logits(left.vectors @ right.vectors.T, left, right))

    assert chances(compared([a_pair(NARROW.da, NARROW.en, offered="en")], encoder), COVER) == pytest.approx(product[0])
