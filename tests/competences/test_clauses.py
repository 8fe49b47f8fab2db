"""Sentences to clauses."""

from hypothesis import given
from hypothesis import strategies as st

from matcher.competences.clauses import clauses, cut
from matcher.competences.wording import bare, telling_words


def said(text: str) -> list[str]:
    return [text[clause.start : clause.end] for clause in clauses(text, 0, len(text))]


def test_each_item_of_a_list_is_a_clause() -> None:
    found = list(clauses("- erfaring med SQL\n- kørekort", 0, 29))
    assert [clause.bullet for clause in found] == [True, True]
    assert said("- erfaring med SQL\n- kørekort") == ["erfaring med SQL", "kørekort"]


def test_a_coordination_is_cut_where_each_part_stands_alone() -> None:
    assert said("Du har erfaring med SQL, Excel og Python.") == ["Du har erfaring med SQL", "Excel", "Python"]


def test_what_shares_a_verb_or_noun_stays_together() -> None:
    assert said("udvikling og drift af systemer") == ["udvikling og drift af systemer"]
    assert said("planlægge og udføre forsøg i laboratoriet") == ["planlægge og udføre forsøg i laboratoriet"]
    assert said("dansk i skrift og tale") == ["dansk i skrift og tale"]


def test_a_verb_of_its_own_begins_a_clause() -> None:
    assert said("Du skriver klart og holder overblikket over sager") == [
        "Du skriver klart",
        "holder overblikket over sager",
    ]


def test_text_without_punctuation_is_cut_where_a_demand_begins() -> None:
    text = "Har kendskab til bogføring Kan arbejde selvstændigt Er serviceminded"
    assert said(text) == ["Har kendskab til bogføring", "Kan arbejde selvstændigt", "Er serviceminded"]


def test_subordinate_clauses_and_parentheses_are_marked() -> None:
    sentence = "Du holder styr på sager (ca. 40), når det går hurtigt"
    marks = {sentence[c.start : c.end]: (c.subordinate, c.parenthesis) for c in cut(sentence, 0, len(sentence))}
    assert marks["når det går hurtigt"] == (True, False)
    assert any(parenthesis for _, parenthesis in marks.values())


def test_what_the_person_sought_does_is_no_aside() -> None:
    text = "Vi søger en kollega, der kan rigge telte"
    assert [clause.subordinate for clause in clauses(text, 0, len(text))] == [False, False]


def test_if_you_is_a_demand_of_its_own_and_not_subordinate() -> None:
    sentence = "Det er et plus, hvis du kender SQL"
    assert not [clause for clause in cut(sentence, 0, len(sentence)) if clause.subordinate]


def test_lead_ins_and_trailers_are_no_part_of_what_is_said() -> None:
    for clause, core in {
        "du har solid erfaring med at undervise voksne": "undervise voksne",
        "You have a proven track record of leading teams": "leading teams",
        "ansvarlig for at planlægge vedligehold": "planlægge vedligehold",
        "kendskab til bogføring er en fordel": "bogføring",
        "You are comfortable with presenting results": "presenting results",
    }.items():
        assert clause[slice(*bare(clause, 0, len(clause)))] == core


def test_everyday_words_tell_nothing() -> None:
    text = "du har gode evner og erfaring fra et relevant job"
    assert telling_words(text, 0, len(text)) == []


@given(st.text(alphabet="abc ,.;:()-\n•*ogæ", max_size=200))
def test_clauses_lie_in_order_inside_the_text_without_overlap(text: str) -> None:
    at = 0
    for clause in clauses(text, 0, len(text)):
        assert at <= clause.start < clause.end <= len(text)
        at = clause.end
