"""Any record there can be, for hypothesis."""

from typing import get_args

from hypothesis import strategies as st

from matcher.records import (
    Candidate,
    Competence,
    Contact,
    Demand,
    Employer,
    Posting,
    Section,
    Source,
    Strength,
)

# Surrogates and NUL are what a database does not keep: the reading of files takes them out.
texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
filled = texts.filter(str.strip)
maybe_text = st.none() | texts
maybe_date = st.none() | st.dates()
languages = st.sampled_from(["da", "en", "other"])
tuples = st.lists(texts, max_size=3).map(tuple)
sections = st.lists(
    st.builds(
        Section, kind=st.sampled_from(["profile", "tasks"]), start=st.just(0), end=st.integers(0, 9), language=languages
    ),
    max_size=3,
).map(tuple)
maybe_count = st.none() | st.integers(0, 2**31 - 1)
maybe_number = st.none() | st.floats(allow_nan=False, allow_infinity=False)

candidates = st.builds(
    Candidate,
    id=filled,
    text=filled,
    language=languages,
    sections=sections,
    programme=maybe_text,
    institution=maybe_text,
    finished=maybe_date,
    municipality=maybe_text,
    postcode=maybe_text,
    max_km=maybe_number,
    weeks_unemployed=maybe_count,
    available_from=maybe_date,
    registered=maybe_date,
)
postings = st.builds(
    Posting,
    id=filled,
    title=filled,
    text=filled,
    language=languages,
    sections=sections,
    employer=maybe_text,
    sector=maybe_text,
    municipality=maybe_text,
    postcode=maybe_text,
    employment_type=st.sampled_from(["ordinary", "praktik", "unknown"]),
    openings=st.integers(0, 2**31 - 1),
    published=maybe_date,
    deadline=maybe_date,
)
employers = st.builds(
    Employer,
    id=filled,
    name=filled,
    cvr=maybe_text,
    sector=maybe_text,
    municipality=maybe_text,
    postcode=maybe_text,
    text=texts,
    hires=tuples,
    hosts=tuples,
)
records = candidates | postings | employers
contacts = st.builds(Contact, names=tuples, phones=tuples, emails=tuples, addresses=tuples, links=tuples)

_said = {
    "label": texts,
    "evidence": texts,
    "start": st.integers(0, 10**6),
    "end": st.integers(0, 10**6),
    "confidence": maybe_number,
    "concept": maybe_text,
    "uri": maybe_text,
    "kind": maybe_text,
    "level": maybe_text,
    "years": maybe_number,
    "sureness": maybe_number,
}
competences = st.builds(
    Competence,
    **_said,
    source=st.none() | st.sampled_from(get_args(Source)),
    last_year=st.none() | st.integers(1950, 2030),
    programme=maybe_text,
)
demands = st.builds(Demand, **_said, strength=st.sampled_from(get_args(Strength)))
