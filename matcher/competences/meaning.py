"""What concept a phrase means that names none: the nearest prototype of the trained space, or none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.competences.concepts import ESCO, concepts_by_id
from matcher.competences.linking import linked_by_vector
from matcher.ports import Encoder, Passage
from matcher.records import Competence, Demand
from models.prototypes import Prototypes

S = TypeVar("S", bound=Competence | Demand)


def linked(
    passages: Sequence[Passage], vectors: Mapping[bytes, NDArray[np.float32]], encoder: Encoder
) -> list[Passage]:
    """Return the passages, the spans of those without a concept linked to one where that is sure enough.

    Without an adapter (another encoder) nothing is linked: its vectors were never taught what means the same.
    """
    result = list(passages)
    nameless = [place for place, passage in enumerate(passages) if passage.span and not passage.span.concept]
    known = prototypes_of(encoder)
    if not nameless or known is None:
        return result
    links = linked_by_vector(np.stack([vectors[passages[place].key] for place in nameless]), known)
    for place, link in zip(nameless, links, strict=True):
        span = passages[place].span
        if span is not None:
            result[place] = replace(passages[place], span=_with_concept(span, link))
    return result


def meant(spans: Sequence[S], encoder: Encoder) -> list[S]:
    """Return spans that were read in a text, linked in the same way."""
    result = list(spans)
    nameless = [place for place, span in enumerate(spans) if not span.concept]
    known = prototypes_of(encoder)
    if not nameless or known is None:
        return result
    vectors = encoder.encode([spans[place].evidence for place in nameless], role="phrase")
    for place, link in zip(nameless, linked_by_vector(vectors, known), strict=True):
        result[place] = _with_concept(spans[place], link)
    return result


def prototypes_of(encoder: Encoder) -> Prototypes | None:
    """Return the prototypes that fit an encoder, None where it has no adapter."""
    return encoder.adapter.prototypes if encoder.adapter else None


def _with_concept(span: S, link: tuple[str | None, float]) -> S:
    concept = concepts_by_id().get(link[0] or "")
    if concept is None:
        return span
    uri = ESCO + concept.esco if concept.esco else None
    return replace(span, concept=concept.id, sureness=link[1], uri=uri)
