"""The kinds of work and the job titles people use for them."""

import re
from collections import Counter, defaultdict

import pytest

from matcher.labour.isco import UnknownUnitGroup, parse_unit_groups, read_unit_groups, unit_group
from matcher.labour.tables import MalformedTable

GROUPS = "isco\tda\ten\n2512\tSoftwareudvikling\tSoftware developers\n"
TITLES = "isco\tlanguage\ttitle\n2512\tda\tUdvikler\n2512\ten\tDeveloper\n2512\tda\tProgrammør\n"
OF_GRADUATES = re.compile(
    r"12[12]\d|13(21|23|24|30|42|44|45)|2[1-6]\d\d|31(1[1-9]|41)|32(11|12|13|57)|33\d\d|34(11|12|31|32|33|35)|35\d\d|41[12]0"
)
"""Work that people go to from a university, a university college or an academy."""
ELSEWHERE = {"2230"}


def test_a_unit_group_has_its_titles_by_language() -> None:
    (group,) = parse_unit_groups(GROUPS, TITLES)

    assert (group.code, group.da, group.en) == ("2512", "Softwareudvikling", "Software developers")
    assert (group.titles_da, group.titles_en) == (("Udvikler", "Programmør"), ("Developer",))


@pytest.mark.parametrize(
    ("groups", "titles", "why"),
    [
        (GROUPS + "25\tX\tY\n", TITLES, "isco.tsv, line 3: isco '25' is not four digits"),
        (GROUPS + "2513\t\tY\n", TITLES, "isco.tsv, line 3: da is empty"),
        (GROUPS, TITLES + "9999\tda\tX\n", "titles.tsv, line 5: isco '9999' is not in isco.tsv"),
        (GROUPS, TITLES + "2512\tsv\tX\n", "titles.tsv, line 5: language 'sv' is neither da nor en"),
        (GROUPS, TITLES + "2512\tda\n", "titles.tsv, line 5: 2 columns, wanted 3"),
        ("isco\n", TITLES, "isco.tsv, line 1: the header must be isco da en"),
    ],
)
def test_a_line_that_cannot_be_read_says_where_and_why(groups: str, titles: str, why: str) -> None:
    with pytest.raises(MalformedTable, match=re.escape(why)):
        parse_unit_groups(groups, titles)


def test_a_unit_group_is_found_by_its_code() -> None:
    assert unit_group("2512").en == "Software developers"
    assert "Softwareudvikler" in unit_group("2512").titles_da


@pytest.mark.parametrize("code", ["25", "9999", "", "software"])
def test_another_code_is_refused(code: str) -> None:
    with pytest.raises(UnknownUnitGroup, match=f"'{code}' is no unit group"):
        unit_group(code)


def test_all_unit_groups_of_isco_08_are_there_in_order() -> None:
    codes = [group.code for group in read_unit_groups()]

    assert len(codes) == len(set(codes)) == 436
    assert codes == sorted(codes)


def test_every_unit_group_has_a_title_in_both_languages() -> None:
    assert [group.code for group in read_unit_groups() if not (group.titles_da and group.titles_en)] == []


def test_work_of_graduates_has_six_titles_in_both_languages() -> None:
    graduates = [g for g in read_unit_groups() if OF_GRADUATES.fullmatch(g.code) and g.code not in ELSEWHERE]

    assert len(graduates) > 150
    assert [group.code for group in graduates if min(len(group.titles_da), len(group.titles_en)) < 6] == []


def test_there_are_titles_enough() -> None:
    assert sum(len(group.titles_da) + len(group.titles_en) for group in read_unit_groups()) >= 3000


def test_a_title_belongs_to_one_unit_group() -> None:
    owners: dict[tuple[str, str], list[str]] = defaultdict(list)
    for group in read_unit_groups():
        for language, titles in (("da", group.titles_da), ("en", group.titles_en)):
            for title in titles:
                owners[language, title.casefold()].append(group.code)

    assert {title: codes for title, codes in owners.items() if len(codes) > 1} == {}


def test_titles_are_written_as_titles() -> None:
    spelled = Counter(title for group in read_unit_groups() for title in (*group.titles_da, *group.titles_en))

    assert [title for title in spelled if title != title.strip() or len(title) < 2 or len(title) > 60] == []
    assert [title for title in spelled if not (title[0].isupper() or title[0] in ".15")] == []
