"""The ranker that was trained in a home, on disk: whole or not there, and refused where it no longer fits."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from shutil import rmtree
from typing import Any

from filelock import FileLock

from matcher.competences.version import reading_version
from matcher.engine import Engine
from matcher.errors import Phrase, StaleRanker
from matcher.features import FEATURES
from matcher.home import writing
from matcher.ports import Encoder
from matcher.prior import Prior, fingerprint_of
from matcher.reference.cohort import Cohort
from models.artefacts import open_artefact, publish
from models.errors import DamagedArtefactError
from models.ranker import AdditiveRanker, RankerMismatchError

FOLDER = "ranker"
LOCK = "ranker.lock"
CURVES = "curves.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """What a ranker was fitted on: a file by name and SHA-256, so many pairs, and the postings they are of.

    `first` and `last` are the days of the earliest and latest proposal (ISO), None for judgements. `outcome` is what
    its probability is of.
    """

    file: str
    sha256: str
    pairs: int
    postings: tuple[str, ...]
    outcome: str
    first: str | None = None
    last: str | None = None
    simulated: bool = False

    def as_json(self) -> dict[str, object]:
        """Return the facts as a manifest has them; the postings by their number."""
        facts = {**asdict(self), "postings": len(self.postings), "period": [self.first, self.last]}
        return {name: value for name, value in facts.items() if name not in ("first", "last", "outcome")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A ranker of a home, what its features were made with, what it was fitted on, and the lead it was adopted for."""

    ranker: AdditiveRanker
    made_with: Mapping[str, str]
    lessons: Lessons
    lead: Mapping[str, object]

    def over(self, shipped: Prior) -> Prior:
        """Return the fitted parts in use: those that came with the product, with this ranker in place of theirs."""
        told = f"trained in this home on {self.lessons.file} ({self.lessons.sha256[:12]}): {self.lessons.outcome}"
        return replace(shipped, ranker=self.ranker, trained_on=told)


def made_with(encoder: Encoder, cohort: Cohort) -> dict[str, str]:
    """Return what features depend on: encoder, reference cohort (with what covers a demand), and the way of reading."""
    return {"encoder": encoder.fingerprint, "cohort": cohort.version, "reading": reading_version()}


def save_trained(home: Path, trained: Trained) -> Path:
    """Put a ranker in the place of the home's own, at once or not at all, and return its folder."""
    folder = home / FOLDER

    def build(building: Path) -> Mapping[str, Any]:
        stored = {"ranker": asdict(trained.ranker), "postings": list(trained.lessons.postings)}
        (building / CURVES).write_text(json.dumps(stored, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return {
            "features": list(trained.ranker.features),
            "product": _product(),
            "made_with": dict(trained.made_with),
            "trained_on": trained.lessons.as_json(),
            "outcome": trained.lessons.outcome,
            "measured": dict(trained.lead),
        }

    with writing(home):
        home.mkdir(parents=True, exist_ok=True)
        with FileLock(home / LOCK):
            publish(folder, build)
    return folder


def open_trained(home: Path, wanted: Mapping[str, str]) -> Trained | None:
    """Return the ranker that was trained in this home, None where none was.

    `StaleRanker` where it is damaged, or where its features, or what they are `made_with`, are not those `wanted` now.
    """
    folder = home / FOLDER
    if not folder.exists():
        return None
    try:
        facts = open_artefact(folder).facts
        stored = json.loads((folder / CURVES).read_text(encoding="utf-8"))
        ranker = AdditiveRanker.of(stored["ranker"], features=FEATURES)
        lessons = _lessons(facts, stored["postings"])
        if facts["made_with"] != dict(wanted):
            raise _changed(folder, facts["made_with"], wanted)
        return Trained(ranker=ranker, made_with=facts["made_with"], lessons=lessons, lead=facts["measured"])
    except RankerMismatchError as problem:
        found, now = ", ".join(problem.found), ", ".join(problem.wanted)
        raise _stale(folder, Phrase("ranker.features", {"names": found}), now) from problem
    except (DamagedArtefactError, OSError, ValueError, KeyError, TypeError) as problem:
        intact = Phrase("ranker.intact")
        raise StaleRanker(folder=folder, found=Phrase("ranker.damaged", {"why": problem}), wanted=intact) from problem


def in_use(engine: Engine) -> Trained | None:
    """Return the home's own ranker where this engine scores with it, None where it does with the shipped one."""
    try:
        own = open_trained(engine.home, made_with(engine.encoder, engine.cohort))
    except StaleRanker:
        return None
    return own if own and own.ranker == engine.ranker else None


def learnt_postings(engine: Engine, own: Trained | None) -> frozenset[str]:
    """Return the postings of this home that the ranker in use was fitted on; `own` where it was trained here."""
    if own is not None:
        return frozenset(own.lessons.postings)
    digests = engine.store.digests("posting")
    return frozenset(id for id, digest in digests.items() if fingerprint_of(digest) in engine.prior.postings)


def remove_trained(home: Path) -> bool:
    """Go back to the ranker that comes with the product; False if that is the one in use already."""
    folder = home / FOLDER
    if not folder.exists():
        return False
    with writing(home), FileLock(home / LOCK):
        rmtree(folder)
    return True


def _stale(folder: Path, found: Phrase, features: str) -> StaleRanker:
    return StaleRanker(folder=folder, found=found, wanted=Phrase("ranker.features", {"names": features}))


def _changed(folder: Path, found: Mapping[str, str], wanted: Mapping[str, str]) -> StaleRanker:
    """Name what differs, and only that."""
    differ = [part for part in wanted if found.get(part) != wanted[part]]
    old, new = (", ".join(f"{part} {side.get(part, '-')}" for part in differ) for side in (found, wanted))
    return StaleRanker(
        folder=folder, found=Phrase("ranker.made_with", {"parts": old}), wanted=Phrase("ranker.parts", {"parts": new})
    )


def _lessons(facts: Mapping[str, Any], postings: list[str]) -> Lessons:
    learnt = facts["trained_on"]
    first, last = learnt["period"]
    return Lessons(
        file=learnt["file"],
        sha256=learnt["sha256"],
        pairs=learnt["pairs"],
        postings=tuple(postings),
        outcome=facts["outcome"],
        first=first,
        last=last,
        simulated=learnt["simulated"],
    )


def _product() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("matcher")
    except PackageNotFoundError:
        return "unknown"
