"""What happens to accounts, as lines of the decision log."""

from collections.abc import Callable

from matcher.accounts.desk import Event, Note
from matcher.ledger.lines import Entry

SIGNING = {"login", "login_refused", "logout"}


def noted_by(append: Callable[[Entry], object]) -> Note:
    """Return what writes an event as one line with `append`.

    A try on an address that has no account is no line: strangers could fill the log with them.
    """

    def note(event: Event) -> None:
        if not event.account:
            return
        content = {"event": event.kind, "account": event.account, "by": event.by, **event.details}
        about = (("account", event.account),)
        append(Entry(kind="login" if event.kind in SIGNING else "account", content=content, about=about))

    return note
