"""Take pictures of the main pages over a home of invented people: `python -m tests.e2e.pictures HOME FOLDER`.

The home is copied, so that verdicts and accounts made for the pictures stay out of it.
"""

import argparse
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from api.pages.addresses import candidate_path, company_path, own_posting_path, pair_path, posting_path
from api.pages.language import PageLanguage
from api.runs import Runs
from api.service import Service
from eval.kept_reports import KeptReports
from matcher.accounts.roles import Role
from matcher.ledger.verdicts import REASONS, Choice, Draft
from matcher.listing import Filters
from matcher.settings import Settings
from tests.accounts.examples import House
from tests.e2e.chromium import launched
from tests.e2e.served import Served, served
from tests.e2e.standards import DESKTOP, PHONE
from tests.e2e.town import PEOPLE, address_of
from tests.e2e.visitor import Visitor

SEASON = date(2026, 12, 1)
"""A day on which the sample's postings are open."""
WIDTHS = {"desktop": DESKTOP, "phone": PHONE}
CHOICES: tuple[Choice, ...] = ("propose", "propose", "hold", "reject")
LANGUAGES: tuple[PageLanguage, ...] = ("da", "en")


def main() -> None:
    """Read the arguments, and take the pictures."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("home", type=Path, help="a home that `matcher demo` made")
    asked.add_argument("folder", type=Path, help="where the pictures go")
    asked.add_argument("--models", type=Path, default=None, help="folder of the converted models")
    asked.add_argument("--only", default="", help="take only pages whose name this pattern finds")
    asked.add_argument("--screen", action="store_true", help="take what the window shows first, not the whole page")
    asked.add_argument("--day", type=date.fromisoformat, default=SEASON, help="the day the pages live in")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory() as copied:
        home = Path(copied) / "home"
        shutil.copytree(chosen.home, home)
        settings = Settings(home=home, models=chosen.models) if chosen.models else Settings(home=home)
        with served(settings, day=chosen.day) as town, launched() as browser:
            pages = prepared(town, chosen.day)
            take(browser, town, pages, chosen.folder, only=chosen.only, whole=not chosen.screen)


def prepared(town: Served, day: date) -> Mapping[Role, Mapping[str, str]]:
    """Give the home accounts, verdicts and reports; return the pages of each role by name."""
    service = town.service
    posting, candidates = _busiest(service, day)
    _open_accounts(town.house, candidates[0])
    _decide(town, posting, candidates)
    runs, reports = Runs(service.engine, KeptReports(service.home)), KeptReports(service.home)
    runs.groups(_nobody_watches)
    runs.swap(10, _nobody_watches)
    runs.groups(_nobody_watches)
    made = {str(report.kind): report.id for report in reports.all()}
    return _pages(service, posting, candidates, made, [one.id for one in reports.all() if one.kind == "groups"])


def _busiest(service: Service, day: date) -> tuple[str, Sequence[str]]:
    """The posting with most good matches, and its first candidates."""
    engine = service.engine
    filters = Filters(as_of=day)
    lists = {id: engine.match_posting(id, limit=10, filters=filters) for id in engine.indexes.pool("posting").ids}
    best = max(lists, key=lambda id: (sum(match.score for match in lists[id]), id))
    return best, [match.candidate for match in lists[best]]


def _open_accounts(house: House, candidate: str) -> None:
    for role, name in PEOPLE.items():
        house.somebody(role, address_of(role), name, candidate if role == "graduate" else None)


def _decide(town: Served, posting: str, candidates: Sequence[str]) -> None:
    account = town.house.book.of_email(address_of("consultant"))
    others = [id for id in town.service.engine.indexes.pool("posting").ids if id != posting][:6]
    pairs = [(posting, candidates[1]), *((other, candidates[number % 4]) for number, other in enumerate(others))]
    for number, (one, candidate) in enumerate(pairs):
        choice = CHOICES[number % len(CHOICES)]
        reason = REASONS[choice][0]
        draft = Draft.of(posting=one, candidate=candidate, verdict=choice, reason=reason, note="", account=account.id)
        town.service.log.decide(draft, version=0)


def _pages(
    service: Service, posting: str, candidates: Sequence[str], made: Mapping[str, str], groups: Sequence[str]
) -> Mapping[Role, Mapping[str, str]]:
    best, second, third = candidates[:3]
    company = next(iter(service.engine.store.ids("employer")), "")
    return {
        "consultant": {
            "postings": "/postings",
            "posting": posting_path(posting),
            "posting-filtered": f"{posting_path(posting)}?max_km=5",
            "reading": f"{posting_path(posting)}/reading",
            "pair": pair_path(posting, best),
            "pair-decided": pair_path(posting, second),
            "card": f"{pair_path(posting, best)}/card",
            "compare": f"{posting_path(posting)}/compare?candidate={best}&candidate={second}&candidate={third}",
            "print": f"{posting_path(posting)}/print",
            "paste": "/paste",
            "candidates": "/candidates",
            "candidates-found": "/candidates?q=GIS+og+borgerinddragelse",
            "candidate": candidate_path(best),
            "contact": f"{candidate_path(best)}/contact",
            "companies": "/companies",
            "company": company_path(company),
            "model-card": "/model-card",
        },
        "graduate": {
            "start": "/me/start",
            "suggestions": "/me/suggestions",
            "reading-cv": "/me/reading",
            "openings": "/me/openings",
            "wishes": "/me/wishes",
            "data": "/me/data",
            "about": "/about",
            "own-posting": own_posting_path(posting),
        },
        "analyst": {
            "analysis": "/analysis",
            "groups": f"/analysis/reports/{made['groups']}",
            "swap": f"/analysis/reports/{made['swap']}",
            "compare-runs": f"/analysis/compare?first={groups[1]}&second={groups[0]}",
            "proposals": "/proposals",
        },
        "employer_contact": {"own-card": f"{pair_path(posting, best)}/card", "cards": "/"},
        "administrator": {
            "accounts": "/admin/accounts",
            "log": "/admin/log",
            "erasure": "/admin/erasure",
            "retention": "/admin/retention",
            "versions": "/versions",
        },
    }


def take(
    browser: Browser,
    town: Served,
    pages: Mapping[Role, Mapping[str, str]],
    folder: Path,
    *,
    only: str = "",
    whole: bool = True,
) -> None:
    """Write `<page>-<language>-<width>.png` of every page."""
    folder.mkdir(parents=True, exist_ok=True)
    for role, addresses in pages.items():
        for width, size in WIDTHS.items():
            visitor = Visitor.of(browser, town.address, width=size).sign_in(address_of(role))
            for language in LANGUAGES:
                visitor.go(f"/language/{language}")
                for name, path in addresses.items():
                    if re.search(only, name):
                        visitor.go(path)
                        visitor.page.evaluate("() => [...document.images].forEach(one => { one.loading = 'eager' })")
                        visitor.settled()
                        visitor.page.screenshot(path=folder / f"{name}-{language}-{width}.png", full_page=whole)
            visitor.page.context.close()


def _nobody_watches(_stage: str, _done: int, _total: int) -> None:
    """Nobody is told how far it is."""


if __name__ == "__main__":
    main()
