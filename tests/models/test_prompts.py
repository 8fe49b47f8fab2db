from typing import get_args

from models.prompts import E5_PREFIXES, HEADS, NO_PREFIXES, Role, prefixes, prompt_of


def test_a_model_with_prompts_of_its_own_gets_them() -> None:
    assert prefixes("x/e5", {"query": "search: ", "document": "text: "}) == {"query": "search: ", "passage": "text: "}
    assert prefixes("x/y", {"passage": "p: ", "query": None}) == {"query": "", "passage": "p: "}


def test_an_e5_model_without_prompts_gets_those_of_e5() -> None:
    assert prefixes("intfloat/multilingual-e5-large", {"query": "", "document": ""}) == E5_PREFIXES
    assert prefixes("folder/E5_finetuned", {}) == E5_PREFIXES


def test_other_models_get_none() -> None:
    assert prefixes("sentence-transformers/LaBSE", {}) == NO_PREFIXES
    assert prefixes("x/code5-base", {}) == NO_PREFIXES
    assert prefixes("intfloat/multilingual-e5-large-instruct", {}) == NO_PREFIXES


def test_only_a_document_is_a_passage_and_every_short_text_a_query() -> None:
    assert {role: prompt_of(role) for role in get_args(Role)} == {"passage": "passage"} | dict.fromkeys(
        ("query", "phrase", *HEADS), "query"
    )


def test_every_head_is_a_role() -> None:
    assert set(HEADS) < set(get_args(Role))
