"""Several hit lists into one."""

from collections import defaultdict
from collections.abc import Iterable
from math import fsum

from index.hits import Hit, order


def reciprocal_rank_fusion(lists: Iterable[Iterable[Hit]], *, k: float = 60) -> list[Hit]:
    """Fuse ranked lists (best first) by the sum of 1 / (k + rank), rank from 1; scores of the lists are not compared.

    Cormack, Clarke and Büttcher, SIGIR 2009, 758-759. The order of the lists makes no difference.

    >>> [hit.id for hit in reciprocal_rank_fusion([[Hit("a", 9.0), Hit("b", 8.0)], [Hit("b", 0.2)]])]
    ['b', 'a']
    """
    parts: dict[str, list[float]] = defaultdict(list)
    for hits in lists:
        for rank, hit in enumerate(hits, start=1):
            parts[hit.id].append(1.0 / (k + rank))
    return order(Hit(name, fsum(terms)) for name, terms in parts.items())
