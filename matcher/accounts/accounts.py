"""All of the accounts of one home, in one value to hand around."""

from dataclasses import dataclass
from typing import Self

from matcher.accounts.desk import Desk
from matcher.accounts.entrance import Entrance
from matcher.accounts.keys import Keys
from matcher.accounts.links import Links
from matcher.accounts.roster import Roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """Sign-in, one-time links, administration and API keys."""

    entrance: Entrance
    links: Links
    roster: Roster
    keys: Keys

    @classmethod
    def at(cls, desk: Desk) -> Self:
        """Put the parts together over one desk."""
        entrance = Entrance(desk)
        return cls(entrance=entrance, links=Links(desk, entrance), roster=Roster(desk), keys=Keys(desk))
