"""How often is too often: counted in this process, over a moving window."""

import ipaddress
import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.requests import HTTPConnection

from api.auth.errors import TooManyTries

RULES = {
    "link": "30/minute",
    "bad_key": "30/minute",
    "oidc": "30/minute",
}
"""For each address that asks; a whole office may share one, so the lock on the account is what stops guessing."""


class Rates:
    """Counts requests by rule and by who asks."""

    def __init__(self, *, requests_per_minute: int, sign_ins_per_minute: int) -> None:
        rules = RULES | {"requests": f"{requests_per_minute}/minute", "sign_in": f"{sign_ins_per_minute}/minute"}
        self._rules: dict[str, RateLimitItem] = {name: parse(rule) for name, rule in rules.items()}
        self._counts = MovingWindowRateLimiter(MemoryStorage())

    def count(self, rule: str, who: str) -> None:
        """Count one request, or refuse it (`TooManyTries`) without counting."""
        if not self._counts.hit(self._rules[rule], rule, who):
            self._refuse(rule, who)

    def refuse_if_spent(self, rule: str, who: str) -> None:
        """Refuse if nothing is left, without counting: for rules that only count what goes wrong."""
        if not self._counts.test(self._rules[rule], rule, who):
            self._refuse(rule, who)

    def _refuse(self, rule: str, who: str) -> None:
        free = self._counts.get_window_stats(self._rules[rule], rule, who).reset_time
        raise TooManyTries(seconds=max(1, math.ceil(free - time.time())))


def asker(request: HTTPConnection) -> str:
    """Return the address that asks; of IPv6 the network, since one host has as many addresses as it likes."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False))
