"""What comes fitted with the product: the ranker, and when a competence covers a demand."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Self

from matcher.features import FEATURES
from matcher.fit import Cover
from models.ranker import AdditiveRanker

FILE = Path(str(files("matcher"))) / "prior.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior:
    """The fitted parts and what they were fitted on; `python -m eval.prior` makes them.

    `made_with`: way of reading and reference cohort that the ranker's features came from. `postings`: checksums of the
    postings it was fitted on, as `fingerprint_of` gives them, so that nobody takes them for unseen ones.
    """

    ranker: AdditiveRanker
    cover: Cover
    trained_on: str
    made_with: dict[str, str] = field(default_factory=dict)
    postings: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Short checksum of all that decides a score or a status."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()[:12]

    def to_json(self) -> str:
        """Return the prior as JSON, as it stands in the file."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"

    @classmethod
    def load(cls, file: Path = FILE) -> Self:
        """Read a prior; one fitted for other features than the product computes is refused."""
        stored = json.loads(file.read_text(encoding="utf-8"))
        return cls(
            ranker=AdditiveRanker.of(stored["ranker"], features=FEATURES),
            cover=Cover(**stored["cover"]),
            trained_on=stored["trained_on"],
            made_with=stored.get("made_with", {}),
            postings=tuple(stored.get("postings", ())),
        )


def fingerprint_of(digest: bytes) -> str:
    """Return a record's content digest, short enough for a list of them."""
    return digest.hex()[:16]
