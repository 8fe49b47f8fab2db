"""The audits of the engine, as `matcher audit` runs them: the swap test and the deletion test."""

import tempfile
from pathlib import Path

from eval.bench.quality import sample_engine
from eval.deletion import deletion_test
from eval.nordjylland import part_engine
from eval.swap import swap_test
from matcher.settings import Settings


def audit(settings: Settings) -> dict[str, object]:
    """Return how many variants kept every score (sample), and how often quoted sentences matter more (test part)."""
    with tempfile.TemporaryDirectory() as folder:
        swapped = swap_test(sample_engine(Path(folder) / "sample", settings))
        deleted = deletion_test(part_engine("test", Path(folder) / "test", settings))
    share = deleted.share
    return {
        "swap_variants": swapped.variants,
        "swap_identical_bit_for_bit": swapped.identical,
        "deletion_pairs": share.n,
        "deletion_quoted_matter_more": share.value,
        "deletion_low": share.low,
        "deletion_high": share.high,
        "deletion_pairs_without_other_sentences": deleted.without_others,
    }
