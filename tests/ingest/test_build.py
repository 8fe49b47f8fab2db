"""Rows and documents become records: masked, in sections, with what a line may leave out left out."""

from datetime import date
from pathlib import Path

import pytest

from matcher.errors import InvalidLine, UnreadableFile
from matcher.ingest.build import build, prepare
from matcher.ingest.placements import placement
from matcher.ingest.report import rendered
from matcher.ingest.source import Source, checked_id, usable
from matcher.privacy.mask import FILLER
from matcher.records import Candidate, Employer, Placement, Posting

ROW = Source(file=Path("rows.jsonl"), line=7)
DOCUMENT = Source(file=Path("doc.pdf"))
CV = "Mette Holm Krogsgaard\nGranvænget 14, 9500 Hobro\nTlf. 28 61 07 43\n\nProfil\nJeg er god til tal.\n"


def test_a_candidate_keeps_the_facts_that_filter_and_no_name() -> None:
    built = build(
        "candidate",
        "c1",
        {
            "text": CV,
            "name": "Mette Holm Krogsgaard",
            "email": "mette@mail.example",
            "programme": "Cand.merc.",
            "finished": "30-06-2026",
            "municipality": "Mariagerfjord",
            "max_km": "50,5",
            "weeks_unemployed": 12,
            "language": "Dansk",
        },
        ROW,
    )

    record = built.record
    assert isinstance(record, Candidate)
    assert (record.programme, record.finished, record.max_km) == ("Cand.merc.", date(2026, 6, 30), 50.5)
    assert (record.municipality, record.weeks_unemployed, record.language) == ("Mariagerfjord", 12, "da")
    assert "Krogsgaard" not in repr(record)
    assert "28 61" not in repr(record)
    assert len(record.text) == len(CV)
    assert built.contact.names == ("Mette Holm Krogsgaard",)
    assert built.contact.emails == ("mette@mail.example",)
    assert built.contact.phones == ("28 61 07 43",)
    assert built.contact.addresses == ("Granvænget 14, 9500 Hobro",)


def test_a_candidate_without_a_postcode_has_that_of_the_address_in_the_cv() -> None:
    record = build("candidate", "c1", {"text": CV}, DOCUMENT).record

    assert isinstance(record, Candidate)
    assert record.postcode == "9500"


@pytest.mark.parametrize(("written", "postcode"), [("9000", "9000"), (800, "0800"), ("DK-9220 Aalborg", "9220")])
def test_a_postcode_is_four_digits(written: object, postcode: str) -> None:
    record = build("candidate", "c1", {"text": "Cand.merc.", "postcode": written}, ROW).record

    assert isinstance(record, Candidate)
    assert record.postcode == postcode


def test_only_id_and_text_are_needed_for_a_candidate() -> None:
    built = build("candidate", "c1", {"text": "Cand.merc. fra Aalborg"}, ROW)

    assert built.notices == ()
    assert isinstance(built.record, Candidate)
    assert built.record.finished is None


@pytest.mark.parametrize("text", [None, "", "  \n ", "..."])
def test_a_row_without_text_is_refused_with_its_line(text: object) -> None:
    with pytest.raises(InvalidLine, match=r"rows\.jsonl, line 7: the field `text` is missing"):
        build("candidate", "c1", {"text": text}, ROW)


def test_a_posting_in_a_row_needs_a_title() -> None:
    with pytest.raises(InvalidLine, match="`title` is missing"):
        build("posting", "p1", {"text": "Du skal regne."}, ROW)


def test_a_posting_in_a_document_takes_its_first_line_as_title() -> None:
    record = build("posting", "p1", {"text": "\n# **Jurist til klager**\n\nDu skal læse.\n"}, DOCUMENT).record

    assert isinstance(record, Posting)
    assert record.title == "Jurist til klager"


def test_an_unknown_kind_of_employment_is_stored_as_unknown_with_a_notice() -> None:
    built = build("posting", "p1", {"title": "T", "text": "Du skal regne.", "employment_type": "flexjob"}, ROW)

    assert isinstance(built.record, Posting)
    assert built.record.employment_type == "unknown"
    assert "flexjob" in rendered(built.notices[0], "da")


def test_a_posting_keeps_its_contact_apart_and_its_employer_readable() -> None:
    text = "Stenbæk A/S bygger maskiner.\nRing til Birgitte Stenbæk på 95 40 11 62."
    built = build("posting", "p1", {"title": "Ingeniør", "text": text, "employer": "Stenbæk A/S"}, ROW)

    assert isinstance(built.record, Posting)
    assert built.record.text.startswith("Stenbæk A/S bygger maskiner.")
    assert built.record.employer == "Stenbæk A/S"
    assert built.contact.names == ("Birgitte Stenbæk",)
    assert "95 40" not in repr(built.record)


def test_an_invalid_language_is_noticed_and_told_from_the_text() -> None:
    built = build("candidate", "c1", {"text": "Jeg har erfaring med Excel og økonomi", "language": "klingon"}, ROW)

    assert isinstance(built.record, Candidate)
    assert built.record.language == "da"
    assert "klingon" in rendered(built.notices[0], "en")


def test_a_language_that_is_given_wins() -> None:
    built = build("candidate", "c1", {"text": "Jeg har erfaring med Excel og økonomi", "language": "en"}, ROW)

    assert isinstance(built.record, Candidate)
    assert built.record.language == "en"


def test_an_employer_is_stored_without_the_names_of_people() -> None:
    built = build(
        "employer",
        "e1",
        {
            "name": "Klitvang Rådgivende Ingeniører A/S",
            "cvr": "98 00 19 05",
            "text": "23 ansatte i Hjørring. Kontakt Lone Bæk på 95 40 27 80.",
            "hires": ["2025: Mette Holm, diplomingeniør", "2024: jurist"],
            "hosts": "2023: sociolog; 2022: Jens Winge (geograf)",
        },
        ROW,
    )

    record = built.record
    assert isinstance(record, Employer)
    assert record.cvr == "98001905"
    assert record.hires == (f"2025: {FILLER * 10}, diplomingeniør", "2024: jurist")
    assert record.hosts == ("2023: sociolog", f"2022: {FILLER * 10} (geograf)")
    assert not any(name in repr(record) for name in ("Lone", "Mette", "Winge", "95 40"))
    assert built.contact.phones == ("95 40 27 80",)


def test_a_cvr_number_with_a_wrong_check_digit_is_left_out_with_a_notice() -> None:
    built = build("employer", "e1", {"name": "Klit", "cvr": "12345678"}, ROW)

    assert isinstance(built.record, Employer)
    assert built.record.cvr is None
    assert "CVR" in rendered(built.notices[0], "da")


def test_a_cpr_number_reaches_no_field_of_any_record() -> None:
    number = "120598-1234"
    fields: dict[str, object] = {
        "text": f"Cand.merc. {number}",
        "title": f"Jurist {number}",
        "name": f"Mette Holm {number}",
        "employer": f"Klit {number}",
        "municipality": f"Aalborg {number}",
        "programme": f"Cand.merc. {number}",
        "institution": number,
        "sector": number,
        "postcode": number,
        "cvr": number,
        "hires": [f"2024: {number}"],
        "phone": number,
        "address": f"Algade 1, {number}",
        "finished": number,
    }
    for kind in ("candidate", "posting", "employer"):
        built = build(kind, "x1", fields, ROW)

        assert "1234" not in repr(built.record)
        assert "1234" not in repr(built.contact)
        assert not any("1234" in rendered(notice, "en") for notice in built.notices)


@pytest.mark.parametrize(
    ("id", "kept"), [("c1", "c1"), ("  c1 ", "c1"), ("e\u0301", "\u00e9"), ("mappe/fil.pdf", "mappe/fil.pdf")]
)
def test_an_id_has_one_form(id: str, kept: str) -> None:
    assert checked_id(id, ROW) == kept


@pytest.mark.parametrize(
    ("id", "reason"),
    [("", "no_id"), (" ", "no_id"), ("x" * 201, "bad_id"), ("a\nb", "bad_id"), ("120598-1234", "id_is_cpr")],
)
def test_an_id_that_cannot_be_used_is_refused(id: str, reason: str) -> None:
    with pytest.raises(InvalidLine) as refusal:
        checked_id(id, ROW)
    assert refusal.value.reason == reason
    assert "1234" not in str(refusal.value)

    with pytest.raises(UnreadableFile) as refused_file:
        checked_id(id, DOCUMENT)
    assert refused_file.value.reason == reason


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b", "a\r\nb\rc", f"a{FILLER}b", "a\x1fb"])
def test_what_no_database_holds_is_replaced_one_for_one(text: str) -> None:
    cleaned = usable(text)

    assert len(cleaned) == len(text)
    assert not set(cleaned) & {"\x00", "\ud800", "\r", FILLER, "\x1f"}
    cleaned.encode()


def test_preparing_a_text_keeps_every_offset() -> None:
    text = "Profil\r\nRing 28 61 07 43 \ud800\x00\n\nSprog\nDansk"

    prepared = prepare(text, "candidate")

    assert len(prepared.text) == len(text)
    assert prepared.text.index("Sprog") == text.index("Sprog")
    assert [s.kind for s in prepared.sections] == ["profile", "languages"]


def test_a_placement_is_read_from_a_row() -> None:
    made, notices = placement(
        {
            "candidate": "c1",
            "posting": "p1",
            "date": "31-12-2026",
            "outcome": "Ansat",
            "instrument": "praktik",
            "exposed": "ja",
            "propensity": "0,25",
            "score": "0.8",
        },
        ROW,
    )

    assert notices == ()
    assert made == Placement(
        candidate="c1",
        posting="p1",
        date=date(2026, 12, 31),
        outcome="hired",
        instrument="praktik",
        exposed=True,
        propensity=0.25,
        score=0.8,
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"candidate": ""}, "missing_field"), ({"date": "snart"}, "bad_date"), ({"outcome": "måske"}, "bad_outcome")],
)
def test_a_placement_without_who_when_or_what_is_refused(change: dict[str, object], reason: str) -> None:
    row = {"candidate": "c1", "posting": "p1", "date": "2026-12-31", "outcome": "hired"} | change

    with pytest.raises(InvalidLine) as refusal:
        placement(row, ROW)
    assert refusal.value.reason == reason


def test_a_propensity_above_one_is_left_out_with_a_notice() -> None:
    row = {"candidate": "c1", "posting": "p1", "date": "2026-12-31", "outcome": "hired", "propensity": "2"}

    made, notices = placement(row, ROW)

    assert made.propensity is None
    assert len(notices) == 1
