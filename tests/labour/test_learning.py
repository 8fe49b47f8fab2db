"""Where competences are usually learnt: every concept has an answer, and no line points at nothing."""

import re

import pytest

from matcher.competences.concepts import read_vocabulary
from matcher.labour.learning import OTHER_KINDS, areas, learning_of, parse_learning, read_learning
from matcher.labour.tables import MalformedTable, table_text

HEADER = "applies_to\tway\teffort\tda\ten\tsource\n"
LINE = "kind:tool\tcourse\tweeks\tEt kursus.\tA course.\tus, 2026\n"


def test_every_concept_of_the_vocabulary_resolves() -> None:
    for concept in read_vocabulary():
        assert learning_of(concept.id, concept.kind).da, concept.id


def test_every_line_is_used_by_some_concept_or_kind() -> None:
    used = {learning_of(concept.id, concept.kind).applies_to for concept in read_vocabulary()}
    used |= {learning_of(None, kind).applies_to for kind in (*OTHER_KINDS, *{c.kind for c in read_vocabulary()})}

    assert set(read_learning()) - used == set()


def test_every_concept_has_an_area() -> None:
    assert set(areas()) == {concept.id for concept in read_vocabulary()}


@pytest.mark.parametrize(
    ("concept", "way", "effort"),
    [
        ("driving-licence-b", "course", "months"),
        ("python", "course", "months"),
        ("nurse-authorisation", "education", "years"),
        ("law", "education", "years"),
        ("german-language", "course", "years"),
        ("teamwork", "job", "months"),
        ("own-car", "arrange", "weeks"),
    ],
)
def test_what_is_learnt_where(concept: str, way: str, effort: str) -> None:
    kinds = {known.id: known.kind for known in read_vocabulary()}
    found = learning_of(concept, kinds[concept])

    assert (found.way, found.effort) == (way, effort)


def test_a_degree_is_never_said_to_be_a_course() -> None:
    assert learning_of(None, "education").way == "education"


@pytest.mark.parametrize("kind", ["surprise", None])
def test_what_nobody_knows_is_treated_like_an_open_phrase(kind: str | None) -> None:
    assert learning_of(None, kind) == learning_of(None, "open")
    assert learning_of("no-such-concept", kind) == learning_of(None, "open")


def test_a_concept_that_no_line_names_is_judged_by_the_one_above_it() -> None:
    assert learning_of("python", "tool").applies_to == "below:programming"


def test_sentences_end_and_are_one_and_both_languages_have_them() -> None:
    for line in read_learning().values():
        for note in (line.da, line.en):
            assert note.endswith("."), line.applies_to
            assert not re.search(r"[.!?] ", note), line.applies_to
        assert line.da != line.en


def test_no_line_promises_anything_or_counts_per_cent() -> None:
    assert not re.search(r"%|procent|per cent|garant|guarantee", table_text("learning.tsv"))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (LINE.replace("kind:tool", "kind:thing"), "'thing' of 'kind:thing' is not known"),
        (LINE.replace("kind:tool", "concept:nothing"), "'nothing' of 'concept:nothing' is not known"),
        (LINE.replace("kind:tool", "area:moon kind:tool"), "'moon' of 'area:moon kind:tool' is not known"),
        (LINE.replace("kind:tool", "tool"), "'tool' is none of kind:K"),
        (LINE.replace("course", "magic"), "way 'magic' is none of"),
        (LINE.replace("weeks", "hours"), "effort 'hours' is none of"),
        (LINE.replace("us, 2026", ""), "source is empty"),
        (LINE + LINE, "'kind:tool' stands twice"),
    ],
)
def test_a_line_that_cannot_be_read_says_where_and_why(line: str, why: str) -> None:
    with pytest.raises(MalformedTable, match=re.escape(why)):
        list(parse_learning("learning.tsv", HEADER + line))
