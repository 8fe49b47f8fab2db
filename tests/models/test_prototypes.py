"""One vector for each concept: what was fitted comes back, and what belongs together comes out near it."""

import json
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.errors import DamagedArtefactError
from models.grid import STEP, snap
from models.prototypes import MANIFEST, WEIGHTS, Prototypes, fit_prototypes, load_prototypes, save_prototypes

NAMES = ("python", "ethnography", "hydrology")
CONCEPTS, EACH, WIDTH = 6, 20, 24

with_torch = pytest.mark.slow  # importing it takes seconds


def unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.asarray(rows / np.linalg.norm(rows, axis=-1, keepdims=True), dtype=np.float32)


def clusters(seed: int = 0) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Texts around the middle of their concept, the first two concepts close to each other."""
    random = np.random.default_rng(seed)
    middles = random.normal(size=(CONCEPTS, WIDTH))
    middles[1] = middles[0] + 0.5 * random.normal(size=WIDTH)
    owners = np.repeat(np.arange(CONCEPTS), EACH)
    return unit(middles[owners] + 0.6 * random.normal(size=(len(owners), WIDTH))), owners


def right(prototypes: NDArray[np.float32], rows: NDArray[np.float32], owners: NDArray[np.int64]) -> float:
    return float(((rows @ prototypes.T).argmax(axis=1) == owners).mean())


def test_what_was_saved_is_loaded_as_unit_rows_on_the_grid(tmp_path: Path) -> None:
    rows = unit(np.random.default_rng(1).normal(size=(3, 16)))
    save_prototypes(NAMES, rows, {"mentions": 5}, tmp_path)

    loaded = load_prototypes(tmp_path)

    assert loaded.names == NAMES
    assert loaded.rows.dtype == np.float32
    assert np.array_equal(snap(loaded.rows), loaded.rows)
    assert np.abs(loaded.rows - rows).max() <= STEP
    assert json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["trained_on"] == {"mentions": 5}


@pytest.mark.parametrize("file", [WEIGHTS, MANIFEST])
def test_prototypes_of_another_manifest_are_refused(file: str, tmp_path: Path) -> None:
    rows = unit(np.random.default_rng(1).normal(size=(3, 16)))
    (tmp_path / "other").mkdir()
    save_prototypes(NAMES, rows, {}, tmp_path)
    save_prototypes(NAMES, rows[::-1], {}, tmp_path / "other")
    (tmp_path / file).write_bytes((tmp_path / "other" / file).read_bytes())

    with pytest.raises(DamagedArtefactError, match=r"checksum of prototypes\.safetensors differs"):
        load_prototypes(tmp_path)


@with_torch
def test_a_prototype_is_nearest_to_the_texts_of_its_concept_even_to_unseen_ones() -> None:
    rows, owners = clusters()
    fitted = fit_prototypes(rows[::2], owners[::2], np.eye(CONCEPTS, dtype=np.bool_))

    assert fitted.shape == (CONCEPTS, WIDTH)
    assert np.linalg.norm(fitted, axis=1) == pytest.approx(1, abs=1e-5)
    assert right(fitted, rows[1::2], owners[1::2]) > 0.9


@with_torch
def test_fitting_tells_close_concepts_apart_better_than_their_means_do() -> None:
    rows, owners = clusters()
    means = unit(np.stack([rows[owners == place].mean(axis=0, dtype=np.float64) for place in range(CONCEPTS)]))
    fitted = fit_prototypes(rows, owners, np.eye(CONCEPTS, dtype=np.bool_))

    assert fitted[0] @ fitted[1] < means[0] @ means[1]


@with_torch
def test_related_concepts_are_not_pushed_apart() -> None:
    rows, owners = clusters()
    kin = np.eye(CONCEPTS, dtype=np.bool_)
    strangers = fit_prototypes(rows, owners, kin)
    kin[0, 1] = kin[1, 0] = True
    relatives = fit_prototypes(rows, owners, kin)

    assert relatives[0] @ relatives[1] > strangers[0] @ strangers[1]


@with_torch
def test_the_same_seed_gives_the_same_bits() -> None:
    rows, owners = clusters()
    kin = np.eye(CONCEPTS, dtype=np.bool_)
    first = fit_prototypes(rows, owners, kin, seed=4)

    assert fit_prototypes(rows, owners, kin, seed=4).tobytes() == first.tobytes()


def some(rows: NDArray[np.float32]) -> Prototypes:
    return Prototypes(checksum="made up", names=tuple(map(str, range(len(rows)))), rows=rows)


def test_a_phrase_is_drawn_towards_what_it_means_and_away_from_the_rest() -> None:
    prototypes = some(np.eye(3, 8, dtype=np.float32))
    phrase = snap(np.array([[0.8, 0.1, 0, 0, 0, 0, 0, 0.591]]))

    [drawn] = prototypes.enlightened(phrase)

    assert drawn[0] > phrase[0, 0]
    assert drawn[1] < phrase[0, 1]
    assert 0 < drawn[7] < phrase[0, 7], "something of its own wording stays"
    assert abs(float(drawn @ drawn) - 1) < 0.01


def test_a_phrase_is_drawn_alike_alone_and_in_company() -> None:
    random = np.random.default_rng(3)
    rows = snap(unit(random.normal(size=(40, 8))))
    prototypes = some(rows[:12])

    together = prototypes.enlightened(rows)

    for place in range(len(rows)):
        assert np.array_equal(together[place : place + 1], prototypes.enlightened(rows[place : place + 1]))


def test_an_empty_phrase_means_nothing() -> None:
    assert not some(np.eye(3, 8, dtype=np.float32)).enlightened(np.zeros((2, 8), dtype=np.float32)).any()
