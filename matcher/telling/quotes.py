"""Quotes: slices of a posting or a CV, kept with their place so that anybody can check them."""

from dataclasses import dataclass, replace
from typing import Literal

from matcher.ports import Passage
from matcher.privacy.mask import FILLER
from matcher.records import Span

Side = Literal["posting", "candidate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a document: `text == document.text[start:end]`. `cut`: it is only the beginning of what was read.

    `by_person`: no words of the document but of the person who added what it does not say; its place is 0, 0.
    """

    side: Side
    start: int
    end: int
    text: str
    cut: bool = False
    by_person: bool = False

    @classmethod
    def of(cls, side: Side, text: str, start: int, end: int) -> "Quote":
        """Return the slice of a document's text, without white space at its ends."""
        whole = text[start:end]
        start += len(whole) - len(whole.lstrip())
        words = whole.strip()
        return cls(side=side, start=start, end=start + len(words), text=words)

    @classmethod
    def read(cls, side: Side, text: str, place: Passage | Span) -> "Quote":
        """Return the words of a document at a place, or of the person who added what it does not say."""
        span = place if isinstance(place, Span) else place.span
        if span is not None and span.by_person == "added":
            return cls(side=side, start=0, end=0, text=span.label, by_person=True)
        return cls.of(side, text, place.start, place.end)

    @property
    def shown(self) -> str:
        """The words on one line, with dots where they are cut."""
        return " ".join(self.text.split()) + (" …" if self.cut else "")

    @property
    def masked(self) -> bool:
        """Whether something that identifies a person was covered in these words."""
        return FILLER in self.text

    def shortened(self, most: int) -> "Quote":
        """Return the first words that fit into `most` code points, or all of them."""
        if len(self.text) <= most:
            return self
        kept = self.text[: most + 1]
        kept = (kept[: max(kept.rfind(" "), kept.rfind("\n"))] if len(kept.split()) > 1 else kept[:most]).rstrip()
        if self.by_person:
            return replace(self, text=kept, cut=True)
        return replace(self, end=self.start + len(kept), text=kept, cut=True)
