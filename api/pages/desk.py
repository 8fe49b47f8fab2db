"""What people change by hand, of the database that the service works on."""

from typing import cast

from api.service import Service
from matcher.storage.desk import SqlDesk
from matcher.storage.store import SqlStore


def desk_of(service: Service) -> SqlDesk:
    """Return the desk: corrections, states of postings, merging."""
    return cast("SqlStore", service.engine.store).desk
