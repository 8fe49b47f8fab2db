"""Importing ESCO: what is read, what is told, and that a failed import loses nothing."""

import gzip
from pathlib import Path

import pytest

from matcher.errors import HomeNotWritable, InvalidTaxonomy
from matcher.taxonomy import read_taxonomy
from matcher.taxonomy.esco import ImportReport, import_esco
from tests.taxonomy.builders import (
    BROADER_COLUMNS,
    ESCO,
    OCCUPATION_COLUMNS,
    RELATION_COLUMNS,
    SKILL_COLUMNS,
    broader,
    csv_bytes,
    occupation,
    relation,
    skill,
    write_csv,
    write_esco,
)


@pytest.fixture
def esco(tmp_path: Path) -> Path:
    return write_esco(tmp_path / "esco")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def told(report: ImportReport) -> str:
    return "\n".join(notice.text("en") for notice in report.notices)


def test_names_in_both_languages_types_groups_and_relations_are_read(esco: Path, home: Path) -> None:
    import_esco(esco, home)

    taxonomy = read_taxonomy(home)
    bookkeeping, bookkeeper = taxonomy.concepts["skill/s1"], taxonomy.concepts["occupation/o1"]
    assert list(taxonomy.concepts) == sorted(taxonomy.concepts)
    assert taxonomy.languages == ("da", "en")
    assert bookkeeping.labels == {"da": "bogføring", "en": "bookkeeping"}
    assert bookkeeping.aliases == {"da": ("føre regnskab",), "en": ("keeping books",)}
    assert (bookkeeping.kind, bookkeeping.skill_type) == ("skill", "knowledge")
    assert taxonomy.concepts["skill/s2"].broader == ("skill/s1",)
    assert (bookkeeper.isco, bookkeeper.essential) == ("3313", ("skill/s1", "skill/s2"))
    assert taxonomy.concepts["occupation/o2"].optional == ("skill/s1",)
    assert taxonomy.concepts["isco/C2411"].labels["da"] == "Revision"
    assert taxonomy.concepts["isco/C2411"].isco == "2411"


def test_every_name_of_a_kind_is_a_term(esco: Path, home: Path) -> None:
    import_esco(esco, home)

    terms = read_taxonomy(home).terms("occupation")

    assert [(term.concept, term.text) for term in terms] == [
        ("occupation/o1", "bogholder"),
        ("occupation/o1", "regnskabsassistent"),
        ("occupation/o1", "bookkeeper"),
        ("occupation/o2", "accountant"),
    ]


def test_the_report_counts_by_language_and_tells_what_has_no_name(esco: Path, home: Path) -> None:
    (esco / "skillGroups_en.csv").write_text("a,b\n", encoding="utf-8")

    report = import_esco(esco, home)

    assert report.concepts == {"skills": 2, "occupations": 2, "isco_groups": 2}
    assert report.names["da"] == {"skills": 2, "occupations": 1, "isco_groups": 2, "aliases": 2}
    assert report.relations == {"broader": 1, "essential": 2, "optional": 1}
    assert report.ignored == ("skillGroups_en.csv",)
    assert told(report) == "1 occupations have no name in da."


def test_only_the_languages_asked_for_are_read(esco: Path, home: Path) -> None:
    report = import_esco(esco, home, languages=["EN"])

    assert report.languages == ("en",)
    assert read_taxonomy(home).concepts["skill/s1"].labels == {"en": "bookkeeping"}


def test_a_language_that_is_not_there_is_refused_with_those_that_are(esco: Path, home: Path) -> None:
    with pytest.raises(InvalidTaxonomy, match=r"no skills or occupations in 'sv'\. Found: da, en\."):
        import_esco(esco, home, languages=["da", "sv"])
    assert not home.exists()


def test_packed_files_of_one_folder_a_language_are_read_like_plain_ones(tmp_path: Path, home: Path) -> None:
    plain = write_esco(tmp_path / "plain")
    import_esco(plain, home)
    expected = read_taxonomy(home)
    for file in plain.iterdir():
        language = "da" if "_da" in file.name else "en"
        target = tmp_path / "packed" / language / f"{file.name.replace('Pillar.csv', 'Pillar_en.csv')}.gz"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(gzip.compress(b"\xef\xbb\xbf" + file.read_bytes()))

    import_esco(tmp_path / "packed", home)

    assert read_taxonomy(home) == expected


def test_semicolons_of_a_spreadsheet_and_missing_optional_columns_are_no_obstacle(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "esco"
    folder.mkdir()
    content = csv_bytes(("preferredLabel", "conceptUri"), ("bogføring, daglig", f"{ESCO}skill/s1"), delimiter=";")
    (folder / "skills_da.csv").write_bytes(content)

    report = import_esco(folder, home)

    assert read_taxonomy(home).concepts["skill/s1"].labels == {"da": "bogføring, daglig"}
    assert "occupations_da.csv is not in the folder" in told(report)
    assert "occupationSkillRelations.csv is not in the folder" in told(report)


def test_importing_again_replaces_what_was_there(esco: Path, home: Path) -> None:
    import_esco(esco, home)
    write_csv(esco / "skills_da.csv", SKILL_COLUMNS, skill("s3", "revision"))

    import_esco(esco, home, languages=["da"])

    taxonomy = read_taxonomy(home)
    assert "skill/s3" in taxonomy.concepts
    assert "skill/s2" not in taxonomy.concepts


def test_the_same_files_give_the_same_bytes(esco: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        import_esco(esco, tmp_path / name)

    contents = [(tmp_path / name / "taxonomy/esco/concepts.jsonl.gz").read_bytes() for name in ("one", "two")]
    assert contents[0] == contents[1]


def test_rows_that_do_not_fit_are_left_out_and_told_with_their_line(esco: Path, home: Path) -> None:
    write_csv(
        esco / "skills_da.csv",
        SKILL_COLUMNS,
        skill("s1", "bogføring"),
        skill("s1", "bogføring igen"),
        skill("s8", "udgået", status="obsolete"),
        occupation("o9", "3313", "bogholder"),
        ["KnowledgeSkillCompetence", f"{ESCO}skill/s9"],
    )

    said = told(import_esco(esco, home, languages=["da"]))

    assert (
        "skills_da.csv: 1 rows have another number of columns than the header and were left out, the first at line 6."
        in said
    )
    assert "skills_da.csv: 1 rows are no concepts of that kind and were left out, the first at line 5." in said
    assert "skills_da.csv: 1 concepts are not released (any more) and were left out, the first at line 4." in said
    assert "skills_da.csv: 1 rows repeat a concept and were left out, the first at line 3." in said
    assert read_taxonomy(home).concepts["skill/s1"].labels["da"] == "bogføring"


def test_relations_to_what_is_not_there_are_left_out_and_told(esco: Path, home: Path) -> None:
    write_csv(
        esco / "occupationSkillRelations.csv",
        RELATION_COLUMNS,
        relation("o1", "essential", "s1"),
        relation("o1", "essential", "nowhere"),
        relation("o1", "helpful", "s2"),
    )
    write_csv(
        esco / "broaderRelationsSkillPillar.csv",
        BROADER_COLUMNS,
        broader("s1", "group"),
        broader("group", "above", sort="SkillGroup"),
    )

    report = import_esco(esco, home)

    assert report.relations == {"broader": 1, "essential": 1, "optional": 0}
    assert "occupationSkillRelations.csv: 1 relations name concepts that were not imported" in told(report)
    assert (
        "occupationSkillRelations.csv: 1 rows hold no relation known here and were left out, the first at line 4"
        in told(report)
    )
    assert "broaderRelations" not in told(report)


def test_files_of_two_versions_that_disagree_on_a_group_are_told(esco: Path, home: Path) -> None:
    write_csv(esco / "occupations_en.csv", OCCUPATION_COLUMNS, occupation("o1", "4311", "bookkeeper"))

    report = import_esco(esco, home)

    assert "1 occupations have another ISCO group in one language than in another" in told(report)
    assert read_taxonomy(home).concepts["occupation/o1"].isco == "3313"


BAD_FILES = {
    "columns": (b"name,text\na,b\n", "skills_da.csv has the columns name, text, and lacks conceptUri, preferredLabel"),
    "empty": (b"", "has the columns -, and lacks conceptUri"),
    "web page": (b"<html>\n<body>not found</body></html>\n", "has the columns <html>, and lacks conceptUri"),
    "other kind": (
        csv_bytes(OCCUPATION_COLUMNS, occupation("o1", "3313", "bogholder")),
        "has 1 rows, and none begins as its concepts do in ESCO: http://data.europa.eu/esco/skill/...",
    ),
    "header only": (csv_bytes(SKILL_COLUMNS), "skills_da.csv has 0 rows"),
    "cut off": (csv_bytes(SKILL_COLUMNS, skill("s1", "a", "b", "c"))[:-12], "cut off or damaged at line 2"),
    "latin-1": (csv_bytes(SKILL_COLUMNS).decode().encode() + "bogføring".encode("latin-1"), "is no UTF-8 text"),
    "utf-16": (csv_bytes(SKILL_COLUMNS).decode().encode("utf-16"), "is no UTF-8 text (byte 0"),
}


@pytest.mark.parametrize("fault", BAD_FILES)
def test_a_file_that_is_not_esco_is_refused_and_what_was_stored_stays(esco: Path, home: Path, fault: str) -> None:
    import_esco(esco, home)
    before = read_taxonomy(home)
    content, said = BAD_FILES[fault]
    (esco / "skills_da.csv").write_bytes(content)

    with pytest.raises(InvalidTaxonomy) as refused:
        import_esco(esco, home)

    assert said in str(refused.value)
    assert "Nothing was changed." in str(refused.value)
    assert "Intet er ændret." in refused.value.text("da")
    assert read_taxonomy(home) == before


@pytest.mark.parametrize("kept", [40, -5])
def test_a_packed_file_that_is_cut_off_or_no_gzip_is_refused(esco: Path, home: Path, kept: int) -> None:
    content = gzip.compress((esco / "skills_da.csv").read_bytes())
    (esco / "skills_da.csv").unlink()
    (esco / "skills_da.csv.gz").write_bytes(content[:kept])
    with pytest.raises(InvalidTaxonomy, match=r"skills_da\.csv\.gz cannot be unpacked"):
        import_esco(esco, home)

    (esco / "skills_da.csv.gz").write_bytes(b"no gzip at all")
    with pytest.raises(InvalidTaxonomy, match="cannot be unpacked"):
        import_esco(esco, home)


def test_a_file_that_unpacks_without_end_is_refused(esco: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.taxonomy.files.FILE_BYTES", 1 << 20)
    (esco / "skills_sv.csv.gz").write_bytes(gzip.compress(bytes(2 << 20)))

    with pytest.raises(InvalidTaxonomy, match="more than 1 MB unpacked"):
        import_esco(esco, home)


def test_a_folder_without_esco_and_no_folder_are_refused(tmp_path: Path, home: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"")

    with pytest.raises(InvalidTaxonomy, match=r"has no ESCO names\. Found: cat\.jpg\. Wanted: skills_da\.csv"):
        import_esco(tmp_path / "photos", home)
    with pytest.raises(InvalidTaxonomy, match="if it is a ZIP file, unpack it first"):
        import_esco(tmp_path / "photos" / "cat.jpg", home)


def test_the_same_part_of_esco_twice_is_refused(esco: Path, home: Path) -> None:
    write_csv(esco / "older" / "skills_da.csv.gz", SKILL_COLUMNS, skill("s1", "a"))

    with pytest.raises(InvalidTaxonomy, match="hold the same part of ESCO"):
        import_esco(esco, home)


def test_a_home_that_cannot_be_written_is_refused_in_words(esco: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")

    with pytest.raises(HomeNotWritable):
        import_esco(esco, tmp_path / "file")


def test_without_an_import_the_taxonomy_is_empty(home: Path) -> None:
    assert len(read_taxonomy(home)) == 0


def test_a_damaged_taxonomy_is_refused_and_a_new_import_mends_it(esco: Path, home: Path) -> None:
    import_esco(esco, home)
    stored = home / "taxonomy/esco/concepts.jsonl.gz"
    content = stored.read_bytes()
    stored.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

    with pytest.raises(
        InvalidTaxonomy, match=r"cannot be used: .*Import it again with `matcher taxonomy import-esco DIR`"
    ):
        read_taxonomy(home)

    import_esco(esco, home)
    assert len(read_taxonomy(home)) == 6
