"""Templates to pages. Everything a template says comes from the catalogues; everything it is given is escaped."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.pages import addresses
from api.pages.language import PageLanguage, day_in_words, decimal, moment_in_words
from api.pages.static_files import static_path
from matcher.accounts.records import Account
from matcher.accounts.roles import Permission
from matcher.messages import message

FOLDER = Path(__file__).parent / "templates"
PATHS = (
    "posting_path",
    "pair_path",
    "candidate_path",
    "company_path",
    "own_posting_path",
    "account_path",
    "with_query",
)
"""Functions of `api.pages.addresses` that templates call."""


@dataclass(frozen=True, slots=True)
class NavEntry:
    """A place in the navigation: where, its name under `pages.nav`, and who sees it."""

    path: str
    key: str
    permission: Permission
    unless: Permission | None = None
    """Who may do this has a better way to the same."""


NAV: tuple[NavEntry, ...] = (
    NavEntry("/postings", "postings", "shortlists"),
    NavEntry("/paste", "paste", "shortlists"),
    NavEntry("/candidates", "candidates", "shortlists"),
    NavEntry("/companies", "companies", "shortlists"),
    NavEntry("/requests", "requests", "contacts"),
    NavEntry("/invite", "invite", "invitations"),
    NavEntry("/cards", "cards", "cards", unless="shortlists"),
    NavEntry("/me/start", "me", "own_data"),
    NavEntry("/me/suggestions", "me_suggestions", "own_data"),
    NavEntry("/me/reading", "me_reading", "own_data"),
    NavEntry("/me/openings", "me_openings", "own_data"),
    NavEntry("/me/wishes", "me_wishes", "own_data"),
    NavEntry("/me/data", "me_data", "own_data"),
    NavEntry("/me/ask", "me_ask", "own_data"),
    NavEntry("/about", "about", "own_data"),
    NavEntry("/admin/accounts", "accounts", "accounts"),
    NavEntry("/admin/instruments", "instruments", "rules"),
    NavEntry("/admin/log", "log", "decision_log"),
    NavEntry("/admin/erasure", "erasure", "erasure"),
    NavEntry("/admin/retention", "retention", "retention"),
    NavEntry("/analysis", "analysis", "evaluations"),
    NavEntry("/proposals", "proposals", "evaluations"),
    NavEntry("/model-card", "model_card", "versions"),
)
"""In reading order; the first that a role may see is its start page."""


def nav_of(account: Account | None) -> list[NavEntry]:
    """Return the places that somebody may go to."""
    if account is None:
        return []
    may = account.may
    return [entry for entry in NAV if may(entry.permission) and not (entry.unless and may(entry.unless))]


def start_of(account: Account) -> str:
    """Return the page that somebody begins at after signing in."""
    return next((entry.path for entry in nav_of(account)), "/about")


def render(template: str, language: PageLanguage, values: Mapping[str, object]) -> str:
    """Return a page in a language."""
    return environment().get_template(template).render({**words(language), **values})


def words(language: PageLanguage) -> dict[str, object]:
    """Return what templates speak with: `t` for texts under `pages`, `say` for any, days and figures."""

    def t(key: str, **values: object) -> str:
        return message(f"pages.{key}", language, **values)

    def say(key: str, **values: object) -> str:
        return message(key, language, **values)

    speaking: dict[str, Callable[..., str]] = {
        "t": t,
        "say": say,
        "day": lambda day: day_in_words(day, language),
        "moment": lambda at: moment_in_words(at, language),
        "figure": lambda value, digits=1: decimal(value, language, digits=digits),
    }
    return {"language": language, **speaking}


@cache
def environment() -> Environment:
    """Return the templates; a name that is not given is an error, never an empty place."""
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals["static"] = static_path
    for name in PATHS:
        made.globals[name] = getattr(addresses, name)
    return made
