"""How a line of the vocabulary is read, and what a line that cannot be read says."""

import pytest

from matcher.competences.concepts import (
    COLUMNS,
    Concept,
    MalformedVocabulary,
    Rule,
    folded,
    parse_area,
    read_vocabulary,
)

HEADER = "\t".join(COLUMNS)


def a_line(**cells: str) -> str:
    row = dict.fromkeys(COLUMNS, "") | {"id": "r-language", "kind": "tool", "da": "R", "en": "R"} | cells
    return "\t".join(row.values())


def read(*lines: str) -> list[Concept]:
    return list(parse_area("it.tsv", "\n".join([HEADER, *lines]) + "\n"))


def rules(text: str, **cells: str) -> tuple[Rule, ...]:
    return read(a_line(rule=text, **cells))[0].rules


def test_a_line_becomes_a_concept() -> None:
    (concept,) = read(
        "lca\tmethod\tlivscyklusvurdering\tlife cycle assessment\tLCA|livscyklusanalyse\tLCA\tsustainability\t"
        "skill/7-8\tcase:LCA"
    )

    assert concept == Concept(
        id="lca",
        kind="method",
        da="livscyklusvurdering",
        en="life cycle assessment",
        aliases_da=("LCA", "livscyklusanalyse"),
        aliases_en=("LCA",),
        broader="sustainability",
        esco="skill/7-8",
        rules=(Rule(forms=("LCA",), case=True),),
    )
    assert concept.forms == ("livscyklusvurdering", "life cycle assessment", "LCA", "livscyklusanalyse")


def test_empty_cells_are_nothing_rather_than_empty_names() -> None:
    (concept,) = read(a_line())

    assert (concept.aliases_da, concept.broader, concept.esco, concept.rules) == ((), None, None, ())


def test_a_bare_case_rule_binds_every_form() -> None:
    (concept,) = read(a_line(aliases_da="R-kode", rule="case"))

    assert concept.rules_for("R-kode") == (Rule(case=True),)


def test_a_rule_with_forms_binds_only_those_in_any_case() -> None:
    (concept,) = read(a_line(aliases_da="R-kode", rule="case:R"))

    assert concept.rules_for("r") == (Rule(forms=("R",), case=True),)
    assert concept.rules_for("R-kode") == ()


def test_context_words_are_kept_casefolded() -> None:
    assert rules("context:SQL|Statistik|c++") == (Rule(context=("sql", "statistik", "c++")),)


def test_a_form_may_have_case_and_context_both() -> None:
    (concept,) = read(a_line(rule="case:R context[R]:python"))

    assert concept.rules_for("R") == (Rule(forms=("R",), case=True), Rule(forms=("R",), context=("python",)))


def test_forms_in_a_rule_may_hold_spaces_and_rules_may_repeat() -> None:
    found = rules("context[open data,R]:data context[business case]:budget", aliases_en="open data|business case")

    assert [rule.forms for rule in found] == [("open data", "R"), ("business case",)]


def test_a_language_rule_binds_all_or_the_named_forms() -> None:
    assert rules("da-only") == (Rule(only="da"),)
    assert rules("en-only:drive", aliases_en="drive") == (Rule(forms=("drive",), only="en"),)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("r\ttool\tR\tR", "4 columns, wanted 9"),
        (a_line(kind="gadget"), "kind 'gadget' is none of"),
        (a_line(en=""), "en is empty"),
        (a_line(aliases_da="R-kode||RStudio"), "alias '' is empty"),
        (a_line(aliases_da="R-kode |RStudio"), "alias 'R-kode ' is empty or has space"),
        (a_line(rule="exact:R"), "rule 'exact:R' is none of"),
        (a_line(rule="context:"), "rule 'context:' is none of"),
        (a_line(rule="case:S"), r"a rule names \['S'\], which is no label or alias of r-language"),
    ],
)
def test_a_malformed_line_is_named_with_its_fault(line: str, why: str) -> None:
    with pytest.raises(MalformedVocabulary, match=rf"it\.tsv, line 3: .*{why}"):
        read(a_line(), line)


def test_another_header_is_refused() -> None:
    with pytest.raises(MalformedVocabulary, match=r"line 1: the header must be id kind da en"):
        list(parse_area("it.tsv", "id\tlabel\n"))


def test_hyphens_case_and_wide_spaces_do_not_tell_forms_apart() -> None:
    assert folded("Back-End  udvikling") == folded("back end Udvikling")
    assert folded("C++") != folded("C")


def test_the_vocabulary_is_read_once() -> None:
    assert read_vocabulary() is read_vocabulary()
