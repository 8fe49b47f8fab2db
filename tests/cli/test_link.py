"""`matcher link`: titles and phrases to ISCO-08, our concepts and ESCO, and silence where nothing is sure enough."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from api.cli import render
from api.schemas import LinksOut
from matcher.competences import schemes
from matcher.competences.concepts import concepts_by_id
from matcher.labour.isco import unit_group
from tests.cli.conftest import Answer, Matcher
from tests.taxonomy.builders import SKILL_COLUMNS, skill, write_csv, write_esco

NONSENSE = "xyzzy qwrt"
OFF = {"en": "The trained part is off", "da": "Den trænede del er slået fra"}
ESCO = "http://data.europa.eu/esco/"


@pytest.fixture
def all_groups() -> None:
    """For tests that want the whole table of ISCO groups."""


@pytest.fixture(autouse=True)
def _few_groups(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let some of the ISCO groups stand for all: their thousands of titles take seconds to encode."""
    if "all_groups" not in request.fixturenames:
        few = [unit_group(code) for code in ("2221", "2431", "3313", "7212", "7221")]
        monkeypatch.setattr(schemes, "read_unit_groups", lambda: few)


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Folder of the vectors of names, of this test alone."""
    monkeypatch.setenv("MATCHER_MODELS", str(tmp_path / "models"))
    return tmp_path / "models" / "names"


def linked(matcher: Matcher, *texts: str) -> list[dict[str, Any]]:
    answer = matcher("link", *texts, "--json")
    assert answer.code == 0, answer.err
    links: list[dict[str, Any]] = answer.json["links"]
    return links


def words(answer: Answer) -> str:
    """What the tables say, without their lines and breaks."""
    return " ".join(answer.out.replace("│", " ").split())


def test_a_title_is_an_isco_group_and_a_phrase_a_competence_with_their_names_in_both_languages(
    matcher: Matcher, all_groups: None
) -> None:
    title, phrase = linked(matcher, "marketingkoordinator", "styr på momsen")

    assert title["text"] == "marketingkoordinator"
    [group, *_] = title["isco"]
    assert (group["code"], group["da"], group["en"]) == ("2431", unit_group("2431").da, unit_group("2431").en)
    [vat] = phrase["competences"]
    assert (vat["concept"], vat["da"], vat["en"]) == ("vat", concepts_by_id()["vat"].da, concepts_by_id()["vat"].en)
    assert phrase["isco"] == []
    for link in (group, vat):
        assert 0.5 <= link["confidence"] <= 1


def test_json_has_the_shape_of_the_contract_and_nothing_beside_it(matcher: Matcher) -> None:
    answer = matcher("link", "marketingkoordinator", "--json")

    assert set(answer.json) == {"links", "model", "adapted"}
    assert set(answer.json["links"][0]) == {"text", "isco", "competences", "esco"}
    assert set(answer.json["links"][0]["isco"][0]) == {"code", "da", "en", "confidence"}
    assert set(answer.json["links"][0]["competences"][0]) == {"concept", "da", "en", "confidence"}
    assert LinksOut.model_validate(answer.json).model_dump(mode="json") == answer.json
    assert answer.err == ""


def test_with_another_encoder_the_trained_part_is_off_and_json_says_so(matcher: Matcher) -> None:
    answer = matcher("link", NONSENSE, "--json")

    assert answer.json["adapted"] is False
    assert answer.json["model"].startswith("hashing-")


@pytest.mark.parametrize("language", OFF)
def test_the_notice_that_the_trained_part_is_off_names_the_model_and_is_no_result(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", language)

    answer = matcher("link", "marketingkoordinator")

    assert OFF[language] in answer.err
    assert "hashing-384" in answer.err
    assert OFF[language] not in answer.out
    assert OFF["da" if language == "en" else "en"] not in answer.err


def test_where_the_trained_part_is_on_nothing_is_said_about_it(capsys: pytest.CaptureFixture[str]) -> None:
    render.links(LinksOut(links=[], model="packaged", adapted=True))

    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("language", "said"), [("en", "nothing is sure enough"), ("da", "intet er sikkert nok")])
def test_where_nothing_is_sure_enough_it_says_so_and_that_is_no_error(
    matcher: Matcher, monkeypatch: pytest.MonkeyPatch, language: str, said: str
) -> None:
    monkeypatch.setenv("MATCHER_LANGUAGE", language)

    answer = matcher("link", NONSENSE)

    assert answer.code == 0
    assert NONSENSE in answer.out
    assert said in answer.out
    assert linked(matcher, NONSENSE) == [{"text": NONSENSE, "isco": [], "competences": [], "esco": None}]


@pytest.mark.parametrize("text", ["", "   ", "…", "\x00", "\ufdfa" * 300, "a" * 20_000])
def test_empty_and_odd_texts_link_to_nothing(matcher: Matcher, text: str) -> None:
    assert linked(matcher, text) == [{"text": text, "isco": [], "competences": [], "esco": None}]


def test_several_texts_are_answered_in_their_order_each_as_if_it_were_alone(matcher: Matcher) -> None:
    texts = ["Python og SQL", NONSENSE, "", "sygeplejerske", "Python og SQL"]

    together = linked(matcher, *texts)

    assert [each["text"] for each in together] == texts
    assert together == [linked(matcher, text)[0] for text in texts]
    assert {link["concept"] for link in together[0]["competences"]} == {"python", "sql"}


def test_links_come_surest_first_and_at_most_five_of_a_scheme(matcher: Matcher) -> None:
    [found] = linked(matcher, "Python, SQL, Excel, Power BI, R, SPSS, Git og Docker")

    sureness = [link["confidence"] for link in found["competences"]]
    assert len(sureness) == 5
    assert sureness == sorted(sureness, reverse=True)


def test_a_table_shows_code_and_names(matcher: Matcher) -> None:
    answer = matcher("link", "marketingkoordinator")

    assert "ISCO-08 2431" in words(answer)
    assert unit_group("2431").da in words(answer)
    assert f"Competence marketing {concepts_by_id()['marketing'].da}" in words(answer)
    assert "%" in answer.out


def test_text_of_users_is_no_markup(matcher: Matcher) -> None:
    assert "[bold]smed[/bold]" in matcher("link", "[bold]smed[/bold]").out


def test_without_a_text_it_is_misuse(matcher: Matcher) -> None:
    assert matcher("link").code == 2


def test_without_an_import_esco_is_not_known_and_is_not_credited(matcher: Matcher) -> None:
    answer = matcher("link", "bogholder")

    assert "ESCO" not in answer.out
    assert linked(matcher, "bogholder")[0]["esco"] is None


def test_after_an_import_titles_and_skills_are_linked_to_esco(matcher: Matcher, tmp_path: Path) -> None:
    matcher("taxonomy", "import-esco", write_esco(tmp_path / "esco"))

    title, phrase, neither = linked(matcher, "regnskabsassistent", "keeping a cash book", NONSENSE)

    assert title["esco"][0]["uri"] == f"{ESCO}occupation/o1"
    assert title["esco"][0]["label"] == "regnskabsassistent"
    assert phrase["esco"][0]["uri"] == f"{ESCO}skill/s2"
    assert neither["esco"] == []


@pytest.mark.parametrize(
    ("language", "credit"),
    [
        ("en", "This service uses the ESCO classification of the European Commission."),
        ("da", "Denne tjeneste bruger Europa-Kommissionens klassifikation ESCO."),
    ],
)
def test_links_to_esco_are_shown_with_its_credit(
    matcher: Matcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, credit: str
) -> None:
    matcher("taxonomy", "import-esco", write_esco(tmp_path / "esco"))
    monkeypatch.setenv("MATCHER_LANGUAGE", language)

    answer = matcher("link", "bogholder")

    assert "ESCO o1 bogholder" in words(answer)
    assert credit in answer.out
    assert credit not in matcher("link", NONSENSE).out


def test_an_import_of_skills_alone_links_skills(matcher: Matcher, tmp_path: Path) -> None:
    rows = (skill("s1", "bogføring"), skill("s2", "føre kassebog"))
    write_csv(tmp_path / "esco" / "skills_da.csv", SKILL_COLUMNS, *rows)
    matcher("taxonomy", "import-esco", tmp_path / "esco")

    [found] = linked(matcher, "føre kassebog")

    assert [link["uri"] for link in found["esco"]][:1] == [f"{ESCO}skill/s2"]


def test_vectors_of_names_are_kept_and_used_again(matcher: Matcher, names: Path) -> None:
    before = linked(matcher, "marketingkoordinator")
    [file] = names.glob("*.npy")
    kept = file.read_bytes()
    np.save(file, np.zeros_like(np.load(file)))
    without_vectors = linked(matcher, "marketingkoordinator")
    file.write_bytes(kept)

    assert without_vectors[0]["isco"] != before[0]["isco"], "the file was not read"
    assert linked(matcher, "marketingkoordinator") == before
    assert file.read_bytes() == kept
    assert not list(names.glob("*.building"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:-1000]),
        lambda file: file.write_bytes(b"no array at all"),
        lambda file: np.save(file, np.load(file)[:-1]),
        lambda file: np.save(file, np.load(file)[:, :-1]),
        lambda file: np.save(file, np.array([{"pickled": 1}], dtype=object), allow_pickle=True),
    ],
    ids=["empty", "cut off", "garbage", "a row short", "another width", "pickled"],
)
def test_a_damaged_file_of_names_is_made_anew(matcher: Matcher, names: Path, damage: Any) -> None:
    before = linked(matcher, "marketingkoordinator")
    [file] = names.glob("*.npy")
    kept = file.read_bytes()
    damage(file)
    assert file.read_bytes() != kept

    assert linked(matcher, "marketingkoordinator") == before
    assert file.read_bytes() == kept


def test_what_a_killed_process_left_behind_is_written_over(matcher: Matcher, names: Path) -> None:
    linked(matcher, "smed")
    [file] = names.glob("*.npy")
    kept = file.read_bytes()
    file.rename(file.with_suffix(".building"))
    file.with_suffix(".building").write_bytes(kept[:500])

    linked(matcher, "smed")

    assert file.read_bytes() == kept
    assert not list(names.glob("*.building"))


def test_names_that_cannot_be_kept_are_refused_in_words(matcher: Matcher, names: Path) -> None:
    names.parent.mkdir()
    names.write_text("a file where the folder should be", encoding="utf-8")

    answer = matcher("link", "smed", "--json")

    assert answer.code == 1
    assert "names" in answer.json["message"]


def test_other_names_are_kept_in_another_file(matcher: Matcher, names: Path, tmp_path: Path) -> None:
    linked(matcher, "smed")
    alone = set(names.glob("*.npy"))
    matcher("taxonomy", "import-esco", write_esco(tmp_path / "esco"))
    linked(matcher, "smed")

    assert len(alone) == 1
    assert alone < set(names.glob("*.npy"))
