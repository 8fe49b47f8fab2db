"""Small invented records for the tests of matching."""

from matcher.ingest.build import prepare
from matcher.records import Candidate, Contact, Posting, Record

WELDER_CV = """Profil
Nyuddannet maskiningeniør, der beregner svejste rammer og tegner i SolidWorks.

Erfaring
Studiejob: udmattelsesberegning af svejste beslag i Ansys.
"""
NURSE_CV = """Profile
Public health graduate and former nurse.

Experience
Evaluated a smoking cessation course with surveys and interviews.
"""
DANISH_NURSE_CV = """Profil
Kandidat i folkesundhed og tidligere sygeplejerske.

Erfaring
Evaluerede et rygestopkursus med spørgeskemaer og interview.
"""
WELDING_POSTING = """Opgaver
- Du beregner svejste rammer for udmattelse
- Du tegner maskiner i SolidWorks

Kvalifikationer
- Du er maskiningeniør
- Det er en fordel, hvis du kender Ansys

Vi tilbyder
Frokostordning og fleksible tider.
"""
HEALTH_POSTING = """Your tasks
- Evaluate health courses with surveys and interviews
- Plan smoking cessation with the municipalities

We expect
- A degree in public health or nursing
"""


def a_candidate(id: str = "c1", text: str = WELDER_CV) -> Candidate:
    prepared = prepare(text, "candidate")
    return Candidate(id=id, text=prepared.text, language=prepared.language, sections=prepared.sections)


def a_posting(id: str = "p1", title: str = "Maskiningeniør", text: str = WELDING_POSTING) -> Posting:
    prepared = prepare(text, "posting")
    return Posting(id=id, title=title, text=prepared.text, language=prepared.language, sections=prepared.sections)


def health_posting() -> Posting:
    return a_posting("p2", "Health consultant", HEALTH_POSTING)


def bare(*records: Record) -> list[tuple[Record, Contact]]:
    """Records without contacts, as the store takes them."""
    return [(record, Contact()) for record in records]
