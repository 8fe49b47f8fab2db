"""Shortlists and suggestions for people, on the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.text import Text

from api.cli.console import out
from api.cli.tables import STATUS_STYLE, coverage, implied, percent, quote, table
from api.cli.texts import language, say
from matcher.bands import no_good_match
from matcher.listing import Closed, LeftOut
from matcher.messages import message
from matcher.records import Candidate, EmployerMatch, Instrument, Match, Posting, Reason


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says beside its rows: why the posting is closed, and how many were left out for what reason."""

    closed: Closed | None
    left_out: Mapping[LeftOut, int]


def shortlist(
    posting: Posting, matches: Sequence[Match], candidates: Sequence[Candidate], listed: Listed, *, explain: int
) -> None:
    """Print candidates for a posting, and the reasons for the best `explain` of them."""
    title = say("shortlist.title", title=posting.title, employer=posting.employer or say("nobody"), id=posting.id)
    columns = ("rank", "candidate", "score", "band", "demands", "language", "programme", "place", "distance")
    shown = table(title, columns)
    for match, candidate in zip(matches, candidates, strict=True):
        shown.add_row(
            str(match.rank),
            candidate.id,
            percent(match.score),
            _band(match),
            coverage(match.demands),
            candidate.language,
            candidate.programme or say("unknown"),
            candidate.municipality or say("unknown"),
            _distance(match),
        )
    out().print(shown)
    _beside(matches, listed)
    for match in matches[:explain]:
        _reasons(say("reasons.candidate", id=match.candidate, rank=match.rank), match.demands)
        _instrument(match.instrument)


def suggestion(
    candidate: Candidate,
    matches: Sequence[Match],
    postings: Sequence[Posting],
    employers: Sequence[EmployerMatch],
    listed: Listed,
    *,
    explain: int,
) -> None:
    """Print postings and employers for a candidate, and the reasons for the best `explain` postings."""
    columns = ("rank", "posting", "score", "band", "demands", "title", "employer", "place", "distance")
    shown = table(say("suggest.postings", id=candidate.id), columns)
    for match, posting in zip(matches, postings, strict=True):
        shown.add_row(
            str(match.rank),
            posting.id,
            percent(match.score),
            _band(match),
            coverage(match.demands),
            posting.title,
            posting.employer or say("unknown"),
            posting.municipality or say("unknown"),
            _distance(match),
        )
    out().print(shown)
    _beside(matches, listed)
    _wishes(candidate)
    for match in matches[:explain]:
        _reasons(say("reasons.posting", id=match.posting, rank=match.rank), match.demands)
        _instrument(match.instrument)
    shown = table(say("suggest.employers", id=candidate.id), ("rank", "employer", "score", "basis", "postings"))
    for rank, employer in enumerate(employers, start=1):
        basis = say(f"basis.{employer.basis}")
        shown.add_row(str(rank), employer.employer, percent(employer.score), basis, ", ".join(employer.postings))
    out().print(shown)


def _beside(matches: Sequence[Match], listed: Listed) -> None:
    """Print that a posting is closed, that nobody fits well, and who was left out."""
    if listed.closed:
        out().print(say(f"closed.{listed.closed}"))
    if no_good_match(matches[0].score if matches else None):
        out().print(say("no_good_match"))
    if matches and (nowhere := sum(match.distance_km is None for match in matches)):
        out().print(say("distance.unknown", count=nowhere))
    if listed.left_out:
        counts = ", ".join(f"{say(f'left_out.{why}')} {count}" for why, count in sorted(listed.left_out.items()))
        out().print(say("left_out.title", counts=counts))


def _wishes(candidate: Candidate) -> None:
    wishes = {
        "kind_of_job": ", ".join(say(f"employment.{kind}") for kind in candidate.wanted_types),
        "area": ", ".join(candidate.wanted_municipalities),
        "distance": "" if candidate.max_km is None else f"{candidate.max_km:g}",
        "hours": "" if candidate.most_hours is None else f"{candidate.most_hours:g}",
    }
    told = "; ".join(f"{say(f'wish.{name}')}: {wish}" for name, wish in wishes.items() if wish)
    if told:
        out().print(say("wish.title", wishes=told))


def _band(match: Match) -> str:
    return say(f"band.{match.band}")


def _distance(match: Match) -> str:
    return say("unknown") if match.distance_km is None else say("distance.km", km=round(match.distance_km))


def _instrument(instrument: Instrument | None) -> None:
    """Print what the rules propose, until when they hold, and that they are over."""
    if instrument is None:
        return
    name, rule = message(f"instrument.{instrument.name}", language()), instrument.text(language())
    out().print(say("instrument.proposed", name=name, rule=rule, source=instrument.source))
    if instrument.expired:
        out().print(message("instrument.expired", language(), day=instrument.valid_to))


def _reasons(title: str, demands: Sequence[Reason]) -> None:
    shown = table(title, ("status", "strength", "posting_says", "cv_says"))
    for reason in demands:
        shown.add_row(
            Text(say(f"status.{reason.status}"), style=STATUS_STYLE[reason.status]),
            say(f"strength.{reason.strength}"),
            quote(reason.posting_evidence),
            _said_by_candidate(reason),
        )
    out().print(shown)


def _said_by_candidate(reason: Reason) -> Text:
    if reason.candidate_evidence:
        return quote(reason.candidate_evidence)
    return implied(reason.implied_by) if reason.implied_by else Text("-")
