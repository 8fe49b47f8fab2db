"""Wire types of an erasure's proof."""

from typing import Self

from pydantic import BaseModel

from matcher.privacy.erasure import Proof


class PlaceOut(BaseModel):
    """A table or file, and what was found there."""

    place: str
    found: list[str]


class ProofOut(BaseModel):
    """What was removed, what was looked for and where, and what was found."""

    clean: bool
    removed: dict[str, int]
    exports: list[str]
    looked_for: dict[str, int]
    left_out: int
    tables: int
    files: int
    found: list[PlaceOut]
    unread: list[str]
    line: int

    @classmethod
    def of(cls, proof: Proof) -> Self:
        """Return the wire form of a proof."""
        tables = [one for one in proof.searched if one.is_table]
        return cls(
            clean=proof.clean,
            removed=dict(proof.removed),
            exports=list(proof.exports),
            looked_for={str(trace): count for trace, count in proof.looked_for.items()},
            left_out=proof.left_out,
            tables=len(tables),
            files=len(proof.searched) - len(tables),
            found=[PlaceOut(place=one.place, found=list(one.found)) for one in proof.found],
            unread=list(proof.unread),
            line=proof.line,
        )
