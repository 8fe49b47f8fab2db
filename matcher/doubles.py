"""Which records may be of one person: by the contact details that are kept, never by what a CV says.

A hint for somebody to look at. Nothing follows from it by itself.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, get_args

from matcher.records import Contact

Shared = Literal["email", "phone", "name"]
SHARED: tuple[Shared, ...] = get_args(Shared)
"""What two records may have in common, the surest sign first."""
MOST_ALIKE = 8
"""More records than this with the same detail are not one person's: a reception's number, a name of many."""
_DANISH = 8
"""Digits of a Danish number; a country code before them makes no other number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Double:
    """Two records, ids in order, and what they have in common."""

    first: str
    second: str
    shared: tuple[Shared, ...]

    def other(self, id: str) -> str:
        """Return the id of the other record."""
        return self.second if id == self.first else self.first


def doubles(contacts: Mapping[str, Contact]) -> list[Double]:
    """Return the pairs of records (by id) that share an address, a number or a name; the surest first."""
    found: dict[tuple[str, str], set[Shared]] = defaultdict(set)
    for shared, ids in _alike(contacts):
        for pair in combinations(ids, 2):
            found[pair].add(shared)
    pairs = [Double(first=one, second=two, shared=_in_order(shared)) for (one, two), shared in found.items()]
    return sorted(pairs, key=lambda pair: ([SHARED.index(one) for one in pair.shared], pair.first, pair.second))


def doubles_of(id: str, contacts: Mapping[str, Contact]) -> list[Double]:
    """Return the pairs that a record is one of."""
    return [pair for pair in doubles(contacts) if id in (pair.first, pair.second)]


def in_common(one: Contact, two: Contact) -> tuple[Shared, ...]:
    """Return what two contacts have in common.

    >>> in_common(Contact(emails=("A@x.dk",), phones=("+45 12345678",)), Contact(emails=("a@x.dk",)))
    ('email',)
    """
    return _in_order({shared for shared, _ in set(_details(one)) & set(_details(two))})


def _alike(contacts: Mapping[str, Contact]) -> Iterator[tuple[Shared, list[str]]]:
    """Yield the ids that share one detail, in ascending order."""
    by_detail: dict[tuple[Shared, str], set[str]] = defaultdict(set)
    for id, contact in contacts.items():
        for detail in _details(contact):
            by_detail[detail].add(id)
    for (shared, _), ids in by_detail.items():
        if 2 <= len(ids) <= MOST_ALIKE:
            yield shared, sorted(ids)


def _details(contact: Contact) -> Iterator[tuple[Shared, str]]:
    """Yield what identifies somebody, written in one way; what is too short to tell anybody apart is left out."""
    yield from (("email", written) for email in contact.emails if (written := _plain(email)))
    yield from (("phone", digits[-_DANISH:]) for phone in contact.phones if len(digits := _digits(phone)) >= _DANISH)
    yield from (("name", name) for written in contact.names if (name := _outer_names(written)))


def _outer_names(name: str) -> str:
    """Return first and last word of a name: people leave out what stands between; "" for a single word.

    >>> _outer_names("Maja K. Prøvesen"), _outer_names("maja  prøvesen"), _outer_names("Maja")
    ('maja prøvesen', 'maja prøvesen', '')
    """
    words = re.findall(r"[^\W\d_][\w'’-]*", _plain(name))
    return f"{words[0]} {words[-1]}" if len(words) > 1 else ""


def _plain(written: str) -> str:
    return unicodedata.normalize("NFC", written).casefold().strip()


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdecimal())


def _in_order(shared: Iterable[Shared]) -> tuple[Shared, ...]:
    return tuple(sorted(shared, key=SHARED.index))
