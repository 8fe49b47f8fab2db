"""Puts the rows of the official files together to concepts, and keeps count of what does not fit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from matcher.competences.concepts import ESCO
from matcher.errors import InvalidTaxonomy, Phrase
from matcher.taxonomy.concepts import EscoConcept, Taxonomy, TaxonomyKind
from matcher.taxonomy.files import Table, lines_of

KINDS: Mapping[str, tuple[TaxonomyKind, str]] = {
    "skills": ("skill", f"{ESCO}skill/"),
    "occupations": ("occupation", f"{ESCO}occupation/"),
    "iscogroups": ("isco_group", f"{ESCO}isco/"),
}
"""By stem of the file: the kind of its concepts and the beginning of their addresses."""

NAME_COLUMNS = ("conceptUri", "preferredLabel")
BROADER_COLUMNS = ("conceptUri", "broaderUri")
RELATION_COLUMNS = ("occupationUri", "relationType", "skillUri")
RELEASED = frozenset({"", "released"})


@dataclass(slots=True)
class _Draft:
    kind: TaxonomyKind
    isco: str | None = None
    skill_type: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    linked: dict[str, dict[str, None]] = field(default_factory=lambda: {"broader": {}, "essential": {}, "optional": {}})


class Gathering:
    """Concepts as they grow file by file; `notices` tells what was left out or differs."""

    def __init__(self) -> None:
        self._drafts: dict[str, _Draft] = {}
        self._moved: list[str] = []
        self.notices: list[Phrase] = []

    def add_names(self, stem: str, language: str, table: Table) -> None:
        """Add the concepts of a table of names; one without a single concept of its kind is refused."""
        kind, prefix = KINDS[stem]
        foreign: list[int] = []
        withdrawn: list[int] = []
        repeated: list[int] = []
        for line, row in table.rows:
            if not row["conceptUri"].startswith(prefix):
                foreign.append(line)
            elif row.get("status", "").strip().lower() not in RELEASED:
                withdrawn.append(line)
            elif not self._add_name(kind, language, row):
                repeated.append(line)
        if len(foreign) == len(table.rows):
            raise InvalidTaxonomy("no_concepts", file=table.file, wanted=f"{prefix}...", rows=len(table.rows))
        self._tell(table, misshapen=table.misshapen, foreign=foreign, withdrawn=withdrawn, repeated=repeated)

    def add_broader(self, table: Table) -> None:
        """Add which skill belongs under which; relations of skill groups are not ours and not counted."""
        self._add_links(table, (("conceptUri", "broaderUri", "broader", row) for row in table.rows))

    def add_skills_of_occupations(self, table: Table) -> None:
        """Add which skills are essential or optional for which occupation."""
        self._add_links(
            table, (("occupationUri", "skillUri", row[1]["relationType"].strip().lower(), row) for row in table.rows)
        )

    def taxonomy(self, languages: Sequence[str]) -> Taxonomy:
        """Return what was gathered; concepts without a name in any of the languages stay, known by their URI."""
        if self._moved:
            self.notices.append(Phrase("taxonomy.notice.isco", {"count": len(self._moved), "uri": self._moved[0]}))
        return Taxonomy(
            concepts={uri: _concept(uri, self._drafts[uri]) for uri in sorted(self._drafts)},
            languages=tuple(languages),
        )

    def _add_name(self, kind: TaxonomyKind, language: str, row: Mapping[str, str]) -> bool:
        """Add a concept's names in a language; False if the file has named it already."""
        draft = self._drafts.setdefault(row["conceptUri"].removeprefix(ESCO), _Draft(kind))
        if language in draft.labels:
            return False
        label = " ".join(row["preferredLabel"].split())
        aliases = dict.fromkeys(alias for alias in lines_of(row.get("altLabels", "")) if alias != label)
        if label:
            draft.labels[language] = label
        if aliases:
            draft.aliases[language] = tuple(aliases)
        self._add_isco(draft, row)
        draft.skill_type = draft.skill_type or row.get("skillType", "").rpartition("/")[2].strip() or None
        return True

    def _add_isco(self, draft: _Draft, row: Mapping[str, str]) -> None:
        isco = row.get("iscoGroup" if draft.kind == "occupation" else "code", "").strip().removeprefix("C")
        if draft.kind == "skill" or not isco:
            return
        if draft.isco not in {None, isco}:
            self._moved.append(row["conceptUri"])
            return
        draft.isco = isco

    def _add_links(self, table: Table, links: Iterator[tuple[str, str, str, tuple[int, Mapping[str, str]]]]) -> None:
        unknown: list[int] = []
        foreign: list[int] = []
        for source, target, relation, (line, row) in links:
            uri, other = row[source].removeprefix(ESCO), row[target].removeprefix(ESCO)
            draft = self._drafts.get(uri)
            if relation not in {"broader", "essential", "optional"} or not row[target].startswith(ESCO):
                foreign.append(line)
            elif draft and (relation == "broader" or other in self._drafts):
                draft.linked[relation][other] = None
            elif relation != "broader" or row.get("conceptType", "") != "SkillGroup":
                unknown.append(line)
        self._tell(table, misshapen=table.misshapen, no_relation=foreign, unknown=unknown)

    def _tell(self, table: Table, **lines: Sequence[int]) -> None:
        for what, found in lines.items():
            if found:
                values = {"file": table.file.name, "count": len(found), "line": found[0]}
                self.notices.append(Phrase(f"taxonomy.notice.{what}", values))


def _concept(uri: str, draft: _Draft) -> EscoConcept:
    return EscoConcept(
        uri=uri,
        kind=draft.kind,
        isco=draft.isco,
        skill_type=draft.skill_type,
        labels=draft.labels,
        aliases=draft.aliases,
        **{relation: tuple(sorted(uris)) for relation, uris in draft.linked.items()},
    )
