"""What others reached on the same sets, to be shown beside our figures. Nothing here is computed."""

from collections.abc import Mapping
from dataclasses import dataclass

MELO = "Retyk et al., MELO, RecSys in HR 2024, published results"
KOMPETENCER = "Zhang, Jensen and Plank, Kompetencer, LREC 2022"
OURS = "measured by this project before it trained anything"
ENGLISH = "nearest published figure, on English occupations"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One figure: which system, which measure, its value, and where that stands."""

    system: str
    measure: str
    value: float
    source: str


def _rows(measure: str, source: str, **values: float) -> tuple[Published, ...]:
    return tuple(
        Published(system=system.replace("_", " "), measure=measure, value=value, source=source)
        for system, value in values.items()
    )


PUBLISHED: Mapping[str, tuple[Published, ...]] = {
    "dnk_q_da_c_da": _rows(
        "map",
        MELO,
        BM25=0.208,
        char_TF_IDF_on_lemmas=0.328,
        bge_m3=0.346,
        multilingual_e5_large=0.362,
        e5_mistral_7b=0.406,
        OpenAI=0.407,
    ),
    "dnk_q_da_c_en": _rows(
        "map",
        MELO,
        char_TF_IDF_on_lemmas=0.066,
        bge_m3=0.154,
        multilingual_e5_large=0.178,
        e5_mistral_7b=0.264,
        OpenAI=0.297,
    ),
    "usa_q_en_c_en": _rows(
        "map",
        MELO,
        BM25=0.136,
        char_TF_IDF_on_lemmas=0.241,
        bge_m3=0.326,
        multilingual_e5_large=0.376,
        OpenAI=0.464,
        e5_mistral_7b=0.474,
    ),
    "esco-job-skill": (
        *_rows("map", OURS, char_TF_IDF_on_labels=0.058, char_TF_IDF_with_description=0.084),
        *_rows("ndcg@10", OURS, char_TF_IDF_with_description=0.244),
        *_rows("map", ENGLISH, model_of_7_B_weights=0.36),
    ),
    "kompetencer": (
        *_rows("group_micro_f1", KOMPETENCER, DaBERT=0.31, DaJobBERT=0.459, RemBERT_en_da=0.465),
        *_rows("span_recall", OURS, ESCO_labels_matched_exactly=0.12),
        *_rows("span_precision", OURS, ESCO_labels_matched_exactly=0.59),
    ),
}
"""Figures by set."""
