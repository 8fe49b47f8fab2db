"""What is looked for after a person was erased: name, e-mail, phone, address and sentences that only this CV has."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import quote

from matcher.privacy.mask import FILLER, HUSH
from matcher.records import Candidate, Contact, Record

Trace = Literal["name", "email", "phone", "address", "link", "sentence", "id"]

SENTENCES = 3
"""How many sentences are looked for."""
SENTENCE_LETTERS, SENTENCE_WORDS = 40, 5
"""A shorter sentence may be anybody's."""
SHORTEST = 6
"""What has fewer letters stands in any text."""
PHONE_DIGITS = 8
"""Of a Danish number; what comes before is the country."""

_SENTENCE = re.compile(rf"[^\n.!?{FILLER}{HUSH}]+")


@dataclass(frozen=True)
class Needle:
    """One thing to look for; `trace` tells what it is, so that a proof need not repeat it."""

    trace: Trace
    value: str

    @cached_property
    def words(self) -> "re.Pattern[str]":
        """The pattern to find it in text, whatever the case and white space."""
        if self.trace == "phone":
            return re.compile(r"(?<![\d.])" + r"[ .\-]?".join(self.value) + r"(?!\d)")
        return re.compile(r"\s+".join(map(re.escape, self.value.split())), re.IGNORECASE)

    @cached_property
    def spellings(self) -> tuple[bytes, ...]:
        """How it may stand in the bytes of a file, in lower case: as text, escaped in JSON or in an address."""
        forms = {self.value, *_phone_forms(self.value)} if self.trace == "phone" else {self.value}
        forms |= {form.lower() for form in forms} | {form.upper() for form in forms}
        escaped = {form.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00") for form in forms}
        addressed = {quote(form) for form in forms}
        found = {form.encode().lower() for form in forms | escaped | addressed}
        return tuple(sorted(found | {form.encode("utf-16-le").lower() for form in forms}))


@dataclass(frozen=True, slots=True)
class Needles:
    """All that is looked for. `left_out`: how many words were too common to be looked for."""

    needles: tuple[Needle, ...]
    left_out: int = 0

    @property
    def counts(self) -> dict[Trace, int]:
        """How many of each are looked for."""
        traces = [needle.trace for needle in self.needles]
        return {trace: traces.count(trace) for trace in dict.fromkeys(traces)}

    def in_text(self, text: str) -> list[Trace]:
        """Return what of it stands in a text."""
        return list(dict.fromkeys(needle.trace for needle in self.needles if needle.words.search(text)))

    def in_bytes(self, lowered: bytes) -> list[Trace]:
        """Return what of it stands in bytes, whose ASCII letters are in lower case."""
        found = (needle.trace for needle in self.needles if any(form in lowered for form in needle.spellings))
        return list(dict.fromkeys(found))

    @classmethod
    def of_id(cls, id: str) -> tuple[Needle, ...]:
        """Return the needle of a record's id: too short to be looked for anywhere but in lists of ids."""
        return (Needle("id", id),)

    @property
    def longest(self) -> int:
        """Most bytes that one spelling takes."""
        return max((len(form) for needle in self.needles for form in needle.spellings), default=0)


def needles_of(candidate: Candidate, contact: Contact, others: Iterable[Record]) -> Needles:
    """Return what to look for; of the CV's sentences the longest that stands in no other record's text."""
    told: list[tuple[Trace, str]] = [("name", name) for name in contact.names]
    told += [("email", email) for email in contact.emails] + [("address", address) for address in contact.addresses]
    told += [("link", link) for link in contact.links]
    wanted = [Needle(trace, value.strip()) for trace, value in told]
    digits = [re.sub(r"\D", "", phone)[-PHONE_DIGITS:] for phone in contact.phones]
    phones = [Needle("phone", number) for number in digits]
    telling = [needle for needle in wanted if _telling(needle)]
    telling += [needle for needle in phones if len(needle.value) == PHONE_DIGITS]
    rare = [Needle("sentence", sentence) for sentence in _rare(candidate, others)]
    left_out = len(wanted) + len(phones) - len(telling)
    return Needles(tuple(dict.fromkeys([*telling, *rare])), left_out)


def _telling(needle: Needle) -> bool:
    """Whether it would stand nowhere by chance: a first name alone would."""
    return len(needle.value) >= SHORTEST and (needle.trace != "name" or len(needle.value.split()) > 1)


def _rare(candidate: Candidate, others: Iterable[Record]) -> Sequence[str]:
    left = sorted(_sentences(candidate.text), key=len, reverse=True)[: SENTENCES * 10]
    for other in others:
        left = [sentence for sentence in left if sentence not in other.text]
    return left[:SENTENCES]


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        sentence = match[0].strip()
        if len(sentence) >= SENTENCE_LETTERS and len(sentence.split()) >= SENTENCE_WORDS:
            yield sentence


def _phone_forms(digits: str) -> Iterator[str]:
    pairs = [digits[place : place + 2] for place in range(0, len(digits), 2)]
    for between in (" ", "-", "."):
        yield between.join(pairs)
    yield f"{digits[:4]} {digits[4:]}"
