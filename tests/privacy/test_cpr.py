"""CPR numbers: the date decides, and other ten-digit numbers stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.privacy.cpr import cpr_spans, mask_cpr
from matcher.privacy.mask import FILLER

NUMBERS = [
    ("CPR: 120598-1234", "120598-1234"),
    ("cpr-nr. 010203-4567, bor i Hobro", "010203-4567"),
    ("Født 31 december, 311299-4321.", "311299-4321"),
    ("Jeg hedder X (290200-1111)", "290200-1111"),
    ("120598 1234", "120598 1234"),
    ("120598–1234 med tankestreg", "120598–1234"),
    ("120598 - 1234", "120598 - 1234"),
    ("120598-\n1234 brudt over to linjer", "120598-\n1234"),
    ("12.05.98-1234", "12.05.98-1234"),
    ("personnummer 1205981234", "1205981234"),
    ("1205981234 står alene", "1205981234"),
    ("erstatnings-cpr 720598-1234", "720598-1234"),
    ("CPR 999999-9999 er ingen dato, men står efter CPR", "999999-9999"),
    ("CPR-nr: 120598-xxxx", "120598-xxxx"),
    ("１２０５９８-１２３４ i brede cifre", "１２０５９８-１２３４"),
]
OTHERS = [
    "faktura 1205981234",
    "ISBN 0306406152",
    "ISBN 978-0-306406-15-2",
    "+4512059812",
    "tlf. 1205981234",
    "ordrenr. 1205981234",
    "320598-1234 er ingen dag",
    "121398-1234 er ingen måned",
    "300298-1234 findes ikke",
    "IBAN DK5000400440116243",
    "EAN 5798001205981",
    "konto 1205981234",
    "31-12-2026",
    "2019-2023",
    "010203-45678 har et ciffer for meget",
    "DOI 10.1000/1205981234",
    "31129999",
]


@pytest.mark.parametrize(("text", "number"), NUMBERS)
def test_a_cpr_number_is_found_however_it_is_written(text: str, number: str) -> None:
    assert [text[start:end] for start, end in cpr_spans(text)][:1] == [number]


@pytest.mark.parametrize("text", OTHERS)
def test_another_number_stays(text: str) -> None:
    assert cpr_spans(text) == []


@settings(deadline=None, derandomize=True)
@given(
    day=st.dates(),
    serial=st.integers(0, 9999),
    before=st.text(alphabet="abcæøå .,:\n", max_size=20),
    after=st.text(alphabet="abcæøå ,:\n", max_size=20),
)
def test_every_date_valid_number_is_covered_in_any_prose(day: object, serial: int, before: str, after: str) -> None:
    text = f"{before}{day:%d%m%y}-{serial:04d}{after}"

    masked = mask_cpr(text)

    assert FILLER * 11 in masked
    assert masked.replace(FILLER * 11, f"{day:%d%m%y}-{serial:04d}") == text
