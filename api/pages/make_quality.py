"""`python -m api.pages.make_quality`: takes the measured values that the model card shows from `docs/results.json`."""

import json
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "docs" / "results.json"
TARGET = Path(__file__).parent / "quality.json"
MEASURES = {"ndcg@10": "nDCG@10", "mrr": "MRR", "map": "MAP", "recall@10": "Recall@10"}
RANKERS = ("matcher", "hybrid_standardised", "dense", "bm25", "random")


def quality(source: Path = SOURCE) -> dict[str, object]:
    """Return the day, the measures and what each ranker reached, as the model card shows them."""
    measured = json.loads(source.read_text(encoding="utf-8"))["quality"]
    rankers = measured["values"]["rankers"]
    return {
        "on": measured["on"],
        "measures": list(MEASURES.values()),
        "rankers": {
            ranker: {shown: _rounded(rankers[ranker][measure]) for measure, shown in MEASURES.items()}
            for ranker in RANKERS
        },
    }


def written() -> str:
    """Return the file that is packaged."""
    return json.dumps(quality(), indent=1) + "\n"


def _rounded(found: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in found.items()}


if __name__ == "__main__":
    TARGET.write_text(written(), encoding="utf-8")
