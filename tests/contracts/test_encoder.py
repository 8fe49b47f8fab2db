"""What every encoder promises (matcher/ports.py), asked of each of them."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.ports import Encoder, Role
from models.adapter import load_adapter, save_adapter
from models.encoder import HashingEncoder, OnnxEncoder, SentenceTransformerEncoder
from models.grid import STEP
from models.packaged import prepare
from tests.models.adapters import FACTS, adapter_tensors
from tests.models.tiny import tiny_folder, tiny_weights

TEXTS = [
    "Erfaring med drift og vedligehold af servere",
    "I have taught maths to children for six years.",
    "Kørekort B",
    "C#",
    "Du er uddannet pædagog og har lyst til at arbejde med unge. " * 30,
]
HOSTILE = {
    "a letter that grows eighteenfold": "\ufdfa" * 100,
    "NUL": "drift\0 og\0\0 vedligehold",
    "lone surrogates": "drift \ud800 og \udfff",
    "a hundred thousand letters": "vedligehold " * 8_400,
    "one word of a hundred thousand letters": "x" * 100_000,
    "a tower of accents": "a" + "\u0301\u0316" * 20_000,
    "right to left and emoji": "مهندس 👩‍🔧 مرحبا \u202e abc",
    "control signs of models": "<s></s><pad><mask>[CLS]",
    "nothing any vocabulary knows": "\U0001fae8\U000e0041\ue000",
}


@pytest.fixture(
    scope="module",
    params=[
        "hashing",
        "tiny onnx",
        "tiny onnx with an adapter",
        pytest.param("packaged", marks=pytest.mark.model),
        pytest.param("tiny sentence-transformers", marks=pytest.mark.slow),
    ],
)
def encoder(
    request: pytest.FixtureRequest, shared_models: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Encoder]:
    match request.param:
        case "hashing":
            yield HashingEncoder()
        case "packaged":
            yield OnnxEncoder(prepare(shared_models))
        case "tiny onnx":
            yield OnnxEncoder(tiny_folder(tmp_path_factory.mktemp("contract") / "model"))
        case "tiny onnx with an adapter":
            folder = tmp_path_factory.mktemp("contract")
            save_adapter(adapter_tensors(), FACTS, folder / "adapter")
            adapter = load_adapter(folder / "adapter")
            yield OnnxEncoder(tiny_folder(folder / "model", adapter.merged(tiny_weights())), adapter=adapter)
        case _:
            yield SentenceTransformerEncoder(str(tiny_folder(tmp_path_factory.mktemp("contract") / "model")))


def unit(row: np.ndarray) -> bool:
    return bool(abs(np.linalg.norm(row) - 1) < 1e-3)


def test_every_text_has_a_unit_row(encoder: Encoder) -> None:
    rows = encoder.encode(TEXTS, role="passage")

    assert rows.dtype == np.float32
    assert rows.shape == (len(TEXTS), encoder.dimension)
    assert all(unit(row) for row in rows)


def test_values_lie_on_the_grid(encoder: Encoder) -> None:
    steps = encoder.encode(TEXTS, role="query") / STEP

    assert np.array_equal(steps, np.rint(steps))


def test_equal_texts_have_equal_vectors_in_one_call_and_in_another(encoder: Encoder) -> None:
    rows = encoder.encode([TEXTS[0], TEXTS[1], TEXTS[0]], role="query")

    assert np.array_equal(rows[0], rows[2])
    assert np.array_equal(rows[:2], encoder.encode(TEXTS[:2], role="query"))


def test_different_texts_have_different_vectors(encoder: Encoder) -> None:
    assert len({row.tobytes() for row in encoder.encode(TEXTS, role="query")}) == len(TEXTS)


def test_a_vector_does_not_depend_on_company_or_order(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS, role="passage")
    turned = encoder.encode(["x y z", *TEXTS[::-1], ""], role="passage")
    alone = np.concatenate([encoder.encode([text], role="passage") for text in TEXTS])

    assert np.array_equal(together, alone)
    assert np.array_equal(together, turned[1:-1][::-1])


@pytest.mark.parametrize("role", get_args(Role))
def test_in_every_role_a_text_has_one_unit_row_on_the_grid_and_nothing_has_zeros(encoder: Encoder, role: Role) -> None:
    together = encoder.encode([*TEXTS, ""], role=role)
    alone = np.concatenate([encoder.encode([text], role=role) for text in TEXTS])

    assert together.dtype == np.float32
    assert np.array_equal(together[:-1], alone)
    assert np.array_equal(together / STEP, np.rint(together / STEP))
    assert all(unit(row) for row in alone)
    assert not together[-1].any()
    assert encoder.encode([], role=role).shape == (0, encoder.dimension)


def test_equally_long_texts_leave_each_other_alone(encoder: Encoder) -> None:
    texts = [f"drift {first}{second}" for first in "abcde" for second in "fghij"]
    together = encoder.encode(texts, role="query")
    alone = np.concatenate([encoder.encode([text], role="query") for text in texts])

    assert np.array_equal(together, alone)
    assert np.array_equal(encoder.encode(texts[::-1], role="query")[::-1], alone)


def test_a_vector_does_not_depend_on_what_else_runs(encoder: Encoder) -> None:
    with ThreadPoolExecutor(4) as callers:
        answers = list(callers.map(lambda turn: encoder.encode(TEXTS[turn % 3 :], role="query"), range(6)))

    assert all(np.array_equal(answer[-1], answers[0][-1]) for answer in answers)


def test_spelling_that_only_computers_see_makes_no_difference(encoder: Encoder) -> None:
    plain, ligature, spaced = encoder.encode(
        ["finans og drift", "\ufb01nans og drift", " finans\n og drift "], role="query"
    )

    assert np.array_equal(plain, ligature)
    assert np.array_equal(plain, spaced)


@pytest.mark.parametrize("nothing", ["", " \n\t", "\0", "\u2588\u2588\u2588", "\ud800"])
def test_a_text_with_nothing_to_read_gives_zeros(encoder: Encoder, nothing: str) -> None:
    rows = encoder.encode([nothing, TEXTS[0]], role="query")

    assert not rows[0].any()
    assert unit(rows[1])


def test_no_text_gives_no_row(encoder: Encoder) -> None:
    assert encoder.encode([], role="query").shape == (0, encoder.dimension)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_has_a_unit_row_and_leaves_others_alone(encoder: Encoder, text: str) -> None:
    hostile, other = encoder.encode([text, TEXTS[2]], role="passage")

    assert unit(hostile)
    assert np.array_equal(other, encoder.encode([TEXTS[2]], role="passage")[0])
    assert encoder.count_tokens(text) > 0


@given(text=st.text(st.characters(codec=None, categories=None), max_size=40))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_gives_a_unit_row_or_zeros(encoder: Encoder, text: str) -> None:
    (row,) = encoder.encode([text], role="query")

    assert unit(row) or not row.any()


def test_tokens_of_words_add_up(encoder: Encoder) -> None:
    words = TEXTS[0].split()

    assert encoder.count_tokens("") == 0
    assert encoder.count_tokens(TEXTS[0]) == sum(encoder.count_tokens(word) for word in words) >= len(words)


def test_the_fingerprint_names_model_and_grid(encoder: Encoder) -> None:
    assert encoder.fingerprint == encoder.fingerprint
    assert encoder.fingerprint.endswith(f"+grid{int(1 / STEP)}")
