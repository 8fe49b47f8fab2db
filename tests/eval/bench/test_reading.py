"""What the bench reports on reading, linking and cover."""

from math import isnan

import pytest

from eval.bench import reading
from eval.cover import measured_cover, pull_auc
from eval.linking import mention_recall
from matcher.assemble import encoder, linker
from matcher.prior import Prior
from matcher.settings import Settings

FIGURES = ("recall", "precision", "not taken as demand", "must or nice", "concept", "source", "language facts")
pytestmark = pytest.mark.slow


def figure(found: dict[str, float], name: str) -> float:
    [value] = [value for key, value in found.items() if key.startswith(f"{name} (of ")]
    return value


def test_every_part_of_both_kinds_is_reported_with_their_counts(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "POSTINGS", 3)

    found = reading.extraction(settings)

    speed = found.pop("postings_a_second_a_core")
    assert speed > 0
    assert {key.split(":")[0] for key in found} == {
        f"{part} {kind}" for part in reading.PARTS for kind in ("postings", "candidates")
    }
    assert {key.split(": ")[1].split(" (")[0] for key in found} == set(FIGURES)
    assert all(0 <= value <= 1 or isnan(value) for value in found.values())
    assert figure(found, "dev postings: recall") >= 0.85
    assert figure(found, "dev postings: precision") >= 0.75
    assert figure(found, "dev postings: must or nice") >= 0.85
    assert figure(found, "dev postings: not taken as demand") <= 0.10
    assert figure(found, "dev candidates: recall") >= 0.80


def test_linking_reports_the_writers_for_testing_and_the_pairs_for_testing(settings: Settings) -> None:
    found = reading.linking(settings)

    pairs = measured_cover(encoder(settings), Prior.load().cover, "test")
    wanted = mention_recall(linker(settings)) | {f"pairs_{name}": value for name, value in pairs.items()}
    wanted |= pull_auc(encoder(settings))
    assert wanted["dev_pairs_auc_as_worded"] == wanted["dev_pairs_auc_drawn"], "without weights nothing is drawn"
    assert found == pytest.approx(wanted, nan_ok=True)
    assert found["mentions"] > 1000
