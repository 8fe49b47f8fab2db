"""Input that means harm: too much of it, scripts, statements of SQL, half characters, names of files that lead away."""

import json
import re
import resource
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.service import Service
from matcher.ingest.limits import MEGABYTE
from matcher.records import EmploymentType
from tests.accounts.examples import PASSWORD
from tests.api.conftest import API
from tests.e2e.served import _listening, _running
from tests.pages.conftest import SAME_SITE, Browser
from tests.service.conftest import As, Person
from tests.service.people import MAJA, report_of
from tests.service.rows import pages

WHOLE = 200 * MEGABYTE
SPARED = 100
"""Megabytes that the process may grow by while it refuses 200."""
SCRIPT = "<script>alert(7)</script>"
ATTRIBUTE = '"><img src=x onerror=alert(7)>'
HOSTILE = f"{SCRIPT}{ATTRIBUTE}'{{{{7*7}}}}"
STATEMENTS = ("'; DROP TABLE candidate; --", '" OR 1=1 --', "%", "_", "\\", "') UNION SELECT email FROM account --")


@pytest.fixture
def port(app: FastAPI) -> Iterator[int]:
    """The service behind a real server."""
    with _listening() as listening, _running(app, listening):
        yield int(listening.getsockname()[1])


def sent(port: int, head: list[str], piece: bytes, most: int) -> tuple[bytes, int]:
    """Send pieces until the server answers or has had `most` bytes; return the answer and how many it took."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall("\r\n".join([*head, "Host: testserver", "", ""]).encode())
        taken = 0
        line.setblocking(False)
        while taken < most:
            try:
                if line.recv(1, socket.MSG_PEEK):
                    break
            except BlockingIOError:
                pass
            line.setblocking(True)
            try:
                line.sendall(piece)
            except (BrokenPipeError, ConnectionResetError):
                break
            line.setblocking(False)
            taken += len(piece)
        line.setblocking(True)
        try:
            return line.recv(4096), taken
        except ConnectionResetError:
            return b"", taken


def chunked(piece: bytes) -> bytes:
    return f"{len(piece):x}\r\n".encode() + piece + b"\r\n"


@pytest.mark.parametrize(
    "announced", [pytest.param(True, marks=pytest.mark.slow, id="announced"), pytest.param(False, id="in pieces")]
)
@pytest.mark.parametrize("path", ["/me/cv", f"{API}/ingest/candidates", f"{API}/ingest/candidates/files", "/paste"])
def test_two_hundred_megabytes_are_refused_while_they_come_and_kept_nowhere(
    port: int, service: Service, as_role: As, path: str, announced: bool
) -> None:
    person = as_role("graduate" if path == "/me/cv" else "consultant")
    begin = b'--x\r\nContent-Disposition: form-data; name="cv"; filename="cv.pdf"\r\n\r\n'
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in person.client.cookies.jar)
    kind = "application/x-ndjson" if path.endswith("candidates") else "multipart/form-data; boundary=x"
    length = f"Content-Length: {WHOLE}" if announced else "Transfer-Encoding: chunked"
    head = [f"POST {path} HTTP/1.1", f"Content-Type: {kind}", f"X-CSRF-Token: {person.token}", length]
    head += [f"Cookie: {cookies}"] if not path.startswith(API) else [f"Authorization: Bearer {person.key}"]
    piece = begin + b"x" * MEGABYTE
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    answer, taken = sent(port, head, piece if announced else chunked(piece), WHOLE)

    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]
    assert taken < 60 * MEGABYTE
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < SPARED * 1024
    assert not [file for file in (service.home / "uploads").rglob("*") if file.is_file()]


def test_a_stranger_who_sends_a_file_to_the_api_is_refused_before_it_is_read(port: int) -> None:
    for credentials in ("Authorization: Bearer matcher_wrong", "X-Nothing: none"):
        head = [f"POST {API}/ingest/candidates/files HTTP/1.1", "Content-Type: multipart/form-data; boundary=x"]
        head += ["Transfer-Encoding: chunked", credentials]
        answer, taken = sent(port, head, chunked(b"--x\r\n" + b"x" * MEGABYTE), WHOLE)

        assert answer.startswith(b"HTTP/1.1 401"), answer[:200]
        assert taken < 16 * MEGABYTE  # what the machine's own buffers hold


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("../../../etc/passwd", b"MZ\x00\x01"),
        ("cv.pdf", b"PK\x03\x04 no archive"),
        ("cv.docx", b"%PDF-1.7 no document"),
        ("\r\nX-Evil: 1.txt", b"\x00" * 500),
        ("cv\x00.exe", b"\x7fELF"),
        ("x" * 3000 + ".pdf", b""),
        ("..", b"\xff\xfe"),
        (f"{SCRIPT}.docx", b"PK\x03\x04"),
    ],
)
def test_a_file_that_is_no_cv_is_refused_whatever_its_name(
    maja: Person, service: Service, name: str, content: bytes
) -> None:
    before = sorted(str(file) for file in service.home.parent.rglob("*"))
    maja.get("/me/start")
    answer = maja.client.post(
        "/me/cv", data={"csrf_token": maja.token}, files={"cv": (name, content)}, headers=SAME_SITE
    )

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert SCRIPT not in answer.text
    assert "root:" not in answer.text
    assert "X-Evil" not in answer.headers
    new = set(map(str, service.home.parent.rglob("*"))) - set(before)
    assert not [path for path in new if Path(path).name != "uploads" and "lock" not in path], new


def test_a_file_that_names_another_file_is_only_text(maja: Person) -> None:
    content = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a; Maskiningeni\xc3\xb8r</x>'
    maja.get("/me/start")
    form, file = {"csrf_token": maja.token}, {"cv": (f"{SCRIPT}.xml", content)}
    answer = maja.client.post("/me/cv", data=form, files=file, headers=SAME_SITE)

    assert answer.status_code < 500
    for page in (answer, maja.get("/me/reading"), maja.get("/me/data.json")):
        assert "root:" not in page.text
        assert SCRIPT not in page.text


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "utf-16", "zlib", 'utf-8"; charset="utf-7'])
def test_a_form_in_a_charset_that_makes_half_characters_is_refused(consultant: Person, charset: str) -> None:
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n' for name in ("title", "text")]
    body = "".join(f"{part}+2AA- \\ud800\r\n" for part in parts) + "--x--\r\n"
    headers = {"Content-Type": f"multipart/form-data; boundary=x; charset={charset}", "X-CSRF-Token": consultant.token}

    assert consultant.client.post("/paste", content=body, headers={**headers, **SAME_SITE}).status_code == 400


@pytest.mark.parametrize(
    "text", ["a\x00b", "\ud800", "\u202etxet", "\x1b[31m", "\ufdfa" * 100, "9" * 5000, "-1", "1e999"]
)
def test_odd_letters_and_numbers_in_the_api_are_answered_with_words(consultant: Person, text: str) -> None:
    pair = f"postings/p2/candidates/{MAJA.id}/verdict"
    record: dict[str, object] = {
        "id": "odd",
        "title": text,
        "text": f"Svejser {text}",
        "openings": text,
        "hours": text,
        "postcode": text,
    }
    sendable = text.encode("utf-8", "replace")
    bodies: list[tuple[str, str, dict[str, object]]] = [
        ("PUT", pair, {"verdict": "hold", "reason": "other", "note": text}),
        ("POST", "shortlist", {"title": text, "text": text}),
        ("POST", "extract", {"kind": "candidate", "text": text}),
        ("POST", "ingest/postings", record),
    ]
    as_json = {"Content-Type": "application/json"}
    answers = [consultant.ask(how, where, content=json.dumps(body), headers=as_json) for how, where, body in bodies]
    answers.append(consultant.ask("GET", "postings", params={"q": sendable, "limit": sendable}))

    assert not [answer.text for answer in answers if answer.status_code >= 500]


@pytest.mark.parametrize("number", [0, -1, 10**30])
def test_a_line_that_is_beyond_the_log_is_not_found(administrator: Person, number: int) -> None:
    assert administrator.get(f"/admin/log/{number}").status_code == 404
    assert administrator.send(f"/admin/log/{number}/replay").status_code == 404


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_in_a_search_is_only_words(consultant: Person, service: Service, statement: str) -> None:
    before = service.engine.store.count("candidate")

    for path in (
        "/candidates",
        "/postings",
        "/companies",
        "/api/v1/postings",
        "/api/v1/candidates",
        "/api/v1/employers",
    ):
        answer = consultant.get(path, params={"q": statement})
        assert answer.status_code == 200, path
        assert "@kommune.example" not in answer.text, path
    assert consultant.ask("GET", "verdicts", params={"candidate": statement}).json() == {"verdicts": []}
    assert service.engine.store.count("candidate") == before


def poisoned(service: Service, administrator: Person) -> None:
    """A home whose every text is a script."""
    kind: EmploymentType = "ordinary"
    facts = {"municipality": HOSTILE, "postcode": "9000", "sector": HOSTILE, "employer": HOSTILE}
    text = f"Du svejser rammer {HOSTILE}\nKrav: {HOSTILE} og SolidWorks"
    records: dict[str, dict[str, object]] = {
        "postings": {"id": f"p{SCRIPT}", "title": HOSTILE, "text": text, "employment_type": kind, **facts},
        "candidates": {
            "id": f"k{SCRIPT}",
            "text": f"Maskiningeniør, der svejser rammer. {HOSTILE}",
            "name": f"Ida {SCRIPT}",
            "programme": HOSTILE,
            "institution": HOSTILE,
            "municipality": HOSTILE,
        },
        "employers": {
            "id": f"e{SCRIPT}",
            "name": HOSTILE,
            "text": text,
            "hires": [HOSTILE],
            "hosts": [HOSTILE],
            **facts,
        },
    }
    for name, record in records.items():
        answer = administrator.ask("POST", f"ingest/{name}", content=json.dumps(record))
        assert answer.json()["counts"]["read"] == 1, answer.text
    service.engine.refresh()


def typed(person: Person, path: str, form: dict[str, object]) -> None:
    person.get("/about")
    assert person.send(path, form).status_code < 500, path


def addresses(person: Person, marks: dict[str, str]) -> set[str]:
    """Every page of the table, every page that one of them leads to, and those of the poisoned records."""
    known = {row.path for route, row in pages().items() if route.startswith("GET")}
    found = {path for path in known if person.account.role in pages_of(path)}
    for mark, value in marks.items():
        found = {path.replace(mark, value) for path in found}
    seen: set[str] = set()
    for path in found:
        answer = person.get(path)
        if answer.headers["content-type"].startswith("text/html"):
            seen |= {link.replace("&amp;", "&") for link in re.findall(r'href="(/[^"#]*)', answer.text)}
    return found | {path for path in seen if not path.startswith(("/static", "/language", "/link"))}


def pages_of(path: str) -> set[str]:
    return {role for row in pages().values() if row.path == path for role in row.roles}


@pytest.mark.slow
def test_a_script_in_any_field_is_shown_as_text_on_every_page(service: Service, as_role: As) -> None:
    administrator = as_role("administrator")
    poisoned(service, administrator)
    consultant = as_role("consultant", name=f"Karla {HOSTILE}"[:120])
    graduate, analyst = as_role("graduate"), as_role("analyst")
    pair = f"/postings/p2/candidates/{MAJA.id}"
    typed(consultant, f"{pair}/verdict", {"decision": "hold:other", "note": HOSTILE, "version": "0"})
    typed(consultant, "/postings/p1/reading", {"action": "add", "label": HOSTILE, "strength": "must"})
    typed(graduate, "/me/reading/add", {"label": HOSTILE})
    typed(graduate, "/me/wishes", {"other_areas": HOSTILE, "km": HOSTILE, "hours": HOSTILE, "postcode": HOSTILE})
    typed(graduate, "/me/wishes", {"other_areas": HOSTILE})
    typed(administrator, "/admin/accounts", {"name": f"Ny {SCRIPT}", "email": "ny@example.org", "role": "analyst"})
    typed(administrator, "/admin/accounts", {"name": HOSTILE, "email": HOSTILE, "role": HOSTILE, "candidate": HOSTILE})

    marks = {"{report}": report_of(service.engine), "{other}": consultant.account.id, "{job}": "none"}
    walked = 0
    for person in (consultant, graduate, analyst, administrator):
        for path in sorted(addresses(person, marks)):
            answer = person.get(path)
            if answer.headers["content-type"].startswith(("text/html", "image/svg")):
                walked += 1
                assert answer.status_code < 500, path
                assert SCRIPT not in answer.text, path
                assert "<img src=x" not in answer.text, path
                assert "'49" not in answer.text, path
    assert walked > 100
    shown = consultant.get("/postings?q=script").text
    assert "&lt;script&gt;alert(7)&lt;/script&gt;" in shown


def test_a_script_that_was_searched_for_or_asked_for_is_shown_as_text(consultant: Person) -> None:
    for path in ("/candidates", "/postings", "/companies", "/postings/p1"):
        for name in ("q", "municipality", "max_km", "available_by", "family", "state", "at", "limit"):
            page = consultant.get(path, params={name: HOSTILE}).text
            assert SCRIPT not in page, (path, name)
            assert "<img src=x" not in page, (path, name)
    assert SCRIPT not in consultant.get(f"/postings/{SCRIPT}").text


def test_a_script_in_what_is_sent_to_sign_in_is_shown_as_text(app: FastAPI) -> None:
    stranger = Browser(app)
    stranger.get("/sign-in")
    fields: dict[str, object] = {"email": HOSTILE, "password": PASSWORD, "next": HOSTILE}
    page = stranger.send("/sign-in", {**fields, "typed_name": [HOSTILE], "typed_value": [HOSTILE]}).text

    assert SCRIPT not in page
    assert "<img src=x" not in page


def test_no_cell_of_an_export_is_a_formula(service: Service, administrator: Person, consultant: Person) -> None:
    record = {"id": "=cmd", "text": "Maskiningeniør, der svejser rammer.", "programme": "@SUM(1)", "municipality": "+1"}
    administrator.ask("POST", "ingest/candidates", content=json.dumps(record))

    lines = consultant.get("/postings/p1/shortlist.csv").content.decode("utf-8-sig")

    assert "'=cmd" in lines
    assert not re.search(r"(^|;)[=+@-]", lines, re.MULTILINE)
