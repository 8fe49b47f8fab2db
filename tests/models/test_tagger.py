"""The tagger finds forms as people write them: inflected, in compounds, in capitals, in lists."""

import pytest

from models.tagger import NOTHING, Form, Tag, Tagger
from models.tagging.forms import HEAD, IN_LIST, INFLECTED, MODIFIER, SHARED, SHOUTED, TextLanguage
from models.tagging.tokens import key, words


def a_form(text: str, **rules: object) -> Form:
    return Form(text=text, target=str(rules.pop("target", text.casefold())), **rules)  # type: ignore[arg-type]


def tagger(*forms: str | Form) -> Tagger:
    return Tagger(form if isinstance(form, Form) else a_form(form) for form in forms)


def found(tags: list[Tag], text: str) -> list[tuple[str, str]]:
    return [(text[tag.start : tag.end], tag.target) for tag in tags]


def spotted(text: str, *forms: str | Form, language: TextLanguage = "da") -> list[str]:
    tags = tagger(*forms).tag(text, language)
    return [text[tag.start : tag.end] for tag in tags]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("C++, C# og F#", ["C++", ",", "C#", "og", "F#"]),
        (".NET/ASP.NET", [".NET", "/", "ASP.NET"]),
        ("R&D, M&A", ["R&D", ",", "M&A"]),
        ("node.js.", ["node.js", "."]),
        ("en ph.d. i jura", ["en", "ph.d.", "i", "jura"]),
        ("e-conomic og e-handel", ["e-conomic", "og", "e-handel"]),
        ("Python-udvikler", ["Python", "-", "udvikler"]),
        ("UX/UI", ["UX", "/", "UI"]),
        ("opgaver.Du har", ["opgaver", ".", "Du", "har"]),
        ("KPI’er", ["KPI’er"]),
        ("ja 😀!", ["ja", "😀", "!"]),
    ],
)
def test_words_with_signs_stay_whole_and_others_are_divided(text: str, whole: list[str]) -> None:
    assert [word.text for word in words(text)] == whole


def test_a_word_is_the_same_in_any_unicode_spelling() -> None:
    assert key("Å") == key("A\u030a") == key("å")
    assert key("projekt\u00adledelse") == "projektledelse"


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("projektledelse", "projektledelsens"),
        ("database", "databaserne"),
        ("programmere", "programmerede"),
        ("stakeholder", "stakeholders"),
        ("KPI", "KPI'er"),
        ("kvalitative metoder", "den kvalitative metode"),
        ("dashboard", "dashboardet"),
    ],
)
def test_danish_inflections_are_found_a_little_less_surely(form: str, text: str) -> None:
    [tag] = tagger(form).tag(text, "da")

    assert tag.form == form
    assert tag.certainty == INFLECTED


@pytest.mark.parametrize(
    ("form", "text"),
    [("database", "two databases"), ("write code", "writing code"), ("manage stakeholders", "managed stakeholders")],
)
def test_english_inflections_are_found(form: str, text: str) -> None:
    assert [tag.form for tag in tagger(form).tag(text, "en")] == [form]


@pytest.mark.parametrize(
    ("form", "text"),
    [("planning", "plan"), ("SAML", "samler"), ("ServiceNow", "service"), ("personaleret", "personalet")],
)
def test_another_word_with_the_same_beginning_is_no_inflection(form: str, text: str) -> None:
    assert spotted(text, form) == []


@pytest.mark.parametrize(
    ("form", "text", "certainty"),
    [
        ("robot", "svejserobotter", HEAD),
        ("kvalitetsstyring", "kvalitetsstyringssystem", MODIFIER),
        ("database", "databaseudvikling", MODIFIER),
    ],
)
def test_a_part_of_a_danish_compound_counts_less(form: str, text: str, certainty: float) -> None:
    [tag] = tagger(form).tag(f"Erfaring med {text}.", "da")

    assert (tag.start, tag.end, tag.certainty) == (13, 13 + len(text), certainty)


def test_short_forms_and_english_words_are_not_looked_for_inside_words() -> None:
    assert spotted("stålstandere og sagsgange", "stål", "sag") == []
    assert spotted("databaseudvikling", "database", language="en") == []


def test_a_part_before_any_other_head_is_left_alone() -> None:
    assert spotted("kommunikationsafdelingen", "kommunikation") == []


@pytest.mark.parametrize(
    ("text", "form", "evidence"),
    [
        ("drifts- og vedligeholdelsesopgaver", "driftsopgaver", "drifts- og vedligeholdelsesopgaver"),
        ("projekt- og teamledelse", "projektledelse", "projekt- og teamledelse"),
        ("projektledelse og -styring", "projektstyring", "projektledelse og -styring"),
        ("økonomi-, løn- og personalestyring", "økonomistyring", "økonomi-, løn- og personalestyring"),
        ("kvalitative og kvantitative metoder", "kvalitative metoder", "kvalitative og kvantitative metoder"),
    ],
)
def test_a_shared_part_is_read_with_both_words(text: str, form: str, evidence: str) -> None:
    [tag] = tagger(form).tag(text, "da")

    assert text[tag.start : tag.end] == evidence
    assert tag.certainty == SHARED


def test_a_form_read_across_another_does_not_hide_it() -> None:
    text = "project and time management"

    tags = tagger("project management", "time management").tag(text, "en")

    assert found(tags, text) == [(text, "project management"), ("time management", "time management")]


def test_a_hyphen_is_a_space() -> None:
    assert spotted("Back-end udvikling, back end-udvikling, backend udvikling", "back-end udvikling") == [
        "Back-end udvikling",
        "back end-udvikling",
        "backend udvikling",
    ]


def test_the_longest_form_wins() -> None:
    assert spotted("social ansvarlighed i virksomheder", "social ansvarlighed", "ansvarlighed") == [
        "social ansvarlighed"
    ]


def test_a_form_does_not_reach_from_one_list_item_into_the_next() -> None:
    assert spotted("- Agil\n- Udvikling", "agil udvikling") == []
    assert spotted("Kolonne\tagil\tudvikling", "agil udvikling") == []


def test_a_form_goes_on_in_a_wrapped_line() -> None:
    text = "Du har nogle års erfaring med at arbejde med agil\nudvikling af software."

    assert spotted(text, "agil udvikling") == ["agil\nudvikling"]


def test_a_form_under_a_case_rule_counts_only_as_spelled() -> None:
    word = a_form("Word", case=True)

    assert spotted("Du kan Word.", word) == ["Word"]
    assert spotted("the last word", word, language="en") == []


def test_an_inflected_form_keeps_its_case() -> None:
    assert spotted("PLC'er og plc'er", a_form("PLC", case=True)) == ["PLC'er"]


def test_names_in_a_list_need_no_capitals() -> None:
    office = [a_form(name, case=True, name=True) for name in ("Word", "Excel", "Outlook")]
    text = "Du er god til word, excel og outlook."

    tags = tagger(*office).tag(text, "da")

    assert [tag.target for tag in tags] == ["word", "excel", "outlook"]
    assert {tag.certainty for tag in tags} == {IN_LIST}
    assert spotted("you excel, and you keep your word", *office, language="en") == []


def test_capitals_throughout_make_a_case_rule_uncertain() -> None:
    [tag] = tagger(a_form("Word", case=True)).tag("DU SKAL HOLDE DIT WORD", "da")

    assert tag.certainty == SHOUTED


def test_capitals_with_context_are_surer() -> None:
    [tag] = tagger(a_form("R", case=True, context=("spss",))).tag("KENDSKAB TIL R OG SPSS", "da")

    assert tag.certainty == IN_LIST


def test_context_stands_in_the_same_sentence() -> None:
    java = a_form("Java", context=("program",))

    assert spotted("Jeg programmerer i Java.", java) == ["Java"]
    assert spotted("Jeg programmerer. Rejsen gik til Java.", java) == []


def test_context_stands_in_the_same_list_or_its_heading() -> None:
    r = a_form("R", case=True, context=("stat",))

    assert spotted("Kompetencer\n- Stata\n- R\n- Excel", r) == ["R"]
    assert spotted("Statistik:\n\nR\nExcel", r) == ["R"]
    assert spotted("- Stata\n\nEn lang tekst om noget andet. R står her.", r) == []


def test_context_begins_a_word_even_with_a_sign() -> None:
    c = a_form("C", case=True, context=("c++", ".net"))

    assert spotted("C og C++", c) == ["C"]
    assert spotted("C eller .NET", c) == ["C"]
    assert spotted("C i obecnet", c) == []


def test_the_form_is_not_its_own_context() -> None:
    assert spotted("prototyping", a_form("prototyping", context=("proto",))) == []


def test_a_form_of_one_language_counts_only_there() -> None:
    stand = a_form("stand", language="en")

    assert spotted("our stand", stand, language="en") == ["stand"]
    assert spotted("vores stand", stand, language="da") == []


def test_the_target_whose_rule_holds_is_meant() -> None:
    clinic = a_form("GCP", target="good clinical practice", context=("klinisk",))
    cloud = a_form("GCP", target="google cloud", context=("cloud", "aws"))

    assert [t.target for t in tagger(clinic, cloud).tag("GCP i kliniske forsøg", "da")] == ["good clinical practice"]
    assert [t.target for t in tagger(clinic, cloud).tag("AWS eller GCP", "da")] == ["google cloud"]
    assert tagger(clinic, cloud).tag("GCP", "da") == []


def test_targets_with_the_same_claim_share_its_certainty() -> None:
    first, second = a_form("SEM", target="marketing"), a_form("SEM", target="microscopy")

    assert [(t.target, t.certainty) for t in tagger(first, second).tag("SEM", "da")] == [
        ("marketing", 0.5),
        ("microscopy", 0.5),
    ]


def test_a_decoy_hides_what_stands_in_it() -> None:
    law, firm = a_form("law"), a_form("law firm", target=NOTHING)

    assert spotted("A law firm; law", law, firm, language="en") == ["law"]


@pytest.mark.parametrize(
    "text",
    [
        "😀😀 Python",
        "\t\tPython\n",
        "\ufeff  Python",
        "a\u030a Python",
        "\x00\ud800Python",
        "fi\u00adnans\u00adering,Python",
        "ﬁnans ﷺ Python",
    ],
)
def test_offsets_are_code_points_of_the_text_given(text: str) -> None:
    [tag] = tagger("Python").tag(text, "da")

    assert text[tag.start : tag.end] == "Python"


def test_a_soft_hyphen_belongs_to_the_evidence() -> None:
    assert spotted("God projekt\u00adledelse", "projektledelse") == ["projekt\u00adledelse"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "....", "-", "- og -", "og/eller", "'", "\ud800", "-" * 500])
def test_text_with_nothing_to_find_gives_nothing(text: str) -> None:
    assert tagger("Python", "drift").tag(text, "other") == []


def test_other_languages_find_names() -> None:
    assert spotted("Erfarenhet av Python och Docker", "Python", "Docker", language="other") == ["Python", "Docker"]


@pytest.mark.parametrize(
    "text", ["database" * 3000, "a\u0301" * 20000, "R, " * 5000, "drift- og " * 5000, "R Word " * 5000]
)
def test_noise_of_any_length_is_read(text: str) -> None:
    noise = tagger(a_form("R", case=True, name=True, context=("stat",)), "database", "drift").tag(text, "da")

    assert [tag for tag in noise if tag.target == "database"] == []


def test_context_does_not_reach_through_a_list_of_a_thousand_words() -> None:
    r = a_form("R", case=True, context=("statistik",))

    assert spotted("Statistik, " + "ord, " * 1000 + "R", r) == []
