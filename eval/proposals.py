"""How what is proposed at present is spread over the candidates: the same ten people, or many."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from eval.exposure import DECILES, Exposure, exposure
from eval.families import UNKNOWN
from eval.report_parts.content import Lorenz, Plot, ReportLanguage, Table
from eval.report_parts.wording import name, number, percent, words
from eval.runs import Run
from eval.significance import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupShare:
    """A group's part of the pool and of the proposals, by its name."""

    group: str
    members: int
    proposals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """Proposals over candidates. `most`: proposals of the candidate with the most; `shown`: None without proposals."""

    candidates: int
    proposed: int
    proposals: int
    postings: int
    most: int
    shown: Exposure | None
    groups: tuple[GroupShare, ...]


def spread(
    proposals: Mapping[str, Sequence[str]], candidates: Collection[str], groups: Mapping[str, str], *, seed: int = 0
) -> Spread:
    """Measure `proposals`, the postings that each candidate is proposed for; `groups` names everybody's group.

    Every proposal counts alike: to `exposure` it is a list of one place.
    """
    known = {id: tuple(proposals.get(id, ())) for id in sorted(candidates)}
    lists = {f"{posting}\n{id}": (id,) for id, postings in known.items() for posting in postings}
    run = Run(name="proposals", rankings=lists, scores={})
    counts = {id: len(postings) for id, postings in known.items()}
    return Spread(
        candidates=len(known),
        proposed=sum(count > 0 for count in counts.values()),
        proposals=sum(counts.values()),
        postings=len({posting for postings in known.values() for posting in postings}),
        most=max(counts.values(), default=0),
        shown=exposure(run, list(known), k=1, seed=seed) if lists else None,
        groups=tuple(_shares(counts, groups)),
    )


def lorenz_plot(found: Exposure, language: ReportLanguage) -> Plot:
    """Return the curve of how proposals are shared out, with its figures."""
    half = found.lorenz[DECILES.index(0.5)].value
    told = words("proposals.alt", language, half=percent(half, language), gini=number(found.gini.value, language))
    return Plot(
        title=words("proposals.plot", language),
        alt=told,
        drawing=Lorenz(
            shares=DECILES,
            figures=found.lorenz,
            across=words("exposure.across", language),
            up=words("proposals.up", language),
            diagonal=words("proposals.diagonal", language),
        ),
        table=Table(
            title=words("proposals.lorenz_table", language),
            columns=(words("exposure.across", language), words("proposals.up", language)),
            rows=tuple((percent(share, language), figure) for share, figure in zip(DECILES, found.lorenz, strict=True)),
        ),
    )


def group_name(group: str, language: ReportLanguage) -> str:
    """Return the words for a field of study."""
    return name("family", group, language)


def figures(found: Exposure) -> tuple[Interval, Interval]:
    """Return coverage and Gini."""
    return found.coverage, found.gini


def _shares(counts: Mapping[str, int], groups: Mapping[str, str]) -> list[GroupShare]:
    members: dict[str, list[int]] = {}
    for id, count in counts.items():
        members.setdefault(groups.get(id, UNKNOWN), []).append(count)
    shares = [GroupShare(group=group, members=len(each), proposals=sum(each)) for group, each in members.items()]
    return sorted(shares, key=lambda share: (-share.members, share.group))
