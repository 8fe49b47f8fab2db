"""The kinds of work: ISCO-08's unit groups in Danish and English, with the job titles people use for each."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from matcher.labour.tables import filled, parse_table, table_text

GROUP_COLUMNS = ("isco", "da", "en")
TITLE_COLUMNS = ("isco", "language", "title")


class UnknownUnitGroup(LookupError):
    """A code that is no unit group of ISCO-08."""

    def __init__(self, code: str) -> None:
        super().__init__(f"{code!r} is no unit group of ISCO-08: four digits such as 2512 were wanted.")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitGroup:
    """One of the 436 kinds of work that ISCO-08 tells apart."""

    code: str
    """Four digits."""
    da: str
    en: str
    titles_da: tuple[str, ...] = ()
    """Everyday Danish job titles of this work, most typical first."""
    titles_en: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Its own names and the job titles in both languages, each once."""
        return tuple(dict.fromkeys((self.da, self.en, *self.titles_da, *self.titles_en)))


@cache
def read_unit_groups() -> tuple[UnitGroup, ...]:
    """All unit groups by code; read once."""
    return parse_unit_groups(table_text("isco.tsv"), table_text("titles.tsv"))


def unit_group(code: str) -> UnitGroup:
    """The unit group with this code, or UnknownUnitGroup."""
    try:
        return _by_code()[code]
    except KeyError:
        raise UnknownUnitGroup(code) from None


def parse_unit_groups(groups: str, titles: str) -> tuple[UnitGroup, ...]:
    """Read the texts of `isco.tsv` and `titles.tsv`; MalformedTable names the first line that cannot be read."""
    rows = tuple(parse_table("isco.tsv", groups, GROUP_COLUMNS, _group))
    known = {row["isco"] for row in rows}
    named: dict[tuple[str, str], list[str]] = defaultdict(list)

    def title(row: dict[str, str]) -> tuple[str, str, str]:
        filled(row, *TITLE_COLUMNS)
        if row["isco"] not in known:
            raise ValueError(f"isco {row['isco']!r} is not in isco.tsv")
        if row["language"] not in {"da", "en"}:
            raise ValueError(f"language {row['language']!r} is neither da nor en")
        return row["isco"], row["language"], row["title"]

    for code, language, name in parse_table("titles.tsv", titles, TITLE_COLUMNS, title):
        named[code, language].append(name)
    return tuple(
        UnitGroup(
            code=row["isco"],
            da=row["da"],
            en=row["en"],
            titles_da=tuple(named[row["isco"], "da"]),
            titles_en=tuple(named[row["isco"], "en"]),
        )
        for row in rows
    )


@cache
def _by_code() -> dict[str, UnitGroup]:
    return {group.code: group for group in read_unit_groups()}


def _group(row: dict[str, str]) -> dict[str, str]:
    filled(row, *GROUP_COLUMNS)
    if len(row["isco"]) != 4 or not row["isco"].isdecimal():
        raise ValueError(f"isco {row['isco']!r} is not four digits")
    return row
