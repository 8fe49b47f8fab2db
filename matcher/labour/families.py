"""Families of study programmes: the broad fields of ISCED-F 2013 (UNESCO-UIS, 2014), two digits each."""

from functools import lru_cache

from matcher.labour.recognition import recognise

FAMILIES: tuple[str, ...] = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10")
"""Their names stand in the catalogues under `telling.field`."""


@lru_cache(maxsize=1 << 14)
def family_of(programme: str | None) -> str | None:
    """Return the broad field of a programme as people write it; None where it names none that is known.

    >>> family_of("Cand.scient.soc. i sociologi"), family_of("Livets skole")
    ('03', None)
    """
    if not programme or not programme.strip():
        return None
    found = recognise(programme, field=True)
    return found.iscedf[:2] if found else None
