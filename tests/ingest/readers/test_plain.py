"""Text and RTF in the encodings that people's programs write."""

import pytest

from matcher.ingest.parsed import Refused
from matcher.ingest.readers import plain, richtext

DANISH = "Jeg søger job på Ærø – og har ‘gåpåmod’.\nKøbmand, flødeboller, ål: 5 års erfaring.\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_danish_survives_the_encoding(encoding: str) -> None:
    assert plain.decode(DANISH.encode(encoding)) == DANISH


@pytest.mark.parametrize("encoding", ["latin-1", "mac_roman", "cp865", "cp850"])
def test_danish_survives_the_encodings_of_older_machines(encoding: str) -> None:
    text = "Jeg søger job på Ærø og er udlært købmand fra Århus.\n"

    assert plain.decode(text.encode(encoding)) == text


def test_a_language_that_is_not_western_is_guessed() -> None:
    text = "Я ищу работу инженером в Ольборге и говорю по-датски и по-английски. " * 5

    assert plain.decode(text.encode("cp1251")) == text


def test_a_lone_surrogate_does_not_spoil_the_rest() -> None:
    assert plain.decode("ål \ud800 ø".encode("utf-8", "surrogatepass")) == "ål \ud800 ø"


def test_a_long_text_cut_within_a_letter_is_still_text() -> None:
    assert plain.is_text(b"x" + "ø".encode() * 200_000)


@pytest.mark.parametrize("data", [bytes(range(256)) * 20, b"\x00\x01\x02\x03" * 100])
def test_bytes_are_no_text(data: bytes) -> None:
    assert not plain.is_text(data)


def test_rtf_keeps_danish_letters_however_they_are_written() -> None:
    rtf = rb"{\rtf1\ansi\ansicpg1252 K\'f8bmand p\u229? \u-10179?\u-8704?\par Anden linje}"

    assert richtext.read(rtf).text == "Købmand på 😀\nAnden linje"


def test_the_pictures_of_an_rtf_are_cut_out() -> None:
    rtf = rb"{\rtf1\ansi Tekst {\pict\pngblip " + b"89504e47" * 400_000 + rb"}efter}"

    assert richtext.read(rtf).text == "Tekst efter"


def test_an_rtf_without_its_end_is_truncated() -> None:
    with pytest.raises(Refused, match="truncated"):
        richtext.read(rb"{\rtf1\ansi Tekst uden slu")
