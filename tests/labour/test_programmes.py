"""What the table of programmes must hold, and what a line that cannot be read says."""

import re
from collections import Counter, defaultdict

import pytest

from matcher.competences.concepts import folded, read_vocabulary
from matcher.labour.isco import read_unit_groups
from matcher.labour.programmes import (
    COLUMNS,
    DEGREES,
    ImpliedCompetence,
    Programme,
    parse_programmes,
    read_institutions,
    read_programmes,
)
from matcher.labour.tables import MalformedTable

HEADER = "\t".join(COLUMNS)
A_LINE = {
    "id": "msc-example",
    "da": "Eksempelvidenskab",
    "en": "Example Science",
    "aliases_da": "cand.ex.|eksempler",
    "aliases_en": "",
    "degree": "master",
    "iscedf": "0388",
    "isco": "2422|2421",
    "institutions": "AAU",
    "competences": "ethnography:0.8|lca:0.3",
    "as_of": "2025",
}


def read(**cells: str) -> Programme:
    (programme,) = parse_programmes("programmes.tsv", f"{HEADER}\n" + "\t".join((A_LINE | cells).values()) + "\n")
    return programme


def test_a_line_becomes_a_programme() -> None:
    assert read() == Programme(
        id="msc-example",
        da="Eksempelvidenskab",
        en="Example Science",
        aliases=("cand.ex.", "eksempler"),
        degree="master",
        iscedf="0388",
        isco=("2422", "2421"),
        institutions=("AAU",),
        implied=(ImpliedCompetence("ethnography", 0.8), ImpliedCompetence("lca", 0.3)),
        as_of=2025,
    )


def test_the_forms_are_titles_and_aliases_each_once() -> None:
    assert read(en="Eksempelvidenskab").forms == ("Eksempelvidenskab", "cand.ex.", "eksempler")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"degree": "doctor"}, "degree 'doctor' is none of"),
        ({"da": " "}, "da is empty"),
        ({"competences": "lca"}, "'lca' is not written concept:weight"),
        ({"competences": "lca:much"}, "'lca:much' is not written concept:weight"),
        ({"competences": "lca:1.0"}, "a weight between 0.2 and 0.9"),
        ({"competences": ":0.5"}, "needs a concept"),
        ({"aliases_da": "x||y"}, "is empty or has space around it"),
        ({"as_of": "now"}, "as_of 'now' is no year"),
        ({"as_of": "2025\tmore"}, "12 columns, wanted 11"),
    ],
)
def test_a_line_that_cannot_be_read_says_where_and_why(cells: dict[str, str], why: str) -> None:
    with pytest.raises(MalformedTable, match=re.escape(why)) as refusal:
        read(**cells)

    assert str(refusal.value).startswith("programmes.tsv, line 2: ")


def test_another_header_is_refused() -> None:
    with pytest.raises(MalformedTable, match="line 1: the header must be id da en"):
        list(parse_programmes("programmes.tsv", "id\tname\n"))


def test_there_are_programmes_of_every_level() -> None:
    found = Counter(programme.degree for programme in read_programmes())

    assert found.total() >= 250
    assert set(found) == set(DEGREES)


def test_ids_are_unique_and_kebab_case() -> None:
    found = Counter(programme.id for programme in read_programmes())

    assert [id for id, count in found.items() if count > 1 or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)] == []


def test_every_programme_implies_concepts_of_the_vocabulary() -> None:
    known = {concept.id for concept in read_vocabulary()}
    loose = [(p.id, item.concept) for p in read_programmes() for item in p.implied if item.concept not in known]

    assert loose == []


def test_every_programme_implies_six_to_fourteen_competences_each_once() -> None:
    counts = {p.id: Counter(item.concept for item in p.implied) for p in read_programmes()}

    assert [id for id, count in counts.items() if not 6 <= len(count) <= 14 or max(count.values()) > 1] == []


def test_every_kind_of_work_is_a_unit_group() -> None:
    known = {group.code for group in read_unit_groups()}

    assert [(p.id, code) for p in read_programmes() for code in p.isco if code not in known] == []
    assert [p.id for p in read_programmes() if not p.isco or len(set(p.isco)) < len(p.isco)] == []


def test_every_field_of_education_is_four_digits_of_a_broad_field() -> None:
    assert [p.id for p in read_programmes() if not re.fullmatch(r"(0[1-9]|10)[0-9]{2}", p.iscedf)] == []


def test_every_institution_has_its_full_name() -> None:
    known = read_institutions()

    assert [(p.id, name) for p in read_programmes() for name in p.institutions if name not in known] == []
    assert [p.id for p in read_programmes() if not p.institutions] == []


def test_no_two_programmes_of_one_level_share_a_name() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for programme in read_programmes():
        for form in programme.forms:
            owners[folded(form), programme.degree].add(programme.id)

    assert {form: sorted(ids) for form, ids in owners.items() if len(ids) > 1} == {}


def test_no_programme_names_itself_twice() -> None:
    repeated = [
        (programme.id, form)
        for programme in read_programmes()
        for form, count in Counter(map(folded, programme.aliases)).items()
        if count > 1
    ]

    assert repeated == []
