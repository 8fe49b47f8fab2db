"""Records to store, all invented."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.ports import Passage
from matcher.records import Candidate, Contact, Employer, Placement, Posting, Section
from models.grid import snap

ENCODER = "encoder-one"


def a_candidate(id: str = "c1", **fields: Any) -> Candidate:
    whole = Section(kind="profile", start=0, end=12, language="da")
    candidate = Candidate(id=id, text="Jeg løser opgaver med rør.", language="da", sections=(whole,), max_km=40.5)
    return replace(candidate, finished=date(2024, 6, 28), **fields)


def a_posting(id: str = "p1", **fields: Any) -> Posting:
    return replace(Posting(id=id, title="Hydrolog", text="We need a hydrologist.", language="en"), **fields)


def an_employer(id: str = "e1", **fields: Any) -> Employer:
    return replace(Employer(id=id, name="Fjordrør A/S", hires=("cand.scient. i geografi",)), **fields)


def a_contact(**fields: Any) -> Contact:
    return replace(Contact(names=("Maja Testesen",), emails=("maja@example.org",)), **fields)


def a_placement(**fields: Any) -> Placement:
    return replace(Placement(candidate="c1", posting="p1", date=date(2024, 9, 2), outcome="hired"), **fields)


def a_vector(seed: int, dimension: int = 8) -> NDArray[np.float32]:
    raw = np.random.default_rng(seed).normal(size=dimension)
    return snap(raw / np.linalg.norm(raw))


def a_passage(key: bytes, **fields: Any) -> Passage:
    return replace(Passage(unit="chunk", start=0, end=3, key=key), **fields)
